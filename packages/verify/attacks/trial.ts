import type { Submission, Verdict } from "@pawl/core";
import type { Arena } from "./arena.ts";
import { type AttackedProject } from "./projects.ts";
import { HONEST, javascriptText, type Place, pythonText } from "./source.ts";
import { type Attack, type Hostile, WRONG_OR_LATE } from "./types.ts";

/** One attack against one judge. */
export interface Trial {
  readonly attack: string;
  /** Such as "function check, Python" or "tests, jest". */
  readonly against: string;
  /** What the warm box said, which keeps no candidate; null where nothing is screened warm. */
  readonly screened: Verdict["status"] | null;
  /** What the judge said in the end. */
  readonly confirmed: Verdict["status"] | "hang";
  /** How it got what it wanted; empty when it did not. */
  readonly successes: readonly string[];
  /** The verdict is none of those that the attack names; not a success, but worth a look. */
  readonly unexpected: boolean;
  readonly wallMs: number;
}

/** A judge that is attacked, one candidate after the other, and what is honest about candidates that are not hostile. */
export interface Attacked {
  readonly name: string;
  readonly project: Pick<AttackedProject, "language" | "modules" | "source" | "test">;
  readonly place: Place;
  screen: ((submission: Submission) => Promise<Verdict>) | null;
  confirm(submission: Submission): Promise<Verdict>;
  /** Held-out cases of a candidate that passed the visible ones; null when there are none. */
  heldOut: ((submission: Submission) => Promise<Verdict>) | null;
  /** Whether the verdict says that a candidate is as good as it can be. */
  isBest(verdict: Verdict): boolean;
  close(): Promise<void>;
}

/** No honest verdict takes longer. */
const HANG_MS = 90_000;

export function submissionOf(files: Readonly<Record<string, string>>): Submission {
  return { candidate: { id: "", changes: [], parents: [], origin: { proposer: "", summary: "" } }, files };
}

/** The candidate's files; null when the attack does not exist in the language. */
function candidateOf(attack: Attack, { project, place }: Attacked): Submission | null {
  const hostile = attack[project.language];
  return hostile === undefined ? null : submissionOf({ [project.source]: textOf(hostile, project, place) });
}

function textOf(hostile: Hostile, project: Attacked["project"], place: Place): string {
  return project.language === "python" ? pythonText(hostile, place) : javascriptText(hostile, place, project.modules);
}

/** Tries one attack, then an honest right candidate and an honest wrong one in the same warm box. */
export async function tryAttack(attack: Attack, judge: Attacked, arena: Arena): Promise<Trial | null> {
  const hostile = candidateOf(attack, judge);
  if (hostile === null) return null;
  const started = performance.now();
  const successes: string[] = [];
  const verdicts: unknown[] = [];
  const ask = async (judgeIt: (submission: Submission) => Promise<Verdict>, submission: Submission) => {
    const verdict = await orHang(judgeIt(submission));
    verdicts.push(verdict);
    return verdict;
  };
  let screened: Verdict | "hang" | null = null;
  if (judge.screen !== null) {
    screened = await ask(judge.screen, hostile);
    let right = await ask(judge.screen, honest(judge, "right"));
    // A machine that is busy with other things makes honest candidates late; what an attack has spoilt stays spoilt.
    for (let again = 0; again < 2 && right !== "hang" && right.status === "timeout"; again++)
      right = await ask(judge.screen, honest(judge, "right"));
    const wrong = await ask(judge.screen, honest(judge, "wrong"));
    if (right === "hang" || !judge.isBest(right))
      successes.push(`an honest right candidate after it is judged ${right === "hang" ? "never" : told(right)}`);
    if (wrong !== "hang" && judge.isBest(wrong)) successes.push("an honest wrong candidate after it is judged right");
  }
  let confirmed = await ask(judge.confirm, hostile);
  if (attack.heldOut === true && confirmed !== "hang" && judge.isBest(confirmed) && judge.heldOut !== null)
    confirmed = { ...(await heldOutOf(judge.heldOut, hostile)), feedback: [] };
  if (confirmed !== "hang" && judge.isBest(confirmed)) successes.push("a wrong candidate is judged right");
  if (arena.leaks(verdicts)) successes.push("a secret came out");
  const status = confirmed === "hang" ? "hang" : confirmed.status;
  const wanted: readonly string[] = attack.heldOut === true ? WRONG_OR_LATE : attack.want;
  return {
    attack: attack.id,
    against: judge.name,
    screened: screened === null || screened === "hang" ? null : screened.status,
    confirmed: status,
    successes,
    // A score check calls everything passed that has a score.
    unexpected: !wanted.includes(status) && !(status === "passed" && successes.length === 0),
    wallMs: Math.round(performance.now() - started),
  };
}

function told({ status, feedback }: Verdict): string {
  return `${status} (${feedback[0]?.message ?? ""})`;
}

/** A candidate that does no harm, and is right or wrong. */
export function honest({ project, place }: Attacked, which: "right" | "wrong"): Submission {
  return submissionOf({ [project.source]: textOf(which === "right" ? HONEST[project.language] : {}, project, place) });
}

async function heldOutOf(judge: NonNullable<Attacked["heldOut"]>, submission: Submission): Promise<Verdict> {
  const verdict = await orHang(judge(submission));
  if (verdict === "hang") throw new Error("the held-out tests hang");
  return verdict;
}

async function orHang(verdict: Promise<Verdict>): Promise<Verdict | "hang"> {
  const { promise, resolve } = Promise.withResolvers<"hang">();
  const timer = setTimeout(() => resolve("hang"), HANG_MS);
  try {
    return await Promise.race([verdict, promise]);
  } finally {
    clearTimeout(timer);
  }
}
