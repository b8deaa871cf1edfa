import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Store } from "@pawl/core";
import { resetExperience, userFolder } from "./experience.ts";

test("a reset forgets everything that was learned, by whomever, and nothing in the other place", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "pawl-reset-"));
  const before = process.env["XDG_CONFIG_HOME"];
  process.env["XDG_CONFIG_HOME"] = folder;
  t.after(() => {
    if (before === undefined) delete process.env["XDG_CONFIG_HOME"];
    else process.env["XDG_CONFIG_HOME"] = before;
    rmSync(folder, { recursive: true, force: true });
  });
  const project = join(folder, ".pawl");
  const places = [project, userFolder()];
  const names = ["syntax-prior", "bug-operators", "edit-formats", "mix fix javascript"];
  for (const place of places) {
    const store = Store.open(place);
    for (const name of names) store.setLearned(name, { known: 1 });
    store.close();
  }
  const learned = (place: string): readonly string[] => {
    const store = Store.open(place);
    const left = names.filter((name) => store.learned(name) !== undefined);
    store.close();
    return left;
  };
  resetExperience({ project });
  assert.deepEqual(places.map(learned), [[], names]);
  resetExperience({ user: true });
  assert.deepEqual(places.map(learned), [[], []]);
});
