import { Argument, Command, Option, type CommanderError } from "commander";
import type { Call, CommandSpec } from "./command.ts";
import { COMMANDS } from "./command-table.ts";
import { explainTo, reportError, type ErrorReport } from "./report-error.ts";
import type { Screen } from "./screen.ts";
import { version } from "./version.ts";

const WRONG_USE = 2;

/** Reads the command line and runs the command it names; returns the exit code. Mistakes are thrown as `CommanderError`. */
export async function runProgram(argv: readonly string[], screen: Screen): Promise<number> {
  let exitCode = 0;
  const program = new Command("pawl")
    .description("Proposes changes to code, proves in a sandbox that they are better, keeps every gain.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand(false)
    .addHelpText(
      "after",
      "\nExit codes: 0 reached, 1 not reached within the budget, 2 wrong use or configuration,\n" +
        "3 the machine cannot do it, 130 interrupted with the state saved, 70 a bug in Pawl.\n\n" +
        "New here? `pawl demo` takes a minute and touches none of your files.",
    );
  quiet(program);
  for (const spec of COMMANDS) {
    program.addCommand(
      build(spec).action(async (...parameters: unknown[]) => {
        exitCode = await act(spec, readCall(parameters, screen));
      }),
    );
  }
  if (argv.length === 0) {
    program.outputHelp();
    return 0;
  }
  await program.parseAsync(helpAsFlag(argv), { from: "user" });
  return exitCode;
}

async function act(spec: CommandSpec, call: Call): Promise<number> {
  try {
    return await (await spec.load()).run(call);
  } catch (error) {
    return reportError(call.screen, explainTo(call, error));
  }
}

/** `pawl help fix` is `pawl fix --help`; a name that is not known is a mistake, with or without a wish for help. */
function helpAsFlag(argv: readonly string[]): readonly string[] {
  const name = argv[0] === "help" ? argv[1] : argv[0];
  if (name === undefined) return ["--help"];
  if (!name.startsWith("-") && !COMMANDS.some((spec) => spec.name === name)) return [name];
  return argv[0] === "help" ? [name, "--help"] : argv;
}

/** Help and version are printed by commander as well, by throwing: those are no mistakes. */
export function isHelp(error: CommanderError): boolean {
  return error.exitCode === 0;
}

/** Commander's words, cut into what, where and what to do. */
export function explainUsage(error: CommanderError, argv: readonly string[]): ErrorReport {
  const text = error.message.replace(/^error: /, "");
  const suggestion = /\(Did you mean (.*)\?\)/s.exec(text)?.[1];
  const command = COMMANDS.find((spec) => spec.name === argv[0]);
  const subject = command === undefined ? "pawl" : `pawl ${command.name}`;
  const help = `See \`${subject} --help\`.`;
  return {
    error: {
      what: text.replace(/\s*\(Did you mean .*\?\)/s, "").trim(),
      where: [subject, ...argv.slice(command === undefined ? 0 : 1)].join(" "),
      todo: suggestion === undefined ? help : `Did you mean ${suggestion}? ${help}`,
    },
    exitCode: WRONG_USE,
  };
}

function build(spec: CommandSpec): Command {
  const command = new Command(spec.name).summary(spec.summary).description(`${spec.summary}\n\n${spec.details}`);
  command.helpGroup(spec.group).helpOption("-h, --help", "print help").allowExcessArguments(false);
  for (const { name, text, required, variadic, complete } of spec.arguments) {
    const inner = variadic === true ? `${name}...` : name;
    const argument = new Argument(required === true ? `<${inner}>` : `[${inner}]`, text);
    if (Array.isArray(complete)) argument.choices(complete as readonly string[]);
    command.addArgument(argument);
  }
  for (const { flags, text, complete, strict } of spec.options) {
    const option = new Option(flags, text);
    if (strict === true && Array.isArray(complete)) option.choices(complete as readonly string[]);
    command.addOption(option);
  }
  const examples = spec.examples.map(({ line, text }) => `  ${line}\n      ${text}`);
  command.addHelpText("after", `\nExamples:\n${examples.join("\n")}`);
  quiet(command);
  return command;
}

/** Commander throws instead of exiting, and leaves the printing of mistakes to the caller. */
function quiet(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => {} });
}

/** Commander calls an action with the arguments, then the options, then the command. */
function readCall(parameters: readonly unknown[], screen: Screen): Call {
  const command = parameters.at(-1) as Command;
  const positional = (parameters.slice(0, -2) as (string | string[] | undefined)[]).flatMap((value) => value ?? []);
  return { positional, options: command.opts<Call["options"]>(), screen };
}
