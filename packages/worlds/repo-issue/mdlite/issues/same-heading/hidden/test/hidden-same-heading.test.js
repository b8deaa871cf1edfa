import { test } from "node:test";
import assert from "node:assert/strict";
import { tableOfContents } from "../lib/extras/toc.js";
import { Slugger } from "../lib/util/slug.js";

const tree = (...levels) => {
  const strip = ({ text, children }) => [text, ...children.map(strip)];
  return tableOfContents(levels.map((level, i) => ({ type: "heading", level, text: `h${i}` }))).map(strip);
};

test("hidden: texts that only differ in signs", () => {
  const slugger = new Slugger();
  assert.deepEqual(["A b", "a-b", "A: b!"].map((text) => slugger.slug(text)), ["a-b", "a-b-1", "a-b-2"]);
});

test("hidden: siblings are siblings", () => {
  assert.deepEqual(tree(1, 2, 2, 1, 2), [["h0", ["h1"], ["h2"]], ["h3", ["h4"]]]);
});

test("hidden: going up by more than one level", () => {
  assert.deepEqual(tree(2, 3, 4, 2, 2), [["h0", ["h1", ["h2"]]], ["h3"], ["h4"]]);
});
