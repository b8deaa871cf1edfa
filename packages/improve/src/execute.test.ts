import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { recordOf, runState, Store } from "@pawl/core";
import { InterruptedError, startRun } from "./execute.ts";

function aborted(reason: unknown): AbortSignal {
  const controller = new AbortController();
  controller.abort(reason);
  return controller.signal;
}

const timedOut = new DOMException("too long", "TimeoutError");

const ENDS: readonly [what: string, signal: AbortSignal | undefined, thrown: unknown, state: "paused" | "failed"][] = [
  ["a plain abort", aborted(undefined), new DOMException("aborted", "AbortError"), "paused"],
  ["a time limit", aborted(timedOut), timedOut, "paused"],
  ["a word as the reason", aborted("enough"), "enough", "paused"],
  ["null as the reason", aborted(null), null, "paused"],
  ["an abort of what was asked", undefined, new DOMException("aborted", "AbortError"), "paused"],
  ["a fault that came first", aborted("enough"), new Error("disk full"), "failed"],
  ["a time limit of something else", new AbortController().signal, timedOut, "failed"],
];

for (const [what, signal, thrown, state] of ENDS) {
  test(`a run that ends by ${what} is ${state}`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "pawl-execute-"));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const run = startRun({ folder, command: "fix", config: {}, signal }, () => Promise.reject(thrown));
    await assert.rejects(run, (error) =>
      state === "failed" ? error === thrown : error instanceof InterruptedError && /pawl resume fix-1/.test(error.todo),
    );
    const store = Store.open(folder);
    t.after(() => store.close());
    assert.equal(runState(store, "fix-1", recordOf(store, "fix-1")), state);
  });
}
