import assert from "node:assert/strict";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { MachineError, UsageError } from "@pawl/core";
import { CLEAR, fakeSystem, SAME, temporaryStore } from "./fixture-system.ts";
import { reportOf } from "./report-of.ts";
import { runSystem } from "./run-system.ts";
import { runSystems } from "./run-systems.ts";

test("every arm is measured with every seed, seed by seed, and the claim settled", async () => {
  using place = temporaryStore();
  const { system, measured } = fakeSystem({ shares: CLEAR });
  const report = await runSystem(system, { ...place.options, jobs: 1 });
  assert.deepEqual(measured, ["tree 1", "sampling 1", "tree 2", "sampling 2", "tree 3", "sampling 3"]);
  assert.equal(report.outcome, "reproduced");
  assert.deepEqual(report.seeds, { measured: 3, wanted: 3 });
  const same = fakeSystem({ shares: SAME });
  using other = temporaryStore();
  assert.equal((await runSystem(same.system, other.options)).outcome, "not reproduced");
});

test("an interrupted measurement goes on where it was", async () => {
  using place = temporaryStore();
  const controller = new AbortController();
  const first = fakeSystem({
    shares: CLEAR,
    before: (arm, seed, signal) => {
      if (arm === "tree" && seed === 2) controller.abort();
      signal.throwIfAborted();
    },
  });
  await assert.rejects(runSystem(first.system, { ...place.options, jobs: 1, signal: controller.signal }), {
    name: "AbortError",
  });
  assert.deepEqual(first.measured, ["tree 1", "sampling 1"]);
  const second = fakeSystem({ shares: CLEAR });
  const report = await runSystem(second.system, { ...place.options, jobs: 1 });
  assert.deepEqual(second.measured, ["tree 2", "sampling 2", "tree 3", "sampling 3"]);
  assert.equal(report.outcome, "reproduced");
  const third = fakeSystem({ shares: CLEAR });
  await runSystem(third.system, place.options);
  assert.deepEqual(third.measured, []);
  await runSystem(third.system, { ...place.options, again: true });
  assert.equal(third.measured.length, 6);
});

test("a raised version is measured anew, and what was measured before stays on record", async () => {
  using place = temporaryStore();
  await runSystem(fakeSystem({ shares: CLEAR }).system, place.options);
  const { system, measured } = fakeSystem({ shares: SAME, changes: { version: 2 } });
  assert.equal((await runSystem(system, place.options)).outcome, "not reproduced");
  assert.equal(measured.length, 6);
  assert.equal(place.store.read(system.id).length, 12);
});

test("the quick form is kept apart and judges nothing", async () => {
  using place = temporaryStore();
  const { system, measured } = fakeSystem({ shares: CLEAR });
  const quick = await runSystem(system, { ...place.options, quick: true });
  assert.deepEqual([quick.outcome, measured.length], [null, 2]);
  assert.equal((await runSystem(system, place.options)).outcome, "reproduced");
  assert.equal(measured.length, 8);
  await runSystem(system, { ...place.options, quick: true });
  assert.equal(measured.length, 10, "and begins anew each time");
});

test("fewer seeds than asked for give no outcome", async () => {
  using place = temporaryStore();
  const { system } = fakeSystem({ shares: CLEAR });
  const part = await runSystem(system, { ...place.options, arms: ["tree"] });
  assert.deepEqual([part.outcome, part.seeds], [null, { measured: 0, wanted: 3 }]);
  assert.equal((await runSystem(system, { ...place.options, seeds: 2 })).outcome, "reproduced");
});

test("further seeds do not change what the number fixed beforehand gave", async () => {
  using place = temporaryStore();
  const { system } = fakeSystem({ shares: CLEAR });
  const first = await runSystem(system, place.options);
  const more = await runSystem(system, { ...place.options, seeds: 5 });
  assert.deepEqual(more.claim[0]?.perSeed.length, 5);
  const report = reportOf(system, place.options.store.read(system.id), { quick: false });
  assert.deepEqual([report.seeds, report.claim], [first.seeds, first.claim]);
  assert.ok(report.results.every(({ seed }) => seed <= 3));
});

