import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { test, type TestContext } from "node:test";
import { builtSystems, CATALOGUE } from "@pawl/lab";
import { start, type Outcome } from "./fixture-pawl.ts";
import { version } from "./version.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const INSTALL_MS = 600_000;

/** The published package, installed and used like a stranger would: slow, so only with PAWL_SLOW=1 (`npm run claims`). */
test("the packed tarball installs in an empty folder and works there", { timeout: 3 * INSTALL_MS }, async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  const folder = mkdtempSync(join(tmpdir(), "pawl-pack-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  await succeeds([process.execPath, join(ROOT, "scripts/build.ts")], ROOT);
  const { stdout } = await succeeds([process.execPath, join(ROOT, "scripts/pack.ts"), folder], ROOT);
  const tarball = stdout.trim();
  assert.ok(existsSync(tarball), tarball);

  await t.test("with the present Node", async (inner) => {
    const place = emptyFolder(folder, "present");
    await succeeds(["npm", "install", "--no-audit", "--no-fund", tarball], place, dirname(process.execPath));
    await worksIn(inner, place, dirname(process.execPath));
  });

  await t.test("with Node 18 first on the PATH", async (inner) => {
    const old = await nodeEighteen(inner, folder);
    if (old === null) return;
    const place = emptyFolder(folder, "eighteen");
    await succeeds(["npm", "install", "--no-audit", "--no-fund", tarball], place, old);
    await worksIn(inner, place, old);
  });

  await t.test("with Node 18 and without install scripts, it says how to complete it", async (inner) => {
    const old = await nodeEighteen(inner, folder);
    if (old === null) return;
    const place = emptyFolder(folder, "scriptless");
    await succeeds(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", tarball], place, old);
    const doctor = await run(["npx", "--no-install", "pawl", "doctor", "--json"], place, old);
    const { error } = JSON.parse(doctor.stdout) as { error?: { todo: string } };
    // An npm that runs on its own newer Node leaves nothing out.
    if (doctor.code === 3 && error !== undefined) {
      assert.match(error.todo, /^Run once: ".*node" ".*complete-install\.cjs" oxc-parser$/);
      await succeeds(["sh", "-c", error.todo.replace("Run once: ", "")], place, old);
    }
    await worksIn(inner, place, old);
  });
});

/** `npx pawl` in a folder where the package is installed, with a folder put first on the PATH. */
async function worksIn(t: TestContext, place: string, first: string): Promise<void> {
  const printed = await succeeds(["npx", "--no-install", "pawl", "--version"], place, first);
  assert.equal(printed.stdout.trim(), version());
  const doctor = await succeeds(["npx", "--no-install", "pawl", "doctor", "--json"], place, first, [0, 3]);
  const report = JSON.parse(doctor.stdout) as { node: { version: string }; isolation: { best: string } };
  assert.ok(Number.parseInt(report.node.version, 10) >= 24, report.node.version);
  const listed = await succeeds(["npx", "--no-install", "pawl", "lab", "list", "--json"], place, first);
  const systems = JSON.parse(listed.stdout) as readonly { id: string; built: boolean }[];
  const built = systems.filter((system) => system.built).map(({ id }) => id);
  assert.deepEqual([systems.length, built], [CATALOGUE.length, builtSystems()]);
  if (report.isolation.best === "none") return t.skip("installed, but no sandbox works here to use it in");
  // The first works on the tasks of a world, which have to be in the package.
  await succeeds(["npx", "--no-install", "pawl", "lab", "run", built[0] as string, "--quick"], place, first);
  mkdirSync(join(place, "project"));
  writeFileSync(join(place, "project/package.json"), '{ "type": "module", "scripts": { "test": "node --test" } }');
  writeFileSync(join(place, "project/twice.js"), "export const twice = (n) => n - n;\n");
  writeFileSync(
    join(place, "project/twice.test.js"),
    'import { test } from "node:test";\nimport assert from "node:assert";\nimport { twice } from "./twice.js";\n' +
      'test("twice three", () => assert.equal(twice(3), 6));\ntest("twice minus one", () => assert.equal(twice(-1), -2));\n',
  );
  const fixed = await succeeds(
    ["npx", "--no-install", "pawl", "fix", "--json", "--held-out", "0"],
    join(place, "project"),
    first,
  );
  const result = JSON.parse(fixed.stdout) as { status: string; patch: string };
  assert.equal(result.status, "fixed");
  assert.match(result.patch, /^\+export const twice/m);
}

/** Folder of a Node 18 from its npm package, or null after the test was skipped. */
async function nodeEighteen(t: TestContext, folder: string): Promise<string | null> {
  const name = `node-${process.platform}-${process.arch}`;
  const place = join(folder, "node18");
  if (existsSync(join(place, "node_modules", name))) return join(place, "node_modules", name, "bin");
  emptyFolder(folder, "node18");
  const install = await run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", `${name}@18`], place);
  const bin = join(place, "node_modules", name, "bin");
  if (install.code === 0 && existsSync(join(bin, "node"))) return bin;
  t.skip(`${name}@18 cannot be installed`);
  return null;
}

function emptyFolder(folder: string, name: string): string {
  const place = join(folder, name);
  mkdirSync(place);
  writeFileSync(join(place, "package.json"), '{ "private": true }\n');
  return place;
}

function run(argv: readonly string[], cwd: string, first?: string): Promise<Outcome> {
  const path = process.env["PATH"] ?? "";
  const env = { PATH: first === undefined ? path : `${first}${delimiter}${path}` };
  return start(argv, { cwd, env, timeout: INSTALL_MS });
}

async function succeeds(
  argv: readonly string[],
  cwd: string,
  first?: string,
  codes: readonly number[] = [0],
): Promise<Outcome> {
  const outcome = await run(argv, cwd, first);
  assert.ok(
    codes.includes(outcome.code ?? -1),
    `${argv.join(" ")}: ${outcome.code}\n${outcome.stdout}\n${outcome.stderr}`,
  );
  return outcome;
}
