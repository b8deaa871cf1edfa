import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isAllowed } from "./licence.ts";
import { findSecrets, redact } from "./secrets.ts";

/** Made up, of the shapes that real ones have; put together here so that no scanner of repositories takes them for real. */
const SECRETS: readonly string[] = [
  ["AKIA", "Q3EGRTXK7M2NVB4W"].join(""),
  ["ghp", "9zXk27QbTn40LmVpR8sYwE3uHdJf6CaGx1Zt"].join("_"),
  ["glpat", "xK29sLq81mZnB4tRv7Wp"].join("-"),
  ["xoxb", "2839104756-8472910384-AbCdEfGhIjKl"].join("-"),
  ["sk", "ant", "api03-Zk3LmQ9xR7vTn2WpYb8sHd"].join("-"),
  ["sk", "live", "4eC39HqLyjWDarjtT1zdp7dc"].join("_"),
  ["npm", "h7Kq2LmZx9Rv4TnWp8Yb3SdHf6JcGa1Et5Qu"].join("_"),
  ["hf", "QwErTyUiOpAsDfGhJkLzXcVbNm123456"].join("_"),
  ["AIza", "SyD4kL9mN2pQ7rS1tU8vW3xY6zA0bC5dE7f"].join(""),
  "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----",
  "postgres://admin:hunter2secret@db.example.org/app",
  'const password = "kT7#mQ2vLx9z";',
  'API_KEY: "f3a9c17be2d84056"',
  "Authorization: Bearer kZ8mXq2LpR7vTn4WbYs9HdJf3CgA",
  '"Zm9vYmFyMTIzNDU2Nzg5MEFCQ0RFRkdISUpLTE1OT1BR/x7Qp"',
];

const HARMLESS: readonly string[] = [
  "the quick brown fox jumps over the lazy dog and does so again and again",
  "const veryLongCamelCaseIdentifierThatGoesOnForever2 = computeSomethingRatherLongWinded3();",
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  'const token = "your_token_here_123";',
  "packages/improve/src/export/fixture-runs2.ts",
  "https://example.org/a/b:8080/c@2",
  "password = readPassword(process.env.PASSWORD_1)",
];

test("secrets are found, and their neighbours are left alone", () => {
  for (const text of SECRETS) {
    assert.ok(findSecrets(text).length > 0, text);
    assert.match(redact(`before\n${text}\nafter`), /^before\n[^]*\[secret\][^]*\nafter$/, text);
    assert.deepEqual(findSecrets(redact(text)), [], redact(text));
  }
  for (const text of HARMLESS) assert.deepEqual(findSecrets(text), [], text);
});

test("the project's own sources hold no secret", () => {
  for (const name of ["export.ts", "rows.ts", "texts.ts", "card.ts", "schema.ts", "attempts.ts", "goal.ts"])
    assert.deepEqual(findSecrets(readFileSync(new URL(name, import.meta.url), "utf8")), [], name);
});

test("SPDX expressions", () => {
  const allowed = ["MIT", "Apache-2.0", "GPL-2.0-only"];
  const cases: readonly (readonly [string, boolean])[] = [
    ["MIT", true],
    ["GPL-3.0-only", false],
    ["MIT OR GPL-3.0-only", true],
    ["MIT AND GPL-3.0-only", false],
    ["(MIT AND Apache-2.0) OR GPL-3.0-only", true],
    ["GPL-3.0-only OR (MIT AND GPL-3.0-only)", false],
    ["GPL-2.0-only WITH Classpath-exception-2.0", true],
    ["unknown", false],
    ["UNLICENSED", false],
    ["", false],
    ["(MIT", false],
    ["MIT GPL-3.0-only", false],
  ];
  for (const [expression, expected] of cases) assert.equal(isAllowed(expression, allowed), expected, expression);
  assert.ok(isAllowed("unknown", ["unknown"]));
});
