import { basename } from "node:path/posix";
import type { ChangedFiles } from "@pawl/core";
import type { ChangeSet, Refusal } from "../change-set.ts";
import type { AgentRoom } from "./room.ts";
import type { AgentStep } from "./steps.ts";

export interface SieveOptions {
  /** What the agent found, of the files that may differ from the base. */
  readonly begun: ChangedFiles;
  /** What it was told: failing tests may name a file that is not there. */
  readonly task: string;
  /** Why a path may be neither changed nor made, or null. */
  readonly refuses: (path: string) => string | null;
  /** Why a file may not become this, or null. */
  readonly refusal: (path: string, text: string) => string | null;
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
}

const MOST_REFUSED = 50;

/** Parts what an agent did into what may be judged, and what is refused with the reason. */
export class ChangeSieve {
  readonly #o: SieveOptions;

  constructor(options: SieveOptions) {
    this.#o = options;
  }

  /** Everything that was done in its room. */
  async whole(room: AgentRoom): Promise<{ readonly files: Record<string, string>; readonly refused: Refusal[] }> {
    const { redact } = this.#o;
    const { files, deleted, refused } = await room.changes();
    const out: Refusal[] = [...refused, ...deleted.map((path) => ({ path, reason: "files are not deleted" }))];
    const kept = this.#sift(files, out);
    const plain = out.map(({ path, reason }) => ({ path: redact(path), reason }));
    return { files: kept, refused: plain.sort((a, b) => (a.path < b.path ? -1 : 1)).slice(0, MOST_REFUSED) };
  }

  /** A commit, without what is refused. */
  step({ subject, files }: AgentStep): AgentStep {
    return { subject: this.#o.redact(subject), files: this.#sift(files, []) };
  }

  #sift(files: ChangeSet, out: Refusal[]): Record<string, string> {
    const kept: Record<string, string> = {};
    for (const [path, text] of Object.entries(files)) {
      const reason = this.#reasonAgainst(path, text);
      if (reason === null) kept[path] = text;
      else out.push({ path, reason });
    }
    const { begun, task } = this.#o;
    for (const path of Object.keys(kept).filter((each) => begun[each] === undefined)) {
      if (isNamed(path, { ...begun, ...kept, "": task })) continue;
      delete kept[path];
      out.push({ path, reason: "it is new, and neither the task nor a file that may change names it" });
    }
    return kept;
  }

  #reasonAgainst(path: string, text: string): string | null {
    const { begun, refuses, refusal, redact } = this.#o;
    const frozen = begun[path] === undefined ? refuses(path) : null;
    if (frozen !== null) return frozen;
    const leaks = redact(text) !== text || redact(path) !== path;
    return leaks ? "it would hold a secret of the environment" : refusal(path, text);
  }
}

/** Whether another file has its name without the ending in it: what nobody names is most often a trial that was left behind. */
function isNamed(path: string, files: ChangeSet): boolean {
  const stem = basename(path).replace(/\.[^.]*$/, "");
  // A package and a folder are named by their folder.
  const name = /^(?:__init__|index)$/.test(stem) ? (path.split("/").at(-2) ?? stem) : stem;
  return Object.entries(files).some(([other, text]) => other !== path && text.includes(name));
}
