import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { UsageError } from "@pawl/core";
import { takeResult } from "./take.ts";

/** A file of the patch: what it was when the run started, what it will be, what it is now. */
interface Place {
  readonly path: string;
  /** Where it is written: behind a link, the file the link leads to. */
  readonly file: string;
  /** Null for a file that the patch makes. */
  readonly before: Buffer | null;
  readonly after: Buffer;
  /** Null when it is no readable file any more. */
  readonly now: Buffer | null;
}

/**
 * Writes the run's result into the user's tree: only the files of the patch, all or none, and only if each still has the content the
 * run started from. Returns the files written: none when the result is there already.
 */
export function applyRun(state: string, id: string, candidate?: string): { readonly files: readonly string[] } {
  const { project, files } = takeResult(state, id, candidate);
  const places = Object.entries(files).map(([path, text]): Place => {
    const file = join(project.root, path);
    const source = project.sources[path];
    const before = source === undefined ? null : Buffer.from(source);
    return { path, file, before, after: Buffer.from(text), now: contentOf(file) };
  });
  if (places.every(({ now, after }) => now?.equals(after) === true)) return { files: [] };
  demandUnchanged(id, places);
  write(places.map((place) => ({ ...place, file: behindLinks(project.root, place) })));
  return { files: places.map(({ path }) => path) };
}

function demandUnchanged(id: string, places: readonly Place[]): void {
  const isAsBefore = ({ now, before, file }: Place): boolean =>
    before === null ? !isThere(file) : now?.equals(before) === true;
  const changed = places.filter((place) => !isAsBefore(place));
  if (changed.length === 0) return;
  const several = changed.length > 1;
  const what = changed.every(({ now }) => now === null)
    ? `the file${several ? "s are" : " is"} not there any more; nothing was written`
    : `the file${several ? "s" : ""} changed after the run had started; nothing was written`;
  throw new UsageError({
    what,
    where: changed.map(({ path }) => path).join(", "),
    todo: `Take the patch by hand (\`pawl diff ${id} | git apply -3\`), or start a new run on the present files.`,
  });
}

/** The file itself, so that a link stays a link; outside of the project nothing is ever written. */
function behindLinks(root: string, { path, file, before }: Place): string {
  const real =
    before === null ? join(realpathSync(nearestFolder(file)), relative(nearestFolder(file), file)) : realpathSync(file);
  if (real.startsWith(realpathSync(root) + sep)) return real;
  throw new UsageError({
    what: "the way to the file is a link that leads out of the project; nothing was written",
    where: path,
    todo: `Take the patch by hand: \`pawl diff\` prints it.`,
  });
}

/** Everything is on the disk beside its place before the first file is replaced; what fails halfway is undone. */
function write(places: readonly Place[]): void {
  const temporary = (file: string): string => join(dirname(file), `.${basename(file)}.${process.pid}.pawl`);
  const staged: string[] = [];
  const replaced: Place[] = [];
  try {
    for (const { file, before, after } of places) {
      // A new file belongs to whom its folder does, with the rights that a new file gets here.
      const { uid, gid } = statSync(before === null ? nearestFolder(file) : file);
      if (before === null) makeFolders(file, uid, gid);
      writeFileSync(temporary(file), after, { flag: "wx", flush: true });
      staged.push(temporary(file));
      if (process.getuid?.() === 0) chownSync(temporary(file), uid, gid);
      if (before !== null) chmodSync(temporary(file), statSync(file).mode & 0o7777);
    }
    for (const place of places) {
      renameSync(temporary(place.file), place.file);
      replaced.push(place);
    }
  } catch (error) {
    for (const { file, before } of replaced) {
      if (before === null) rmSync(file, { force: true });
      else writeFileSync(file, before);
    }
    for (const path of staged) rmSync(path, { force: true });
    throw error;
  }
}

/** The folder of a file, or the nearest above that is there. */
function nearestFolder(file: string): string {
  let folder = dirname(file);
  while (!isThere(folder)) folder = dirname(folder);
  return folder;
}

function makeFolders(file: string, uid: number, gid: number): void {
  const missing: string[] = [];
  for (let folder = dirname(file); !isThere(folder); folder = dirname(folder)) missing.unshift(folder);
  for (const folder of missing) {
    mkdirSync(folder);
    if (process.getuid?.() === 0) chownSync(folder, uid, gid);
  }
}

/** Whether anything is at a path, a dangling link included. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function contentOf(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
