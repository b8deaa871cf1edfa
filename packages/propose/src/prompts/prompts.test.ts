import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { UsageError } from "@pawl/core";
import fc from "fast-check";
import { Languages } from "../syntax/languages.ts";
import { fileForms, listForms, textForms } from "./forms.ts";
import { buildPrompt, type PromptLimits, type PromptPart } from "./prompt.ts";
import { PromptTemplates } from "./templates.ts";

const limits = (contextTokens: number, maxOutputTokens = 0): PromptLimits => ({
  contextTokens,
  maxOutputTokens,
  countTokens: (text) => Math.ceil(text.length / 4),
});

const SOURCE = `import { log } from "./log.js";

/** Adds. */
export function add(a, b) {
  return a + b;
}

export class Counter {
  count = 0;

  step(by) {
    log(by);
    this.count += by;
  }

  reset() {
    this.count = 1;
  }
}
`;

describe("buildPrompt", () => {
  const part = (name: string, priority: number, rest: Partial<PromptPart> = {}): PromptPart => ({
    name,
    priority,
    forms: [
      { extent: "whole", text: `${name} ${"word ".repeat(100)}` },
      { extent: "names only", text: name },
    ],
    ...rest,
  });

  test("with room for everything: stable parts first, each group in the order given", () => {
    const parts = [
      part("one", 1),
      part("rules", 9, { stable: true }),
      part("two", 2),
      part("code", 8, { stable: true }),
    ];
    const { messages, cacheUpTo, shortened } = buildPrompt(parts, limits(10_000));
    assert.deepEqual(
      messages.map(({ role }) => role),
      ["system", "user"],
    );
    assert.match(messages[0]?.content ?? "", /^rules [\s\S]*\n\ncode /);
    assert.match(messages[1]?.content ?? "", /^one [\s\S]*\n\ntwo /);
    assert.equal(cacheUpTo, 0);
    assert.deepEqual(shortened, []);
  });

  test("shortens the least important first, and says so in the prompt", () => {
    const built = buildPrompt([part("lessons", 1), part("tests", 5), part("code", 9, { required: true })], limits(300));
    assert.deepEqual(built.shortened, ["lessons: names only"]);
    assert.match(built.messages[0]?.content ?? "", /not whole\. lessons: names only\./);
    assert.ok(built.tokens <= 300);
    const tight = buildPrompt([part("lessons", 1), part("tests", 5), part("code", 9, { required: true })], limits(60));
    assert.deepEqual(tight.shortened, ["lessons: names only", "tests: names only", "code: names only"]);
  });

  test("says what it needs when nothing fits", () => {
    assert.throws(
      () => buildPrompt([part("code", 9, { required: true })], limits(100, 95)),
      (error: UsageError) => {
        assert.match(error.message, /shortest prompt takes \d+ tokens, and the model has room for 5 /);
        return error instanceof UsageError;
      },
    );
  });

  test("fits, never cuts a line, and shortens nothing that had room", () => {
    const lines = fc.array(
      fc.string({ maxLength: 30 }).map((text) => text.replaceAll(/\s/g, "x")),
      { maxLength: 12 },
    );
    const anyPart = fc.record({
      name: fc.string({ minLength: 1, maxLength: 8 }),
      priority: fc.integer({ min: 0, max: 5 }),
      stable: fc.boolean(),
      forms: fc.array(fc.record({ extent: fc.constant("less"), text: lines.map((each) => each.join("\n")) }), {
        minLength: 1,
        maxLength: 3,
      }),
    });
    fc.assert(
      fc.property(fc.array(anyPart, { maxLength: 6 }), fc.integer({ min: 100, max: 400 }), (parts, context) => {
        let built;
        try {
          built = buildPrompt(parts, limits(context));
        } catch (error) {
          return error instanceof UsageError; // the list of what was left out may itself be too long
        }
        const known = new Set(
          parts.flatMap(({ forms }) => forms.flatMap(({ text }) => text.split("\n"))).map((line) => line.trimEnd()),
        );
        const said = built.messages.flatMap(({ content }) => content.split("\n"));
        for (const line of said) if (!line.startsWith("To save room")) assert.ok(line === "" || known.has(line), line);
        assert.ok(built.tokens <= context);
        if (buildPrompt(parts, limits(1e6)).tokens <= context) assert.deepEqual(built.shortened, []);
      }),
    );
  });
});

describe("forms", () => {
  test("a file: whole, the functions around some lines, names", async (t) => {
    const forms = fileForms(await Languages.load(), "src/a.js", SOURCE, [12], (code) => code);
    assert.deepEqual(
      forms.map(({ extent }) => extent),
      ["whole", "only the functions around the suspicious lines", "names only"],
    );
    t.assert.snapshot(forms.map(({ text }) => text));
  });

  test("a list and a long text", () => {
    assert.deepEqual(
      listForms(["a", "b", "c"], (text) => text).map(({ extent, text }) => `${extent}: ${text}`),
      ["whole: a\n\nb\n\nc", "the first 1 of 3: a"],
    );
    assert.deepEqual(textForms("1\n2\n3\n4\n5\n6", (text) => text).at(-1)?.text, "1\n2\n3\n4\n(2 more lines)");
  });
});

describe("PromptTemplates", () => {
  const root = mkdtempSync(join(tmpdir(), "pawl-prompts-"));
  after(() => rmSync(root, { recursive: true, force: true }));

  test("the texts of this version", (t) => {
    t.assert.snapshot(PromptTemplates.load().all.map(({ id, version, text }) => ({ id, version, text })));
  });

  test("fills in values as they are", () => {
    const values = { path: "a.js", rights: "may change", language: "js", code: "x = `{{path}} $&`;" };
    assert.match(
      PromptTemplates.load().render("target", values),
      /^a\.js \(may change\):\n\n```js\nx = `\{\{path\}\} \$&`;\n```/,
    );
    assert.throws(() => PromptTemplates.load().render("target", { path: "a.js" }), /needs a value for 'rights'/);
  });

  const withFile = (name: string, text: string): PromptTemplates => {
    const folder = mkdtempSync(join(root, "own-"));
    writeFileSync(join(folder, name), text);
    return PromptTemplates.load(folder);
  };

  test("a folder of the user's replaces some of them", () => {
    const templates = withFile("ask.v7.md", "Do this: {{ task }}");
    assert.equal(templates.render("ask", { task: "repair it" }), "Do this: repair it");
    assert.match(templates.versions, /\bask@7\*/);
    assert.match(templates.versions, /\bsystem@1 /);
  });

  test("says where and what about a file that cannot be used", () => {
    assert.throws(() => withFile("ask.md", "{{tsak}}"), /unknown placeholder \{\{tsak\}\} \(.*ask\.md\)/);
    assert.throws(() => withFile("ask.md", "{{the task}}"), /'\{\{the task\}\}' is no placeholder/);
    assert.throws(() => withFile("aks.md", "x"), /replaces none of Pawl's/);
    assert.throws(() => PromptTemplates.load(join(root, "nowhere")), /does not exist/);
  });
});
