import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FixResult, SpeedResult } from "@pawl/improve";
import type { Fault, RealLibrary, SlowFunction } from "./real-library-list.ts";

const PAWL = fileURLToPath(new URL("../../packages/cli/bin/pawl.cjs", import.meta.url));
const LONGEST_MS = 900_000;
const NAME = "Real libraries";
const EMAIL = "libraries@example.invalid";
const IDENTITY = {
  GIT_AUTHOR_NAME: NAME,
  GIT_AUTHOR_EMAIL: EMAIL,
  GIT_COMMITTER_NAME: NAME,
  GIT_COMMITTER_EMAIL: EMAIL,
};

/** One command and what it printed, as in a terminal. */
export interface Step {
  readonly command: string;
  readonly output: string;
  readonly code: number;
  readonly seconds: number;
}

/** What became of one fault. */
export interface FaultReport {
  readonly fault: Fault;
  /** Failing tests and all tests, as `pawl fix` counted them; null when it did not come that far. */
  readonly before: { readonly passed: number; readonly failed: number } | null;
  readonly fixed: boolean;
  /** The branch, checked out, passes the library's own suite, which fails with the fault. */
  readonly passesByHand: boolean;
  /** The branch is the release again, byte for byte. */
  readonly asReleased: boolean;
  readonly screened: number;
  readonly isolation: string;
  readonly steps: readonly Step[];
}

/** What became of the slow function. */
export interface SlowReport {
  readonly slow: SlowFunction;
  readonly faster: boolean;
  /** Time before over time after, with its 95 % interval; null when nothing was confirmed. */
  readonly ratio: number | null;
  readonly interval: readonly [number, number] | null;
  readonly passesByHand: boolean;
  readonly steps: readonly Step[];
}

export interface LibraryReport {
  readonly library: RealLibrary;
  /** Why nothing could be tried; null when it could. */
  readonly unusable: string | null;
  readonly files: number;
  readonly installSeconds: number;
  readonly faults: readonly FaultReport[];
  readonly slow: SlowReport | null;
}

