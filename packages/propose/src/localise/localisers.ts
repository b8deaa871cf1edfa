import { UsageError } from "@pawl/core";
import { keyOf, type CodeIndex } from "./code-index.ts";
import { issueHints } from "./issue-hints.ts";
import {
  filesOf,
  scaled,
  sortedFiles,
  type Localisation,
  type Localiser,
  type LocatedFile,
  type LocatedMethod,
  type LocateQuestion,
} from "./localiser.ts";
import { CodeSearch } from "./search-interface.ts";
import { methodScores } from "./spectrum.ts";
import { stratifiedSearch } from "./stratified-search.ts";
import { tellingWords } from "./words.ts";

const MOST_FILES = 20;
const MOST_METHODS = 40;
/** Candidates that hierarchical narrowing looks into, and how many of them it keeps. */
const CANDIDATES = 5;
const KEPT = 2;
/** So that a method without one kind of evidence is not ruled out by it. */
const FLOOR = 0.05;
/** Lines around a match that somebody who searches a flat text reads. */
const FLAT_CONTEXT = 10;

const bm25: Localiser = {
  id: "bm25",
  title: "words of the issue against names, signatures, returned expressions and docs (BM25)",
  needsTests: false,
  locate: ({ index, issue }) => ({
    files: index.rankFiles(issue, MOST_FILES).map(({ item, score }) => ({ path: item, score })),
    methods: methodsByWords(index, issue),
    linesRead: null,
  }),
};

const repoMap: Localiser = {
  id: "repo-map",
  title: "words of the issue against the paths of the files",
  needsTests: false,
  locate: ({ index, issue }) => {
    const files = filesByPath(index, issue);
    return { files, methods: methodsWithin(index, issue, files), linesRead: null };
  },
};

const union: Localiser = {
  id: "union",
  title: "bm25 and repo-map together, by the sum of their scaled scores",
  needsTests: false,
  locate: ({ index, issue }) => {
    const files = filesByBoth(index, issue);
    return { files, methods: methodsWithin(index, issue, files), linesRead: null };
  },
};

const sbfl: Localiser = {
  id: "sbfl",
  title: "what failing tests execute more than passing ones (Ochiai)",
  needsTests: true,
  locate: (question) => {
    const methods = methodsByTests(question);
    return { files: filesOf(methods), methods, linesRead: null };
  },
};

const text: Localiser = {
  id: "text",
  title: "lines that hold a name of the issue, as a search for text finds them",
  needsTests: false,
  locate: ({ index, issue }) => {
    const search = new CodeSearch(index);
    const found = new Map<string, LocatedMethod>();
    const read = new Set<string>();
    for (const { text: name, weight } of issueHints(issue)) {
      const places = index
        .paths()
        .flatMap((path) =>
          index.lines(path).flatMap((line, i) => (line.includes(name) ? [{ path, line: i + 1 }] : [])),
        );
      for (const { path, line } of places) {
        const shown = search.codeAround(path, line, FLAT_CONTEXT).shown[0];
        for (let at = shown?.line ?? line; at <= (shown?.endLine ?? line); at++) read.add(`${path}:${at}`);
        const definition = index.methodAt(path, line);
        if (definition === null) continue;
        const known = found.get(keyOf(definition));
        found.set(keyOf(definition), {
          definition,
          score: (known?.score ?? 0) + weight / places.length,
          evidence: [...(known?.evidence ?? []), `holds ${JSON.stringify(name)}`],
        });
      }
    }
    const methods = sortedMethods([...found.values()]);
    return { files: filesOf(methods), methods, linesRead: read.size };
  },
};

function searching(id: string, title: string, needsTests: boolean): Localiser {
  return {
    id,
    title,
    needsTests,
    locate: ({ index, issue, scores }) => {
      const used = needsTests ? scores : undefined;
      const outcome = stratifiedSearch({
        index,
        hints: issueHints(issue),
        ...(used === undefined ? {} : { scores: used }),
      });
      const found = outcome.methods.map(({ definition, score, by }): LocatedMethod => ({
        definition,
        score,
        evidence: [...new Set(by)].slice(0, 3).map((query) => `found by ${query}`),
      }));
      const byTests = used === undefined ? [] : scaled(methodsByTests({ index, issue, scores: used }));
      // What the text and the tests say adds up (CombSUM): either alone may be wrong.
      const sum = new Map(scaled(found).map((each) => [keyOf(each.definition), each]));
      for (const each of byTests) {
        const known = sum.get(keyOf(each.definition)) ?? { ...each, score: 0, evidence: [] };
        const evidence = [...known.evidence, ...each.evidence];
        sum.set(keyOf(each.definition), { ...known, score: known.score + each.score, evidence });
      }
      const methods = sortedMethods([...sum.values()]);
      const files = new Map<string, number>();
      for (const { path, score } of [...scaled(outcome.files), ...filesOf(byTests)])
        files.set(path, (files.get(path) ?? 0) + score);
      return { files: sortedFiles(files), methods, linesRead: outcome.linesRead };
    },
  };
}

function narrowing(id: string, title: string, needsTests: boolean): Localiser {
  return {
    id,
    title,
    needsTests,
    locate: ({ index, issue, scores }) =>
      narrow(index, issue, needsTests && scores !== undefined ? scaled(methodsByTests({ index, issue, scores })) : []),
  };
}

