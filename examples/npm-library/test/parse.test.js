import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseRows } from "../src/index.js";

describe("parseRows", () => {
  test("splits lines and fields", () => {
    assert.deepEqual(parseRows("a,b\n1,2\n"), [
      ["a", "b"],
      ["1", "2"],
    ]);
  });

  test("knows three kinds of line end", () => {
    assert.deepEqual(parseRows("a\nb\r\nc\rd\n"), [["a"], ["b"], ["c"], ["d"]]);
  });

  test("adds no row after the last line end", () => {
    assert.equal(parseRows("a,b\n").length, 1);
    assert.equal(parseRows("a\r\n").length, 1);
    assert.deepEqual(parseRows(""), []);
  });

  test("keeps delimiters and line ends in quotes", () => {
    assert.deepEqual(parseRows('"x, y","two\nlines"\n'), [["x, y", "two\nlines"]]);
  });

  test("reads doubled quotes as one", () => {
    assert.deepEqual(parseRows('"say ""hi""",ok\n'), [['say "hi"', "ok"]]);
  });

  test("takes a quote inside a bare field as it is", () => {
    assert.deepEqual(parseRows('5" disk,1\n'), [['5" disk', "1"]]);
  });

  test("keeps empty fields", () => {
    assert.deepEqual(parseRows(",a,\n,,\n"), [
      ["", "a", ""],
      ["", "", ""],
    ]);
  });

  test("reads a last line without a line end", () => {
    assert.deepEqual(parseRows("a,b\n1,2"), [
      ["a", "b"],
      ["1", "2"],
    ]);
  });

  test("reads a single column without a line end", () => {
    assert.deepEqual(parseRows("name\nAda\nGrace"), [["name"], ["Ada"], ["Grace"]]);
  });

  test("keeps an empty field at the very end", () => {
    assert.deepEqual(parseRows("a,b\n1,"), [
      ["a", "b"],
      ["1", ""],
    ]);
  });

  test("says where a quote is left open", () => {
    assert.throws(() => parseRows('a\n"b\n'), /line 2: the quote is not closed/);
  });

  test("takes another delimiter", () => {
    assert.deepEqual(parseRows("1,5;2\n", { delimiter: ";" }), [["1,5", "2"]]);
  });
});
