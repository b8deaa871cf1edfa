import { test } from "node:test";
import assert from "node:assert/strict";
import { normalizeHeader, toSnakeCase } from "../src/parse/header.js";

test("header names are distinct", () => {
  assert.deepEqual(normalizeHeader([" a ", "", "a", "a"]), ["a", "column_2", "a_2", "a_3"]);
});

test("header in snake case", () => {
  assert.equal(toSnakeCase("First Name / lastName"), "first_name_last_name");
});
