import { COMMANDS } from "../../packages/cli/src/command-table.ts";
import type { ArgumentSpec, CommandSpec } from "../../packages/cli/src/command.ts";

/** docs/commands.md, from the command table of packages/cli. */
export function commandsDocument(): string {
  const groups = new Map<string, CommandSpec[]>();
  for (const spec of COMMANDS) groups.set(spec.group, [...(groups.get(spec.group) ?? []), spec]);
  const overview = [...groups].flatMap(([group, specs]) => [
    `**${group}**`,
    "",
    "| command | does |",
    "|---|---|",
    ...specs.map((spec) => `| [\`${usage(spec)}\`](#pawl-${spec.name}) | ${cell(spec.summary)} |`),
    "",
  ]);
  return [
    "# Commands",
    "",
    "Written by `npm run docs` from the command table in packages/cli/src. The same text is in `pawl <command> --help`.",
    "",
    ...overview,
    "## Exit codes",
    "",
    "| code | means |",
    "|---|---|",
    "| 0 | reached: fixed, improved, identical, done |",
    "| 1 | not reached within the budget, or nothing to do (`stop`) |",
    "| 2 | wrong use or configuration; also a result that could not be applied |",
    "| 3 | the machine cannot do it: no sandbox, no interpreter, a full or read-only disk, a damaged store |",
    "| 130 | interrupted, with the state saved: `pawl resume` goes on |",
    "| 70 | a bug in Pawl; the message holds what a report needs |",
    "",
    "Ctrl-C once (or SIGTERM, or `pawl stop`) pauses a run and saves its state; Ctrl-C twice within two seconds ends it at once, and what was",
    "stored stays stored. With `--json` stdout carries one document, described in [json.md](json.md), also for errors. Progress goes to stderr.",
    "NO_COLOR and FORCE_COLOR are honoured.",
    "",
    ...COMMANDS.flatMap(section),
  ].join("\n");
}

function section(spec: CommandSpec): readonly string[] {
  const rows = [
    ...spec.arguments.map(({ name, text }) => [name, text] as const),
    ...spec.options.map(({ flags, text, strict, complete }) => [flags, choices(text, strict, complete)] as const),
  ];
  return [
    `## pawl ${spec.name}`,
    "",
    `\`${usage(spec)}\`: ${spec.summary}.`,
    "",
    spec.details,
    "",
    ...(rows.length === 0 ? [] : ["| argument or flag | |", "|---|---|"]),
    ...rows.map(([name, text]) => `| \`${name}\` | ${cell(text)} |`),
    ...(rows.length === 0 ? [] : [""]),
    "```sh",
    ...spec.examples.flatMap(({ line, text }) => [`# ${text}`, line]),
    "```",
    "",
  ];
}

function choices(text: string, strict: boolean | undefined, complete: unknown): string {
  return strict === true && Array.isArray(complete) ? `${text}: ${complete.join(", ")}` : text;
}

function usage(spec: CommandSpec): string {
  return ["pawl", spec.name, ...spec.arguments.map(bracketed)].join(" ");
}

function bracketed({ name, required, variadic }: ArgumentSpec): string {
  const inner = variadic === true ? `${name}...` : name;
  return required === true ? `<${inner}>` : `[${inner}]`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
