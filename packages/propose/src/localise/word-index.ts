import { DatabaseSync } from "node:sqlite";
import { DOCUMENT_SCHEMA, DocumentIndex } from "@pawl/core";
import { tellingWords } from "./words.ts";

/** Things found by the sub-words of their texts, ranked by BM25; in memory. */
export class WordIndex {
  readonly #db = new DatabaseSync(":memory:");
  readonly #documents: DocumentIndex;
  /** Number of documents by word: what the index has never seen is not asked for. */
  readonly #known = new Map<string, number>();
  readonly #wordsOf = new Map<string, ReadonlySet<string>>();

  constructor() {
    this.#db.exec(DOCUMENT_SCHEMA);
    this.#documents = new DocumentIndex(this.#db);
  }

  /** Adds a text or replaces the one of that key. Words of the `title` count twice. */
  put(key: string, title: string, text: string): void {
    this.forget(key);
    const [names, rest] = [tellingWords(title), tellingWords(text)];
    const words = new Set([...names, ...rest]);
    for (const word of words) this.#known.set(word, (this.#known.get(word) ?? 0) + 1);
    this.#wordsOf.set(key, words);
    this.#documents.put({ key, symptom: names.join(" "), code: rest.join(" "), value: null }, Infinity);
  }

  forget(key: string): void {
    for (const word of this.#wordsOf.get(key) ?? []) {
      const left = (this.#known.get(word) ?? 1) - 1;
      if (left === 0) this.#known.delete(word);
      else this.#known.set(word, left);
    }
    if (this.#wordsOf.delete(key)) this.#documents.forget(key);
  }

  /** Keys with their BM25 score, best first; of the query's words, the rarest are asked for first. */
  find(query: string, most: number): readonly { readonly key: string; readonly score: number }[] {
    const words = [...new Set(tellingWords(query))]
      .filter((word) => this.#known.has(word))
      .sort((a, b) => (this.#known.get(a) as number) - (this.#known.get(b) as number) || (a < b ? -1 : 1))
      .join(" ");
    return this.#documents.find(words, words, most).map(({ key, relevance }) => ({ key, score: relevance }));
  }

  /** Words of the query that the text of that key has, rarest first. */
  shared(key: string, query: string): readonly string[] {
    const words = this.#wordsOf.get(key) ?? new Set();
    return [...new Set(tellingWords(query))]
      .filter((word) => words.has(word))
      .sort((a, b) => (this.#known.get(a) as number) - (this.#known.get(b) as number) || (a < b ? -1 : 1));
  }
}
