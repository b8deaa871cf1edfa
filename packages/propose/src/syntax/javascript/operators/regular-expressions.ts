import { operator } from "../operator.ts";
import { replace } from "../text-edits.ts";

export const regularExpressionEdits = [
  operator({
    id: "change-regex-flag",
    faultClass: "wrong-method",
    description: "a flag of a regular expression more or less",
    kinds: ["Literal"],
    *alternatives(node) {
      if (!("regex" in node) || !node.regex) return;
      const { pattern, flags } = node.regex;
      for (const flag of ["g", "i", "m", "s", "u", "y"]) {
        const without = flags.replace(flag, "");
        const next = flags.includes(flag) ? without : [...`${flags}${flag}`].sort().join("");
        yield { replacements: replace(node, `/${pattern}/${next}`), weight: flag === "g" || flag === "i" ? 1 : 0.15 };
      }
    },
  }),
  operator({
    id: "adjust-regex",
    faultClass: "string-array-boundary",
    description: "a quantifier, class or anchor of a regular expression",
    kinds: ["Literal"],
    *alternatives(node) {
      if (!("regex" in node) || !node.regex) return;
      const { pattern, flags } = node.regex;
      const to = (text: string, weight: number) => ({ replacements: replace(node, `/${text}/${flags}`), weight });
      if (!pattern.startsWith("^")) yield to(`^${pattern}`, 0.5);
      else yield to(pattern.slice(1), 0.3);
      if (!pattern.endsWith("$")) yield to(`${pattern}$`, 0.5);
      else yield to(pattern.slice(0, -1), 0.3);
      const changes: Readonly<Record<string, readonly string[]>> = {
        "+": ["*", ""],
        "*": ["+"],
        "?": [""],
        "\\d": ["\\w", "\\d+"],
        "\\w": ["\\d", "\\w+"],
        "\\s": ["\\s+", " "],
        "\\D": ["\\d"],
        "\\W": ["\\w"],
        "\\S": ["\\s"],
        "[^": ["["],
        ".": ["\\."],
        "a-z": ["a-zA-Z", "a-z0-9"],
        "A-Z": ["A-Za-z"],
        "0-9": ["0-9a-z", "1-9"],
        "]": ["]+"],
        ")": [")?"],
      };
      for (const match of pattern.matchAll(/a-z|A-Z|0-9|\\[dwsDWS]|\\.|\[\^|[+*?.)\]]/g)) {
        for (const other of Object.hasOwn(changes, match[0]) ? changes[match[0]]! : []) {
          const next = pattern[match.index + match[0].length] ?? "";
          if (/[+*?{]/.test(next) && /[+*?]$/.test(other)) continue;
          yield to(`${pattern.slice(0, match.index)}${other}${pattern.slice(match.index + match[0].length)}`, 0.4);
        }
      }
    },
  }),
];
