import { McpServer, ResourceTemplate } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { UsageError } from "@pawl/core";
import {
  applyRun,
  BackgroundRuns,
  branchRun,
  feedbackOf,
  findTargets,
  listRuns,
  patchOf,
  showRun,
  submit,
  type FixOptions,
} from "@pawl/improve";
import { z } from "zod";
import { doubtOf } from "../report/doubt.ts";
import { version } from "../version.ts";
import { answer, changeOf, progressLine, progressTo, type ToolExtra } from "./answers.ts";
import { PATHS, runAskedFor, START_RUN, TEST } from "./start-run.ts";

export interface McpOptions {
  /** The folder the server works in, and nothing above it. */
  readonly root: string;
  readonly state: string;
  readonly machine: Pick<FixOptions, "jobs" | "isolation" | "unsafe">;
}

const INSTRUCTIONS =
  "Pawl judges changes to the code of this project in a sandbox. list_targets says which tests fail and which files may change. " +
  'start_run with proposer "human" makes a run that waits for your changes; submit_candidate judges one and says what still fails; ' +
  "accept takes a kept one. A change counts only when the tests pass in a fresh box, and those too that are kept back until the run ends, " +
  "or when a score or a function is measurably better there; " +
  "tests, score programs and settings are the judge's and cannot be changed.";

const RUN = z.string().describe("name of the run, for example fix-3");
/** Speaks the Model Context Protocol on standard input and output until the client is gone. */
export async function serveMcp({ root, state, machine }: McpOptions, signal: AbortSignal): Promise<void> {
  const server = new McpServer({ name: "pawl", version: version() }, { instructions: INSTRUCTIONS });
  const runs = new BackgroundRuns(state);
  const project = ({ paths, test }: { paths?: string[] | undefined; test?: string | undefined }) => ({
    root,
    ...machine,
    ...(paths === undefined ? {} : { paths }),
    ...(test === undefined ? {} : { test }),
  });

  server.registerTool(
    "list_targets",
    {
      description:
        "Run the project's tests: which fail, with their messages, which files may change, where to look first.",
      inputSchema: { paths: PATHS, test: TEST },
      annotations: { readOnlyHint: true },
    },
    (input, extra) =>
      answer(() => findTargets({ ...project(input), signal: extra.signal, onPhase: progressTo(extra as ToolExtra) })),
  );

  server.registerTool(
    "start_run",
    {
      description:
        'Start a run that makes the failing tests pass; with `score` and `paths` one that raises a score; with `function` one that makes it faster. proposer "human" waits for changes from submit_candidate; "syntax" lets Pawl search by itself. Returns when the run waits or has ended, or after wait_seconds.',
      inputSchema: { ...START_RUN, wait_seconds: z.number().min(0).max(3600).default(600) },
    },
    ({ wait_seconds, ...input }, extra) =>
      answer(async () => {
        const run = await runs.start(runAskedFor(input, { root, ...machine }), extra.signal);
        const tell = progressTo(extra as ToolExtra);
        return runs.watch(run, wait_seconds, extra.signal, (progress) => tell(progressLine(progress)));
      }),
  );

  server.registerTool(
    "watch_run",
    {
      description:
        "Wait until a run that was started here has ended or waits for a change, or for some seconds; says where it is.",
      inputSchema: { run: RUN, seconds: z.number().min(0).max(3600).default(60) },
      annotations: { readOnlyHint: true },
    },
    ({ run, seconds }, extra) =>
      answer(() => {
        const tell = progressTo(extra as ToolExtra);
        return runs.watch(run, seconds, extra.signal, (progress) => tell(progressLine(progress)));
      }),
  );

  server.registerTool(
    "stop_run",
    {
      description: "Pause a run that was started here; its state is saved, and `pawl resume` goes on with it.",
      inputSchema: { run: RUN },
    },
    ({ run }) => answer(() => runs.stop(run)),
  );

  server.registerTool(
    "submit_candidate",
    {
      description:
        "Have a change judged by a run that waits for one. It is made in a copy: the work tree stays as it is. Give `patch`, a unified diff against the files as they were when the run started, or `files`, whole texts by project-relative path. Returns the verdict and what still fails.",
      inputSchema: {
        run: RUN,
        patch: z.string().optional(),
        files: z.record(z.string(), z.string()).optional(),
      },
    },
    ({ run, patch, files }, extra) =>
      answer(() => submit({ state, run, signal: extra.signal, ...changeOf(patch, files) })),
  );

  server.registerTool(
    "read_feedback",
    {
      description: "What the judge found in the candidates of a run, newest first.",
      inputSchema: {
        run: RUN,
        candidate: z.string().optional().describe("beginning of a candidate's id"),
        most: z.number().int().min(1).max(100).default(5),
      },
      annotations: { readOnlyHint: true },
    },
    ({ run, candidate, most }) => answer(async () => feedbackOf(state, run, candidate, most)),
  );

  server.registerTool(
    "accept",
    {
      description:
        'Take the result of a run (of a repair when it has ended, and only if the held-out tests pass): "patch" returns it, "branch" makes a git branch of it (the work tree stays as it is), "apply" writes it into the work tree. Only when the person asked for it.',
      inputSchema: {
        run: RUN,
        as: z.enum(["patch", "branch", "apply"]),
        name: z.string().optional().describe("name of the branch (default: pawl/<run>)"),
      },
      annotations: { destructiveHint: true },
    },
    ({ run, as, name }) =>
      answer(async () => {
        demandProved(state, run);
        if (as === "patch") return patchOf(state, run);
        return as === "branch" ? branchRun(state, run, name) : applyRun(state, run);
      }),
  );

  const json = (uri: URL, value: unknown) => ({
    contents: [{ uri: uri.href, mimeType: "application/json", text: JSON.stringify(value, null, 2) }],
  });
  server.registerResource("runs", "pawl://runs", { description: "runs of this project, newest first" }, (uri) =>
    json(uri, listRuns(state)),
  );
  const template = (path: string) => new ResourceTemplate(path, { list: undefined });
  server.registerResource(
    "run",
    template("pawl://runs/{run}"),
    { description: "one run with every attempt" },
    (uri, { run }) => json(uri, showRun(state, String(run))),
  );
  server.registerResource(
    "diff",
    template("pawl://runs/{run}/diff"),
    { description: "the patch of a run's result" },
    (uri, { run }) => ({
      contents: [{ uri: uri.href, mimeType: "text/x-diff", text: patchOf(state, String(run)) }],
    }),
  );

  const gone = new Promise<void>((resolve) => {
    process.stdin.once("end", resolve);
    signal.addEventListener("abort", () => resolve());
  });
  try {
    await server.connect(new StdioServerTransport());
    await gone;
  } finally {
    await runs.close();
    await server.close();
  }
}

/** What was not confirmed, or does not stand the end of its run, is not taken by an agent. */
function demandProved(state: string, run: string): void {
  if (!showRun(state, run).attempts.some((attempt) => attempt.kept))
    throw new UsageError({
      what: `run ${run} has kept no change`,
      todo: "Submit a change that is kept first; read_feedback says what the last ones lack.",
    });
  const doubt = doubtOf(state, run);
  if (doubt === null) return;
  throw new UsageError({
    what: doubt,
    todo: "Call watch_run until it has ended. When its result is against the change, start another run, and submit a change that is right for what you cannot see as well.",
  });
}
