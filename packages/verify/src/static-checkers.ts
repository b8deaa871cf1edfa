import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_LIMITS } from "./default-limits.ts";
import type { Sandbox } from "./sandbox.ts";
import { projectPath } from "./suites/report-file.ts";
import type { ProjectSnapshot } from "./snapshot.ts";

/** A tool that reads the project and says what it finds, without running it. */
export interface StaticChecker {
  readonly name: "tsc" | "pyright" | "mypy" | "eslint" | "ruff";
  readonly argv: readonly string[];
}

/** One thing it found. */
export interface StaticFinding {
  /** Project-relative; empty when it is about the project. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** Rule and message, without a place: what stays the same when lines move. */
  readonly text: string;
}

export interface StaticRun {
  readonly findings: readonly StaticFinding[];
  readonly wallMs: number;
  readonly cpuMs: number;
}

const WALL_MS = 120_000;

/** The type checker that a project is set up for and has installed; null when there is none. */
export function findTypeChecker(snapshot: ProjectSnapshot): StaticChecker | null {
  const has = (path: string): boolean => existsSync(join(snapshot.base, path));
  const tsc = has("tsconfig.json") ? installed(snapshot, "node_modules", "typescript/bin/tsc") : null;
  if (tsc !== null) return { name: "tsc", argv: ["node", tsc, "--noEmit", "--pretty", "false", "-p", "tsconfig.json"] };
  const pyright = installed(snapshot, "node_modules", ".bin/pyright") ?? installed(snapshot, "venv", "bin/pyright");
  if (pyright !== null && (has("pyrightconfig.json") || mentions(snapshot, "pyproject.toml", "[tool.pyright")))
    return { name: "pyright", argv: [pyright, "--outputjson"] };
  const mypy = installed(snapshot, "venv", "bin/mypy");
  const configured =
    has("mypy.ini") ||
    has(".mypy.ini") ||
    mentions(snapshot, "pyproject.toml", "[tool.mypy") ||
    mentions(snapshot, "setup.cfg", "[mypy");
  if (mypy === null || !configured) return null;
  const quiet = ["--no-error-summary", "--hide-error-context", "--no-color-output", "--cache-dir=/dev/null"];
  // Without a list of files in its configuration it wants to be told.
  const target = /^\s*(?:files|packages|modules)\s*=/m.test(
    textOf(snapshot, "mypy.ini") + textOf(snapshot, "pyproject.toml"),
  )
    ? []
    : ["."];
  return { name: "mypy", argv: [mypy, ...quiet, ...target] };
}

/** The linter that a project is set up for and has installed; null when there is none. */
export function findLinter(snapshot: ProjectSnapshot): StaticChecker | null {
  const eslint = installed(snapshot, "node_modules", "eslint/bin/eslint.js");
  if (
    eslint !== null &&
    snapshot.files.some((path) => /^(?:eslint\.config\.[cm]?[jt]s|\.eslintrc(?:\.\w+)?)$/.test(path))
  )
    return { name: "eslint", argv: ["node", eslint, "-f", "json", "."] };
  const ruff = installed(snapshot, "venv", "bin/ruff");
  const configured =
    snapshot.files.some((path) => /^\.?ruff\.toml$/.test(path)) || mentions(snapshot, "pyproject.toml", "[tool.ruff");
  return ruff !== null && configured
    ? { name: "ruff", argv: [ruff, "check", "--no-cache", "--output-format", "json"] }
    : null;
}

/**
 * Runs a checker over the project with a candidate's files, in a fresh box.
 * @returns a reason when it did not do its work (crash, time-out, no project to read)
 */
