import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { removeSnapshot, takeSnapshot } from "@pawl/verify";
import { editablePaths } from "./editable-paths.ts";
import { EvolveEnvironment } from "./evolve-environment.ts";
import { pathInProject, realPlace } from "./project-path.ts";
import { SpeedEnvironment } from "./speed-environment.ts";

interface Linked {
  readonly real: string;
  /** Leads to `real`. */
  readonly link: string;
}

/** A project with `src/a.js`, the link `lib` to `src`, and the link `b.js` to `src/a.js`. */
function linked(t: TestContext): Linked {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "pawl-links-")));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const [real, link] = [join(folder, "real"), join(folder, "link")];
  mkdirSync(join(real, "src"), { recursive: true });
  writeFileSync(join(real, "package.json"), '{"type":"module"}');
  writeFileSync(join(real, "src/a.js"), "export const score = () => 1;\n");
  symlinkSync("src", join(real, "lib"));
  symlinkSync("src/a.js", join(real, "b.js"));
  symlinkSync(real, link);
  return { real, link };
}

test("a place has one path, whichever links lead to it", (t) => {
  const { real, link } = linked(t);
  const names: Readonly<Record<string, readonly string[]>> = {
    "": [".", link, real],
    src: ["src", "src/", "lib", join(link, "lib")],
    "src/a.js": ["src/a.js", "lib/a.js", join(link, "src/a.js"), join(real, "src/a.js")],
    "src/none/new.js": ["src/none/new.js", "lib/none/new.js"],
    "src/a.js/below.js": ["lib/a.js/below.js"],
    "b.js": ["b.js"], // a link itself: it is no file of the project
  };
  for (const [wanted, given] of Object.entries(names))
    for (const name of given)
      for (const root of [real, link]) assert.equal(pathInProject({ root: real }, root, name), wanted, name);
  assert.equal(realPlace(join(link, "gone"), "a.js"), join(real, "gone/a.js"));
});

test("fix, evolve and speed find the files of a project that was reached through a link", async (t) => {
  const { link } = linked(t);
  const snapshot = await takeSnapshot(link);
  t.after(() => removeSnapshot(snapshot));
  for (const paths of [["src"], ["lib/a.js"], [join(link, "src")]])
    assert.deepEqual(editablePaths(snapshot, "node:test", { root: link, paths }), ["src/a.js"]);
  await using speed = await SpeedEnvironment.open({ root: link, target: "src/a.js#score", unsafe: true });
  assert.equal(speed.module, "src/a.js");
  const options = { root: link, files: ["src/a.js"], score: "src/a.js#score", unsafe: true };
  await using evolve = await EvolveEnvironment.open(options);
  const plan = await evolve.plan(new AbortController().signal);
  assert.deepEqual(Object.keys(plan.sources), ["src/a.js"]);
});
