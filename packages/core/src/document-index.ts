import type { DatabaseSync } from "node:sqlite";
import { canonicalJson, type Json } from "./json.ts";

/** Something that was put down to be found again by its words. */
export interface Document {
  /** The same text of the same key is kept once. */
  readonly key: string;
  /** Words, separated by spaces; letters, digits and `_` count. */
  readonly symptom: string;
  readonly code: string;
  readonly value: Json;
}

export interface Found {
  readonly id: number;
  readonly key: string;
  readonly value: Json;
  /** Higher is nearer. Only to be compared within one answer. */
  readonly relevance: number;
  /** How often it was found before. */
  readonly used: number;
}

/** Part of the store's schema. The index is FTS5's: a word leads to the documents that have it, without a look at the others. */
export const DOCUMENT_SCHEMA = `CREATE TABLE documents (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL, used INTEGER NOT NULL DEFAULT 0) STRICT;
   CREATE INDEX documents_use ON documents (used, id);
   CREATE VIRTUAL TABLE document_words USING fts5(symptom, code, tokenize = "unicode61 tokenchars '_'");`;

/** What a match in the symptom counts against one in the code. */
const SYMPTOM_WEIGHT = 2;
const CODE_WEIGHT = 1;
/** Rarer words tell more; beyond this many, further ones tell little. */
const MOST_WORDS = 80;

/** Documents ranked by BM25 (https://www.sqlite.org/fts5.html#the_bm25_function). Every method is for use within a transaction of the store. */
export class DocumentIndex {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Adds a document, or replaces the one with that key. Of more than `most`, those found least, and among them the oldest, are forgotten. */
  put({ key, symptom, code, value }: Document, most: number): void {
    this.forget(key);
    const { lastInsertRowid: id } = this.#db
      .prepare("INSERT INTO documents (key, value) VALUES (?, ?)")
      .run(key, canonicalJson(value));
    this.#db.prepare("INSERT INTO document_words (rowid, symptom, code) VALUES (?, ?, ?)").run(id, symptom, code);
    const surplus = this.size() - most;
    if (surplus <= 0) return;
    const doomed = this.#db
      .prepare("SELECT id FROM documents WHERE id <> ? ORDER BY used, id LIMIT ?")
      .all(id, surplus) as { id: number }[];
    for (const each of doomed) this.#delete(each.id);
  }

  /** The nearest first; among equals the older. */
  find(symptom: string, code: string, most: number): readonly Found[] {
    const query = [...clauses("symptom", symptom), ...clauses("code", code)].join(" OR ");
    if (query === "") return [];
    const rows = this.#db
      .prepare(
        `SELECT d.id, d.key, d.value, d.used, -bm25(document_words, ${SYMPTOM_WEIGHT}, ${CODE_WEIGHT}) AS relevance
         FROM document_words JOIN documents d ON d.id = document_words.rowid
         WHERE document_words MATCH ? ORDER BY relevance DESC, d.id LIMIT ?`,
      )
      .all(query, most);
    return rows.map((row) => read(row as unknown as Row));
  }

  countUse(ids: readonly number[]): void {
    const statement = this.#db.prepare("UPDATE documents SET used = used + 1 WHERE id = ?");
    for (const id of ids) statement.run(id);
  }

  /** Newest first. */
  list(): readonly Found[] {
    const rows = this.#db.prepare("SELECT id, key, value, used, 0 AS relevance FROM documents ORDER BY id DESC").all();
    return rows.map((row) => read(row as unknown as Row));
  }

  /** False when there is none with that key. */
  forget(key: string): boolean {
    const row = this.#db.prepare("SELECT id FROM documents WHERE key = ?").get(key) as { id: number } | undefined;
    if (row !== undefined) this.#delete(row.id);
    return row !== undefined;
  }

  size(): number {
    return (this.#db.prepare("SELECT COUNT(*) AS n FROM documents").get() as { n: number }).n;
  }

  #delete(id: number): void {
    this.#db.prepare("DELETE FROM document_words WHERE rowid = ?").run(id);
    this.#db.prepare("DELETE FROM documents WHERE id = ?").run(id);
  }
}

interface Row extends Omit<Found, "value"> {
  readonly value: string;
}

function read(row: Row): Found {
  return { ...row, value: JSON.parse(row.value) as Json };
}

/** Quoted, so that no word is taken for an operator of the query language. */
function clauses(column: string, words: string): readonly string[] {
  const different = [...new Set(words.match(/[\p{L}\p{N}_]+/gu) ?? [])].slice(0, MOST_WORDS);
  return different.map((word) => `${column} : "${word}"`);
}
