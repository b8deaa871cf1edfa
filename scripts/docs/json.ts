import { existsSync, readFileSync } from "node:fs";
import { EXPORT_FORMATS } from "@pawl/improve";
import { BUG_IDS } from "@pawl/propose";
import type { Answer } from "../../packages/cli/src/fixture-tour.ts";
import { SPLIT_NAMES } from "../../packages/improve/src/export/splits.ts";

const EXAMPLES = new URL("../../docs/data/json-examples.json", import.meta.url);
const ROOMS = new URL("../../packages/", import.meta.url);
const LONGEST_LIST = 3;

/** A type that is one of some words. */
function oneOf(name: string, words: readonly string[]): string {
  return `type ${name} = ${words.map((word) => JSON.stringify(word)).join(" | ")};`;
}

/** Title, what it says about itself, its shapes (or where they are declared), and the command lines whose answers are shown. */
const SECTIONS: readonly {
  readonly title: string;
  readonly text: string;
  readonly shapes: readonly (readonly [file: string, ...names: string[]] | string)[];
  readonly lines: readonly string[];
}[] = [
  {
    title: "fix",
    text: "With `--apply` there is one more field, `applied`: the files that were written. When the result could not be applied, `applied` is empty and the fields of an error stand beside the result.",
    shapes: [
      ["improve/src/results.ts", "FixResult", "TestCount", "EvaluationCount"],
      ["improve/src/lessons/trial.ts", "LessonTrial", "TrialArm"],
    ],
    lines: ["pawl fix --held-out 0.5", "pawl fix --apply"],
  },
  {
    title: "evolve",
    text: "As with fix, `--apply` adds `applied`.",
    shapes: [["improve/src/results.ts", "EvolveResult", "OtherScore", "FrontMember", "Baseline"]],
    lines: ["pawl evolve"],
  },
  {
    title: "speed",
    text: "As with fix, `--apply` adds `applied`.",
    shapes: [
      ["improve/src/results.ts", "SpeedResult"],
      ["verify/src/timing-growth.ts", "Growth"],
    ],
    lines: [],
  },
  {
    title: "matrix",
    text: "`fix` is the document of fix, when `--fix` was given and some version failed; `bisection` is there with `--bisect`.",
    shapes: [
      ["improve/src/matrix.ts", "MatrixResult", "MatrixBisection", "MatrixVersion", "MatrixFailure"],
      ["verify/src/matrix/failure-class.ts", "FailureClass"],
    ],
    lines: ["pawl matrix"],
  },
  {
    title: "locate",
    text: "",
    shapes: [["improve/src/locate.ts", "LocateResult", "MethodLine"]],
    lines: ["pawl locate"],
  },
  {
    title: "why",
    text: "`MethodLine` as above.",
    shapes: [["improve/src/why.ts", "WhyResult"]],
    lines: ["pawl why"],
  },
  {
    title: "run-fragment",
    text: "",
    shapes: [["improve/src/run-fragment.ts", "FragmentResult", "FragmentValue", "FragmentException"]],
    lines: ["pawl run-fragment"],
  },
  {
    title: "improve, resume",
    text: "The document of fix, evolve or speed, whichever was done.",
    shapes: [["improve/src/results.ts", "RunResult"]],
    lines: ["pawl improve"],
  },
  {
    title: "runs",
    text: "Newest first.",
    shapes: [
      ["improve/src/results.ts", "RunSummary"],
      ["core/src/run.ts", "RunState"],
    ],
    lines: ["pawl runs"],
  },
  {
    title: "show",
    text: "Every attempt, in order.",
    shapes: [["improve/src/results.ts", "RunDetail", "AttemptLine"]],
    lines: ["pawl show fix-1"],
  },
  {
    title: "show --tree",
    text: "A list of nodes, in the order in which they were judged; the one without a parent is the project as it was.",
    shapes: ["TreeLine[]", ["improve/src/search-tree.ts", "TreeLine"]],
    lines: [],
  },
  {
    title: "show --bugs",
    text: "",
    shapes: [
      ["improve/src/bugs.ts", "BugReport", "BugLine", "LabelledAttempt"],
      ["propose/src/critics/code-metrics.ts", "CodeMetrics"],
      oneOf("BugId", BUG_IDS),
    ],
    lines: ["pawl show fix-1 --bugs"],
  },
  { title: "diff", text: "", shapes: ["{ run: string; patch: string }"], lines: ["pawl diff"] },
  { title: "apply", text: "", shapes: ["{ run: string; files: string[] }"], lines: ["pawl apply"] },
  {
    title: "branch",
    text: "`commit` is the last of `commits`, which come oldest first, one for each logical change.",
    shapes: ["{ run: string; branch: string; commit: string; commits: { commit: string; subject: string }[] }"],
    lines: ["pawl branch"],
  },
  {
    title: "export",
    text: "What the data card says, and where it was written.",
    shapes: [
      ["improve/src/export/card.ts", "DataCard", "Lengths"],
      ["improve/src/export/schema.ts", "Shape"],
      oneOf("ExportFormat", EXPORT_FORMATS),
      oneOf("Split", SPLIT_NAMES),
    ],
    lines: ["pawl export"],
  },
  {
    title: "compare",
    text: "Besides, `runs`: the file of the recorded runs, and `svg`: the picture that was written, or null. Scores to be minimised have their sign turned.",
    shapes: [["lab/src/compare/report.ts", "CompareReport", "ArmReport", "Estimate"]],
    lines: ["pawl compare"],
  },
  {
    title: "submit",
    text: "What the judge said of the change. `kept` is true, and the exit code 0, when it was confirmed in a fresh box.",
    shapes: [
      ["improve/src/submit.ts", "SubmissionVerdict"],
      ["core/src/verdict.ts", "Status", "Feedback"],
      ["core/src/candidate.ts", "CandidateId"],
    ],
    lines: [],
  },
  {
    title: "replay",
    text: "",
    shapes: [["improve/src/results.ts", "ReplayReport"]],
    lines: ["pawl replay"],
  },
  {
    title: "stop",
    text: "`stopped` is false, and the exit code 1, when nobody worked on the run.",
    shapes: ["{ run: string; stopped: boolean }"],
    lines: ["pawl stop"],
  },
  {
    title: "doctor",
    text: "With `--run`, the second shape.",
    shapes: [
      ["improve/src/results.ts", "DoctorReport"],
      "{ run: string; events: number; problems: { what: string; where: string; todo: string }[] }",
    ],
    lines: ["pawl doctor", "pawl doctor --run fix-1"],
  },
  {
    title: "demo",
    text: "`steps` holds the documents of fix and evolve.",
    shapes: [["improve/src/demo.ts", "DemoReport"]],
    lines: [],
  },
  {
    title: "lessons",
    text: "With `--forget`: `{ forgotten: number }`.",
    shapes: [
      "{ lessons: { key: string; run: string; used: number; symptom: string[]; code: string; failed: TriedKind[]; repair: TriedKind[]; summary: string; patch: string }[] }",
      "type TriedKind = { operator: string; nodeKind: string; outcome: string; times: number };",
    ],
    lines: [],
  },
  {
    title: "agent improve",
    text: "",
    shapes: [
      ["improve/src/self-agent/agent-runs.ts", "ImproveAgentsReport"],
      ["improve/src/self-agent/fresh-measure.ts", "FreshScore"],
      ["improve/src/self-agent/planted.ts", "Tripped"],
    ],
    lines: ["pawl agent improve"],
  },
  {
    title: "agent list",
    text: "`solved` is the share of the `of` tasks an agent was tested on; `report` is null until a run is through.",
    shapes: [
      [
        "{ runs: { run: string; state: RunState; children: number; report: Omit<ImproveAgentsReport, 'run'> | null;",
        "    agents: { id: string; parent: string | null; solved: number; of: number; children: number; brief: string | null; approved: boolean }[];",
        "    broken: { n: number; parent: string; brief: string; why: string | null; tripped: object | null }[] }[] }",
      ].join("\n"),
    ],
    lines: ["pawl agent list"],
  },
  {
    title: "agent show",
    text: "",
    shapes: [
      ["improve/src/self-agent/lineage.ts", "AgentLineage", "AgentStep"],
      ["improve/src/self-agent/brief.ts", "Brief"],
    ],
    lines: [],
  },
  { title: "agent use", text: "", shapes: ["{ agent: string; approved: true }"], lines: [] },
  { title: "reset", text: "", shapes: ["{ project: boolean; user: boolean }"], lines: ["pawl reset"] },
  {
    title: "lab list",
    text: "In the order of the catalogue. `outcome` is reproduced, not reproduced, precondition failed or reported only, and null where not all seeds of the claim were measured; `quickSeconds` is what the quick form took last, null when it never ran whole.",
    shapes: [
      "{ id: string; title: string; cluster: string; built: boolean; outcome: string | null; quickSeconds: number | null }[]",
    ],
    lines: ["pawl lab list"],
  },
  {
    title: "lab run",
    text: "The quick form has no outcome and settles nothing. A system that failed has `id` and `error` alone. Metrics are means over the tasks; `perSeed` is in the order of the seeds. Interrupted, the document is an error, exit code 130.",
    shapes: [
      "{ results: string; systems: System[] }",
      [
        "type System = { id: string; quick: boolean; outcome: string | null; seeds: { measured: number; wanted: number };",
        "  arms: { id: string; role: string; seeds: number[]; metrics: { [name: string]: Figure }; spent: number; seconds: number }[];",
        "  preconditions: Settled[]; claim: Settled[] };",
        "type Figure = { mean: number; standardError: number | null; perSeed: number[] };",
      ].join("\n"),
      ["lab/src/settle.ts", "Settled"],
    ],
    lines: [],
  },
  {
    title: "lab report",
    text: "`site` is null without `--site`.",
    shapes: ["{ pages: string; site: string | null; files: string[] }"],
    lines: [],
  },
  {
    title: "What several documents have in common",
    text: "",
    shapes: [
      ["verify/src/sandbox.ts", "Isolation"],
      ["core/src/contracts.ts", "Spent"],
    ],
    lines: [],
  },
  {
    title: "Errors",
    text: "Every command, whenever it cannot do what was asked. `where` may be null; a bug in Pawl (exit code 70) also has `stack`.",
    shapes: ["{ error: { what: string; where: string | null; todo: string; stack?: string }; exitCode: number }"],
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
    ...SECTIONS.flatMap(({ title, text, shapes, lines }) => [
      `## ${title}`,
      "",
      ...(text === "" ? [] : [text, ""]),
      "```ts",
      shapes.map((shape) => (typeof shape === "string" ? shape : declarations(...shape))).join("\n\n"),
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

/** The text of the named interfaces and types of a source file. */
function declarations(file: string, ...names: readonly string[]): string {
  const source = readFileSync(new URL(file, ROOMS), "utf8");
  return names
    .map((name) => {
      const match = new RegExp(`^export (?:interface ${name}\\b[^]*?^}|type ${name} = [^]*?;$)`, "m").exec(source);
      if (match === null) throw new Error(`packages/${file} declares no ${name}`);
      return match[0].replaceAll("export ", "").replaceAll("readonly ", "");
    })
    .join("\n\n");
}