test("what is reported only is not waited for", async () => {
  using place = temporaryStore();
  const { system } = fakeSystem({ shares: { ...CLEAR, late: [0.9] } });
  const [claim] = system.claim;
  assert.ok(claim !== undefined);
  const late = {
    ...system,
    arms: [...system.arms, { id: "late", title: "a second attempt", role: "variant" as const }],
    claim: [claim, { ...claim, id: "late", left: "late", gated: false }],
  };
  const part = await runSystem(late, { ...place.options, arms: ["tree", "sampling"] });
  assert.deepEqual([part.outcome, part.claim.map(({ holds }) => holds)], ["reproduced", [true, null]]);
  assert.deepEqual(
    (await runSystem(late, place.options)).claim.map(({ holds }) => holds),
    [true, true],
  );
});

test("a last line that was cut off is ignored, measured again, and in nobody's way", async () => {
  using place = temporaryStore();
  await runSystem(fakeSystem({ shares: CLEAR }).system, { ...place.options, jobs: 1 });
  const path = join(place.store.folder, "swe-search.jsonl");
  const whole = readFileSync(path, "utf8");
  writeFileSync(path, whole.slice(0, -40));
  assert.equal(place.store.read("swe-search").length, 5);
  const { system, measured } = fakeSystem({ shares: CLEAR });
  assert.equal((await runSystem(system, place.options)).outcome, "reproduced");
  assert.deepEqual(measured, ["sampling 3"]);
  assert.equal(place.store.read("swe-search").length, 6);
  assert.equal(readFileSync(path, "utf8").split("\n").length, 7);
});

test("a line elsewhere that is no result is an error that names it", async () => {
  using place = temporaryStore();
  await runSystem(fakeSystem({ shares: CLEAR }).system, place.options);
  const path = join(place.store.folder, "swe-search.jsonl");
  appendFileSync(path, '{"arm":\n{}\n');
  assert.throws(
    () => place.store.read("swe-search"),
    (error) => error instanceof MachineError && error.where === `${path}:7`,
  );
});

test("an arm that fails aborts the others in flight; what was finished is kept, and the system is closed once all ended", async () => {
  using place = temporaryStore();
  const ends: string[] = [];
  const { system } = fakeSystem({
    shares: CLEAR,
    before: async (arm, seed, signal) => {
      if (seed === 1) return;
      if (arm === "tree") throw new Error("the tree fell");
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      ends.push("sampling");
      signal.throwIfAborted();
    },
    changes: { close: async () => void ends.push("closed") },
  });
  await assert.rejects(runSystem(system, place.options), /the tree fell/);
  assert.deepEqual(ends, ["sampling", "closed"]);
  assert.equal(place.store.read(system.id).length, 2);
});

test("one system that fails does not keep the next from being measured; unknown names are errors before anything is", async () => {
  using place = temporaryStore();
  const fails = fakeSystem({
    shares: CLEAR,
    before: () => {
      throw new MachineError({ what: "no sandbox", todo: "Get one." });
    },
  });
  const works = fakeSystem({ shares: CLEAR, changes: { id: "dgm" } });
  const load = async (id: string): Promise<typeof works.system> => (id === "dgm" ? works.system : fails.system);
  const runs = await runSystems(["swe-search", "dgm", "dgm"], place.options, load);
  assert.deepEqual(
    runs.map(({ report }) => report?.outcome),
    [undefined, "reproduced"],
  );
  const unknown = runSystems(["dgm"], { ...place.options, again: true, arms: ["treee"] }, load);
  await assert.rejects(unknown, (error) => error instanceof UsageError && /Did you mean tree\?/.test(error.todo));
  await assert.rejects(runSystems(["dgmm"], place.options), /there is no system 'dgmm'/);
  assert.equal(works.measured.length, 6);
});
