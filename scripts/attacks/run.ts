import { writeFileSync } from "node:fs";
import { Arena } from "../../packages/verify/attacks/arena.ts";
import { ATTACKS } from "../../packages/verify/attacks/index.ts";
import { type JudgeKind, judgeKinds } from "../../packages/verify/attacks/judges.ts";
import { foolsNaive, languagesHere } from "../../packages/verify/attacks/naive.ts";
import { type Attacked, honest, type Trial, tryAttack } from "../../packages/verify/attacks/trial.ts";
import type { Attack } from "../../packages/verify/attacks/types.ts";
import { openSandbox, type Sandbox } from "@pawl/verify";

const DATA = new URL("../../docs/data/attacks.json", import.meta.url);
/** Judges that are attacked at the same time. */
const AT_ONCE = 2;
/** In the short form every judge meets every so manieth attack, each another. */
const QUICK_SHARE = 12;
const QUICK_NAIVE = 8;
const BOXES = ["bubblewrap", "namespaces"];

export interface AttackOptions {
  readonly quick: boolean;
  /** Ids, separated by commas. */
  readonly only?: string | undefined;
  /** Part of a judge's name. */
  readonly against?: string | undefined;
  /** One kind of box; default: both in the full form, the best in the others. */
  readonly box?: string | undefined;
  readonly say: (text: string) => void;
}

/** What `npm run attacks -- --json` prints. */
export interface AttackFigures {
  readonly attacks: number;
  readonly trials: number;
  /** Trials in which an attack got anything of what it wanted. */
  readonly successes: number;
  readonly hangs: number;
  readonly orphans: number;
  readonly changedHostFiles: number;
  /** Attacks that fool a judge in the candidate's own process. */
  readonly naiveJudgeFooled: number;
  readonly details: {
    readonly boxes: readonly string[];
    /** With the kind of box. */
    readonly judges: readonly string[];
    /** Left out, where a full run was stopped. */
    readonly notRun: readonly string[];
    /** Screened as passed by a warm box, and stopped by the confirmation. */
    readonly passedScreening: number;
    readonly naive: Readonly<Record<string, string>>;
    /** Verdicts by attack, with how often. */
    readonly verdicts: Readonly<Record<string, Readonly<Record<string, number>>>>;
    readonly breaches: readonly Trial[];
    readonly unexpected: readonly Trial[];
  };
}

