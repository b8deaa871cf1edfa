import assert from "node:assert/strict";
import { test } from "node:test";
import { jsonDocument } from "./json.ts";

/** Of TypeScript itself. */
const GIVEN = new Set(["Omit", "Partial", "Readonly", "Record"]);

test("every type that a documented shape speaks of is declared in the document, once", () => {
  const text = jsonDocument();
  const code = [...text.matchAll(/```ts\n(.*?)```/gs)].map((match) => match[1] as string).join("\n");
  const bare = code.replaceAll(/\/\*\*.*?\*\/|"[^"\n]*"|'[^'\n]*'/gs, "");
  const declared = [...bare.matchAll(/^(?:interface|type) (\w+)/gm)].map((match) => match[1] as string);
  assert.deepEqual(declared, [...new Set(declared)]);
  const used = new Set([...bare.matchAll(/\b[A-Z]\w+/g)].map((match) => match[0]));
  assert.deepEqual(
    [...used].filter((name) => !declared.includes(name) && !GIVEN.has(name)),
    [],
  );
  for (const title of ["submit", "show --tree"]) assert.match(text, new RegExp(`^## ${title}$`, "m"));
});
