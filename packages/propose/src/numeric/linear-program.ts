/** One row a · x ≤ limit, in sparse form. */
export interface LinearRow {
  readonly variables: readonly number[];
  readonly coefficients: readonly number[];
  readonly limit: number;
}

/** Maximise cost · x subject to the rows and to finite bounds on every variable. */
export interface LinearProgram {
  readonly cost: ArrayLike<number>;
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
  readonly rows: readonly LinearRow[];
}

export interface LinearSolution {
  /** `stalled`: the limit of pivots was reached; x is then the last point and may break rows. */
  readonly status: "optimal" | "infeasible" | "stalled";
  readonly x: Float64Array;
  readonly objective: number;
  /** One multiplier ≥ 0 per row: what a unit more of `limit` would be worth. */
  readonly duals: Float64Array;
  readonly pivots: number;
}

const FEASIBLE = 1e-11;
const PIVOT = 1e-9;

/**
 * Dense dual simplex for boxed variables, with the bound-flipping ratio test (Maros 2003, "A generalized dual phase-2 simplex algorithm").
 * Boxes make the slack basis dual feasible from the start, so there is no first phase. Meant for the few hundred rows of a
 * linearised problem; time and memory grow as rows × variables.
 */
export function solveLinearProgram(program: LinearProgram): LinearSolution {
  const tableau = new Tableau(program);
  const limit = 50 * (program.rows.length + program.cost.length) + 100;
  for (let pivots = 0; pivots < limit; pivots++) {
    const row = tableau.mostViolated();
    if (row < 0) return tableau.solution("optimal", pivots);
    const column = tableau.enteringColumn(row);
    if (column < 0) return tableau.solution("infeasible", pivots);
    tableau.pivot(row, column);
  }
  return tableau.solution("stalled", limit);
}

/**
 * Basic variables as functions of the others: basic[i] = constant − Σ table[i][j] · nonbasic[j]. Variables 0 … n−1 are the program's,
 * n + i is the slack of row i.
 */
class Tableau {
  readonly #program: LinearProgram;
  readonly #n: number;
  readonly #m: number;
  readonly #table: readonly Float64Array[];
  readonly #lower: Float64Array;
  readonly #upper: Float64Array;
  /** Value of every variable, basic or not. */
  readonly #value: Float64Array;
  /** Change of the objective per unit of the nonbasic variable. */
  readonly #reduced: Float64Array;
  readonly #basic: Int32Array;
  readonly #nonbasic: Int32Array;

