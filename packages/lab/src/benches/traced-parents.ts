import type { ArchiveEntry } from "@pawl/core";
import { instrumentValues, traceWeights, type Guide, type TracedCase } from "@pawl/propose";
import { caseIds } from "@pawl/verify";
import { Remembered } from "./remembered.ts";
import type { TaskParts } from "./repair-setup.ts";

/** Runs the visible cases of parents with their variables recorded; what was run once is remembered for other arms and seeds. */
export class TracedParents {
  readonly #known = new Remembered<readonly TracedCase[]>();

  /** Which lines to look at, by what the parent's failing and passing cases execute and hold. */
  guide(parts: TaskParts): Guide {
    const { languages, suspiciousness } = parts.syntax;
    const { module } = parts.task;
    return {
      weights: async (parent, { read }) => {
        const texts = Object.fromEntries(
          Object.keys(parts.task.buggy).map((path) => [path, read(parent.candidate.id, path)]),
        );
        const cases = await this.#casesOf(parent, parts, texts);
        return traceWeights(languages, module, texts, cases, suspiciousness);
      },
    };
  }

  #casesOf(
    parent: ArchiveEntry,
    parts: TaskParts,
    texts: Readonly<Record<string, string>>,
  ): Promise<readonly TracedCase[]> {
    return this.#known.get(`${parts.task.id} ${parent.candidate.id}`, () => this.#trace(parent, parts, texts));
  }

  async #trace(
    { candidate, verdict }: ArchiveEntry,
    { task, target, check }: TaskParts,
    texts: Readonly<Record<string, string>>,
  ): Promise<readonly TracedCase[]> {
    const { module, visible } = task;
    const instrumented = module.endsWith(".py") ? undefined : instrumentValues(texts[module] ?? "", module)?.code;
    const traces = await check.traceValues({ files: target.filesOf(candidate) }, instrumented);
    const failing = new Set(verdict.failing ?? []);
    return caseIds(visible).map((id, i) => ({ passed: !failing.has(id), steps: traces[i]?.steps ?? [] }));
  }
}
