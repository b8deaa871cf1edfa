import { openSandbox, type Sandbox } from "@pawl/verify";
import { Arena } from "../../packages/verify/attacks/arena.ts";
import { ATTACKS } from "../../packages/verify/attacks/index.ts";
import { type JudgeKind, judgeKinds } from "../../packages/verify/attacks/judges.ts";
import { foolsNaive, languagesHere } from "../../packages/verify/attacks/naive.ts";
import { type Attacked, honest, tryAttack } from "../../packages/verify/attacks/trial.ts";
import type { Attack } from "../../packages/verify/attacks/types.ts";
import { addToRecord, type AttackRecord, emptyRecord, type Outcome } from "./record.ts";

/** Judges that are attacked at the same time. */
const AT_ONCE = 2;
/** In the short form every judge meets every so manieth attack, each another, and the naive judge every so manieth, too. */
const QUICK_SHARE = 12;
const QUICK_NAIVE = 8;

export interface AttackOptions {
  readonly quick: boolean;
  /** Ids, separated by commas. */
  readonly only?: string | undefined;
  /** Part of a judge's name; `naive` for the naive judge alone. */
  readonly against?: string | undefined;
  readonly box: "bubblewrap" | "namespaces";
  /** Whether what is found goes on record, judge by judge. */
  readonly keep: boolean;
  readonly say: (text: string) => void;
}

/** Tries the attacks in one kind of box. */
export async function runAttacks({ quick, only, against = "", box, keep, say }: AttackOptions): Promise<AttackRecord> {
  const wanted = only?.split(",");
  const attacks = ATTACKS.filter(({ id }) => wanted === undefined || wanted.includes(id));
  const judges = judgeKinds().filter(({ name }) => name.includes(against));
  const found = emptyRecord();
  const arena = await Arena.open();
  try {
    const sandbox = await openSandbox({ prefer: box });
    if (box === "bubblewrap" && "naive".includes(against)) {
      const chosen = attacks.filter((_, n) => !quick || n % QUICK_NAIVE === 0);
      Object.assign(found.naive, await fooledNaive(chosen, sandbox, arena));
      say(`naive judge: fooled by ${Object.keys(found.naive).length} of ${chosen.length} attacks`);
      if (keep) addToRecord(found);
    }
    const queue = judges.entries();
    const worker = async (): Promise<void> => {
      for (const [index, kind] of queue) {
        const chosen = attacks
          .filter((attack) => applies(attack, kind))
          .filter((attack, n) => !quick || (attack.slow !== true && n % QUICK_SHARE === index % QUICK_SHARE));
        const name = `${kind.name} (${box})`;
        found.judges[name] = await attackJudge(kind, name, chosen, sandbox, arena, say);
        found.left[name] = { orphans: [], changed: arena.changed() };
        if (keep) addToRecord(found);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    const orphans = await arena.orphans();
    if (orphans.length > 0) found.left[`all judges (${box})`] = { orphans, changed: [] };
    if (keep) addToRecord(found);
  } finally {
    arena.close();
  }
  for (const { orphans, changed } of Object.values(found.left))
    for (const text of [...orphans, ...changed]) say(`left behind: ${text}`);
  return found;
}

function applies(attack: Attack, judge: JudgeKind): boolean {
  return attack[judge.language] !== undefined && (attack.checks ?? [judge.kind]).includes(judge.kind);
}

async function attackJudge(
  kind: JudgeKind,
  name: string,
  attacks: readonly Attack[],
  sandbox: Sandbox,
  arena: Arena,
  say: (text: string) => void,
): Promise<Record<string, Outcome>> {
  const outcomes: Record<string, Outcome> = {};
  const started = performance.now();
  const judge = await kind.open(sandbox, arena);
  try {
    await demandHonesty(judge);
    for (const attack of attacks) {
      const trial = await tryAttack(attack, judge, arena);
      if (trial === null) continue;
      const { screened, confirmed, successes, unexpected } = trial;
      outcomes[attack.id] = {
        confirmed,
        ...(screened === "passed" && { screened }),
        ...(successes.length > 0 && { successes }),
        ...(unexpected && { unexpected }),
      };
      const what = successes.length > 0 ? "SUCCESS" : "unexpected";
      if (successes.length > 0 || unexpected)
        say(
          `${what}: ${attack.id} against ${name}: screened ${screened}, confirmed ${confirmed} ${successes.join("; ")}`,
        );
    }
  } finally {
    await judge.close();
  }
  say(`${name}: ${Object.keys(outcomes).length} attacks in ${Math.round((performance.now() - started) / 1000)} s`);
  return outcomes;
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
