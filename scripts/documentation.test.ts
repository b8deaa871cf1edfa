import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { labDocuments } from "./docs/lab.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PAGES = globSync(["*.md", "docs/**/*.md", "examples/*/README.md"], { cwd: ROOT }).sort();

test("every relative link leads to a file of the repository", () => {
  const broken = PAGES.flatMap((page) =>
    [...readFileSync(join(ROOT, page), "utf8").matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
      .map((match) => match[1] as string)
      .filter((link) => !/^\w+:/.test(link) && !existsSync(join(ROOT, dirname(page), link)))
      .map((link) => `${page}: ${link}`),
  );
  assert.deepEqual(broken, []);
});

test("the pages of the lab are what its recipes and the results on record say (npm run docs)", async () => {
  const pages = await labDocuments();
  const place = join(ROOT, "docs/lab");
  const differing = [...pages].filter(
    ([path, text]) => !existsSync(join(place, path)) || readFileSync(join(place, path), "utf8") !== text,
  );
  assert.deepEqual(
    differing.map(([path]) => path),
    [],
  );
  const generated = globSync(["*.md", "figures/*.svg"], { cwd: place }).filter(
    (path) => path.endsWith(".svg") || readFileSync(join(place, path), "utf8").includes("Written by `pawl lab report`"),
  );
  assert.deepEqual(
    generated.filter((path) => !pages.has(path)),
    [],
    "left over",
  );
});

/** The guides with a whole program, and the folder their relative imports start from. */
const PROGRAMS: Readonly<Record<string, string>> = {
  "write-a-search": "packages/search/src",
  "write-a-system": "packages/lab/src/systems/code-agents",
  "write-a-check": "packages/verify/src",
  "write-an-operator": "packages/propose/src/syntax/javascript/operators",
};

test("the programs in the guides fit the contracts", () => {
  const folder = mkdtempSync(join(tmpdir(), "pawl-guides-"));
  try {
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const typeRoots = [join(ROOT, "node_modules/@types")];
    const config = { extends: join(ROOT, "tsconfig.json"), compilerOptions: { typeRoots }, include: ["*.ts"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    for (const [guide, place] of Object.entries(PROGRAMS)) {
      const program = /```ts\n([^]*?)```/.exec(readFileSync(join(ROOT, "docs/guides", `${guide}.md`), "utf8"))?.[1];
      assert.ok(program !== undefined, guide);
      const absolute = program.replaceAll(/ from "(\.[^"]*)"/g, (_, path) => ` from "${join(ROOT, place, path)}"`);
      writeFileSync(join(folder, `${guide}.ts`), absolute);
    }
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.json"],
      {
        cwd: folder,
        encoding: "utf8",
      },
    );
    assert.equal(status, 0, stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
