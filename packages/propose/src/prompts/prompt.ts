import { UsageError } from "@pawl/core";
import type { ModelMessage } from "../model/model.ts";

/** One thing a prompt says, in several lengths. */
export interface PromptPart {
  /** What it is, for saying that it was shortened or left out: "src/a.ts", "failing tests". */
  readonly name: string;
  /** Parts of a lower number are shortened first; of equal ones those that are not stable. */
  readonly priority: number;
  /** The same in many calls: it goes into the first message, which a provider may keep in its cache. */
  readonly stable?: boolean;
  /** It comes after the question: what the model answered, or what is said to that. Not stable. */
  readonly turn?: "answer" | "reply";
  /** It may be shortened to its last form, and not be left out. */
  readonly required?: boolean;
  /** From the longest to the shortest. */
  readonly forms: readonly PromptForm[];
}

export interface PromptForm {
  /** What is left of it: "whole", "the functions around the suspicious lines", "names only". */
  readonly extent: string;
  readonly text: string;
}

export interface PromptLimits {
  /** Tokens of prompt and answer together. */
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  countTokens(text: string): number;
}

export interface BuiltPrompt {
  /** A system message of the stable parts and a user message of the others, then those of later turns; each in the order the parts were given. */
  readonly messages: readonly ModelMessage[];
  /** For `ModelRequest.cacheUpTo`; left out when nothing is stable. */
  readonly cacheUpTo?: number;
  /** One line for every part that is not there in its longest form. The prompt itself says it, too. */
  readonly shortened: readonly string[];
  /** Tokens of the messages, as counted by the limits. */
  readonly tokens: number;
}

/** Tokens a chat format takes for itself, rather too many: a few for each message. */
const MESSAGE_TOKENS = 16;

/**
 * Puts parts together so that they fit: the least important are shortened step by step, then left out, and what room remains is given back
 * in the order of importance. Texts are taken as they are, so no line is cut. Throws a UsageError when not even the shortest forms of
 * the required parts fit.
 */
export function buildPrompt(parts: readonly PromptPart[], limits: PromptLimits): BuiltPrompt {
  const room = limits.contextTokens - limits.maxOutputTokens;
  // The form of each part; the number of its forms stands for "left out".
  const chosen = parts.map(() => 0);
  const lastOf = (i: number): number => {
    const { required, forms } = parts[i] as PromptPart;
    return required === true ? forms.length - 1 : forms.length;
  };
  const order = parts
    .map((part, i) => ({ part, i }))
    .toSorted(
      (a, b) => a.part.priority - b.part.priority || Number(a.part.stable ?? false) - Number(b.part.stable ?? false),
    )
    .map(({ i }) => i);
  let built = assemble(parts, chosen, limits);
  while (built.tokens > room) {
    const next = order.find((i) => (chosen[i] as number) < lastOf(i));
    if (next === undefined)
      throw new UsageError({
        what: `the shortest prompt takes ${built.tokens} tokens, and the model has room for ${room} beside its answer of up to ${limits.maxOutputTokens}`,
        todo: "Take a model with a larger context, allow a shorter answer, or name fewer files.",
      });
    chosen[next] = (chosen[next] as number) + 1;
    built = assemble(parts, chosen, limits);
  }
  for (const i of order.toReversed()) {
    const shortest = chosen[i] as number;
    for (let form = 0; form < shortest; form += 1) {
      const trial = chosen.with(i, form);
      const longer = assemble(parts, trial, limits);
      if (longer.tokens > room) continue;
      chosen[i] = form;
      built = longer;
      break;
    }
  }
  return built;
}

function assemble(parts: readonly PromptPart[], chosen: readonly number[], limits: PromptLimits): BuiltPrompt {
  const shortened = parts.flatMap(({ name, forms }, i) => {
    const form = chosen[i] as number;
    return form === 0 ? [] : [`${name}: ${forms[form]?.extent ?? "left out"}`];
  });
  const textOf = (belongs: (part: PromptPart) => boolean): string =>
    parts
      .flatMap((part, i) => (belongs(part) ? (part.forms[chosen[i] as number]?.text.trimEnd() ?? []) : []))
      .filter((text) => text !== "")
      .join("\n\n");
  const system = textOf(({ stable, turn }) => stable === true && turn === undefined);
  const answer = textOf(({ turn }) => turn === "answer");
  const reply = textOf(({ turn }) => turn === "reply");
  const said = shortened.length === 0 ? "" : `\n\nTo save room, some of this is not whole. ${shortened.join("; ")}.`;
  const user = `${textOf(({ stable, turn }) => stable !== true && turn === undefined)}${said}`.trimStart();
  const messages: ModelMessage[] = [
    ...(system === "" ? [] : [{ role: "system", content: system } as const]),
    ...(user === "" ? [] : [{ role: "user", content: user } as const]),
    ...(answer === "" ? [] : [{ role: "assistant", content: answer } as const]),
    ...(reply === "" ? [] : [{ role: "user", content: reply } as const]),
  ];
  const tokens = messages.reduce((sum, { content }) => sum + limits.countTokens(content) + MESSAGE_TOKENS, 0);
  return { messages, ...(system === "" ? {} : { cacheUpTo: 0 }), shortened, tokens };
}
