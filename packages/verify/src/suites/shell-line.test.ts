import assert from "node:assert/strict";
import { test } from "node:test";
import { parseShellLine, unwrap } from "./shell-line.ts";

test("a line is split into commands, quotes, assignments and redirections are taken off", () => {
  const line = `A=1 B='x y' node --test "a b.js" 2>&1 | tee out > log; (echo 'it''s' \\; ) && true`;
  const commands = parseShellLine(line);
  assert.deepEqual(
    commands.map(({ words }) => words),
    [["node", "--test", "a b.js"], ["tee", "out"], ["echo", "its", ";"], ["true"]],
  );
  assert.deepEqual(commands[0]?.env, { A: "1", B: "x y" });
  assert.equal(line.slice(commands[3]?.start, commands[3]?.end), "true");
  assert.deepEqual(parseShellLine(" ;; "), []);
});

test("wrappers and their flags are taken off, their variables kept", () => {
  const only = (line: string) => unwrap(parseShellLine(line)[0] ?? { words: [], env: {} });
  assert.deepEqual(only("cross-env CI=1 npx -y c8 -r text node --test"), {
    words: ["node", "--test"],
    env: { CI: "1" },
  });
  assert.deepEqual(only("poetry run python -m pytest -q").words, ["python", "-m", "pytest", "-q"]);
  assert.deepEqual(only("eslint .").words, ["eslint", "."]);
});