/** Fetches one library, makes a repository of it, and has Pawl repair every fault of the list, one after the other. */
export function tryLibrary(library: RealLibrary, say: (line: string) => void): LibraryReport {
  const folder = mkdtempSync(join(tmpdir(), "pawl-real-"));
  const project = join(folder, library.name);
  try {
    const report = { library, unusable: null, files: 0, installSeconds: 0, faults: [], slow: null };
    say(`${library.name} ${library.version}: fetching and installing`);
    const started = performance.now();
    try {
      fetchSource(library, folder, project);
      git(project, "init", "-q", "-b", "main");
      git(project, "add", "-A");
      git(project, "commit", "-q", "-m", `${library.name} ${library.version}, as released`);
      install(library, project);
    } catch (error) {
      return { ...report, unusable: `it could not be installed: ${(error as Error).message}` };
    }
    appendFileSync(join(project, ".git/info/exclude"), "node_modules/\n.venv/\n__pycache__/\n*.egg-info/\n.pawl/\n");
    const installSeconds = seconds(started);
    const released = shell(project, library.test);
    if (released.code !== 0)
      return { ...report, unusable: `its tests fail as released: ${lastLines(released.output)}` };
    const files = git(project, "ls-files").trim().split("\n").length;
    const faults = library.faults.map((fault) => tryFault(library, project, fault, say));
    const slow = library.slow === undefined ? null : trySlow(library, library.slow, folder, project, say);
    return { ...report, files, installSeconds, faults, slow };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fetchSource({ from, name, version }: RealLibrary, folder: string, project: string): void {
  if (from === "npm") run("npm", ["pack", "--silent", `${name}@${version}`], folder);
  else {
    const switches = ["--no-deps", "--no-binary", ":all:", "--disable-pip-version-check", "-q"];
    run("python3", ["-m", "pip", "download", ...switches, `${name}==${version}`], folder);
  }
  const archive = readdirSync(folder).find((file) => /\.(?:tgz|tar\.gz)$/.test(file)) as string;
  mkdirSync(project);
  run("tar", ["-xzf", archive, "-C", project, "--strip-components=1"], folder);
}

/** What the library depends on, and of its development dependencies what its tests need: linters and bundlers say nothing here. */
function install({ from, needs }: RealLibrary, project: string): void {
  if (from === "npm") {
    const file = join(project, "package.json");
    const text = readFileSync(file, "utf8");
    const manifest = JSON.parse(text) as { readonly devDependencies?: Readonly<Record<string, string>> };
    const named = needs
      .map((need) => need.split("@") as [string, string?])
      .filter(([, version]) => version !== undefined);
    const wanted = [
      ...Object.entries(manifest.devDependencies ?? {}).filter(([name]) => needs.includes(name)),
      ...named,
    ];
    writeFileSync(file, JSON.stringify({ ...manifest, devDependencies: Object.fromEntries(wanted) }));
    run(
      "npm",
      ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"],
      project,
    );
    writeFileSync(file, text);
    return;
  }
  run("python3", ["-m", "venv", ".venv"], project);
  run(".venv/bin/python", ["-m", "pip", "install", "-q", "--disable-pip-version-check", "-e", ".", ...needs], project);
}

function tryFault(library: RealLibrary, project: string, fault: Fault, say: (line: string) => void): FaultReport {
  say(`${library.name}: ${fault.kind} in ${fault.file}`);
  const release = git(project, "rev-parse", "HEAD").trim();
  const text = readFileSync(join(project, fault.file), "utf8");
  writeFileSync(join(project, fault.file), edited(text, fault.was, fault.becomes, fault.file));
  git(project, "commit", "-q", "-am", "A change");
  const broken = shell(project, library.test).code !== 0;
  const include = library.include === undefined ? [] : ["--include", library.include];
  const fix = pawl(project, ["fix", ...include]);
  say(`pawl fix: exit code ${fix.code} after ${fix.seconds} s${fix.code > 1 ? `: ${fix.output}` : ""}`);
  const shown = pawl(project, ["show", "--json"]);
  const result = fix.code > 1 ? null : (JSON.parse(shown.output) as { result: FixResult }).result;
  const steps: Step[] = [fix];
  const { passesByHand, asReleased } = fix.code === 0 ? branched(library, project, release, steps) : NOTHING;
  git(project, "reset", "-q", "--hard", release);
  return {
    fault,
    before: result?.tests.before ?? null,
    fixed: fix.code === 0,
    passesByHand: passesByHand && broken,
    asReleased,
    screened: result?.evaluations.screened ?? 0,
    isolation: result?.isolation ?? "",
    steps,
  };
}

const NOTHING = { passesByHand: false, asReleased: false };

/** Puts a run's result onto a branch, and tries that branch by hand. */
function branched(library: RealLibrary, project: string, release: string, steps: Step[]): typeof NOTHING {
  steps.push(pawl(project, ["branch", "--name", "better"]), step(project, "git log -1 --stat -p better"));
  git(project, "checkout", "-q", "better");
  const passesByHand = shell(project, library.test).code === 0;
  const asReleased = git(project, "diff", "--stat", release, "HEAD").trim() === "";
  git(project, "checkout", "-q", "main");
  git(project, "branch", "-q", "-D", "better");
  return { passesByHand, asReleased };
}

function trySlow(
  library: RealLibrary,
  slow: SlowFunction,
  folder: string,
  project: string,
  say: (line: string) => void,
): SlowReport {
  say(`${library.name}: ${slow.target}`);
  const release = git(project, "rev-parse", "HEAD").trim();
  const text = readFileSync(join(project, slow.file), "utf8");
  const slowed = slow.edits.reduce((now, [was, becomes]) => edited(now, was, becomes, slow.file), text);
  writeFileSync(join(project, slow.file), slowed);
  if (slow.edits.length > 0) git(project, "commit", "-q", "-am", "A change");
  const cases = join(folder, "cases.json");
  writeFileSync(cases, JSON.stringify(slow.cases));
  const speed = pawl(project, ["speed", slow.target, ...(slow.cases.length === 0 ? [] : ["--cases", "../cases.json"])]);
  say(`pawl speed: exit code ${speed.code} after ${speed.seconds} s${speed.code > 1 ? `: ${speed.output}` : ""}`);
  const shown = pawl(project, ["show", "--json"]);
  const result = speed.code > 1 ? null : (JSON.parse(shown.output) as { result: SpeedResult }).result;
  const steps: Step[] = [speed];
  const faster = speed.code === 0;
  const { passesByHand } = faster ? branched(library, project, release, steps) : NOTHING;
  git(project, "reset", "-q", "--hard", release);
  const { ratio = null, interval = null } = faster ? (result?.cpu ?? {}) : {};
  return { slow, faster, ratio, interval, passesByHand, steps };
}

function edited(text: string, was: string, becomes: string, file: string): string {
  if (text.split(was).length !== 2) throw new Error(`'${was}' does not occur once in ${file}`);
  return text.replace(was, () => becomes);
}

function pawl(project: string, args: readonly string[]): Step {
  const started = performance.now();
  const ended = spawnSync(process.execPath, [PAWL, ...args], {
    cwd: project,
    encoding: "utf8",
    env: { ...process.env, ...IDENTITY, NO_COLOR: "1" },
    timeout: LONGEST_MS,
  });
  const output = args.includes("--json") ? ended.stdout : `${ended.stderr}${ended.stdout}`;
  return {
    command: `pawl ${args.join(" ")}`,
    output: output.replaceAll(project, "."),
    code: ended.status ?? 130,
    seconds: seconds(started),
  };
}

/** A line as npm would run it: with the binaries of the project. */
function shell(project: string, line: string): { readonly code: number; readonly output: string } {
  const ended = spawnSync("sh", ["-c", `PATH="$PWD/node_modules/.bin:$PATH"; ${line}`], {
    cwd: project,
    encoding: "utf8",
    timeout: LONGEST_MS,
  });
  return { code: ended.status ?? 130, output: `${ended.stdout}${ended.stderr}` };
}

function step(project: string, command: string): Step {
  const started = performance.now();
  const { code, output } = shell(project, command);
  return { command, output, code, seconds: seconds(started) };
}

function git(project: string, ...args: string[]): string {
  return run("git", ["-c", "commit.gpgsign=false", ...args], project);
}

function run(program: string, args: readonly string[], cwd: string): string {
  return execFileSync(program, [...args], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...IDENTITY },
    timeout: LONGEST_MS,
    maxBuffer: 1 << 28,
  });
}

function seconds(started: number): number {
  return Math.round((performance.now() - started) / 100) / 10;
}

function lastLines(text: string): string {
  return text.trim().split("\n").slice(-3).join("; ").slice(0, 300);
}
