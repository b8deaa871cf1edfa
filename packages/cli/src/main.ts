import { CommanderError } from "commander";
import { outliveReaders } from "./lost-readers.ts";
import { explainUsage, isHelp, runProgram } from "./program.ts";
import { explainError, reportError } from "./report-error.ts";
import { Screen } from "./screen.ts";
import { keepYoungGenerationSmall } from "./young-generation.ts";

/** The command `pawl`: `bin/pawl.cjs` loads this module in a Node that is new enough. */
async function main(argv: readonly string[], screen: Screen): Promise<number> {
  try {
    return await runProgram(argv, screen);
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportError(screen, explainError(error));
    return isHelp(error) ? 0 : reportError(screen, explainUsage(error, argv));
  }
}

/** Everything is closed by now; a handle that somebody forgot must not keep a script waiting. */
function leave(exitCode: number): void {
  process.stdout.write("", () => process.exit(exitCode));
}

const argv = process.argv.slice(2);
const own = argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
const screen = new Screen({ json: own.includes("--json"), plain: own.includes("--plain") });

outliveReaders();
// Node's own exit code for what nobody caught is 1, which would say that the goal was not reached.
process.on("uncaughtException", (error) => leave(reportError(screen, explainError(error))));
keepYoungGenerationSmall();
leave(await main(argv, screen));
