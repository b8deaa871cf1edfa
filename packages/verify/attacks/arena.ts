import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { orphansInside } from "./processes.ts";
import type { Place } from "./source.ts";

const HARNESS = fileURLToPath(new URL("../harness", import.meta.url));

/** What attacks reach for: secrets, host files, listeners. It notices when they get any of it. */
export class Arena {
  /** Everything of this run lies below it: boxes, snapshots, projects. */
  readonly home: string;
  readonly place: Place;
  /** Texts that must never come out of a box. */
  readonly secrets: readonly string[];
  readonly #servers: readonly Server[];
  /** Temporary folder of this process, before and after. */
  readonly #temporary: string | undefined;
  /** Files by path. A new file in the harness is somebody's work on Pawl: boxes show that folder read-only. */
  readonly #watched: ReadonlyMap<string, string>;

  private constructor(
    home: string,
    place: Place,
    secrets: readonly string[],
    servers: readonly Server[],
    temporary: string | undefined,
  ) {
    this.#temporary = temporary;
    this.home = home;
    this.place = place;
    this.secrets = secrets;
    this.#servers = servers;
    const files = [HARNESS, join(home, "outside")].flatMap((folder) =>
      readdirSync(folder).map((name) => join(folder, name)),
    );
    this.#watched = new Map(files.map((path) => [path, hashOf(path)]));
  }

  /** Opens it, and lets the temporary folder of this process lie in it. */
  static async open(): Promise<Arena> {
    const before = process.env["TMPDIR"];
    const home = mkdtempSync(join(tmpdir(), "pawl-attacks-"));
    chmodSync(home, 0o755);
    process.env["TMPDIR"] = home;
    const outside = join(home, "outside");
    mkdirSync(outside);
    const secret = (kind: string): string =>
      `${kind}-${createHash("sha256")
        .update(home + kind)
        .digest("hex")
        .slice(0, 20)}`;
    const secrets = ["file", "variable", "network", "mark"].map(secret);
    const [inFile = "", inVariable = "", overNetwork = "", mark = ""] = secrets;
    writeFileSync(join(outside, "secret.txt"), inFile);
    writeFileSync(join(outside, "host.txt"), "as it was");
    for (const name of ["secret.txt", "host.txt"]) chmodSync(join(outside, name), 0o666);
    process.env["PAWL_ATTACK_TOKEN"] = inVariable;
    const abstract = `pawl-${process.pid}`;
    const tcp = createServer((socket) => void socket.end(overNetwork));
    const unix = createServer((socket) => void socket.end(overNetwork));
    await new Promise<void>((resolve) => tcp.listen(0, "127.0.0.1", resolve));
    await new Promise<void>((resolve) => unix.listen(`\0${abstract}`, resolve));
    const address = tcp.address();
    const place: Place = {
      secretFile: join(outside, "secret.txt"),
      hostFile: join(outside, "host.txt"),
      secretName: "PAWL_ATTACK_TOKEN",
      secretMark: mark,
      judge: HARNESS,
      parent: process.pid,
      port: typeof address === "object" ? (address?.port ?? 0) : 0,
      abstract,
      mark: 610_000 + (process.pid % 10_000),
    };
    return new Arena(home, place, secrets, [tcp, unix], before);
  }

  /** True when one of the secrets stands in what somebody reported. */
  leaks(told: unknown): boolean {
    const text = JSON.stringify(told) ?? "";
    return this.secrets.some((secret) => text.includes(secret));
  }

  /** Watched files of the host whose content or permissions changed. */
  changed(): readonly string[] {
    return [...this.#watched]
      .filter(([path, hash]) => !existsSync(path) || hashOf(path) !== hash)
      .map(([path]) => path);
  }

  /** Processes that still see a box of this run, a few seconds after the last box was closed. */
  orphans(): Promise<readonly string[]> {
    return orphansInside(this.home);
  }

  close(): void {
    for (const server of this.#servers) server.close();
    if (this.#temporary === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = this.#temporary;
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** Everything in a folder: paths, kinds, permissions, contents. */
export function hashOf(folder: string): string {
  const hash = createHash("sha256");
  const visit = (path: string): void => {
    const status = lstatSync(path);
    hash.update(`${path}\0${status.mode}\0`);
    if (status.isSymbolicLink()) hash.update(readlinkSync(path));
    else if (status.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else if (status.isFile()) hash.update(readFileSync(path));
  };
  visit(folder);
  return hash.digest("hex");
}
