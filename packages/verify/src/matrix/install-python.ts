import { runInstaller, type InstallerCall } from "./installer.ts";

const TAG = "import sys;print(f'{sys.implementation.name}-{sys.version_info[0]}.{sys.version_info[1]}')";

/** `cpython-3.12`: what is installed for one interpreter is not for another. */
export async function pythonTag(call: InstallerCall): Promise<string> {
  return (await runInstaller(call.python, ["-c", TAG], call.root, call, "Python")).trim();
}

/** The newest release in a range, as pip reads it; `1.x` stands for any 1. */
export async function resolvePython(name: string, range: string, call: InstallerCall): Promise<string> {
  const wanted = `${name}${specifier(range)}`;
  const dry = ["--dry-run", "--ignore-installed", "--no-deps", "--quiet", "--report", "-"];
  const text = await pip(["install", ...dry, wanted], call.root, call, wanted);
  const report = JSON.parse(text) as { install: readonly { metadata: { version: string } }[] };
  return report.install[0]?.metadata.version as string;
}

const FILTER = `
import json, sys
from pip._vendor.packaging.specifiers import SpecifierSet
from pip._vendor.packaging.version import Version
wanted, *versions = sys.argv[1:]
print(json.dumps(sorted(SpecifierSet(wanted).filter(versions), key=Version)))
`;

/** Every release in a range, oldest first, of those that fit the interpreter; pre-releases only where there is nothing else. */
export async function releasesPython(name: string, range: string, call: InstallerCall): Promise<readonly string[]> {
  const text = await pip(["index", "versions", name], call.root, call, name);
  const [, list = ""] = /^Available versions: (.*)$/m.exec(text) ?? [];
  const args = ["-c", FILTER, specifier(range), ...list.split(/,\s*/).filter((version) => version !== "")];
  return JSON.parse(await runInstaller(call.python, args, call.root, call, `${name}${specifier(range)}`)) as string[];
}

/** Installs one version, with everything it depends on, into a folder for the import path. */
export async function installPython(name: string, version: string, folder: string, call: InstallerCall): Promise<void> {
  await pip(["install", "--quiet", "--target", folder, `${name}==${version}`], folder, call, `${name}==${version}`);
}

function pip(args: readonly string[], cwd: string, call: InstallerCall, wanted: string): Promise<string> {
  const quiet = ["-m", "pip", "--disable-pip-version-check", "--no-input"];
  return runInstaller(call.python, [...quiet, ...args], cwd, call, wanted);
}

function specifier(range: string): string {
  if (!/^\d/.test(range)) return range;
  return `==${range.replace(/(?:\.[x*])+$/i, "")}.*`;
}
