import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { Languages } from "../syntax/languages.ts";
import { CodeIndex } from "./code-index.ts";
import { nameOf } from "./definition.ts";
import { CodeSearch } from "./search-interface.ts";

const CART = `import { priceOf } from "./prices.ts";
const { log } = require("./log.cjs");

/** What somebody wants to buy. */
@sealed
export class ShoppingCart extends Basket {
  #items = new Map();

  /** Sum of all items, in cents. */
  totalPrice(currency = "EUR") {
    let sum = 0;
    for (const [item, count] of this.#items) sum += priceOf(item, currency) * count;
    return sum;
  }

  static async load(path) {
    const wrap = () => path;
    return wrap();
  }

  onChange = (listener) => {
    this.#add(listener);
  };

  #add(listener) {}
}

// Not exported.
const rounded = (value) => Math.round(value);

module.exports.freeShipping = function (cart) {
  return cart.totalPrice() > 5000;
};

const api = {
  list(from, to) {
    return [from, to].map(rounded);
  },
};

items.forEach((item) => log(item));
`;

const STORE = `import os
from .models import Item, Order as Purchase


class OrderStore(Base):
    """Orders of a shop."""

    @classmethod
    @cached(
        size=3,
    )
    def open_file(cls, path: str, *, mode="r") -> "OrderStore":
        """Open the file."""
        def inner():
            return 1
        if path == "":
            return None
        return cls(path)

    def total_price(self): return sum(self.prices)


LIMITS = {
    "orders": 3,
}


# Orders that wait.
def pending_orders(store):
    return [each for each in store if not each.done]
`;

let languages: Languages;
before(async () => {
  languages = await Languages.load();
});

function indexed(): CodeIndex {
  return CodeIndex.of(languages, { "shop/cart.js": CART, "shop/order_store.py": STORE, "README.md": "# Shop" });
}

describe("CodeIndex", () => {
  test("knows classes, functions and methods of JavaScript with what belongs to them", () => {
    const index = indexed();
    assert.deepEqual(
      index
        .definitions("shop/cart.js")
        .map((each) => [nameOf({ ...each, path: "" }), each.kind, each.line, each.endLine]),
      [
        [":ShoppingCart", "class", 5, 26],
        [":ShoppingCart.totalPrice", "method", 10, 14],
        [":ShoppingCart.load", "method", 16, 19],
        [":wrap", "function", 17, 17],
        [":ShoppingCart.onChange", "method", 21, 23],
        [":ShoppingCart.#add", "method", 25, 25],
        [":rounded", "function", 29, 29],
        [":freeShipping", "function", 31, 33],
        [":api", "constant", 35, 39],
        [":api.list", "method", 36, 38],
      ],
    );
    const [cart, total, load] = index.definitions("shop/cart.js");
    assert.equal(cart?.signature, "class ShoppingCart extends Basket");
    assert.deepEqual(cart?.decorators, ["@sealed"]);
    assert.equal(total?.signature, 'totalPrice(currency = "EUR")');
    assert.equal(total?.docs, "Sum of all items, in cents.");
    assert.deepEqual(total?.returns, ["sum"]);
    assert.equal(load?.signature, "static async load(path)");
    assert.deepEqual(load?.returns, ["wrap()"], "what a function inside returns is its own");
    assert.equal(index.named("rounded")[0]?.docs, "Not exported.");
    assert.deepEqual(index.imports("shop/cart.js"), [
      { from: "./prices.ts", names: ["priceOf"], line: 1 },
      { from: "./log.cjs", names: ["log"], line: 2 },
    ]);
  });

  test("knows those of Python", () => {
    const index = indexed();
    const all = index.definitions("shop/order_store.py");
    assert.deepEqual(
      all.map(({ owner, name, kind, line, endLine }) => [owner, name, kind, line, endLine]),
      [
        [null, "OrderStore", "class", 5, 20],
        ["OrderStore", "open_file", "method", 8, 18],
        [null, "inner", "function", 14, 15],
        ["OrderStore", "total_price", "method", 20, 20],
        [null, "LIMITS", "constant", 23, 25],
        [null, "pending_orders", "function", 29, 30],
      ],
    );
    assert.equal(all[1]?.signature, 'def open_file(cls, path: str, *, mode="r") -> "OrderStore"');
    assert.deepEqual(all[1]?.decorators, ["@classmethod", "@cached("]);
    assert.equal(all[1]?.docs, "Open the file.");
    assert.deepEqual(all[1]?.returns, ["None", "cls(path)"]);
    assert.equal(all[5]?.docs, "Orders that wait.");
    assert.deepEqual(index.imports("shop/order_store.py"), [
      { from: "os", names: [], line: 1 },
      { from: ".models", names: ["Item", "Order"], line: 2 },
    ]);
  });

  test("reads only files whose text changed, and forgets those that are gone", () => {
    const index = indexed();
    const files = { "shop/cart.js": CART, "shop/order_store.py": STORE };
    assert.deepEqual(index.update(files), { parsed: [], gone: [] });
    const renamed = { ...files, "shop/cart.js": CART.replaceAll("totalPrice", "sumOfAll") };
    assert.deepEqual(index.update(renamed), { parsed: ["shop/cart.js"], gone: [] });
    assert.deepEqual(index.named("totalPrice"), []);
    assert.equal(index.named("sumOfAll").length, 1);
    assert.deepEqual(index.references("totalPrice"), []);
    assert.equal(index.rankMethods("sum of all", 1)[0]?.item.name, "sumOfAll");
    assert.deepEqual(index.update({ "shop/cart.js": renamed["shop/cart.js"] }), {
      parsed: [],
      gone: ["shop/order_store.py"],
    });
    assert.deepEqual(index.paths(), ["shop/cart.js"]);
    assert.deepEqual(index.rankFiles("orders store", 5), []);
  });

  test("after any updates it answers like a new one", () => {
    const texts = [CART, CART.replaceAll("totalPrice", "sumOfAll"), "export function other() { return totalPrice(); }"];
    const index = new CodeIndex(languages);
    for (const text of [...texts, ...texts.toReversed()]) {
      index.update({ "a.js": text, "b.js": texts[0] as string });
      const fresh = CodeIndex.of(languages, { "b.js": texts[0] as string, "a.js": text });
      for (const query of ["total price", "sum all other"])
        assert.deepEqual(
          index
            .rankMethods(query, 9)
            .map(({ item }) => nameOf(item))
            .toSorted(),
          fresh
            .rankMethods(query, 9)
            .map(({ item }) => nameOf(item))
            .toSorted(),
        );
      assert.deepEqual(index.references("totalPrice"), fresh.references("totalPrice"));
    }
  });

  test("a file that does not parse is left out until it does", () => {
    const index = CodeIndex.of(languages, { "a.js": "function (" });
    assert.deepEqual(index.paths(), []);
    assert.deepEqual(index.update({ "a.js": "function f() {}" }).parsed, ["a.js"]);
    assert.equal(index.named("f").length, 1);
  });

  test("says where a symbol is used, and inside of what", () => {
    assert.deepEqual(
      indexed()
        .references("totalPrice")
        .map(({ line, inside }) => [line, inside?.name]),
      [[32, "freeShipping"]],
    );
    assert.deepEqual(
      indexed()
        .references("#add")
        .map(({ line, inside }) => [line, inside?.name]),
      [[22, "onChange"]],
    );
  });

  test("the maps show the tree, and what a file defines without bodies", () => {
    const index = indexed();
    assert.equal(index.repoMap(), "shop/\n  cart.js\n  order_store.py");
    const map = index.schematic("shop/order_store.py");
    assert.match(map, /^class OrderStore\(Base\) {2}\[line 5\]\n {2}@classmethod\n/);
    assert.doesNotMatch(map, /return/);
  });
});

