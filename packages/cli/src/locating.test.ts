import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT_LOCALISER } from "@pawl/improve";
import { LOCALISERS } from "@pawl/propose";
import { LOCATING } from "./commands/locating.ts";

test("the help of locate names every localiser there is, and the default", () => {
  const option = LOCATING.flatMap(({ options }) => options).find(({ flags }) => flags.startsWith("--localiser"));
  assert.deepEqual(
    option?.complete,
    LOCALISERS.map(({ id }) => id),
  );
  assert.match(option?.text ?? "", new RegExp(`\\b${DEFAULT_LOCALISER} \\(default\\)`));
});
