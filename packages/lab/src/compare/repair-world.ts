import { sha256, UsageError } from "@pawl/core";
import { SyntaxProposer, UNIFORM_MODEL } from "@pawl/propose";
import { createSearch, NovelProposer } from "@pawl/search";
import { loadCompoundTasks, loadRepairCorpus } from "@pawl/worlds";
import { RepairBench } from "../benches/repair-bench.ts";
import type { BenchTask, RepairSetup } from "../benches/repair-setup.ts";
import type { Row } from "../system.ts";
import type { Machine } from "./score-target.ts";
import type { CompareWorld, Trace } from "./world.ts";

/** Proposers of these worlds by id; null is the bench's own. */
const PROPOSERS: Readonly<Record<string, NonNullable<RepairSetup["proposer"]> | null>> = {
  syntax: null,
  "syntax-uniform": ({ syntax }) => new SyntaxProposer({ ...syntax, model: UNIFORM_MODEL }),
  "syntax-novel": ({ syntax }) => new NovelProposer(new SyntaxProposer(syntax)),
};

/** Small programs with known faults; the first patch that passes the visible cases is the answer, and hidden cases judge it. */
export function repairWorld(
  kind: "code-repair" | "code-repair-compound",
  { isolation, unsafe }: Machine = {},
): CompareWorld {
  const compound = kind === "code-repair-compound";
  // The other half is what the shipped prior was trained on.
  const tasks: readonly BenchTask[] = compound
    ? loadCompoundTasks().filter(({ split }) => split === "test")
    : loadRepairCorpus().filter(({ split, faults }) => split === "test" && faults.length === 1);
  return {
    id: kind,
    title: compound
      ? "programs with two or three faults, none of which a single edit hides"
      : "programs with one fault",
    measure: "solved",
    tasks: tasks.map((task) => ({ id: task.id, key: keyOf(task) })),
    demandProposer(proposer) {
      if (Object.hasOwn(PROPOSERS, proposer)) return;
      throw new UsageError({
        what: `'${proposer}' is no proposer of the world ${kind}`,
        where: "--proposer",
        todo: `Choose from: ${Object.keys(PROPOSERS).join(", ")}. Models and agents are compared on code-evolve, or on your own target.`,
      });
    },
    async open(id) {
      const task = tasks.find((each) => each.id === id);
      if (task === undefined) throw new RangeError(`${kind} has no task '${id}'`);
      const bench = await RepairBench.open([task], {
        ...(isolation === undefined ? {} : { prefer: isolation }),
        ...(unsafe === undefined ? {} : { unsafe }),
      });
      return {
        async run({ search, proposer }, { seed, evaluations, signal }) {
          const made = PROPOSERS[proposer] ?? null;
          const setup: RepairSetup = {
            search: () => createSearch(search),
            evaluations,
            ...(made === null ? {} : { proposer: made }),
          };
          const [row] = (await bench.run(setup, { seed, signal })).rows as [Row];
          const { hidden, visible, spent } = row.values as Readonly<Record<"hidden" | "visible" | "spent", number>>;
          const steps: Trace["steps"] = [[0, 0], ...(visible === 1 ? [[spent, 1] as const] : [])];
          return { steps, evaluations: spent, heldOut: hidden };
        },
        close: () => bench.close(),
      };
    },
  };
}

function keyOf({ buggy, module, visible, hidden }: BenchTask): string {
  return sha256(JSON.stringify([buggy, module, visible, hidden])).slice(0, 12);
}
