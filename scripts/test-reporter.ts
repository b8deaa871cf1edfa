import { Readable } from "node:stream";
import { spec } from "node:test/reporters";

/** What this reporter reads of node:test's events. */
interface TestEvent {
  readonly type: string;
  readonly data: { readonly name?: string; readonly file?: string; readonly skip?: string | boolean };
}

/** Set by `npm test -- --no-skips`. */
export const NO_SKIPS = "PAWL_NO_SKIPS";
/** Begins the reason of a skip that no installation ends: the kernel or the rights of this machine are not enough. It is told, and is no failure. */
const NOTHING_TO_INSTALL = "nothing to install: ";

/**
 * node:test's own `spec` report, and after it the names of the skipped tests with their reasons: nothing is skipped silently, and where
 * everything is installed (CI) a skipped test is a failure.
 */
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const skipped: string[] = [];
  let missing = 0;
  async function* watched(): AsyncGenerator<TestEvent> {
    for await (const event of events) {
      const { name, file, skip } = event.data;
      if (event.type === "test:pass" && skip !== undefined && skip !== false) {
        skipped.push(
          `  ${name}: ${skip === true || skip === "" ? "no reason given" : skip} (${file?.replace(`${process.cwd()}/`, "") ?? "?"})`,
        );
        if (!String(skip).startsWith(NOTHING_TO_INSTALL)) missing++;
      }
      yield event;
    }
  }
  for await (const text of Readable.from(watched()).compose(new spec())) yield String(text);
  if (skipped.length === 0) return;
  yield `\n${skipped.length} skipped:\n${skipped.join("\n")}\n`;
  if (process.env[NO_SKIPS] !== "1" || missing === 0) return;
  yield "A skipped test counts as a failure here: install what it needs.\n";
  process.exitCode = 1;
}
