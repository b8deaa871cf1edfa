import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { checkRun } from "./check-run.ts";
import { place } from "./fixture-recorded-run.ts";

/** Damages of a record that SQLite itself does not notice, and what is said about each. */
const DAMAGES: Readonly<Record<string, readonly [sql: string, RegExp]>> = {
  "an event is gone": ["DELETE FROM events WHERE type = 'judged'", /event 4 is missing/],
  "the beginning is gone": ["DELETE FROM events WHERE seq = 1", /does not begin with 'started'/],
  "the run starts twice": ["UPDATE events SET type = 'started' WHERE type = 'judged'", /starts a second time/],
  "a patch was changed": [
    `UPDATE events SET data = replace(data, '"text":"2"', '"text":"3"') WHERE type = 'proposed'`,
    /is not what its patch gives/,
  ],
  "a verdict is on another candidate": [
    `UPDATE events SET data = json_set(data, '$.candidate', 'ffffffffff') WHERE type = 'judged'`,
    /a verdict on candidate ffffffff that was not proposed/,
  ],
  "a verdict has another number": [
    `UPDATE events SET data = json_set(data, '$.n', 1) WHERE type = 'judged'`,
    /was not proposed as number 1/,
  ],
  "a confirmation has no screening": [
    "UPDATE events SET type = 'paused' WHERE type = 'judged'",
    /was confirmed without a screening/,
  ],
  "a candidate is judged twice": [
    `INSERT INTO events SELECT run, 6, at, 'judged', data, meta FROM events WHERE type = 'judged'`,
    /judged out of order/,
  ],
  "a candidate is proposed twice": [
    `INSERT INTO events SELECT run, 6, at, 'proposed', data, meta FROM events WHERE type = 'proposed'`,
    /was proposed twice/,
  ],
  "the run ends with a candidate it did not keep": [
    `INSERT INTO events VALUES ('fix-1', 6, 0, 'finished', '{"best":"ffffffffff","outcome":"fixed","result":null}', NULL)`,
    /ended with candidate ffffffff, which it had not kept/,
  ],
  "something happens after the end": [
    `INSERT INTO events VALUES ('fix-1', 6, 0, 'finished', '{"best":null,"outcome":"not-fixed","result":null}', NULL);
     INSERT INTO events VALUES ('fix-1', 7, 0, 'stopped', '{"reason":"late"}', NULL)`,
    /'stopped' after the end of the run/,
  ],
  "a blob is gone": [
    `UPDATE events SET data = json_set(data, '$.value', json('{"$blob":"00"}')) WHERE type = 'observed'`,
    /blob 00 is missing/,
  ],
};

test("a whole record has no problems", (t) => {
  const { state } = place(t);
  assert.deepEqual(checkRun(state, "fix-1"), { run: "fix-1", events: 5, problems: [] });
});

for (const [name, [sql, what]] of Object.entries(DAMAGES)) {
  test(`found in a record: ${name}`, (t) => {
    const { state } = place(t);
    const db = new DatabaseSync(join(state, "pawl.db"));
    db.exec(sql);
    db.close();
    const said = checkRun(state, "fix-1").problems.map((problem) => `${problem.what} (${problem.where})`);
    assert.match(said.join("\n"), what);
  });
}
