import type { CandidateId, Gate, Verdict } from "@pawl/core";
import {
  brokenBy,
  explanationWeights,
  mineConstraints,
  type Constraint,
  type Guide,
  type ObservedCall,
} from "@pawl/propose";
import { caseIds, type FunctionCase } from "@pawl/verify";
import type { TaskParts } from "./repair-setup.ts";

const COST = { wallMs: 0, cpuMs: 0 };

/**
 * Stands for a task told in words: instead of the visible cases' results, what all of them have in common. Candidates are run on the cases' inputs, and
 * only what they return is looked at; which case passes is not.
 */
export class ConstraintCheck {
  readonly #constraints: readonly Constraint[];
  readonly #cases: readonly FunctionCase[];
  readonly #broken = new Map<CandidateId, readonly Constraint[]>();
  readonly #parts: TaskParts;

  constructor(parts: TaskParts) {
    this.#parts = parts;
    this.#cases = parts.task.visible;
    this.#constraints = mineConstraints(
      this.#cases.map(({ call, args, returns, throws }) => expected(call, args, returns, throws)),
    );
    this.told(parts.base, parts.target.base.id);
  }

  /** Constraints that the results of a candidate break. Its real verdict serves to read its results from, where they are not the expected ones. */
  told(verdict: Verdict, id: CandidateId): Verdict {
    if (verdict.status === "tampered" || verdict.status === "infrastructure") return verdict;
    const observed = this.#observed(verdict);
    const broken = observed.map((each) => brokenBy(this.#constraints, each));
    this.#broken.set(id, [...new Set(broken.flat())]);
    const asked = observed.reduce(
      (sum, { call }) => sum + this.#constraints.filter((each) => each.call === call).length,
      0,
    );
    const missed = broken.reduce((sum, each) => sum + each.length, 0);
    const passed = asked === 0 ? 1 : 1 - missed / asked;
    return {
      status: missed === 0 ? "passed" : "failed",
      scores: { passed: [passed] },
      ...(missed === 0 ? { failing: [] } : {}),
      feedback: [],
      cost: COST,
      evidence: [],
    };
  }

  brokenBy(id: CandidateId): readonly Constraint[] {
    return this.#broken.get(id) ?? [];
  }

  /** The gate by constraints; the base's own verdict, which the parts know, is not looked at. */
  gate(gate: Gate): Gate {
    const { base, target } = this.#parts;
    const own = this.told(base, target.base.id);
    return { ...gate, fitness: (verdict) => gate.fitness(verdict === base ? own : verdict) };
  }

  guide(): Guide {
    const { task, syntax } = this.#parts;
    return {
      weights: async ({ candidate }, { read }) => {
        const texts = Object.fromEntries(Object.keys(task.buggy).map((path) => [path, read(candidate.id, path)]));
        return explanationWeights(syntax.languages, texts, this.brokenBy(candidate.id));
      },
    };
  }

  #observed(verdict: Verdict): ObservedCall[] {
    const findings = new Map(verdict.feedback.map((each) => [each.name, each]));
    const early = verdict.status === "timeout" || verdict.status === "error";
    return caseIds(this.#cases).map((id, i) => {
      const { call, args, returns, throws } = this.#cases[i] as FunctionCase;
      if (early) return { call, args, ended: true };
      const finding = findings.get(id);
      // The arguments it left behind are no result.
      if (finding === undefined || finding.message.startsWith("left its arguments"))
        return expected(call, args, returns, throws);
      return actual(call, args, finding.actual ?? "nothing");
    });
  }
}

/** The check of each run of a task. Runs share the task's target, but each has a verdict on the base of its own, by which the gate knows the base. */
export function constraintChecks(): (parts: TaskParts) => ConstraintCheck {
  const checks = new WeakMap<TaskParts, ConstraintCheck>();
  return (parts) => {
    const check = checks.get(parts) ?? new ConstraintCheck(parts);
    checks.set(parts, check);
    return check;
  };
}

function expected(call: string, args: readonly unknown[], returns: unknown, throws: string | undefined): ObservedCall {
  return throws === undefined ? { call, args, returns } : { call, args, throws };
}

function actual(call: string, args: readonly unknown[], text: string): ObservedCall {
  if (text.startsWith("throws ")) return { call, args, throws: text.slice("throws ".length) };
  try {
    return { call, args, returns: JSON.parse(text) };
  } catch {
    return { call, args };
  }
}