export async function runStaticChecker(
  sandbox: Sandbox,
  snapshot: ProjectSnapshot,
  checker: StaticChecker,
  files: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<StaticRun | { readonly reason: string }> {
  const limits = { ...DEFAULT_LIMITS, wallMs: WALL_MS, memoryBytes: 8 * 2 ** 30, outputBytes: 32 * 2 ** 20 };
  const result = await sandbox.run({ snapshot, files }, { argv: checker.argv, ownNode: true }, limits, signal);
  if (result.timedOut) return { reason: `${checker.name} did not end within ${WALL_MS / 1000} s` };
  const findings = result.exitCode === 0 && !isJson(checker) ? [] : parse(checker, result.stdout, snapshot.root);
  const crashed = findings === null || (result.exitCode !== 0 && findings.length === 0);
  if (crashed) {
    const said = `${result.stderr}\n${result.stdout}`.trim().split("\n").slice(0, 3).join("; ").slice(0, 300);
    return { reason: `${checker.name} ended with ${result.exitCode ?? result.signal}: ${said}` };
  }
  return { findings, wallMs: result.wallMs, cpuMs: result.cpuMs };
}

/** Findings that are not among the earlier ones; the same text at another line of the same file is the same finding, as often as it was there. */
export function newFindings(
  before: readonly StaticFinding[],
  after: readonly StaticFinding[],
): readonly StaticFinding[] {
  const left = new Map<string, number>();
  for (const finding of before) left.set(keyOf(finding), (left.get(keyOf(finding)) ?? 0) + 1);
  return after.filter((finding) => {
    const known = left.get(keyOf(finding)) ?? 0;
    left.set(keyOf(finding), known - 1);
    return known <= 0;
  });
}

function keyOf({ path, text }: StaticFinding): string {
  return `${path}\0${text}`;
}

function isJson({ name }: StaticChecker): boolean {
  return name === "pyright" || name === "eslint" || name === "ruff";
}

const TSC_LINE = /^(.+?)\((\d+),\d+\): error (TS\d+: .*)$/;
const TSC_PROJECT = /^error (TS\d+: .*)$/;
const MYPY_LINE = /^(.+?):(\d+): error: (.*)$/;

function parse({ name }: StaticChecker, text: string, root: string): readonly StaticFinding[] | null {
  if (name === "tsc" || name === "mypy") {
    return text.split("\n").flatMap((line): readonly StaticFinding[] => {
      const [, path, at, message] = (name === "tsc" ? TSC_LINE : MYPY_LINE).exec(line) ?? [];
      if (path !== undefined)
        return [{ path: projectPath(path, root) ?? path, line: Number(at), text: message as string }];
      const whole = name === "tsc" ? TSC_PROJECT.exec(line)?.[1] : undefined;
      return whole === undefined ? [] : [{ path: "", line: 0, text: whole }];
    });
  }
  try {
    return fromJson(name, JSON.parse(text) as never, root);
  } catch {
    return null;
  }
}

interface Pyright {
  readonly generalDiagnostics: readonly {
    readonly file: string;
    readonly severity: string;
    readonly message: string;
    readonly rule?: string;
    readonly range?: { readonly start: { readonly line: number } };
  }[];
}
type Eslint = readonly {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string; readonly line?: number }[];
}[];
type Ruff = readonly {
  readonly filename: string;
  readonly code: string | null;
  readonly message: string;
  readonly location: { readonly row: number };
}[];

function fromJson(
  name: "pyright" | "eslint" | "ruff",
  document: Pyright & Eslint & Ruff,
  root: string,
): readonly StaticFinding[] {
  const place = (path: string): string => projectPath(path, root) ?? path;
  if (name === "pyright")
    return (document as Pyright).generalDiagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ file, message, rule, range }) => ({
        path: place(file),
        line: (range?.start.line ?? -1) + 1,
        text: `${rule ?? "error"}: ${message}`,
      }));
  if (name === "ruff")
    return (document as Ruff).map(({ filename, code, message, location }) => ({
      path: place(filename),
      line: location.row,
      text: `${code ?? "error"}: ${message}`,
    }));
  return (document as Eslint).flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, message, line }) => ({
      path: place(filePath),
      line: line ?? 0,
      text: `${ruleId ?? "error"}: ${message}`,
    })),
  );
}

/** Absolute path of a file in one of the project's dependency folders of a kind. */
function installed(snapshot: ProjectSnapshot, kind: "node_modules" | "venv", path: string): string | null {
  const folders = snapshot.dependencies.filter((folder) =>
    kind === "venv" ? existsSync(join(folder, "pyvenv.cfg")) : folder.endsWith("node_modules"),
  );
  // The nearest one: the project's own before those above it.
  const found = folders.sort((a, b) => b.length - a.length).map((folder) => join(folder, path));
  return found.find((each) => existsSync(each)) ?? null;
}

function mentions(snapshot: ProjectSnapshot, path: string, words: string): boolean {
  return textOf(snapshot, path).includes(words);
}

function textOf(snapshot: ProjectSnapshot, path: string): string {
  const file = join(snapshot.base, path);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
