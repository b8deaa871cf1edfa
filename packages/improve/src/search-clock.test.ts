import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { RunSession, Store, type EventBody } from "@pawl/core";
import { SearchClock } from "./search-clock.ts";

/** A run under a clock that is set by hand. */
class TimedRun {
  readonly #store: Store;
  #seconds = 1000;
  session: RunSession;

  constructor(t: TestContext) {
    const folder = mkdtempSync(join(tmpdir(), "pawl-clock-"));
    this.#store = Store.open(folder);
    t.after(() => {
      this.#store.close();
      rmSync(folder, { recursive: true, force: true });
    });
    this.session = RunSession.create(this.#store, "fix", {}, () => this.#seconds * 1000);
  }

  pass(seconds: number): void {
    this.#seconds += seconds;
  }

  async readProject(): Promise<void> {
    await this.session.observe("project", async () => (this.pass(10), "plan"));
  }

  /** Another process goes on, an hour later; without a word, when the one before was killed. */
  async resume(last: "paused" | "failed" | "killed"): Promise<void> {
    if (last === "paused") this.session.pause("interrupted");
    if (last === "failed") this.session.fail("out of luck");
    this.session.close();
    this.pass(3600);
    this.session = RunSession.resume(this.#store, this.session.id, () => this.#seconds * 1000);
    this.pass(3);
  }
}

const STOPPED: EventBody = { type: "stopped", data: { reason: "seconds" } };
const STEP: EventBody = { type: "missed", data: { n: 0, request: {} as never, skipped: {}, notes: [] } };

test("only the search uses up a budget of time, however often the run is resumed", async (t) => {
  const run = new TimedRun(t);
  // A first process that got no further than the project, and one that failed before it.
  run.pass(7);
  await run.resume("failed");
  await run.readProject();
  await run.resume("paused");
  const starts: number[] = [];
  for (let session = 1; session <= 4; session++) {
    await run.readProject();
    run.pass(20); // warm test runners
    const clock = new SearchClock(run.session);
    run.pass(2); // passing the record
    starts.push(clock.seconds());
    clock.start();
    assert.equal(clock.seconds(), starts.at(-1));
    run.pass(5);
    assert.equal(clock.seconds(), 5 * session);
    await run.resume("paused");
  }
  assert.deepEqual(starts, [0, 5, 10, 15]);
});

test("of a process that was killed, time counts up to its last word; after the end of the search, none does", async (t) => {
  const run = new TimedRun(t);
  await run.readProject();
  new SearchClock(run.session).start();
  run.pass(4);
  run.session.append(STEP);
  run.pass(100);
  await run.resume("killed");
  const second = new SearchClock(run.session);
  second.start();
  assert.equal(second.seconds(), 4);
  run.pass(6);
  run.session.append(STOPPED);
  run.pass(50); // tests that were held out
  await run.resume("paused");
  assert.equal(new SearchClock(run.session).seconds(), 10);
});

test("a run of an older version, which does not say when its search began, counts from the first step of each session", async (t) => {
  const run = new TimedRun(t);
  await run.readProject();
  for (let session = 1; session <= 3; session++) {
    run.pass(20);
    assert.equal(new SearchClock(run.session).seconds(), 5 * (session - 1));
    run.session.append(STEP);
    run.pass(5);
    await run.resume("paused");
  }
});
