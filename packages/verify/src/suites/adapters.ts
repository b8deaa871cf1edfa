import { exitCodeAdapter } from "./exit-code.ts";
import { jestAdapter } from "./jest.ts";
import { mochaAdapter } from "./mocha.ts";
import { nodeTestAdapter } from "./node-test.ts";
import { pytestAdapter } from "./pytest.ts";
import type { RunnerAdapter, RunnerId } from "./types.ts";
import { unittestAdapter } from "./unittest.ts";
import { vitestAdapter } from "./vitest.ts";

/** Every test runner Pawl can read results from. */
export const ADAPTERS: Readonly<Record<RunnerId, RunnerAdapter>> = {
  "node:test": nodeTestAdapter,
  vitest: vitestAdapter,
  jest: jestAdapter,
  mocha: mochaAdapter,
  pytest: pytestAdapter,
  unittest: unittestAdapter,
  "exit-code": exitCodeAdapter,
};

export function adapterFor(runner: RunnerId): RunnerAdapter {
  return ADAPTERS[runner];
}