describe("CodeSearch", () => {
  test("a class is answered with signatures only", () => {
    const { shown } = new CodeSearch(indexed()).searchClass("ShoppingCart");
    assert.equal(shown.length, 1);
    assert.match(shown[0]?.text ?? "", /totalPrice\(currency = "EUR"\)/);
    assert.doesNotMatch(shown[0]?.text ?? "", /let sum|return/);
    assert.equal(shown[0]?.cost, shown[0]?.text.split("\n").length);
  });

  test("methods come in full, by class and by file", () => {
    const search = new CodeSearch(indexed());
    assert.match(search.searchMethod("totalPrice").shown[0]?.text ?? "", /return sum;/);
    assert.equal(search.searchMethod("load", { cls: "Other" }).shown.length, 0);
    assert.equal(search.searchMethod("total_price", { cls: "OrderStore", file: "order_store.py" }).shown.length, 1);
    assert.equal(search.searchMethod("total_price", { file: "store.py" }).shown.length, 0, "not a file's name");
  });

  test("of many answers three are shown and the others named", () => {
    const files = Object.fromEntries(
      ["a", "b", "c", "d", "e"].map((name) => [`${name}.js`, "export const f = () => 1;"]),
    );
    const search = new CodeSearch(CodeIndex.of(languages, files));
    const methods = search.searchMethod("f");
    assert.deepEqual([methods.shown.length, methods.others], [3, ["d.js:f", "e.js:f"]]);
    const code = search.searchCode("=> 1");
    assert.deepEqual([code.shown.length, code.others], [3, ["d.js:1", "e.js:1"]]);
  });

  test("code around a line ends where the file does", () => {
    const shown = new CodeSearch(indexed()).codeAround("cart.js", 2, 3).shown[0];
    assert.deepEqual([shown?.line, shown?.endLine, shown?.cost], [1, 5, 5]);
  });
});
