import { CommanderError } from "commander";
import { explainUsage, isHelp, runProgram } from "./program.ts";
import { explainError, reportError } from "./report-error.ts";
import { Screen } from "./screen.ts";
import { keepYoungGenerationSmall } from "./young-generation.ts";

/** The command `pawl`: `bin/pawl.cjs` loads this module in a Node that is new enough. */
async function main(argv: readonly string[]): Promise<number> {
  const own = argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
  const screen = new Screen({ json: own.includes("--json"), plain: own.includes("--plain") });
  try {
    return await runProgram(argv, screen);
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportError(screen, explainError(error));
    return isHelp(error) ? 0 : reportError(screen, explainUsage(error, argv));
  }
}

// A reader that has seen enough (`pawl runs | head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

keepYoungGenerationSmall();
const exitCode = await main(process.argv.slice(2));
// Everything is closed by now; a handle that somebody forgot must not keep a script waiting.
process.stdout.write("", () => process.exit(exitCode));
