import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { Languages } from "../syntax/languages.ts";
import { CodeIndex } from "./code-index.ts";
import { CodeSearch } from "./search-interface.ts";
import { stratifiedSearch } from "./stratified-search.ts";

const UNRELATED = `export function load(path) {
  return path;
}
`;
const FAULTY = `export function load(path) {
  throw new Error("cannot read the basket");
}
`;
const FILES = {
  "index.js": UNRELATED,
  "src/index.js": FAULTY,
  "packages/ui/src/index.js": UNRELATED,
};

let languages: Languages;
let index: CodeIndex;
before(async () => {
  languages = await Languages.load();
  index = CodeIndex.of(languages, FILES);
});

const pathsOf = ({ shown }: { readonly shown: readonly { readonly path: string }[] }): readonly string[] =>
  shown.map(({ path }) => path);

describe("which files a query means", () => {
  test("a text found in one file shows nothing of files whose path ends alike", () => {
    const { shown } = new CodeSearch(index).searchCode("the basket");
    assert.deepEqual(pathsOf({ shown }), ["src/index.js"]);
    assert.match(shown[0]?.text ?? "", /the basket/);
  });

  test("a whole path means that file alone, the end of one every file it fits", () => {
    const search = new CodeSearch(index);
    assert.deepEqual(pathsOf(search.searchMethod("load", { file: "src/index.js" })), ["src/index.js"]);
    assert.deepEqual(pathsOf(search.searchFile("index.js")), ["index.js"]);
    const carts = CodeIndex.of(languages, { "lib/cart.js": UNRELATED, "shop/cart.js": FAULTY });
    assert.deepEqual(pathsOf(new CodeSearch(carts).searchFile("cart.js")), ["lib/cart.js", "shop/cart.js"]);
  });

  test("frames from Windows lead to the file as those from elsewhere do", () => {
    const search = new CodeSearch(CodeIndex.of(languages, { "shop/cart.js": FAULTY }));
    for (const file of ["C:\\work\\shop\\cart.js", "shop\\cart.js", "C:/work/shop/cart.js"])
      assert.deepEqual(pathsOf(search.codeAround(file, 2, 1)), ["shop/cart.js"], file);
  });

  test("a quoted message credits the function it stands in, and no other", () => {
    const { methods, files } = stratifiedSearch({
      index,
      hints: [{ text: "cannot read the basket", kind: "quoted", weight: 1 }],
      rounds: 1,
    });
    assert.deepEqual(
      methods.map(({ definition }) => definition.path),
      ["src/index.js"],
    );
    assert.deepEqual(
      files.map(({ path }) => path),
      ["src/index.js"],
    );
  });
});
