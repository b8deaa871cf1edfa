import assert from "node:assert/strict";
import { test } from "node:test";
import { estree } from "./estree.ts";
import { javascript, typescript } from "./language.ts";
import { mayNestDeeperThan } from "./nesting.ts";
import { parseModule } from "./parse-module.ts";

/** Texts that nest `n` times, each in another way; all of them overflow a parser that recurs without a bound. */
const NESTED: Readonly<Record<string, (n: number) => string>> = {
  open: (n) => "(".repeat(n),
  parentheses: (n) => `${"(".repeat(n)}a${")".repeat(n)}`,
  arrays: (n) => `${"[".repeat(n)}${"]".repeat(n)}`,
  objects: (n) => `a=${"{a:".repeat(n)}1${"}".repeat(n)}`,
  blocks: (n) => "{".repeat(n) + "}".repeat(n),
  templates: (n) => `${"`${".repeat(n)}a${"}`".repeat(n)}`,
  not: (n) => `${"!".repeat(n)}a`,
  minus: (n) => `${"- ".repeat(n)}a`,
  typeof: (n) => `${"typeof ".repeat(n)}a`,
  new: (n) => `${"new ".repeat(n)}a`,
  sum: (n) => `${"a+".repeat(n)}a`,
  power: (n) => `${"a**".repeat(n)}a`,
  or: (n) => `${"a||".repeat(n)}a`,
  members: (n) => `a${".a".repeat(n)}`,
  calls: (n) => `a${"()".repeat(n)}`,
  tags: (n) => `a${"``".repeat(n)}`,
  assignments: (n) => `${"a=".repeat(n)}a`,
  choices: (n) => `${"a?a:".repeat(n)}a`,
  arrows: (n) => `${"a=>".repeat(n)}a`,
  defaults: (n) => `${"(a=".repeat(n)}b${")=>c".repeat(n)}`,
  ifs: (n) => `${"if(a)".repeat(n)};`,
  elses: (n) => `${"if(a){}else ".repeat(n)};`,
  labels: (n) => `${Array.from({ length: n }, (_, i) => `a${i}:`).join("")};`,
  dos: (n) => `${"do ".repeat(n)};${"while(1);".repeat(n)}`,
  fors: (n) => `${"for(;;)".repeat(n)};`,
  functions: (n) => `${"(function(){return ".repeat(n)}a${"})".repeat(n)}`,
  classes: (n) => "class A{a(){".repeat(n) + "}}".repeat(n),
  patterns: (n) => `let ${"[".repeat(n)}a${"]".repeat(n)}=b`,
};

const NESTED_ELEMENTS = { elements: (n: number): string => "<a>".repeat(n) + "</a>".repeat(n) };

const NESTED_TYPES: Readonly<Record<string, (n: number) => string>> = {
  arguments: (n) => `type A=${"A<B,".repeat(n)}B${">".repeat(n)}`,
  conditions: (n) => `type A=${"A extends B?C:".repeat(n)}D`,
  functions: (n) => `type A=${"()=>".repeat(n)}D`,
  keys: (n) => `type A=${"keyof ".repeat(n)}B`,
  lists: (n) => `type A=B${"[]".repeat(n)}`,
  casts: (n) => `a${" as b".repeat(n)}`,
};

/** Pieces that nest once more each time and hide it: what looks like the end of a bracket or of a statement is none. */
const HIDDEN = [
  "(/*)*/",
  "(//)\n",
  "(')'+",
  "(`)`+",
  "(/)/+",
  "(/[/)]/+",
  "[...typeof/]/+",
  "(()=>{return\u00a0/)/+",
  "import 'a'\n/\"/;(",
  "(<a>)</a>+",
  "f(<a b='\n)'/>,",
  "{if(a){return/}/}else{b=",
  "if(a)for(;;)b,c;else ",
  "if(a)for(;;)do x;while(0);else ",
  "if(a)for(;;)try{}catch{}else ",
  "for(;;)a,(function(){",
  "if(a)x:y:z:b,c;else ",
  "{case a,b:x:y:c,(function(){",
  "(a++/b/c+",
  "({}/a/b)+(",
];

test("text that nests too deeply is a syntax error and never the end of the process", () => {
  for (const [language, path, kinds] of [
    [javascript, "a.js", NESTED],
    [javascript, "a.jsx", NESTED_ELEMENTS],
    [typescript, "a.ts", NESTED_TYPES],
  ] as const)
    for (const [name, kind] of Object.entries(kinds)) {
      const error = language.syntaxError(kind(20_000), path);
      assert.equal(error?.message, "The text is nested too deeply.", name);
      assert.equal(language.parse(kind(20_000), path), null, name);
      assert.equal(estree(kind(20_000), path), null, name);
    }
});

test("what may be nested can be worked with", () => {
  for (const [language, path, kinds] of [
    [javascript, "a.js", NESTED],
    [javascript, "a.jsx", NESTED_ELEMENTS],
    [typescript, "a.ts", NESTED_TYPES],
  ] as const)
    for (const [name, kind] of Object.entries(kinds))
      for (const depth of [150, 1200]) {
        const parsed = language.parse(kind(depth), path);
        if (depth === 150 && name !== "open") assert.notEqual(parsed, null, name);
        if (parsed === null) continue;
        language.identifiers(parsed);
        language.statementLines(parsed);
        language.ingredients(parsed);
        if (depth > 150) continue; // it takes long
        let edits = 0;
        for (const _ of language.edits(parsed, { ingredients: [] })) if (++edits > 20) break;
      }
});

test("nesting cannot be hidden behind what is no code", () => {
  for (const piece of HIDDEN) assert.notEqual(mayNestDeeperThan(1000, piece.repeat(2000), true), null, piece);
});

test("a long file is no deep one", () => {
  const line =
    "if (a.b(c, [1, 2]) / 2 > (d + 1) / `${e}`.length) { f = { g: ')', h: /[(]/ }; } else { return i++ / 2; }\n";
  const long = `function a() {\n${line.repeat(5000)}}\n`;
  assert.equal(mayNestDeeperThan(1000, long, true), null);
  assert.equal(parseModule("a.js", long).fault, null);
});

test("a file that cannot be read at a glance is tried in another process", () => {
  const component = "export const a = (b) => <p title='it'>don't ({b ? <i>{b}</i> : \"`\"}) /</p>;\n";
  assert.notEqual(mayNestDeeperThan(1000, component.repeat(500), true), null);
  const many = Array.from({ length: 500 }, (_, i) => component.replace("a =", `a${i} =`)).join("");
  assert.equal(parseModule("a.jsx", many).fault, null);
  assert.notEqual(javascript.parse(many, "a.jsx"), null);
});
