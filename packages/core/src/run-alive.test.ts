import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "./run.ts";

test(
  "a process that ended is not alive, even while nobody has waited for it",
  { skip: existsSync("/proc/self/stat") ? false : "no /proc" },
  async () => {
    // The shell becomes a program that waits for no child.
    const parent = spawn("sh", ["-c", "sleep 0.2 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] });
    const [line] = (await parent.stdout.take(1).toArray()) as Buffer[];
    const pid = Number(line);
    const fields = (): string[] =>
      readFileSync(`/proc/${pid}/stat`, "latin1")
        .replace(/^.*\) /s, "")
        .split(" ");
    const owner = { pid, since: fields()[19] ?? "" };
    assert.equal(isAlive(owner), true);
    while (fields()[0] !== "Z") await sleep(10);
    assert.equal(isAlive(owner), false);
    parent.kill("SIGKILL");
  },
);
