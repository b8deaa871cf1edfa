import { Rng, Target } from "@pawl/core";
import { suspicionByCases } from "@pawl/improve";
import type { Languages, SyntaxProposerOptions } from "@pawl/propose";
import {
  constantsIn,
  FunctionCheck,
  generateCalls,
  snapshotOfTexts,
  type GeneratedCall,
  type Sandbox,
} from "@pawl/verify";
import type { BenchTask } from "./repair-setup.ts";

const GENERATED_CALLS = 120;

/** A task with its processes, until it is closed. */
export interface OpenTask {
  readonly target: Target;
  readonly check: FunctionCheck;
  readonly judge: FunctionCheck;
  readonly calls: readonly GeneratedCall[];
  readonly suspiciousness: SyntaxProposerOptions["suspiciousness"];
  close(): Promise<void>;
}

/** Lays the task out and traces what its visible cases execute. */
export async function openTask(
  { id, module, buggy, visible, hidden }: BenchTask,
  {
    sandbox,
    languages,
    signal,
  }: { readonly sandbox: Sandbox; readonly languages: Languages; readonly signal: AbortSignal },
): Promise<OpenTask> {
  const { snapshot, remove } = await snapshotOfTexts(buggy);
  const setting = { sandbox, snapshot, lanes: 1 };
  const constants = Object.values(buggy).flatMap(constantsIn);
  const calls = generateCalls(visible, constants, GENERATED_CALLS, Rng.of(id, "calls"));
  const check = new FunctionCheck({ ...setting, judge: { module, cases: visible }, further: calls });
  const judge = new FunctionCheck({ ...setting, judge: { module, cases: hidden } });
  const close = async (): Promise<void> => {
    await check.close();
    await judge.close();
    await remove();
  };
  try {
    const suspiciousness = await suspicionByCases(check, buggy, languages, signal);
    return { target: new Target(buggy, snapshot.hash), check, judge, calls, suspiciousness, close };
  } catch (error) {
    await close();
    throw error;
  }
}
