/**
 * Builds every package to `packages/<room>/dist`: JavaScript and type declarations, without tests, benchmarks, studies and fixtures.
 * `npm run build`. The sources run as they are; the build is for publishing, because Node strips no types below `node_modules`.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const LEFT_OUT = ["test", "bench", "study"].map((kind) => `packages/*/src/**/*.${kind}.ts`);
const FIXTURES = ["packages/*/src/**/fixture-*.ts", "packages/*/src/**/*-fixture.ts"];

/** Compiles all packages in one go and puts the results in place. Returns the rooms built. Throws when the compiler finds an error. */
export function build(): readonly string[] {
  const rooms = readdirSync(join(ROOT, "packages")).filter((room) => existsSync(join(ROOT, "packages", room, "src")));
  const out = mkdtempSync(join(tmpdir(), "pawl-build-"));
  try {
    compile(out);
    for (const room of rooms) {
      const dist = join(ROOT, "packages", room, "dist");
      rmSync(dist, { recursive: true, force: true });
      cpSync(join(out, "js", room, "src"), dist, { recursive: true });
    }
    return rooms;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function compile(out: string): void {
  const config = join(out, "tsconfig.json");
  const below = (pattern: string): string => join(ROOT, pattern);
  writeFileSync(
    config,
    JSON.stringify({
      extends: below("tsconfig.json"),
      compilerOptions: {
        noEmit: false,
        declaration: true,
        rewriteRelativeImportExtensions: true,
        rootDir: below("packages"),
        outDir: join(out, "js"),
        typeRoots: [below("node_modules/@types")],
      },
      include: [below("packages/*/src/**/*.ts")],
      exclude: [...LEFT_OUT, ...FIXTURES].map(below),
    }),
  );
  const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
  const done = spawnSync(process.execPath, [compiler, "-p", config], { encoding: "utf8", cwd: ROOT });
  if (done.status !== 0) throw new Error(`the compiler found errors:\n${done.stdout}${done.stderr}`);
}

if (import.meta.main) console.log(`built: ${build().join(", ")}`);
