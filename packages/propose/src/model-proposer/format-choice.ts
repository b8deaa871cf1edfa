import type { Miss, ProposeContext } from "@pawl/core";
import type { EditFormat } from "../edit-formats/edit-format.ts";
import { Bandit, type BanditState } from "../mix/bandit.ts";

/** What came of an answer, for choosing the format of the next. */
export const APPLIED = 1;
export const APPLIED_AFTER_CORRECTION = 0.5;

/** Chooses the edit format of each request by how often answers in it could be applied, and by what they cost. */
export class FormatChoice {
  readonly #formats: ReadonlyMap<EditFormat["id"], EditFormat>;
  readonly #bandit: Bandit;
  /** What came of the requests that were not told yet. */
  readonly #open = new Map<number, { readonly format: string; applied: number }>();

  constructor(formats: ReadonlyMap<EditFormat["id"], EditFormat>, known: BanditState = {}) {
    this.#formats = formats;
    this.#bandit = new Bandit({ arms: [...formats.keys()], state: known });
  }

  /** Whole files are asked for only where they fit into an answer of `most` tokens. */
  choose(files: Readonly<Record<string, string>>, most: number, { n, rng }: ProposeContext): EditFormat {
    const longest = Math.max(...Object.values(files).map((text) => text.length / 3));
    const allowed = this.#bandit.arms.filter((id) => id !== "whole-file" || longest < most / 2);
    const id = this.#bandit.choose(rng.child("format"), allowed.length === 0 ? this.#bandit.arms : allowed);
    this.#open.set(n, { format: id, applied: 0 });
    return this.#formats.get(id as EditFormat["id"]) as EditFormat;
  }

  /** How well the answer to request `n` could be applied, 0 to 1; 0 when nothing is said. */
  note(n: number, applied: number): void {
    const open = this.#open.get(n);
    if (open !== undefined) open.applied = applied;
  }

  /** The request has come to its end. */
  tell({ n, spent }: Pick<Miss, "n" | "spent">): void {
    const open = this.#open.get(n);
    this.#open.delete(n);
    // A call that failed says nothing about the format.
    if (open !== undefined && spent.tokens > 0) this.#bandit.tell(open.format, open.applied, spent.tokens);
  }

  /** How well each format did, for the next run. */
  known(): BanditState {
    return this.#bandit.state();
  }
}
