import { ATTACKS } from "../../packages/verify/attacks/index.ts";
import { judgeKinds } from "../../packages/verify/attacks/judges.ts";
import { type Attack, WRONG_OR_LATE } from "../../packages/verify/attacks/types.ts";
import { figuresOf, readRecord } from "../attacks/record.ts";

/** The table of docs/reliability.md: what the attack suite tries, and what came of it. */
export function attackSection(): string {
  const record = readRecord();
  const { attacks, trials, successes, hangs, orphans, changedHostFiles, naiveJudgeFooled } = figuresOf(record);
  const head =
    trials === 0
      ? ["Not measured yet.", ""]
      : [
          `Measured by \`npm run attacks\`: ${attacks} attacks in ${trials} trials (attack × judge × kind of box).`,
          "",
          "| what came of it | count |",
          "|---|---|",
          `| trials in which an attack got anything of what it wanted | ${successes} |`,
          `| verdicts that took longer than any honest one | ${hangs} |`,
          `| processes left behind | ${orphans} |`,
          `| files of the machine that changed | ${changedHostFiles} |`,
          `| attacks that fool a naive judge (same process as the candidate, believes the exit code) | ${naiveJudgeFooled} |`,
          "",
          `Judges on record: ${judgesOf(Object.keys(record.judges))}.${notOnRecord(record.judges)}`,
          "",
        ];
  const rows = ATTACKS.map((attack) => {
    const said = Object.values(record.judges).flatMap((own) => own[attack.id] ?? []);
    const counts = new Map<string, number>();
    for (const { confirmed } of said) counts.set(confirmed, (counts.get(confirmed) ?? 0) + 1);
    const came = [...counts].sort((a, b) => b[1] - a[1]).map(([status, count]) => `${status} ${count}`);
    const naive = record.naive[attack.id] ?? "";
    return `| ${attack.id} | ${attack.tries} | ${languagesOf(attack)} | ${wantOf(attack)} | ${came.join(", ")} | ${naive} |`;
  });
  return [
    ...head,
    "| attack | what it tries | in | what must happen | verdicts | fools the naive judge |",
    "|---|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

/** `tests, jest (bubblewrap)` and `tests, jest (namespaces)` are one judge in two kinds of box. */
function judgesOf(names: readonly string[]): string {
  const boxes = Map.groupBy(names, (name) => name.replace(/ \(.*/, ""));
  return [...boxes]
    .map(([judge, own]) => `${judge} (${own.map((name) => /\((.*)\)/.exec(name)?.[1]).join(", ")})`)
    .join("; ");
}

function notOnRecord(judges: Readonly<Record<string, unknown>>): string {
  const missing = judgeKinds().filter(({ name }) => judges[`${name} (bubblewrap)`] === undefined);
  return missing.length === 0 ? "" : ` Not attacked in full yet: ${missing.map(({ name }) => name).join("; ")}.`;
}

function languagesOf({ javascript, python }: Attack): string {
  return [javascript && "JavaScript", python && "Python"].filter(Boolean).join(", ");
}

function wantOf({ want, heldOut }: Attack): string {
  if (heldOut === true) return "the held-out cases fail";
  return want === WRONG_OR_LATE ? "anything but passed" : want.join(", ");
}
