import { applyEdits, type Rng } from "@pawl/core";
import { editFormats, nameOf, type Definition, type LocatedMethod, type SyntaxEdit } from "@pawl/propose";
import type { IssueParts } from "./issue-project.ts";

/** How often what stands in for a model's raw answer is off by a line at its begin or its end, and how often it comes without indentation. */
const SHIFTED = 0.3;
const DEDENTED = 0.3;

/** Shares of applied rewrites that leave a file which parses; null where none could be applied. */
export interface SpliceRates {
  readonly node: number | null;
  readonly line: number | null;
}

/**
 * Whole rewrites of located functions, by single edits, told as a model tells them: line numbers may be off, indentation may be lost. Put in once
 * in the place of the syntax node of that name, and once in the place of the lines that were named.
 */
export function spliceRates(
  parts: IssueParts,
  methods: readonly LocatedMethod[],
  count: number,
  rng: Rng,
): SpliceRates {
  const places = methods.map(({ definition }) => definition).filter(({ kind }) => kind !== "constant");
  const format = editFormats(parts.languages).get("whole-function");
  const known = new Map<Definition, readonly SyntaxEdit[]>();
  const editsOf = (place: Definition): readonly SyntaxEdit[] => {
    const edits = known.get(place) ?? editsWithin(parts, place);
    known.set(place, edits);
    return edits;
  };
  const applied = { node: 0, line: 0 };
  const parsed = { node: 0, line: 0 };
  for (let i = 0; i < count && places.length > 0; i++) {
    const place = places[Math.floor(rng.uniform() * places.length)] as Definition;
    const { path } = place;
    const rewritten = rewrite(parts, place, editsOf(place), rng);
    if (rewritten === null) continue;
    const written = rng.uniform() < DEDENTED ? dedent(rewritten) : rewritten;
    const shift = (): number => (rng.uniform() < SHIFTED ? (rng.uniform() < 0.5 ? -1 : 1) : 0);
    const [from, to] = [place.line + shift(), place.endLine + shift()];
    const source = parts.sources[path] as string;
    const parses = (text: string): boolean => parts.languages.of(path)?.parse(text, path) != null;

    const lines = source.split("\n");
    applied.line += 1;
    if (parses([...lines.slice(0, Math.max(0, from - 1)), ...written, ...lines.slice(to)].join("\n"))) parsed.line += 1;

    const answer = { text: `${path}\n\`\`\`\n${written.join("\n")}\n\`\`\`\n`, toolCalls: [], finish: "stop" as const };
    const focus = { path, name: nameOf(place).slice(path.length + 1) };
    const edits = format?.parse(answer, { files: { [path]: source }, editable: [path], focus }).edits[path] ?? [];
    const text = edits.length === 0 ? null : applyEdits(source, edits);
    if (text === null) continue;
    applied.node += 1;
    if (parses(text)) parsed.node += 1;
  }
  return {
    node: applied.node === 0 ? null : parsed.node / applied.node,
    line: applied.line === 0 ? null : parsed.line / applied.line,
  };
}

/** Lines of the function after a random edit that leaves the file in order; null when none was found. */
function rewrite(
  { sources, languages }: IssueParts,
  { path, line, endLine }: Definition,
  edits: readonly SyntaxEdit[],
  rng: Rng,
): string[] | null {
  const source = sources[path] as string;
  for (const { replacements } of rng.shuffle(edits)) {
    const text = applyEdits(source, replacements);
    if (text === null || languages.of(path)?.parse(text, path) == null) continue;
    const grown = text.split("\n").length - source.split("\n").length;
    return text.split("\n").slice(line - 1, endLine + grown);
  }
  return null;
}

function editsWithin({ sources, languages }: IssueParts, { path, line, endLine }: Definition): readonly SyntaxEdit[] {
  const language = languages.of(path);
  const parsed = language?.parse(sources[path] as string, path) ?? null;
  if (language === null || parsed === null) return [];
  const lines = new Set(Array.from({ length: endLine - line + 1 }, (_, i) => line + i));
  return [...language.edits(parsed, { ingredients: [], lines })];
}

function dedent(lines: readonly string[]): string[] {
  const depth = Math.min(...lines.filter((each) => each.trim() !== "").map((each) => each.search(/\S/)));
  return lines.map((each) => each.slice(depth));
}
