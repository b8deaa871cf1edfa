import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { CATALOGUE } from "@pawl/lab";
import { makeProject, pawl, type Outcome, type PawlOptions } from "./fixture-pawl.ts";

const REGISTRY = new URL("../../lab/src/fixture-registry.ts", import.meta.url).href;

/** Puts the registry of the tests in the place of the lab's own. */
const HOOK = `import { registerHooks } from "node:module";
  registerHooks({ resolve(name, context, next) {
    return next(name.endsWith("/registry.ts") && context.parentURL.includes("/lab/src/") ? ${JSON.stringify(REGISTRY)} : name, context);
  } });`;

interface Document {
  readonly results: string;
  readonly systems: readonly { readonly id: string; readonly outcome?: string | null; readonly error?: object }[];
}

function place(): Disposable & {
  readonly root: string;
  lab(args: readonly string[], more?: PawlOptions): Promise<Outcome>;
} {
  const project = makeProject({});
  const env = {
    ...project.env,
    LAB_FAST: "1",
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(HOOK)}`,
  };
  return {
    root: project.root,
    lab: (args, more) => pawl(["lab", ...args], { cwd: project.root, ...more, env: { ...env, ...more?.env } }),
    [Symbol.dispose]: () => project[Symbol.dispose](),
  };
}

test("the exit code of lab run is the claim's outcome; the quick form judges nothing", async () => {
  using project = place();
  const all = await project.lab(["run", "all", "--json"]);
  const { systems } = JSON.parse(all.stdout) as Document;
  assert.equal(all.code, 3, "the worst of all");
  assert.deepEqual(
    systems.map(({ id, outcome }) => [id, outcome]),
    [
      ["swe-search", "reproduced"],
      ["dgm", "not reproduced"],
      ["iad", "precondition failed"],
      ["rise", undefined],
    ],
  );
  const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
    [["swe-search"], 0, /^swe-search: reproduced, with 3 seeds$/m],
    [
      ["iad", "dgm"],
      1,
      /before all: sampling does[^]*^dgm: not reproduced, with 3 seeds\n[^]*does not hold {2}the tree/m,
    ],
    [["dgm", "--quick"], 0, /^dgm: the quick form ran; it judges nothing$/m],
    [["iad", "--arms", "tree", "--seeds", "4"], 0, /^iad: no outcome: 3 of 4 seeds/m],
    [["swe-search", "--seeds", "2", "--results", "elsewhere"], 0, /reproduced, with 2 seeds; the recipe asks for 3/],
  ];
  await Promise.all(
    cases.map(async ([args, code, text]) => {
      const outcome = await project.lab(["run", ...args]);
      assert.equal(outcome.code, code, `${args.join(" ")}: ${outcome.stdout}${outcome.stderr}`);
      assert.match(outcome.stdout, text);
    }),
  );
  assert.deepEqual(readdirSync(join(project.root, ".pawl/lab")).toSorted(), [
    "dgm.jsonl",
    "iad.jsonl",
    "swe-search.jsonl",
  ]);
  assert.ok(existsSync(join(project.root, "elsewhere/swe-search.jsonl")));
  const list = await project.lab(["list", "--json"]);
  const rows = JSON.parse(list.stdout) as {
    id: string;
    built: boolean;
    outcome: string | null;
    quickSeconds: number | null;
  }[];
  assert.equal(rows.length, CATALOGUE.length);
  assert.deepEqual(Object.keys(rows[0] ?? {}), ["id", "title", "cluster", "built", "outcome", "quickSeconds"]);
  const of = (id: string): unknown[] =>
    rows.flatMap((row) => (row.id === id ? [row.built, row.outcome, typeof row.quickSeconds] : []));
  assert.deepEqual(of("dgm"), [true, "not reproduced", "number"]);
  assert.deepEqual(of("codetree"), [false, null, "object"]);
  const some = JSON.parse(
    (await project.lab(["list", "--json", "--status", "reproduced", "--stage", "select"])).stdout,
  ) as { id: string }[];
  assert.deepEqual(
    some.map(({ id }) => id),
    ["swe-search"],
  );
});

test("Ctrl-C keeps what was measured, ends with 130, and the line it names goes on", async () => {
  using project = place();
  const stopped = await project.lab(["run", "swe-search", "--jobs", "1"], {
    env: { LAB_FAST: "0" },
    onStderr: (child, said) => {
      if (said.includes("sampling, seed 1: 20 tasks") && !said.includes("Stopping")) child.kill("SIGINT");
    },
  });
  assert.equal(stopped.code, 130, stopped.stderr);
  assert.match(stopped.stderr, /every arm run that was finished is kept/);
  assert.match(stopped.stderr, /Go on with `pawl lab run swe-search --jobs 1`/);
  const file = join(project.root, ".pawl/lab/swe-search.jsonl");
  assert.equal(readFileSync(file, "utf8").trimEnd().split("\n").length, 2);
  const resumed = await project.lab(["run", "swe-search", "--jobs", "1"]);
  assert.match(resumed.stderr, /4 of 6 arm runs to measure/);
  assert.match(resumed.stdout, /^swe-search: reproduced/m);
});

test("lab report writes the pages, and a site when asked for", async () => {
  using project = place();
  await project.lab(["run", "swe-search"]);
  const report = await project.lab(["report", "--site", "site"]);
  assert.match(report.stdout, /Written: 6 files in .*lab-report\nWritten: 8 files in .*site; open .*site\/index\.html/);
  assert.match(readFileSync(join(project.root, "lab-report/swe-search.md"), "utf8"), /\*\*reproduced\*\*/);
  assert.match(readFileSync(join(project.root, "site/index.html"), "utf8"), /swe-search\.html/);
  const refused = await project.lab(["report", "--out", "site/index.html"]);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /this is a file, and a folder is needed/);
});

test("lab report overwrites its own pages and nobody else's", async () => {
  using project = place();
  const files = { "README.md": "# Mine\n", "index.html": "<title>Mine</title>\n", "style.css": "p {}\n" };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project.root, name), text);
  for (const args of [
    ["--out", "."],
    ["--site", "."],
    ["--out", ".", "--site", "."],
    ["--site", ".", "--out", "new"],
  ]) {
    const { code, stderr } = await project.lab(["report", ...args]);
    assert.equal(code, 2, args.join(" "));
    assert.match(stderr, /other files in this folder[^]*what to do: Name a new or an empty folder/);
  }
  for (const [name, text] of Object.entries(files)) assert.equal(readFileSync(join(project.root, name), "utf8"), text);
  assert.ok(!existsSync(join(project.root, "new")) && !existsSync(join(project.root, "lab-report")));
  for (let time = 0; time < 2; time++)
    assert.equal((await project.lab(["report", "--out", "both", "--site", "both"])).code, 0, "new, then its own");
});

test("within Pawl's own repository results and pages go to its documentation", async () => {
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const { stdout } = await pawl(["lab", "list"], { cwd: join(root, "packages/lab") });
  assert.match(stdout, /Results: .*docs\/data\/lab$/m);
});