/** Candidate files by both rankings; the best of them by their schematic maps; their methods by shared words and by the tests. */
function narrow(index: CodeIndex, issue: string, byTests: readonly LocatedMethod[]): Localisation {
  const suspicionOf = new Map(byTests.map((each) => [keyOf(each.definition), each]));
  const suspicionOfFile = new Map(filesOf(byTests).map(({ path, score }) => [path, score]));
  const candidates = filesByBoth(index, issue).slice(0, CANDIDATES);
  const schematic = new Map(scaled(index.rankSchematics(issue, MOST_FILES)).map(({ item, score }) => [item, score]));
  const narrowed = candidates
    .map(({ path }) => ({
      path,
      score: ((schematic.get(path) ?? 0) + FLOOR) * (1 + (suspicionOfFile.get(path) ?? 0)),
    }))
    .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));
  const kept = new Set(narrowed.slice(0, KEPT).map(({ path }) => path));
  const byWords = new Map(scaled(methodsByWords(index, issue)).map((each) => [keyOf(each.definition), each]));
  const weigh = (path: string): readonly LocatedMethod[] =>
    index.methods(path).map((definition) => {
      const [tests, words] = [suspicionOf.get(keyOf(definition)), byWords.get(keyOf(definition))];
      return {
        definition,
        score: ((tests?.score ?? 0) + FLOOR) * ((words?.score ?? 0) + FLOOR),
        evidence: [...(words?.evidence ?? []), ...(tests?.evidence ?? [])],
      };
    });
  const first = sortedMethods([...kept].flatMap(weigh));
  const others = sortedMethods(narrowed.filter(({ path }) => !kept.has(path)).flatMap(({ path }) => weigh(path)));
  return {
    files: narrowed,
    methods: [...first, ...below(first, scaled(others))].slice(0, MOST_METHODS),
    linesRead: [...kept].reduce((sum, path) => sum + index.lines(path).length, 0),
  };
}

/** Every localiser: a new one is a value here. */
export const LOCALISERS: readonly Localiser[] = [
  bm25,
  repoMap,
  union,
  text,
  sbfl,
  searching("search", "search in strata over the code's structure, from the names of the issue", false),
  searching(
    "search+sbfl",
    "the same, with what the tests suspect as further leads and weights; both rankings are added up",
    true,
  ),
  narrowing(
    "hierarchical",
    "files by union, the best two of five by what they define, then their methods by shared words",
    false,
  ),
  narrowing("hierarchical+sbfl", "the same, each step also weighted by what the tests suspect", true),
];

/** An unknown id is a usage error. */
export function localiserOf(id: string): Localiser {
  const found = LOCALISERS.find((each) => each.id === id);
  if (found !== undefined) return found;
  throw new UsageError({
    what: `there is no localiser '${id}'`,
    where: "--localiser",
    todo: `Choose from: ${LOCALISERS.map((each) => each.id).join(", ")}.`,
  });
}

function methodsByWords(index: CodeIndex, issue: string): readonly LocatedMethod[] {
  return index.rankMethods(issue, MOST_METHODS).map(({ item, score }) => ({
    definition: item,
    score,
    evidence: [`shares ${index.sharedWords(item, issue).slice(0, 4).join(", ")}`],
  }));
}

/** Methods of ranked files: those of a better file first where words say the same. */
function methodsWithin(index: CodeIndex, issue: string, files: readonly LocatedFile[]): readonly LocatedMethod[] {
  const scoreOf = new Map(scaled(files).map(({ path, score }) => [path, score]));
  return sortedMethods(
    scaled(methodsByWords(index, issue)).map((each) => ({
      ...each,
      score: each.score * ((scoreOf.get(each.definition.path) ?? 0) + FLOOR),
    })),
  );
}

/** Overlap of words of the path with the issue's, each worth the less the more paths have it. */
function filesByPath(index: CodeIndex, issue: string): readonly LocatedFile[] {
  const wanted = new Set(tellingWords(issue));
  const wordsOf = new Map(index.paths().map((path) => [path, new Set(tellingWords(path))]));
  const frequency = new Map<string, number>();
  for (const words of wordsOf.values()) for (const word of words) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const rarity = (word: string): number => Math.log(1 + wordsOf.size / (frequency.get(word) as number));
  return sortedFiles(
    new Map(
      [...wordsOf].map(([path, words]) => [
        path,
        [...words].reduce((sum, word) => sum + (wanted.has(word) ? rarity(word) : 0), 0),
      ]),
    ),
  ).slice(0, MOST_FILES);
}

/** CombSUM (Fox & Shaw 1994) over two scaled rankings. */
function filesByBoth(index: CodeIndex, issue: string): readonly LocatedFile[] {
  const byWords = index.rankFiles(issue, MOST_FILES).map(({ item, score }) => ({ path: item, score }));
  const sum = new Map<string, number>();
  for (const { path, score } of [...scaled(byWords), ...scaled(filesByPath(index, issue))])
    sum.set(path, (sum.get(path) ?? 0) + score);
  return sortedFiles(sum);
}

function methodsByTests({ index, scores }: LocateQuestion): readonly LocatedMethod[] {
  if (scores === undefined) return [];
  return methodScores(scores, index).map(({ definition, score, top }) => {
    const ranges = top.slice(0, 3).map(({ line, endLine }) => rangeText(line, endLine));
    return { definition, score, evidence: [`failing tests run ${ranges.join(", ")} (${round(score)})`] };
  });
}

function rangeText(line: number, endLine: number): string {
  return line === endLine ? `line ${line}` : `lines ${line}–${endLine}`;
}

/** The same methods with scores under the lowest of the others. */
function below(others: readonly LocatedMethod[], methods: readonly LocatedMethod[]): readonly LocatedMethod[] {
  const lowest = others.at(-1)?.score ?? 1;
  return methods.map((each) => ({ ...each, score: (each.score * lowest) / 2 }));
}

function sortedMethods(methods: readonly LocatedMethod[]): readonly LocatedMethod[] {
  return methods
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (keyOf(a.definition) < keyOf(b.definition) ? -1 : 1));
}

function round(score: number): number {
  return Math.round(score * 100) / 100;
}
