import { improve } from "@pawl/improve";
import type { Action } from "../command.ts";
import { finish } from "../finish.ts";
import { readRunOptions } from "../run-options.ts";
import { watch } from "../watch.ts";

export const run: Action = async (call) => {
  const options = { root: process.cwd(), ...readRunOptions(call) };
  return finish(call, await watch(call.screen, (watched) => improve({ ...options, ...watched })));
};