  constructor(program: LinearProgram) {
    this.#program = program;
    const n = program.cost.length;
    const m = program.rows.length;
    this.#n = n;
    this.#m = m;
    this.#lower = new Float64Array(n + m);
    this.#upper = new Float64Array(n + m).fill(Number.POSITIVE_INFINITY);
    this.#lower.set(program.lower);
    this.#upper.set(program.upper);
    this.#reduced = Float64Array.from(program.cost);
    this.#nonbasic = Int32Array.from({ length: n }, (_, j) => j);
    this.#basic = Int32Array.from({ length: m }, (_, i) => n + i);
    this.#value = new Float64Array(n + m);
    for (let j = 0; j < n; j++) {
      if (!Number.isFinite(program.lower[j]) || !Number.isFinite(program.upper[j]))
        throw new RangeError(`variable ${j} has no finite bounds`);
      this.#value[j] = ((program.cost[j] as number) > 0 ? program.upper[j] : program.lower[j]) as number;
    }
    this.#table = program.rows.map(({ variables, coefficients, limit }, i) => {
      const dense = new Float64Array(n);
      let slack = limit;
      for (const [k, j] of variables.entries()) {
        dense[j] = (dense[j] as number) + (coefficients[k] as number);
        slack -= (coefficients[k] as number) * (this.#value[j] as number);
      }
      this.#value[n + i] = slack;
      return dense;
    });
  }

  /** Row whose basic variable is furthest outside of its bounds; −1 when all are inside. */
  mostViolated(): number {
    let row = -1;
    let worst = FEASIBLE;
    for (let i = 0; i < this.#m; i++) {
      const variable = this.#basic[i] as number;
      const value = this.#value[variable] as number;
      const violation = Math.max((this.#lower[variable] as number) - value, value - (this.#upper[variable] as number));
      if (violation > worst) {
        worst = violation;
        row = i;
      }
    }
    return row;
  }

  /**
   * Column whose entering mends the row while every reduced cost keeps its sign, after flipping the boxed variables that come before it
   * to their other bound; −1 when none can.
   */
  enteringColumn(row: number): number {
    const line = this.#table[row] as Float64Array;
    const variable = this.#basic[row] as number;
    const rising = (this.#value[variable] as number) < (this.#lower[variable] as number);
    const candidates: { column: number; ratio: number; size: number }[] = [];
    for (let j = 0; j < this.#n; j++) {
      const slope = rising ? -(line[j] as number) : (line[j] as number);
      if (Math.abs(slope) < PIVOT || this.#isFixed(j)) continue;
      // A variable at its lower bound can only rise and mends the row if its slope is positive; at the upper bound the reverse.
      if (slope > 0 === this.#isAtUpper(j)) continue;
      candidates.push({ column: j, ratio: Math.abs((this.#reduced[j] as number) / slope), size: Math.abs(slope) });
    }
    candidates.sort((a, b) => a.ratio - b.ratio || b.size - a.size || a.column - b.column);
    let missing = rising
      ? (this.#lower[variable] as number) - (this.#value[variable] as number)
      : (this.#value[variable] as number) - (this.#upper[variable] as number);
    for (const [k, candidate] of candidates.entries()) {
      missing -= candidate.size * this.#range(candidate.column);
      if (missing > 0 && k < candidates.length - 1) continue;
      if (missing > FEASIBLE) return -1;
      for (let before = 0; before < k; before++) this.#flip((candidates[before] as { column: number }).column);
      return candidate.column;
    }
    return -1;
  }

  pivot(row: number, column: number): void {
    const line = this.#table[row] as Float64Array;
    const pivot = line[column] as number;
    const leaving = this.#basic[row] as number;
    const entering = this.#nonbasic[column] as number;
    const value = this.#value[leaving] as number;
    const target = value < (this.#lower[leaving] as number) ? this.#lower[leaving] : this.#upper[leaving];
    this.#shift(column, (value - (target as number)) / pivot);
    this.#value[leaving] = target as number;
    for (let j = 0; j < this.#n; j++) line[j] = (line[j] as number) / pivot;
    line[column] = 1 / pivot;
    for (let i = 0; i < this.#m; i++) {
      if (i !== row) eliminate(this.#table[i] as Float64Array, line, column, this.#n);
    }
    eliminate(this.#reduced, line, column, this.#n);
    this.#basic[row] = entering;
    this.#nonbasic[column] = leaving;
  }

  solution(status: LinearSolution["status"], pivots: number): LinearSolution {
    const x = this.#value.slice(0, this.#n);
    let objective = 0;
    for (let j = 0; j < this.#n; j++) objective += (this.#program.cost[j] as number) * (x[j] as number);
    const duals = new Float64Array(this.#m);
    for (let j = 0; j < this.#n; j++) {
      const slack = (this.#nonbasic[j] as number) - this.#n;
      if (slack >= 0) duals[slack] = Math.max(0, -(this.#reduced[j] as number));
    }
    return { status, x, objective, duals, pivots };
  }

  #range(column: number): number {
    const variable = this.#nonbasic[column] as number;
    return (this.#upper[variable] as number) - (this.#lower[variable] as number);
  }

  #isFixed(column: number): boolean {
    return this.#range(column) === 0;
  }

  #isAtUpper(column: number): boolean {
    const variable = this.#nonbasic[column] as number;
    return this.#value[variable] === this.#upper[variable];
  }

  #flip(column: number): void {
    const variable = this.#nonbasic[column] as number;
    const upper = this.#isAtUpper(column);
    this.#shift(column, upper ? -this.#range(column) : this.#range(column));
    this.#value[variable] = (upper ? this.#lower[variable] : this.#upper[variable]) as number;
  }

  /** Moves a nonbasic variable, and the basic ones with it. */
  #shift(column: number, change: number): void {
    const variable = this.#nonbasic[column] as number;
    this.#value[variable] = (this.#value[variable] as number) + change;
    for (let i = 0; i < this.#m; i++) {
      const slope = (this.#table[i] as Float64Array)[column] as number;
      if (slope === 0) continue;
      const basic = this.#basic[i] as number;
      this.#value[basic] = (this.#value[basic] as number) - slope * change;
    }
  }
}

/** Puts the pivot row's expression for the entering variable into another row. */
function eliminate(target: Float64Array, pivotRow: Float64Array, column: number, n: number): void {
  const factor = target[column] as number;
  if (factor === 0) return;
  target[column] = 0;
  for (let j = 0; j < n; j++) target[j] = (target[j] as number) - factor * (pivotRow[j] as number);
}
