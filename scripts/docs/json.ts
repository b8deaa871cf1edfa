import { existsSync, readFileSync } from "node:fs";
import type { Answer } from "../../packages/cli/src/fixture-tour.ts";

const EXAMPLES = new URL("../../docs/data/json-examples.json", import.meta.url);
const ROOMS = new URL("../../packages/", import.meta.url);
const LONGEST_LIST = 3;

/** Title, what it says about itself, where its shape is declared, and the command lines whose answers are shown. */
const SECTIONS: readonly {
  readonly title: string;
  readonly text: string;
  readonly shape: readonly [file: string, ...names: string[]] | string;
  readonly lines: readonly string[];
}[] = [
  {
    title: "fix",
    text: "With `--apply` there is one more field, `applied`: the files that were written. When the result could not be applied, `applied` is empty and the fields of an error stand beside the result.",
    shape: ["improve/src/results.ts", "FixResult", "TestCount", "EvaluationCount"],
    lines: ["pawl fix --held-out 0.5", "pawl fix --apply"],
  },
  {
    title: "evolve",
    text: "As with fix, `--apply` adds `applied`.",
    shape: ["improve/src/results.ts", "EvolveResult", "Baseline"],
    lines: ["pawl evolve"],
  },
  {
    title: "speed",
    text: "As with fix, `--apply` adds `applied`.",
    shape: ["improve/src/results.ts", "SpeedResult"],
    lines: [],
  },
  {
    title: "matrix",
    text: "`fix` is the document of fix, when `--fix` was given and some version failed; `bisection` is there with `--bisect`.",
    shape: ["improve/src/matrix.ts", "MatrixResult", "MatrixBisection", "MatrixVersion", "MatrixFailure"],
    lines: ["pawl matrix"],
  },
  {
    title: "locate",
    text: "",
    shape: ["improve/src/locate.ts", "LocateResult", "MethodLine"],
    lines: ["pawl locate"],
  },
  {
    title: "why",
    text: "`MethodLine` as above.",
    shape: ["improve/src/why.ts", "WhyResult"],
    lines: ["pawl why"],
  },
  {
    title: "run-fragment",
    text: "",
    shape: ["improve/src/run-fragment.ts", "FragmentResult", "FragmentValue", "FragmentException"],
    lines: ["pawl run-fragment"],
  },
  {
    title: "improve, resume",
    text: "The document of fix, evolve or speed, whichever was done.",
    shape: "FixResult | EvolveResult | SpeedResult",
    lines: ["pawl improve"],
  },
  {
    title: "runs",
    text: "Newest first.",
    shape: ["improve/src/results.ts", "RunSummary"],
    lines: ["pawl runs"],
  },
  {
    title: "show",
    text: "Every attempt, in order.",
    shape: ["improve/src/results.ts", "RunDetail", "AttemptLine"],
    lines: ["pawl show fix-1"],
  },
  {
    title: "show --bugs",
    text: "",
    shape: ["improve/src/bugs.ts", "BugReport", "BugLine", "LabelledAttempt"],
    lines: ["pawl show fix-1 --bugs"],
  },
  { title: "diff", text: "", shape: "{ run: string; patch: string }", lines: ["pawl diff"] },
  { title: "apply", text: "", shape: "{ run: string; files: string[] }", lines: ["pawl apply"] },
  {
    title: "branch",
    text: "`commit` is the last of `commits`, which come oldest first, one for each logical change.",
    shape: "{ run: string; branch: string; commit: string; commits: { commit: string; subject: string }[] }",
    lines: ["pawl branch"],
  },
  {
    title: "export",
    text: "What the data card says, and where it was written.",
    shape: ["improve/src/export/card.ts", "DataCard", "Lengths"],
    lines: ["pawl export"],
  },
  {
    title: "compare",
    text: "Besides, `runs`: the file of the recorded runs, and `svg`: the picture that was written, or null. Scores to be minimised have their sign turned.",
    shape: ["lab/src/compare/report.ts", "CompareReport", "ArmReport", "Estimate"],
    lines: ["pawl compare"],
  },
  {
    title: "replay",
    text: "",
    shape: ["improve/src/results.ts", "ReplayReport"],
    lines: ["pawl replay"],
  },
  {
    title: "stop",
    text: "`stopped` is false, and the exit code 1, when nobody worked on the run.",
    shape: "{ run: string; stopped: boolean }",
    lines: ["pawl stop"],
  },
  {
    title: "doctor",
    text: "With `--run`, the second shape.",
    shape: ["improve/src/results.ts", "DoctorReport"],
    lines: ["pawl doctor", "pawl doctor --run fix-1"],
  },
  {
    title: "demo",
    text: "`steps` holds the documents of fix and evolve.",
    shape: ["improve/src/demo.ts", "DemoReport"],
    lines: [],
  },
  {
    title: "lessons",
    text: "With `--forget`: `{ forgotten: number }`.",
    shape:
      "{ lessons: { key: string; run: string; used: number; symptom: string[]; code: string; failed: TriedKind[]; repair: TriedKind[]; summary: string; patch: string }[] }\n// TriedKind: { operator: string; nodeKind: string; outcome: string; times: number }",
    lines: [],
  },
  {
    title: "agent improve",
    text: "",
    shape: ["improve/src/self-agent/agent-runs.ts", "ImproveAgentsReport", "FreshScore"],
    lines: ["pawl agent improve"],
  },
  {
    title: "agent list",
    text: "`solved` is the share of the `of` tasks an agent was tested on; `report` is null until a run is through.",
    shape: [
      "{ runs: { run: string; state: string; children: number; report: Omit<ImproveAgentsReport, 'run'> | null;",
      "    agents: { id: string; parent: string | null; solved: number; of: number; children: number; brief: string | null; approved: boolean }[];",
      "    broken: { n: number; parent: string; brief: string; why: string | null; tripped: object | null }[] }[] }",
    ].join("\n"),
    lines: ["pawl agent list"],
  },
  {
    title: "agent show",
    text: "",
    shape: ["improve/src/self-agent/lineage.ts", "AgentLineage", "AgentStep"],
    lines: [],
  },
  { title: "agent use", text: "", shape: "{ agent: string; approved: true }", lines: [] },
  { title: "reset", text: "", shape: "{ project: boolean; user: boolean }", lines: ["pawl reset"] },
  {
    title: "lab list",
    text: "In the order of the catalogue. `outcome` is reproduced, not reproduced, precondition failed or reported only, and null where not all seeds of the claim were measured; `quickSeconds` is what the quick form took last, null when it never ran whole.",
    shape:
      "{ id: string; title: string; cluster: string; built: boolean; outcome: string | null; quickSeconds: number | null }[]",
    lines: ["pawl lab list"],
  },
  {
    title: "lab run",
    text: "The quick form has no outcome and settles nothing. A system that failed has `id` and `error` alone. Metrics are means over the tasks; `perSeed` is in the order of the seeds. Interrupted, the document is an error, exit code 130.",
    shape: [
      "{ results: string; systems: System[] }",
      "// System: { id: string; quick: boolean; outcome: string | null; seeds: { measured: number; wanted: number };",
      "//   arms: { id: string; role: string; seeds: number[]; metrics: { [name: string]: Figure }; spent: number; seconds: number }[];",
      "//   preconditions: Settled[]; claim: Settled[] }",
      "// Figure: { mean: number; standardError: number | null; perSeed: number[] }",
      "// Settled: { inequality: string; estimate: number | null; standardError: number | null; perSeed: { seed: number; value: number }[]; holds: boolean | null }",
    ].join("\n"),
    lines: [],
  },
  {
    title: "lab report",
    text: "`site` is null without `--site`.",
    shape: "{ pages: string; site: string | null; files: string[] }",
    lines: [],
  },
  {
    title: "Errors",
    text: "Every command, whenever it cannot do what was asked. `where` may be null; a bug in Pawl (exit code 70) also has `stack`.",
    shape: "{ error: { what: string; where: string | null; todo: string; stack?: string }; exitCode: number }",
    lines: ["pawl resume"],
  },
];

