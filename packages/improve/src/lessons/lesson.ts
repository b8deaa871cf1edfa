import { sha256, type Feedback, type Found, type Json, type Store } from "@pawl/core";
import { findSecrets, redact } from "../export/secrets.ts";
import { openExisting } from "../record.ts";
import { codeWords, symptomWords } from "./words.ts";

/** One change that was tried, by what kind of change it was, and what came of it. */
export interface TriedKind {
  readonly operator: string;
  readonly nodeKind: string;
  /** `passed`, or the verdict's status. */
  readonly outcome: string;
  readonly times: number;
}

/** What a run has taught: how the failure looked, what was tried, what repaired it. Texts hold no secrets. */
export interface Lesson {
  readonly run: string;
  /** First messages of the failing tests. */
  readonly symptom: readonly string[];
  /** The lines that were changed, with their neighbours, as they were. */
  readonly code: string;
  /** The most frequent kinds of changes that did not help. */
  readonly failed: readonly TriedKind[];
  /** Elementary changes of the repair; empty when nothing was found. */
  readonly repair: readonly TriedKind[];
  /** The repair in words and as a diff; empty when nothing was found. */
  readonly summary: string;
  readonly patch: string;
}

export interface RecalledLesson extends Lesson {
  readonly key: string;
  /** Share of the nearest lesson's relevance, in (0, 1]. */
  readonly similarity: number;
}

/** What is known when a run starts. */
export interface Situation {
  readonly failures: readonly Feedback[];
  /** The code under suspicion. */
  readonly code: string;
}

/** Lessons of a project that are kept; the least used are forgotten. */
export const MOST_LESSONS = 500;
const MOST_RECALLED = 8;
const LONGEST = 2000;

/** Puts a lesson down. The same failure in the same code is one lesson: the newer counts. */
export function learnLesson(store: Store, situation: Situation, lesson: Lesson): void {
  const clean = JSON.parse(redact(JSON.stringify(shortened(lesson)))) as Lesson;
  const [symptom, code] = [symptomWords(situation.failures), codeWords(`${clean.code}\n${situation.code}`)].map(redact);
  const key = sha256(JSON.stringify([symptom, clean.code])).slice(0, 16);
  if (findSecrets(JSON.stringify(clean)).length > 0) return;
  const document = { key, symptom: symptom as string, code: code as string, value: clean as unknown as Json };
  store.documents((index) => index.put(document, MOST_LESSONS));
}

/** The lessons that fit a situation, the nearest first. Counts as a use of them. */
export function recallLessons(store: Store, situation: Situation, most = MOST_RECALLED): readonly RecalledLesson[] {
  return store.documents((index) => {
    const found = index.find(symptomWords(situation.failures), codeWords(situation.code), most);
    index.countUse(found.map(({ id }) => id));
    const nearest = found[0]?.relevance ?? 1;
    return found.map((each) => ({ ...lessonIn(each), similarity: round(each.relevance / nearest) }));
  });
}

/** Every lesson, the newest first. */
export function listLessons(store: Store): readonly (Lesson & { readonly key: string; readonly used: number })[] {
  return store.documents((index) => index.list().map((found) => ({ ...lessonIn(found), used: found.used })));
}

/** Forgets the lessons with these keys, or all of them; how many there were. */
export function forgetLessons(store: Store, keys?: readonly string[]): number {
  return store.documents((index) => {
    const doomed = keys ?? index.list().map(({ key }) => key);
    return doomed.filter((key) => index.forget(key)).length;
  });
}

/** The lessons of a project, to look at and to forget. */
export function openLessons(state: string): Disposable & {
  list(): ReturnType<typeof listLessons>;
  forget(keys?: readonly string[]): number;
} {
  const store = openExisting(state);
  return {
    list: () => listLessons(store),
    forget: (keys) => forgetLessons(store, keys),
    [Symbol.dispose]: () => store.close(),
  };
}

function lessonIn({ key, value }: Found): Lesson & { readonly key: string } {
  return { key, ...(value as unknown as Lesson) };
}

function shortened(lesson: Lesson): Lesson {
  const cut = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`);
  return { ...lesson, symptom: lesson.symptom.map(cut), code: cut(lesson.code), patch: cut(lesson.patch) };
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
