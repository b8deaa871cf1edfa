/**
 * Packs the command line as one npm package: the built rooms it needs are bundled inside of it, their third-party dependencies become its
 * own. `node scripts/pack.ts [folder]`, after `npm run build`; the folder (default `dist/pack`) receives `pawl/`, as it is packed, and the
 * tarball.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SCOPE = "@pawl/";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly files: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly private?: boolean;
}

/** Assembles the staging folder and packs it. Returns the path of the tarball. */
export function pack(folder: string): string {
  const stage = join(folder, "pawl");
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  const rooms = roomsNeededBy("cli");
  const cli = manifestOf("cli");
  const dependencies = thirdParty(["cli", ...rooms]);
  const bundled = rooms.map((room) => manifestOf(room));
  for (const path of cli.files) copyInto(join(ROOT, "packages/cli", path), join(stage, path));
  for (const name of ["LICENSE", "README.md"]) copyInto(join(ROOT, name), join(stage, name));
  writeManifest(stage, {
    ...cli,
    exports: EXPORTS,
    dependencies: { ...dependencies, ...Object.fromEntries(bundled.map(({ name, version }) => [name, version])) },
    bundleDependencies: bundled.map(({ name }) => name),
    engines: { node: ">=12" },
  });
  for (const room of rooms) stageRoom(room, join(stage, "node_modules", SCOPE + room));
  copyExamples(join(stage, "node_modules", `${SCOPE}improve`, "examples"));
  return npmPack(stage, folder);
}

const EXPORTS = { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" }, "./package.json": "./package.json" };

/** Rooms the built files of a room import, directly or through others. */
function roomsNeededBy(start: string): readonly string[] {
  const found = new Set<string>();
  const queue = [start];
  for (let room = queue.pop(); room !== undefined; room = queue.pop()) {
    const dist = join(ROOT, "packages", room, "dist");
    if (!existsSync(dist)) throw new Error(`packages/${room} is not built: run \`npm run build\` first`);
    for (const file of globSync("**/*.js", { cwd: dist })) {
      for (const [, name] of readFileSync(join(dist, file), "utf8").matchAll(/["']@pawl\/([a-z]+)["']/g)) {
        if (name === start || found.has(name as string)) continue;
        found.add(name as string);
        queue.push(name as string);
      }
    }
  }
  return [...found].sort();
}

/** Third-party dependencies of the rooms, as one list; a package wanted in two versions is an error. */
function thirdParty(rooms: readonly string[]): Readonly<Record<string, string>> {
  const merged = new Map<string, string>();
  for (const room of rooms) {
    for (const [name, version] of Object.entries(manifestOf(room).dependencies ?? {})) {
      if (name.startsWith(SCOPE)) continue;
      const other = merged.get(name);
      if (other !== undefined && other !== version)
        throw new Error(`${name} is wanted as ${other} and, by packages/${room}, as ${version}`);
      merged.set(name, version);
    }
  }
  return Object.fromEntries([...merged].sort());
}

function stageRoom(room: string, place: string): void {
  const manifest = manifestOf(room);
  for (const path of manifest.files) copyInto(join(ROOT, "packages", room, path), join(place, path));
  const { name, version, description, license, files } = manifest;
  writeManifest(place, { name, version, description, license, files: [...files, "examples"], exports: EXPORTS });
}

function writeManifest(place: string, manifest: object): void {
  const { name, version, description, license, ...rest } = manifest as Manifest;
  const ordered = { name, version, description, license, type: "module", ...rest, private: undefined };
  writeFileSync(join(place, "package.json"), `${JSON.stringify(ordered, null, 2)}\n`);
}

/** The examples `pawl demo` works on, without what lies around in them after use. */
function copyExamples(place: string): void {
  copyInto(join(ROOT, "examples"), place);
}

function copyInto(from: string, to: string): void {
  if (!existsSync(from)) return;
  cpSync(from, to, {
    recursive: true,
    filter: (path) => !/[\\/](?:node_modules|__pycache__|\.pawl|\.pytest_cache|\.git)$/.test(path),
  });
}

function npmPack(stage: string, folder: string): string {
  const done = spawnSync("npm", ["pack", "--json", "--pack-destination", folder], { cwd: stage, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`npm pack failed:\n${done.stderr}`);
  const [packed] = JSON.parse(done.stdout) as [{ filename: string }];
  return join(folder, packed.filename);
}

function manifestOf(room: string): Manifest {
  return JSON.parse(readFileSync(join(ROOT, "packages", room, "package.json"), "utf8")) as Manifest;
}

if (import.meta.main) console.log(pack(resolve(process.argv[2] ?? join(ROOT, "dist/pack"))));
