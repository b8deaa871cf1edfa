import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import { NotInstallable, probeSandbox, type VersionVerdict } from "@pawl/verify";
import { applyRun } from "./apply.ts";
import { stateFolder } from "./execute.ts";
import { matrix } from "./matrix.ts";
import { bisectReleases } from "./matrix-bisect.ts";
import { replayRun } from "./resume.ts";

const hasSandbox = (await probeSandbox()).some((probe) => probe.works);

/** Two versions of a package that counts from 0, or from 1; both are in the cache already. */
const VERSIONS: Readonly<Record<string, string>> = {
  "1.0.0": "export const at = (list, place) => list[place];\nexport const nth = at;\n",
  "2.0.0": "export const nth = (list, place) => list[place];\n",
};

function setUp(t: TestContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "pawl-matrix-")));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [version, text] of Object.entries(VERSIONS)) {
    const places = [`cache/pawl/versions/npm/counter@${version}/node_modules/counter`];
    if (version === "1.0.0") places.push("project/node_modules/counter");
    for (const place of places) {
      write(
        `${place}/package.json`,
        JSON.stringify({ name: "counter", version, type: "module", exports: { ".": "./index.js" } }),
      );
      write(`${place}/index.js`, text);
    }
  }
  write("project/package.json", '{ "type": "module", "scripts": { "test": "node --test" } }');
  write(
    "project/lib.js",
    'import * as counter from "counter";\n\nexport function second(list) {\n  return counter.nth === counter.at ? list[1] : counter.nth(list, 2);\n}\n',
  );
  write(
    "project/lib.test.js",
    'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { second } from "./lib.js";\n\ntest("two", () => assert.equal(second(["a", "b"]), "b"));\ntest("three", () => assert.equal(second([1, 2, 3]), 2));\n',
  );
  const before = [process.env["XDG_CACHE_HOME"], process.env["XDG_CONFIG_HOME"]];
  process.env["XDG_CACHE_HOME"] = join(folder, "cache");
  process.env["XDG_CONFIG_HOME"] = join(folder, "config");
  t.after(() => {
    for (const [i, name] of ["XDG_CACHE_HOME", "XDG_CONFIG_HOME"].entries()) {
      if (before[i] === undefined) delete process.env[name];
      else process.env[name] = before[i];
    }
    rmSync(folder, { recursive: true, force: true });
  });
  return join(folder, "project");
}

test("the matrix says which versions pass, and what the others fail by", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  const root = setUp(t);
  const result = await matrix({ root, dependency: "counter", versions: ["2.0.0", "1.0.0"] });
  assert.equal(result.status, "failed");
  assert.deepEqual(
    result.versions.map(({ version, status, tests }) => [version, status, tests.passed, tests.failed]),
    [
      ["1.0.0", "passed", 2, 0],
      ["2.0.0", "failed", 0, 2],
    ],
  );
  const [, bad] = result.versions;
  assert.deepEqual(
    bad?.failures.map((failure) => [failure.test, failure.class]),
    [
      ["lib.test.js > three", "wrong value"],
      ["lib.test.js > two", "wrong value"],
    ],
  );
  assert.deepEqual(bad?.missing, [{ name: "at", files: ["lib.js"] }]);
  assert.deepEqual([bad?.compared, bad?.exports], ["1.0.0", { gone: 1, added: 0 }]);
});

test("--fix finds a patch that passes with all versions; its run is replayed and applied like any other", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  if (!hasSandbox) return t.skip("no sandbox works here");
  const root = setUp(t);
  const result = await matrix({
    root,
    dependency: "counter",
    versions: ["1.0.0", "2.0.0"],
    fix: true,
    seed: 1,
    jobs: 1,
  });
  assert.equal(result.status, "passed");
  assert.equal(result.fix?.status, "fixed");
  assert.deepEqual(result.fix?.tests.before, { passed: 2, failed: 2 });
  const state = stateFolder({ root });
  const replay = await replayRun({ state, run: result.fix?.run as string, recheck: true });
  assert.deepEqual([replay.identical, replay.differences], [true, []]);
  applyRun(state, result.fix?.run as string);
  const after = await matrix({ root, dependency: "counter", versions: ["1.0.0", "2.0.0"] });
  assert.equal(after.status, "passed");
  assert.equal(JSON.parse(readFileSync(join(root, "node_modules/counter/package.json"), "utf8")).version, "1.0.0");
});

/** More versions of the package, in the cache: `text` by version. */
function addVersions(root: string, versions: Readonly<Record<string, string>>): void {
  for (const [version, text] of Object.entries(versions)) {
    const place = join(dirname(root), `cache/pawl/versions/npm/counter@${version}/node_modules/counter`);
    mkdirSync(place, { recursive: true });
    writeFileSync(
      join(place, "package.json"),
      JSON.stringify({ name: "counter", version, type: "module", exports: { ".": "./index.js" } }),
    );
    writeFileSync(join(place, "index.js"), text);
  }
}

