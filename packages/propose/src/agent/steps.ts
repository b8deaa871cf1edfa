import { MachineError, PawlError } from "@pawl/core";
import type { ChangeSet } from "../change-set.ts";
import type { AgentRoom } from "./room.ts";

/** A commit of the agent's, as far as it can be judged. */
export type AgentStep = {
  /** First line of its message. */
  readonly subject: string;
  /** Texts, at that commit, of the files that differ from the beginning. */
  readonly files: Record<string, string>;
};

/** What is to become a candidate: texts of all files that any of an answer's steps changes. */
export interface Planned {
  readonly subject: string;
  readonly files: ChangeSet;
}

/** Earlier ones are taken together with the first of those that are left: each costs an evaluation. */
const MOST_STEPS = 8;
const MOST_FILES = 1000;
const SUBJECT = 100;
const SECONDS = 120;
const FOLDER = ".git/pawl-steps";
/** What an agent wrote into its repository's settings is not done: no hooks, no watcher. The box holds the rest. */
const GIT = `git -c core.hooksPath=/dev/null -c core.fsmonitor=false -c safe.directory='*'`;

/** Files go in and come out byte for byte, whatever the project's attributes say. */
const BEGIN = `set -e
${GIT} init -q .
printf '%s\\n' node_modules .venv venv __pycache__ > .git/info/exclude
echo '* -text !ident !filter !export-ignore !export-subst !working-tree-encoding' > .git/info/attributes
${GIT} config user.name agent
${GIT} config user.email agent@localhost
${GIT} add -A
${GIT} commit -q --allow-empty -m 'as it was'
${GIT} rev-parse HEAD`;

/** Files of each commit that differ from the first, in a folder of their own: reading them needs no git. */
const READ = `set -e
rm -rf ${FOLDER}
step=0
for commit in $(${GIT} rev-list --reverse --first-parent "$1..HEAD" | tail -n ${MOST_STEPS}); do
  step=$((step + 1))
  mkdir -p ${FOLDER}/$step
  ${GIT} log -1 --format=%s $commit | head -n 1 > ${FOLDER}/$step.subject
  ${GIT} diff -z --name-only --no-renames --diff-filter=AMT $1 $commit > ${FOLDER}/$step.paths
  if [ -s ${FOLDER}/$step.paths ]; then
    tr '\\0' '\\n' < ${FOLDER}/$step.paths > ${FOLDER}/$step.names
    xargs -0 ${GIT} archive $commit -- < ${FOLDER}/$step.paths | tar -x -C ${FOLDER}/$step
  fi
done
echo $step`;

/** Makes the copy a git repository whose first commit is what the agent finds. Returns that commit. Throws where git does not work. */
export async function beginSteps(room: AgentRoom, signal: AbortSignal): Promise<string> {
  const { stdout, stderr, exitCode } = await room.run({ argv: ["sh", "-c", BEGIN] }, SECONDS, signal);
  const base = stdout.trim();
  if (exitCode === 0 && /^[0-9a-f]{40,64}$/.test(base)) return base;
  throw new MachineError({
    what: `the agent's copy cannot be made a git repository: ${stderr.trim().slice(-300)}`,
    where: "--agent-steps",
    todo: "Install git, or leave --agent-steps out.",
  });
}

/**
 * The agent's commits since `base`, oldest first; none where it made none, or threw the repository away. git runs in the agent's box, since what
 * it reads there was written by the agent.
 */
export async function readSteps(
  room: AgentRoom,
  base: string,
  begun: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<readonly AgentStep[]> {
  const { stdout, exitCode } = await room.run({ argv: ["sh", "-c", READ, "sh", base] }, SECONDS, signal);
  const count = exitCode === 0 ? Math.min(MOST_STEPS, Number(stdout.trim()) || 0) : 0;
  const steps: AgentStep[] = [];
  for (let step = 1; step <= count; step++) {
    const files: Record<string, string> = {};
    const names = ((await textIn(room, `${FOLDER}/${step}.names`)) ?? "").split("\n").filter((name) => name !== "");
    for (const path of names.slice(0, MOST_FILES)) {
      const text = await textIn(room, `${FOLDER}/${step}/${path}`);
      if (text !== null && text !== begun[path]) files[path] = text;
    }
    const subject = (await textIn(room, `${FOLDER}/${step}.subject`)) ?? "";
    steps.push({ subject: subject.trim().slice(0, SUBJECT), files });
  }
  return steps;
}

/** The states to judge, in order, without those that are the beginning again or one before: each commit, then the whole. */
export function plannedIn(steps: readonly AgentStep[], files: ChangeSet, begun: ChangeSet): Planned[] {
  const states: readonly Planned[] = [...steps, { subject: "", files }];
  const touched = [...new Set(states.flatMap((state) => Object.keys(state.files)))];
  const seen = new Set([JSON.stringify(touched.map((path) => begun[path]))]);
  return states.flatMap(({ subject, files: changed }) => {
    const texts = touched.map((path) => changed[path] ?? begun[path]);
    const key = JSON.stringify(texts);
    if (seen.has(key)) return [];
    seen.add(key);
    const known = touched.flatMap((path, i) => (texts[i] === undefined ? [] : [[path, texts[i]] as const]));
    return [{ subject, files: Object.fromEntries(known) }];
  });
}

/** Null for what is not there, is no regular file or no text. */
async function textIn(room: AgentRoom, path: string): Promise<string | null> {
  try {
    const text = await room.read(`${room.root}/${path}`);
    return /[\0\uFFFD]/.test(text) ? null : text;
  } catch (error) {
    if (error instanceof PawlError) return null;
    throw error;
  }
}
