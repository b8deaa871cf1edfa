import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { Store } from "./store.ts";

function storeFor(t: TestContext): Store {
  const folder = mkdtempSync(join(tmpdir(), "pawl-documents-"));
  const store = Store.open(folder);
  t.after(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return store;
}

test("rare words lead to the document; words of the query language are words", (t) => {
  storeFor(t).documents((index) => {
    for (let i = 0; i < 200; i++)
      index.put({ key: `k${i}`, symptom: `type_error word${i}`, code: "total near and or", value: i }, 1000);
    assert.equal(index.find('type_error "word42" OR', "", 3)[0]?.value, 42);
    assert.deepEqual(index.find("near( * ^ -", "", 3), []); // `near` stands in the code, and the symptom was asked
    assert.equal(index.find("", "near(", 3).length, 3);
    assert.deepEqual(index.find("", "nothing", 3), []);
    assert.deepEqual(index.find("", "", 3), []);
    assert.deepEqual(
      index.find("type_error", "", 3).map((found) => found.value),
      [0, 1, 2],
    );
  });
});

test("the least used are forgotten first, and are found no more", (t) => {
  const store = storeFor(t);
  store.documents((index) => {
    for (let i = 0; i < 10; i++) index.put({ key: `k${i}`, symptom: `word${i}`, code: "", value: i }, 10);
    index.countUse(index.find("word0 word1", "", 2).map(({ id }) => id));
    index.put({ key: "k5", symptom: "other", code: "", value: "new" }, 10);
    for (let i = 10; i < 14; i++) index.put({ key: `k${i}`, symptom: `word${i}`, code: "", value: i }, 6);
    assert.equal(index.size(), 6);
    assert.deepEqual(index.find("word2 word5", "", 3), []);
    assert.deepEqual(
      index.list().map(({ key }) => key),
      ["k13", "k12", "k11", "k10", "k1", "k0"],
    );
    assert.equal(index.forget("k0"), true);
    assert.equal(index.forget("k0"), false);
    assert.deepEqual(index.find("word0", "", 3), []);
  });
});

test("an action that fails leaves nothing behind", (t) => {
  const store = storeFor(t);
  assert.throws(() =>
    store.documents((index) => {
      index.put({ key: "k", symptom: "word", code: "", value: 1 }, 10);
      throw new Error("stop");
    }),
  );
  assert.equal(
    store.documents((index) => index.size()),
    0,
  );
});