test("--bisect finds the release at which the tests flip, passes over one that does not load, and names it", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  const root = setUp(t);
  const { "1.0.0": old = "", "2.0.0": changed = "" } = VERSIONS;
  addVersions(root, {
    "1.1.0": old,
    "1.2.0": old,
    "1.3.0": "export const at = ;\n",
    "1.4.0": changed,
    "1.10.0": changed,
  });
  const versions = ["2.0.0", "1.0.0", "1.10.0", "1.1.0", "1.2.0", "1.3.0", "1.4.0"];
  const { status, bisection, versions: tried } = await matrix({ root, dependency: "counter", versions, bisect: true });
  assert.equal(status, "failed");
  assert.deepEqual(bisection, {
    outcome: "flips",
    releases: 7,
    oldest: "1.0.0",
    newest: "2.0.0",
    last: "1.2.0",
    first: "1.4.0",
    skipped: [{ version: "1.3.0", reason: "does not load" }],
  });
  // 1.10.0 was never tried: the halves are by release, not by text.
  assert.deepEqual(
    tried.map((each) => [each.version, each.status]),
    [
      ["1.0.0", "passed"],
      ["1.2.0", "passed"],
      ["1.4.0", "failed"],
      ["2.0.0", "failed"],
    ],
  );
  assert.deepEqual(tried[2]?.missing, [{ name: "at", files: ["lib.js"] }]);
});

test("--bisect says so when both ends are judged alike, and does not search a patch beside", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  const root = setUp(t);
  addVersions(root, { "1.5.0": VERSIONS["2.0.0"] as string, "3.0.0": VERSIONS["1.0.0"] as string });
  const options = { root, dependency: "counter", bisect: true };
  // What fails in the middle is not seen, and nothing is said about it.
  const alike = await matrix({ ...options, versions: ["1.0.0", "1.5.0", "3.0.0"] });
  assert.deepEqual([alike.status, alike.bisection?.outcome], ["passed", "alike"]);
  assert.deepEqual(
    alike.versions.map(({ version }) => version),
    ["1.0.0", "3.0.0"],
  );
  const back = await matrix({ ...options, versions: ["1.5.0", "2.0.0", "3.0.0"] });
  assert.deepEqual([back.bisection?.last, back.bisection?.first], ["2.0.0", "3.0.0"]);
  await assert.rejects(matrix({ ...options, versions: ["1.0.0", "1.5.0", "2.x"] }), /'2.x' is a range/);
  await assert.rejects(matrix({ ...options, versions: ["1.0.0", "2.0.0"], fix: true }), /at the same time/);
});

test("a release that cannot be installed is passed over; every other failure ends the search", async () => {
  const verdict = (version: string, status: string) =>
    ({ status, names: ["a"], passed: 0, view: { installed: { version } } }) as unknown as VersionVerdict;
  const judge = (version: string) => {
    if (version === "2") throw new NotInstallable({ what: "counter@2 could not be installed.", where: "", todo: "" });
    return Promise.resolve(verdict(version, Number(version) < 2 ? "passed" : "failed"));
  };
  const { bisection } = await bisectReleases(["1", "2", "3"], judge);
  assert.deepEqual([bisection.last, bisection.first, bisection.skipped[0]?.version], ["1", "3", "2"]);
  assert.match(bisection.skipped[0]?.reason ?? "", /could not be installed/);
  const broken = bisectReleases(["1", "2", "3"], () => Promise.reject(new Error("no network")));
  await assert.rejects(broken, /no network/);
});

test("--bisect among real releases, of npm and of Python, installs only what it tries", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("PAWL_SLOW=1 installs packages");
  if (!hasSandbox) return t.skip("no sandbox works here");
  const root = setUp(t);
  const write = (path: string, text: string): void => writeFileSync(join(root, path), text);
  mkdirSync(join(root, "node_modules/semver"));
  write("node_modules/semver/package.json", '{ "name": "semver", "version": "5.0.0" }');
  // `prerelease` came with 5.2.0.
  write("npm.test.js", 'import semver from "semver";\nsemver.prerelease("1.0.0-a");\n');
  const test = "node --test npm.test.js";
  const npm = await matrix({ root, dependency: "semver", versions: [">=5.0.0 <6"], test, bisect: true });
  assert.deepEqual([npm.bisection?.last, npm.bisection?.first], ["5.1.1", "5.2.0"]);
  assert.ok(npm.versions.length < (npm.bisection?.releases ?? 0));
  // The class `Version` came with 3.0.0, which pip counts after its pre-releases.
  write("check.py", "import semver\nsemver.Version\n");
  const python = await matrix({
    root,
    dependency: "semver",
    versions: ["2.x", "3.x"],
    test: "python3 check.py",
    bisect: true,
  });
  assert.equal(python.bisection?.first, "3.0.0");
  assert.match(python.bisection?.last ?? "", /^2\./);
});

test("without versions, the project's own range is needed", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  const root = setUp(t);
  await assert.rejects(matrix({ root, dependency: "counter" }), /no range of versions is declared for counter/);
});

test("without a sandbox there is no matrix, and nothing is offered instead", async (t) => {
  const root = setUp(t);
  await assert.rejects(
    matrix({ root, dependency: "other", versions: ["1.0.0"], isolation: "none" }),
    (error: Error) => {
      assert.match(error.message, /by the sandbox/);
      assert.doesNotMatch(error.message, /unsafe/);
      return true;
    },
  );
});

test("what --exclude names is not there when the tests run with a version", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  const root = setUp(t);
  writeFileSync(join(root, "other.test.js"), 'throw new Error("left out");\n');
  const options = { root, dependency: "counter", versions: ["1.0.0"] };
  assert.equal((await matrix({ ...options, exclude: ["other.test.js"] })).status, "passed");
  assert.equal((await matrix(options)).status, "failed");
});
