import assert from "node:assert/strict";
import { test } from "node:test";
import type { Call } from "./command.ts";
import { nextCommand, nextCommands } from "./next-command.ts";
import { Screen } from "./screen.ts";

const call = (state?: string): Call => ({
  positional: [],
  options: state === undefined ? {} : { state },
  screen: new Screen({ json: false, plain: true }),
});

test("command lines that are advised are about the store of the call", () => {
  assert.equal(nextCommand(call(), "resume fix-1"), "pawl resume fix-1");
  assert.equal(nextCommand(call("../runs"), "resume fix-1"), "pawl resume fix-1 --state ../runs");
  assert.equal(nextCommand(call("my runs"), "show"), "pawl show --state 'my runs'");
  assert.equal(nextCommand(call("it's here"), "show"), "pawl show --state 'it'\\''s here'");
});

test("so are those in the engine's advice", () => {
  const cases = [
    ["Go on with `pawl resume fix-1`.", "Go on with `pawl resume fix-1 --state s`."],
    [
      "Go on with `pawl agent improve --resume agent-1`.",
      "Go on with `pawl agent improve --resume agent-1 --state s`.",
    ],
    [
      "By hand (`pawl diff fix-1 | git apply -3`), or `pawl show`.",
      "By hand (`pawl diff fix-1 --state s | git apply -3`), or `pawl show --state s`.",
    ],
    [
      "See `pawl fix --help` and `pawl lab list`, or `git log`.",
      "See `pawl fix --help` and `pawl lab list`, or `git log`.",
    ],
    ["`pawl runs --state t` lists them.", "`pawl runs --state t` lists them."],
  ] as const;
  for (const [advice, expected] of cases) {
    assert.equal(nextCommands(call("s"), advice), expected);
    assert.equal(nextCommands(call(), advice), advice);
  }
});
