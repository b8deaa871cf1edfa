import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { RunSession, Store, Target, type Json } from "@pawl/core";

export const SOURCES = { "a.js": "export const a = 1;\n", "lib/b.js": "export const b = 1;\r\n// é\r\n" };
export const RESULT = { "a.js": "export const a = 2;\n", "lib/b.js": "export const b = 2;\r\n// é\r\n" };

export interface Place {
  readonly root: string;
  /** Folder of the store: beside the project, so that the project's files can be compared. */
  readonly state: string;
  git(...args: string[]): string;
  read(path: string): string;
}

/** A project with a recorded run, `fix-1`, that has kept a candidate which changes both files; `observed` is recorded after it. */
export function place(t: TestContext, observed: Readonly<Record<string, Json>> = {}): Place {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "pawl-take-")));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const root = join(folder, "project");
  mkdirSync(join(root, "lib"), { recursive: true });
  for (const [path, text] of Object.entries(SOURCES)) writeFileSync(join(root, path), text);
  const state = join(folder, "state");
  const store = Store.open(state);
  const session = RunSession.create(store, "fix", {});
  const target = new Target(SOURCES, "tree");
  const edits = Object.fromEntries(
    Object.entries(SOURCES).map(([path, text]) => [
      path,
      [{ start: text.indexOf("1"), end: text.indexOf("1") + 1, text: "2" }],
    ]),
  );
  const derived = target.derive(target.base, edits, { proposer: "test", summary: "one to two" });
  assert.ok("candidate" in derived);
  const { candidate } = derived;
  const project = { root, tree: "tree", sources: SOURCES, path: "" } as unknown as Json;
  session.append({ type: "observed", data: { name: "project", value: project } });
  const request = { parent: target.baseId, size: 1 } as never;
  session.append({ type: "proposed", data: { n: 0, request, candidate, skipped: {} } });
  const judged = { n: 0, candidate: candidate.id, status: "passed" as const, scores: { passed: [1] } };
  session.append({ type: "judged", data: judged });
  session.append({ type: "confirmed", data: { ...judged, kept: true, reason: "" } });
  for (const [name, value] of Object.entries(observed)) session.append({ type: "observed", data: { name, value } });
  session.close();
  store.close();
  return {
    root,
    state,
    git: (...args) =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.invalid", ...args], {
        cwd: root,
        encoding: "utf8",
      }),
    read: (path) => readFileSync(join(root, path), "utf8"),
  };
}
