import assert from "node:assert/strict";
import { test } from "node:test";
import { editorDesk } from "./editor-desk.ts";

const CALL = { n: 0, text: "the task", files: { "src/a.js": "one\n", "b.js": "two\n" }, refused: null };
const signal = new AbortController().signal;

test("a person edits a copy in the editor; only what was changed is handed in", async () => {
  const said: string[] = [];
  const desk = editorDesk("sed -i s/one/1/", (text) => said.push(text));
  assert.deepEqual(await desk.next(CALL, signal), { "src/a.js": "1\n" });
  await desk.next({ ...CALL, refused: "it was tried before" }, signal);
  assert.deepEqual(said, ["the task", "Not taken: it was tried before"]);
});

test("an editor that changes nothing, or fails, pauses the run", async () => {
  for (const editor of ["true", "false", "no-such-editor 2> /dev/null"])
    await assert.rejects(editorDesk(editor, () => {}).next(CALL, signal), { name: "PawlError", exitCode: 130 });
});
