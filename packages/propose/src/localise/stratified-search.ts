import { keyOf, type CodeIndex } from "./code-index.ts";
import type { Definition } from "./definition.ts";
import type { IssueHint } from "./issue-hints.ts";
import { CodeSearch, type SearchAnswer } from "./search-interface.ts";
import { methodScores, type LineScores } from "./spectrum.ts";

export interface StratifiedSearchOptions {
  readonly index: CodeIndex;
  readonly hints: readonly IssueHint[];
  /** Of the tests, when some were run. Its five most suspicious methods are hints of their own. */
  readonly scores?: LineScores;
  /** Default 10. */
  readonly rounds?: number;
}

export interface SearchOutcome {
  /** Functions and methods by the hints that led to them, best first. */
  readonly methods: readonly FoundMethod[];
  /** Files by what led to them or into them. */
  readonly files: readonly { readonly path: string; readonly score: number }[];
  readonly rounds: readonly (readonly SearchAnswer[])[];
  /** Lines of code that the answers showed. */
  readonly linesRead: number;
}

export interface FoundMethod {
  readonly definition: Definition;
  readonly score: number;
  /** The queries that led there. */
  readonly by: readonly string[];
}

const CALLS = 3;
const ROUNDS = 10;
/** The search ends when the best place has more than this share of all scores. */
const SURE = 0.5;
/** What a name inside of a snippet is worth, of the hint that led there. */
const INHERITED = 0.5;
const SUSPICIOUS_METHODS = 5;
const SUSPICIOUS_WEIGHT = 3;
const AROUND = 5;

interface Lead {
  readonly text: string;
  readonly line?: number;
  readonly weight: number;
  /** Only this definition is meant, which the tests suspect as they do so many others at least. */
  readonly target?: Definition;
  readonly equals?: number;
}

/**
 * Search in strata (after Zhang et al. 2024, section 3.1): each round asks the three leads that promise most, by rarity × weight ×
 * (1 + suspiciousness of what they name); what the answers show raises the scores of its places, and names in it become new leads.
 */
export function stratifiedSearch({ index, hints, scores, rounds = ROUNDS }: StratifiedSearchOptions): SearchOutcome {
  const search = new CodeSearch(index);
  const suspicious = scores === undefined ? [] : methodScores(scores, index);
  const suspicionOf = new Map(suspicious.map(({ definition, score }) => [keyOf(definition), score]));
  const leads = new Map<string, Lead>();
  const asked = new Set<string>();
  const add = (lead: Lead): void => {
    const key = lead.target === undefined ? `${lead.text}:${lead.line ?? ""}` : keyOf(lead.target);
    if (!asked.has(key) && (leads.get(key)?.weight ?? 0) < lead.weight) leads.set(key, lead);
  };
  for (const hint of hints) add(hint);
  for (const { definition, score } of suspicious.slice(0, SUSPICIOUS_METHODS))
    add({
      text: definition.name,
      weight: SUSPICIOUS_WEIGHT,
      target: definition,
      equals: suspicious.filter((each) => each.score >= score).length,
    });

  const found = new Map<string, { definition: Definition; score: number; by: string[] }>();
  const fileScores = new Map<string, number>();
  const history: SearchAnswer[][] = [];
  /** The code does not change while it is searched. */
  const answers = new Map<string, SearchAnswer>();
  let linesRead = 0;
  for (let round = 0; round < rounds; round++) {
    const promising = [...leads]
      .flatMap(([key, lead]) => {
        // What the tests suspect is not asked for again when the text led there.
        if (lead.target !== undefined && found.has(key)) return [];
        const answer = answers.get(key) ?? ask(lead, index, search);
        answers.set(key, answer);
        const places = answer.shown.length + answer.others.length;
        if (places === 0) return [];
        const target = Math.max(
          0,
          ...answer.shown.map(({ definition }) =>
            definition === null ? 0 : (suspicionOf.get(keyOf(definition)) ?? 0),
          ),
        );
        const worth = lead.weight / Math.max(places, lead.equals ?? 1);
        return [{ key, lead, answer, worth, score: worth * (1 + target) }];
      })
      .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
      .slice(0, CALLS);
    if (promising.length === 0) break;
    for (const { key, lead, answer, worth, score } of promising) {
      asked.add(key);
      leads.delete(key);
      for (const { path, line, endLine, definition, cost } of answer.shown) {
        linesRead += cost;
        fileScores.set(path, (fileScores.get(path) ?? 0) + score);
        if (definition !== null && definition.kind !== "class") {
          const known = found.get(keyOf(definition)) ?? { definition, score: 0, by: [] };
          known.score += worth * (1 + (suspicionOf.get(keyOf(definition)) ?? 0));
          known.by.push(answer.query);
          found.set(keyOf(definition), known);
        }
        const names =
          definition?.kind === "class"
            ? index.methods(path).flatMap((each) => (each.owner === definition.name ? [each.name] : []))
            : definition === null && line === 1
              ? index.definitions(path).map(({ name }) => name)
              : index.namesIn(path, line, endLine);
        for (const text of names) add({ text, weight: lead.weight * INHERITED });
      }
      linesRead += answer.others.length;
    }
    history.push(promising.map(({ answer }) => answer));
    const total = [...found.values()].reduce((sum, each) => sum + each.score, 0);
    if ([...found.values()].some((each) => each.score > SURE * total)) break;
  }
  return {
    methods: [...found]
      .sort(([a, one], [b, other]) => other.score - one.score || (a < b ? -1 : 1))
      .map(([, each]) => each),
    files: [...fileScores]
      .map(([path, score]) => ({ path, score }))
      .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1)),
    rounds: history,
    linesRead,
  };
}

/** The query that fits what a lead looks like; the first kind that finds something. */
function ask({ text, line, target }: Lead, index: CodeIndex, search: CodeSearch): SearchAnswer {
  if (target !== undefined)
    return search.searchMethod(target.name, {
      file: target.path,
      ...(target.owner === null ? {} : { cls: target.owner }),
    });
  if (/\.(?:[cm]?[jt]sx?|py)$/.test(text))
    return line === undefined ? search.searchFile(text) : search.codeAround(text, line, AROUND);
  const parts = text.split(/[.#]/).filter((part) => part !== "");
  const name = parts.at(-1) ?? text;
  const cls = parts.length > 1 ? parts.at(-2) : undefined;
  if (cls !== undefined) {
    const inClass = search.searchMethod(name, { cls });
    if (inClass.shown.length > 0) return inClass;
  }
  if (index.named(name).some(({ kind }) => kind === "class")) return search.searchClass(name);
  const method = search.searchMethod(name);
  return method.shown.length > 0 ? method : search.searchCode(text);
}
