import { EXIT, UsageError } from "@pawl/core";
import { improveAgents } from "@pawl/improve";
import type { Action, Call } from "../command.ts";
import { nextCommand } from "../next-command.ts";
import { text, wholeNumber } from "../number-options.ts";
import { improvedText } from "../report/agents.ts";
import { list, present, readMachineOptions, projectState } from "../run-options.ts";
import { watch } from "../watch.ts";
import { oneLine } from "../words.ts";

/** A resumed run has all of these on record. */
const OF_NEW_RUNS = ["children", "stages", "fresh", "seed", "from"];

export const run: Action = async (call) => {
  const { screen } = call;
  const resume = text(call, "resume");
  const given = OF_NEW_RUNS.find((name) => resume !== undefined && call.options[name] !== undefined);
  if (given !== undefined)
    throw new UsageError({
      what: `a run that is gone on with keeps its own --${given}`,
      where: `--resume ${resume} --${given}`,
      todo: "Leave one of the two out.",
    });
  const { isolation, unsafe } = readMachineOptions(call);
  const options = present({
    children: wholeNumber(call, "children", "--children", 1),
    stages: stagesOf(call),
    fresh: wholeNumber(call, "fresh", "--fresh", 1),
    seed: wholeNumber(call, "seed", "--seed", 0),
    from: text(call, "from"),
    resume,
    isolation,
    unsafe,
  });
  const report = await watch(screen, ({ signal }, view) =>
    improveAgents({ state: projectState(call), ...options, signal, say: (line) => view.say(oneLine(line)) }),
  );
  screen.document(report);
  screen.print(improvedText(report, (line) => nextCommand(call, line), screen));
  const { first, best } = report;
  const counts = first.tripped === null && best.tripped === null;
  return counts && best.solved > first.solved ? EXIT.reached : EXIT.notReached;
};

function stagesOf(call: Call): readonly number[] | undefined {
  const numbers = list(call, "stages")?.map(Number);
  const sound = (number: number): boolean => Number.isInteger(number) && number > 0;
  if (numbers === undefined || (numbers.length > 0 && numbers.every(sound))) return numbers;
  throw new UsageError({
    what: "the stages are not whole numbers of tasks",
    where: `--stages ${text(call, "stages")}`,
    todo: "Give numbers with commas: --stages 6,18",
  });
}
