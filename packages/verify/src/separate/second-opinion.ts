import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ChangedFiles } from "@pawl/core";
import type { Sandbox } from "../sandbox.ts";
import type { ProjectSnapshot } from "../snapshot.ts";
import { modulesIn, separate } from "./separated-sandbox.ts";

const MOST_TRIES = 3;

/**
 * Decides where a judgement can be repeated with the candidate in a process of its own. That works for modules that exchange plain data with
 * whoever calls them; whether they do is tried on the base, whose judgement is known.
 */
export class SecondOpinion {
  readonly #snapshot: ProjectSnapshot;
  readonly #base: ReadonlySet<string>;
  readonly #separated: Sandbox;
  /** By the paths that a candidate changes: whether the base's word was the known one, and how often it was asked. */
  readonly #known = new Map<string, { readonly works: Promise<boolean>; readonly tries: number }>();

  constructor(sandbox: Sandbox, snapshot: ProjectSnapshot, hidden: readonly string[]) {
    this.#snapshot = snapshot;
    this.#base = new Set(snapshot.files);
    this.#separated = separate(sandbox, hidden);
  }

  /**
   * The sandbox in which these files can be judged apart from their judge; null where the base itself, judged so, would get another word
   * than it has. `judgesBase` judges the base's texts of the changed modules in that sandbox: true when its word is the known one.
   */
  async sandboxFor(
    files: ChangedFiles,
    judgesBase: (sandbox: Sandbox, base: ChangedFiles) => Promise<boolean>,
  ): Promise<Sandbox | null> {
    const modules = modulesIn(files);
    if (modules.length === 0 || this.#separated.isolation === "none") return null;
    // A new module cannot be tried on the base. It is judged apart all the same: else whoever makes one would have his code beside the tests.
    const paths = modules.filter((path) => this.#base.has(path));
    const key = paths.join("\n");
    let known = this.#known.get(key);
    // A busy machine is no reason to do without: the base is late then, not different.
    if (known === undefined || (!(await known.works.catch(() => false)) && known.tries < MOST_TRIES)) {
      const texts = paths.map((path) => [path, readFileSync(join(this.#snapshot.base, path), "utf8")]);
      const works = judgesBase(this.#separated, Object.fromEntries(texts));
      known = { works, tries: (known?.tries ?? 0) + 1 };
      this.#known.set(key, known);
    }
    return (await known.works) ? this.#separated : null;
  }
}
