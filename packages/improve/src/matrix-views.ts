import { MachineError } from "@pawl/core";
import type { VersionNames } from "@pawl/propose";
import {
  exportsIn,
  installVersions,
  openViews,
  projectPython,
  type Discovery,
  type Ecosystem,
  type ProjectSnapshot,
  type Sandbox,
  type SuiteContext,
  type VersionViews,
} from "@pawl/verify";

/** A dependency and the versions a project is to work with. */
export interface Matrix {
  /** Name in its registry. */
  readonly dependency: string;
  /** Exact versions or ranges; a range stands for its newest release. */
  readonly versions: readonly string[];
  /** True when every version is a release: some are written like ranges (`1.9`). */
  readonly exact?: boolean;
}

/** @throws MachineError where nothing could show a version to the tests */
export function demandSandbox({ isolation }: Sandbox, dependency: string): void {
  if (isolation !== "none") return;
  throw new MachineError({
    what: "versions are shown to the tests by the sandbox, and there is none here",
    where: dependency,
    todo: "Run `pawl doctor` to see how to get one.",
  });
}

/** Installs what is not in the cache yet, and opens one view of the project per version. Close it in any case. */
export async function openMatrix(
  matrix: Matrix,
  discovery: Discovery,
  snapshot: ProjectSnapshot,
  sandbox: Sandbox,
  watch: { readonly signal?: AbortSignal | undefined; readonly onInstall?: (what: string) => void } = {},
): Promise<VersionViews> {
  demandSandbox(sandbox, matrix.dependency);
  const { signal, onInstall } = watch;
  const versions = await installVersions({
    ecosystem: ecosystemOf(discovery),
    name: matrix.dependency,
    versions: matrix.versions,
    exact: matrix.exact ?? false,
    root: snapshot.root,
    python: projectPython(snapshot.root),
    ...(signal === undefined ? {} : { signal }),
    ...(onInstall === undefined ? {} : { onInstall }),
  });
  return openViews(snapshot, versions);
}

/** What each version exports, for proposing names that all of them have; versions that do not load by themselves say nothing. */
export async function namesOf(
  { views }: VersionViews,
  context: SuiteContext,
  signal: AbortSignal | undefined,
): Promise<VersionNames> {
  const lists: (readonly string[])[] = [];
  for (const view of views) {
    const { names } = await exportsIn(view, context, projectPython(context.snapshot.root), signal);
    if (names !== null) lists.push(names);
  }
  const { name = "", ecosystem } = views[0]?.installed ?? {};
  return { module: ecosystem === "python" ? name.replaceAll("-", "_").toLowerCase() : name, names: lists };
}

/** Whose package a dependency is: that of the language the tests are run in. */
export function ecosystemOf({ runner, line }: Discovery): Ecosystem {
  return runner === "pytest" || runner === "unittest" || /(?:^|[\s/])(?:python[\d.]*|pytest|tox|nox)\b/.test(line)
    ? "python"
    : "npm";
}
