// The `t` of a test function, for the warm runner.
import assert from "node:assert";
import { mock } from "node:test";

const NO_ASSERTIONS = new Set(["AssertionError", "Assert", "CallTracker", "strict"]);

export class TestContext {
  #item;
  #subtest;
  #mock = null;
  #planned = null;
  #counted = 0;
  #abort = new AbortController();
  skipped = false;

  constructor(item, subtest, addHook) {
    this.#item = item;
    this.#subtest = subtest;
    for (const kind of ["before", "after", "beforeEach", "afterEach"]) {
      this[kind] = (fn, options) => {
        // A `before` of a running test runs before its first subtest, which is now.
        if (kind === "before") item.subtests = item.subtests.then(() => fn.call(this, this));
        else addHook(kind, fn, options, item);
      };
    }
  }

  get name() {
    return this.#item.name;
  }

  get fullName() {
    return this.#item.names.join(" > ");
  }

  get filePath() {
    return this.#item.location.replace(/^file:\/\//, "").replace(/\?.*$/, "");
  }

  get signal() {
    return this.#abort.signal;
  }

  get mock() {
    return (this.#mock ??= new mock.constructor());
  }

  /** node:assert, with calls counted for `plan`. */
  get assert() {
    const counted = {};
    for (const [name, value] of Object.entries(assert)) {
      if (typeof value !== "function" || NO_ASSERTIONS.has(name)) continue;
      counted[name] = (...args) => {
        this.#counted++;
        return value(...args);
      };
    }
    return counted;
  }

  test = (...args) => {
    this.#counted++;
    return this.#subtest(this.#item, args);
  };

  plan(count) {
    this.#planned = count;
  }

  diagnostic() {}

  runOnly() {}

  skip() {
    this.skipped = true;
  }

  todo() {
    this.skipped = true;
  }

  async waitFor(condition, { interval = 50, timeout = 1000 } = {}) {
    for (let waited = 0; ; waited += interval) {
      try {
        return await condition();
      } catch (cause) {
        if (waited >= timeout) throw new Error("waitFor() timed out", { cause });
        await new Promise((resolve) => setTimeout(resolve, interval));
      }
    }
  }

  /** Throws when the plan was not kept. */
  finish() {
    if (this.#planned !== null && this.#planned !== this.#counted)
      throw new Error(`plan expected ${this.#planned} assertions but received ${this.#counted}`);
  }

  release() {
    this.#mock?.reset();
    this.#abort.abort();
  }
}
