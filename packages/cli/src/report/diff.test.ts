import assert from "node:assert/strict";
import { test } from "node:test";
import { createColors } from "picocolors";
import { colourDiff } from "./diff.ts";

const DIFF = "+a // \u001b[1A\r\n \tb \u202e";

test("a diff steers no terminal, with colours or without, and stays itself in a pipe", (t) => {
  const shown = "+a // \\x1b[1A\\x0d\n \tb \\u{202e}";
  const before = Object.getOwnPropertyDescriptor(process.stdout, "isTTY");
  t.after(() =>
    before === undefined
      ? Reflect.deleteProperty(process.stdout, "isTTY")
      : Object.defineProperty(process.stdout, "isTTY", before),
  );
  const terminal = (value: boolean): unknown =>
    Object.defineProperty(process.stdout, "isTTY", { value, configurable: true, writable: true });
  terminal(true);
  assert.equal(colourDiff(DIFF, createColors(false)), shown);
  terminal(false);
  assert.equal(colourDiff(DIFF, createColors(false)), DIFF);
  assert.ok(colourDiff(DIFF, createColors(true)).includes("\\x1b[1A"));
});
