import { existsSync } from "node:fs";
import { rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "@pawl/core";
import { runInstaller, type InstallerCall } from "./installer.ts";
import { compareVersions } from "./version.ts";

/** The newest release in a range, as npm reads it. */
export async function resolveNpm(name: string, range: string, call: InstallerCall): Promise<string> {
  const found = await releasesNpm(name, range, call);
  const newest = found.at(-1);
  if (newest === undefined)
    throw new UsageError({
      what: `no release of ${name} is in the range ${range}`,
      where: "--versions",
      todo: `List them with \`npm view ${name} versions\`.`,
    });
  return newest;
}

/** Every release in a range, oldest first; pre-releases only where there is nothing else. */
export async function releasesNpm(name: string, range: string, call: InstallerCall): Promise<readonly string[]> {
  const args = ["view", `${name}@${range}`, "version", "--json"];
  const text = (await runInstaller("npm", args, call.root, call, `${name}@${range}`)).trim();
  const answer = text === "" ? [] : (JSON.parse(text) as string | readonly string[]);
  const all = typeof answer === "string" ? [answer] : answer;
  const released = all.filter((version) => !version.includes("-"));
  return [...(released.length > 0 ? released : all)].sort(compareVersions);
}

/**
 * Installs one version so that its folder can be taken alone: everything it depends on lies inside it. Peers are not installed: those
 * of the project count.
 */
export async function installNpm(name: string, version: string, folder: string, call: InstallerCall): Promise<void> {
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  // The project's registry settings, for the time of the installation: they may hold a password.
  const settings = join(folder, ".npmrc");
  if (existsSync(join(call.root, ".npmrc"))) await symlink(join(call.root, ".npmrc"), settings);
  const switches = ["--ignore-scripts", "--no-audit", "--no-fund", "--install-strategy=nested", "--legacy-peer-deps"];
  const args = ["install", "--prefix", folder, "--save-exact", ...switches, `${name}@${version}`];
  try {
    await runInstaller("npm", args, folder, call, `${name}@${version}`);
  } finally {
    await rm(settings, { force: true });
  }
}
