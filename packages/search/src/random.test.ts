import assert from "node:assert/strict";
import { test } from "node:test";
import { Archive, Rng } from "@pawl/core";
import { RandomSearch } from "./random.ts";
import { base, told } from "./tree/fixture-tree.ts";

test("a parent that is used up, said once more, takes nobody else's place", () => {
  const search = new RandomSearch();
  const archive = new Archive(base());
  const request = search.ask(archive, Rng.of(1));
  for (const id of ["a", "b"]) search.tell(told(id, request, 5));
  for (const edits of [1, 2, 3]) search.exhausted({ ...request, edits });
  assert.deepEqual(search.state(), { asked: 1, open: 2 });
  // It had been asked for while the first answer was on its way.
  search.exhausted({ ...request, edits: 3 });
  assert.deepEqual(search.state(), { asked: 1, open: 2 });
});
