import type { Arguments, WireValue } from "@pawl/verify";
import type { SpeedTask } from "@pawl/worlds";

/** Names the one function that calls all the others. */
const CALL = "together";

/**
 * Several functions of the code-speed world as one task: a file that holds them all, and a function that gives each its own arguments. What a
 * rewrite can save is then mostly in one or two of them, and there are more rewrites than one function allows. Throws a RangeError for Python.
 */
export function functionsTogether(tasks: readonly SpeedTask[]): SpeedTask {
  if (tasks.some(({ language }) => language === "python")) throw new RangeError("JavaScript and TypeScript only");
  const names = tasks.map((_, i) => `input${i}`);
  const calls = tasks.map(({ call }, i) => `${call}(...input${i})`);
  const typed = names.map((name) => `${name}: any`).join(", ");
  const [first] = tasks as [SpeedTask];
  return {
    id: tasks.map(({ id }) => id).join("+"),
    language: "typescript",
    split: first.split,
    file: "together.ts",
    source: `${tasks.map(({ source }) => source).join("\n")}
export function ${CALL}(${typed}) {
  return [${calls.join(", ")}];
}
`,
    call: CALL,
    examples: first.examples.map((_, i) => tasks.map(({ examples }) => examples[i] as Arguments as WireValue)),
    family: {
      distributions: first.family.distributions,
      sizes: [
        Math.max(...tasks.map(({ family }) => family.sizes[0])),
        Math.max(...tasks.map(({ family }) => family.sizes[1])),
      ],
      // A function that takes small inputs only gets the largest it takes.
      make: (distribution, size, rng) =>
        tasks.map(
          ({ id, family }) => family.make(distribution, Math.min(size, family.sizes[1]), rng.child(id)) as WireValue,
        ),
    },
  };
}