/** docs/json.md, from the declarations in packages/improve and from real answers. */
export function jsonDocument(): string {
  const answers = existsSync(EXAMPLES) ? (JSON.parse(readFileSync(EXAMPLES, "utf8")) as readonly Answer[]) : [];
  return [
    "# JSON documents",
    "",
    "Written by `npm run docs` from the types in packages/improve and from answers recorded by `node scripts/docs/record-json.ts`; a test",
    "compares these shapes with what the commands print. With `--json` every command prints one document on stdout and nothing else; fields",
    "may be added, none is renamed or removed. The exit codes are in [commands.md](commands.md#exit-codes). Long lists are cut short here (…).",
    "",
    ...SECTIONS.flatMap(({ title, text, shape, lines }) => [
      `## ${title}`,
      "",
      ...(text === "" ? [] : [text, ""]),
      "```ts",
      typeof shape === "string" ? shape : declarations(...shape),
      "```",
      "",
      ...lines.flatMap((line) => example(answers, line)),
    ]),
  ].join("\n");
}

function example(answers: readonly Answer[], line: string): readonly string[] {
  const answer = answers.find((each) => each.line === line) ?? answers.find((each) => each.line.startsWith(`${line} `));
  if (answer === undefined) return [];
  const text = JSON.stringify(shortened(answer.document), null, 2);
  return [`\`${answer.line} --json\`, exit code ${answer.exitCode}:`, "", "```json", text, "```", ""];
}

/** Lists of objects are cut after a few elements. */
function shortened(value: unknown): unknown {
  if (Array.isArray(value)) {
    const long = value.length > LONGEST_LIST && typeof value[0] === "object";
    const kept = (long ? value.slice(0, LONGEST_LIST) : value).map(shortened);
    return long ? [...kept, "…"] : kept;
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner)]));
}

/** The text of the named interfaces of a source file. */
function declarations(file: string, ...names: readonly string[]): string {
  const source = readFileSync(new URL(file, ROOMS), "utf8");
  return names
    .map((name) => {
      const match = new RegExp(`^export interface ${name}\\b[^]*?^}`, "m").exec(source);
      if (match === null) throw new Error(`packages/${file} declares no interface ${name}`);
      return match[0].replaceAll("export ", "").replaceAll("readonly ", "");
    })
    .join("\n\n");
}
