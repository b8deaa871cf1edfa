import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { discoverTests, shownLine } from "./discover.ts";
import { writeProject } from "./fixture-project.ts";
import { parseShellLine } from "./shell-line.ts";
import { runsInMembers, workspaceMembers } from "./workspaces.ts";

const member = (test: string) => JSON.stringify({ scripts: { test } });
const root = (more: object) => JSON.stringify({ private: true, workspaces: ["packages/*"], ...more });

function within<T>(files: Readonly<Record<string, string>>, look: (folder: string) => T): T {
  const folder = writeProject(files);
  try {
    return look(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("a member of a workspace is tested in its own folder, with the whole workspace around it", () => {
  const files = {
    "package.json": root({}),
    "packages/a/package.json": member("vitest run"),
    "packages/a/src/x.ts": "",
  };
  within(files, (folder) => {
    const found = discoverTests(join(folder, "packages/a/src"));
    assert.deepEqual(
      [found.root, found.folder, found.runner, found.line],
      [folder, "packages/a", "vitest", "vitest run"],
    );
    assert.equal(shownLine(found.command), "cd packages/a && vitest run");
    assert.equal(found.command.argv.at(-1)?.match(/node_modules\/\.bin/g)?.length, 2);
  });
});

test("a folder that no pattern of the workspace matches stands alone, and so does one behind a repository of its own", () => {
  const files = {
    "package.json": root({}),
    "tools/a/package.json": member("mocha"),
    "packages/b/package.json": member("jest"),
  };
  within({ ...files, "packages/b/.git/HEAD": "" }, (folder) => {
    for (const path of ["tools/a", "packages/b"]) {
      const found = discoverTests(join(folder, path));
      assert.deepEqual([found.root, found.folder], [join(folder, path), "."]);
    }
  });
});

test("the root of a workspace runs the tests of its members, whatever runs scripts in them", () => {
  const members = {
    "packages/a/package.json": member("eslint . && vitest run"),
    "packages/b/package.json": member("vitest run"),
    "packages/c/package.json": "{}",
  };
  for (const scripts of [
    {},
    { test: "npm test --workspaces --if-present" },
    { test: "turbo run test" },
    { test: "pnpm -r test" },
  ]) {
    within({ ...members, "package.json": root({ scripts }) }, (folder) => {
      const found = discoverTests(folder);
      assert.deepEqual([found.root, found.runner, found.leftOut], [folder, "vitest", ["eslint ."]]);
      assert.match(found.line, /cd packages\/a && .*vitest run.*cd packages\/b && .*vitest run.*exit \$failed$/);
    });
  }
});

test("members are read from pnpm-workspace.yaml, too", () => {
  const yaml = "packages:\n  - 'libs/*'\n  # a comment\n  - \"apps/web\"\n  - '!**/test/**'\ncatalog:\n  - none\n";
  const files = {
    "pnpm-workspace.yaml": yaml,
    "libs/x/package.json": "{}",
    "apps/web/package.json": "{}",
    "apps/no/package.json": "{}",
  };
  assert.deepEqual(within(files, workspaceMembers), ["apps/web", "libs/x"]);
});

test("commands for members are told from others", () => {
  const tells = (line: string) => parseShellLine(line).every(runsInMembers);
  for (const line of [
    "npm run test -ws",
    "pnpm --recursive run test",
    "yarn workspaces foreach -A run test",
    "npx lerna run test",
    "nx run-many -t test",
  ])
    assert.ok(tells(line), line);
  for (const line of ["npm test", "pnpm run build -r", "vitest run", "turbo run build"]) assert.ok(!tells(line), line);
});