/** Tries the attacks; what a full run finds is kept for docs/reliability.md, judge by judge. */
export async function runAttacks(options: AttackOptions): Promise<AttackFigures> {
  const { say, quick } = options;
  const wanted = options.only?.split(",");
  const attacks = ATTACKS.filter(({ id }) => wanted === undefined || wanted.includes(id));
  const judges = judgeKinds().filter(({ name }) => options.against === undefined || name.includes(options.against));
  const isFull = !quick && wanted === undefined && options.against === undefined && options.box === undefined;
  const boxes = (options.box?.split(",") ?? (isFull ? BOXES : BOXES.slice(0, 1))) as Sandbox["isolation"][];
  const arena = await Arena.open();
  const found = {
    trials: [] as Trial[],
    orphans: 0,
    changed: [] as readonly string[],
    naive: {} as Record<string, string>,
  };
  const notRun = boxes.flatMap((box) => judges.map(({ name }) => `${name} (${box})`));
  try {
    for (const box of boxes) {
      const sandbox = await openSandbox({ prefer: box });
      if (box === boxes[0]) {
        found.naive = await fooledNaive(
          quick ? attacks.filter((_, n) => n % QUICK_NAIVE === 0) : attacks,
          sandbox,
          arena,
        );
        say(`naive judge: fooled by ${Object.keys(found.naive).length} attacks`);
      }
      const queue = judges.entries();
      const worker = async (): Promise<void> => {
        for (const [index, judge] of queue) {
          const chosen = attacks
            .filter((attack) => applies(attack, judge))
            .filter((attack, n) => !quick || (attack.slow !== true && n % QUICK_SHARE === index % QUICK_SHARE));
          found.trials.push(...(await attackJudge(judge, chosen, sandbox, arena, box, say)));
          notRun.splice(notRun.indexOf(`${judge.name} (${box})`), 1);
          if (isFull) writeFileSync(DATA, `${JSON.stringify(figuresOf(found, boxes, notRun), null, 2)}\n`);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      const left = await arena.orphans();
      found.orphans += left.length;
      found.changed = arena.changed();
      for (const orphan of left) say(`orphan: ${orphan}`);
      for (const path of found.changed) say(`changed on the host: ${path}`);
    }
  } finally {
    arena.close();
  }
  const figures = figuresOf(found, boxes, notRun);
  if (isFull) writeFileSync(DATA, `${JSON.stringify(figures, null, 2)}\n`);
  return figures;
}

interface Found {
  readonly trials: readonly Trial[];
  readonly orphans: number;
  readonly changed: readonly string[];
  readonly naive: Readonly<Record<string, string>>;
}

function figuresOf(
  { trials, orphans, changed, naive }: Found,
  boxes: readonly string[],
  notRun: readonly string[],
): AttackFigures {
  const breaches = trials.filter(({ successes }) => successes.length > 0);
  const onlyScreened = trials.filter(({ screened, against }) => screened === "passed" && !against.startsWith("score"));
  return {
    attacks: new Set(trials.map(({ attack }) => attack)).size,
    trials: trials.length,
    successes: breaches.length,
    hangs: trials.filter(({ confirmed }) => confirmed === "hang").length,
    orphans,
    changedHostFiles: changed.length,
    naiveJudgeFooled: Object.keys(naive).length,
    details: {
      boxes,
      judges: [...new Set(trials.map(({ against }) => against))],
      notRun,
      passedScreening: onlyScreened.length,
      naive,
      verdicts: verdictsOf(trials),
      breaches,
      unexpected: trials.filter(({ unexpected }) => unexpected),
    },
  };
}

function applies(attack: Attack, judge: JudgeKind): boolean {
  return attack[judge.language] !== undefined && (attack.checks ?? [judge.kind]).includes(judge.kind);
}

async function attackJudge(
  kind: JudgeKind,
  attacks: readonly Attack[],
  sandbox: Sandbox,
  arena: Arena,
  box: string,
  say: (text: string) => void,
): Promise<Trial[]> {
  const trials: Trial[] = [];
  const started = performance.now();
  const judge = await kind.open(sandbox, arena);
  try {
    await demandHonesty(judge);
    for (const attack of attacks) {
      const trial = await tryAttack(attack, { ...judge, name: `${kind.name} (${box})` }, arena);
      if (trial === null) continue;
      trials.push(trial);
      const { successes, unexpected, screened, confirmed } = trial;
      if (successes.length > 0 || unexpected)
        say(
          `${successes.length > 0 ? "SUCCESS" : "unexpected"}: ${attack.id} against ${trial.against}: screened ${screened}, confirmed ${confirmed}: ${successes.join("; ")}`,
        );
    }
  } finally {
    await judge.close();
  }
  say(`${kind.name} (${box}): ${trials.length} attacks in ${Math.round((performance.now() - started) / 1000)} s`);
  return trials;
}

/** A judge that stops no honest candidate, and lets no wrong one pass, before it is attacked. */
async function demandHonesty(judge: Attacked): Promise<void> {
  const [right, wrong] = [await judge.confirm(honest(judge, "right")), await judge.confirm(honest(judge, "wrong"))];
  if (!judge.isBest(right)) throw new Error(`${judge.name}: a right candidate is ${JSON.stringify(right)}`);
  if (judge.isBest(wrong)) throw new Error(`${judge.name}: a wrong candidate passes`);
}

/** Attacks that fool the naive judge, in any language, with how. */
async function fooledNaive(
  attacks: readonly Attack[],
  sandbox: Sandbox,
  arena: Arena,
): Promise<Record<string, string>> {
  const fooled: Record<string, string> = {};
  for (const attack of attacks)
    for (const language of languagesHere()) {
      const how = await foolsNaive(attack, language, sandbox, arena);
      if (how !== null) fooled[attack.id] ??= how;
    }
  return fooled;
}

function verdictsOf(trials: readonly Trial[]): Record<string, Record<string, number>> {
  const verdicts: Record<string, Record<string, number>> = {};
  for (const { attack, confirmed } of trials) {
    const own = (verdicts[attack] ??= {});
    own[confirmed] = (own[confirmed] ?? 0) + 1;
  }
  return verdicts;
}
