import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { probeSandbox } from "@pawl/verify";
import { makeProject, pawl } from "./fixture-pawl.ts";

export const hasSandbox = (await probeSandbox()).some((probe) => probe.works);

/** Every bad input in one run of `pawl`: what it says, that nothing of the project changed, and the exit code. */
export async function refused(
  t: TestContext,
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  expected: { readonly code: number; readonly what: RegExp; readonly where?: RegExp; readonly todo?: RegExp },
): Promise<void> {
  if (!hasSandbox) return t.skip("no sandbox works here");
  using project = makeProject(files);
  const before = fingerprint(project.root);
  const { code, stdout, stderr } = await pawl([...args, "--json"], { cwd: project.root, env: project.env });
  const report = JSON.parse(stdout) as {
    error: { what: string; where: string | null; todo: string };
    exitCode: number;
  };
  assert.deepEqual([code, report.exitCode], [expected.code, expected.code], stderr + stdout);
  assert.match(report.error.what, expected.what);
  if (expected.where !== undefined) assert.match(report.error.where ?? "", expected.where);
  assert.match(report.error.todo, expected.todo ?? /./);
  assert.equal(fingerprint(project.root), before);
}

/** Names and contents of the project's own files. */
export function fingerprint(root: string): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(root, { recursive: true, encoding: "utf8" }).sort()) {
    if (name.startsWith(".pawl")) continue;
    hash.update(`${name}\0`);
    try {
      hash.update(readFileSync(join(root, name)));
    } catch {
      hash.update("folder");
    }
  }
  return hash.digest("hex");
}
