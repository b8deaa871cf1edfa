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
 * Dual simplex for boxed variables, with the bound-flipping ratio test (Maros 2003, "A generalized dual phase-2 simplex algorithm").
 * Boxes make the slack basis dual feasible from the start, so there is no first phase. Rows stay sparse until they bind, so that a
 * linearised problem may have many more rows than variables; time per pivot grows as variables² and as the entries of all rows.
 */
export function solveLinearProgram(program: LinearProgram): LinearSolution {
  const tableau = new Tableau(program);
  const limit = 50 * (program.rows.length + program.cost.length) + 100;
  for (let pivots = 0; pivots < limit; pivots++) {
    const violated = tableau.mostViolated();
    if (violated < 0) return tableau.solution("optimal", pivots);
    const column = tableau.enteringColumn(violated);
    if (column < 0) return tableau.solution("infeasible", pivots);
    tableau.pivot(violated, column);
  }
  return tableau.solution("stalled", limit);
}

/**
 * Variables 0 … n−1 are the program's, n + i is the slack of row i. Only the basic ones of the former have a line in the table:
 * variable = constant − Σ line[j] · nonbasic[j]. A basic slack has none; its line is put together when it has to leave.
 */
class Tableau {
  readonly #cost: ArrayLike<number>;
  readonly #n: number;
  /** The rows end to end: entries of row i are those from `first[i]` up to `first[i + 1]`. */
  readonly #first: Int32Array;
  readonly #variable: Int32Array;
  readonly #coefficient: Float64Array;
  readonly #limit: Float64Array;
  readonly #lines: (Float64Array | null)[];
  /** Column of each of the program's variables while it is nonbasic. */
  readonly #columnOf: Int32Array;
  readonly #lower: Float64Array;
  readonly #upper: Float64Array;
  /** Values of the program's variables. */
  readonly #x: Float64Array;
  readonly #slackIsBasic: Uint8Array;
  /** Change of the objective per unit of the nonbasic variable. */
  readonly #reduced: Float64Array;
  readonly #nonbasic: Int32Array;
  /** Of the variable that leaves: its line, the bound it missed, and the columns that could enter in its place with their ratios. */
  #leavingLine: Float64Array;
  #bound = 0;
  readonly #open: Int32Array;
  readonly #ratio: Float64Array;

  constructor(program: LinearProgram) {
    const { cost, rows } = program;
    const n = cost.length;
    this.#n = n;
    this.#cost = cost;
    this.#limit = Float64Array.from(rows, (row) => row.limit);
    this.#first = new Int32Array(rows.length + 1);
    for (let i = 0; i < rows.length; i++)
      this.#first[i + 1] = (this.#first[i] as number) + (rows[i] as LinearRow).variables.length;
    this.#variable = new Int32Array(this.#first[rows.length] as number);
    this.#coefficient = new Float64Array(this.#first[rows.length] as number);
    for (let i = 0; i < rows.length; i++) {
      this.#variable.set((rows[i] as LinearRow).variables, this.#first[i]);
      this.#coefficient.set((rows[i] as LinearRow).coefficients, this.#first[i]);
    }
    this.#lines = Array.from({ length: n }, () => null);
    this.#columnOf = Int32Array.from({ length: n }, (_, j) => j);
    this.#nonbasic = Int32Array.from({ length: n }, (_, j) => j);
    this.#lower = Float64Array.from(program.lower);
    this.#upper = Float64Array.from(program.upper);
    this.#reduced = Float64Array.from(cost);
    this.#slackIsBasic = new Uint8Array(rows.length).fill(1);
    this.#leavingLine = new Float64Array(n);
    this.#open = new Int32Array(n);
    this.#ratio = new Float64Array(n);
    this.#x = new Float64Array(n);
    for (let j = 0; j < n; j++) {
      if (!Number.isFinite(program.lower[j]) || !Number.isFinite(program.upper[j]))
        throw new RangeError(`variable ${j} has no finite bounds`);
      this.#x[j] = ((cost[j] as number) > 0 ? program.upper[j] : program.lower[j]) as number;
    }
  }

  /** Basic variable that is furthest outside of its bounds; −1 when all are inside. */
  mostViolated(): number {
    let chosen = -1;
    let worst = FEASIBLE;
    for (let j = 0; j < this.#n; j++) {
      if (this.#lines[j] === null) continue;
      const value = this.#x[j] as number;
      const violation = Math.max((this.#lower[j] as number) - value, value - (this.#upper[j] as number));
      if (violation > worst) {
        worst = violation;
        chosen = j;
      }
    }
    for (let i = 0; i < this.#limit.length; i++) {
      if (this.#slackIsBasic[i] === 0) continue;
      const violation = -this.#valueOf(this.#n + i);
      if (violation > worst) {
        worst = violation;
        chosen = this.#n + i;
      }
    }
    return chosen;
  }

  /**
   * Column whose entering mends the violated variable while every reduced cost keeps its sign, after flipping the boxed variables that
   * come before it to their other bound; −1 when none can.
   */
  enteringColumn(violated: number): number {
    const line = this.#lineOf(violated);
    this.#leavingLine = line;
    const value = this.#valueOf(violated);
    // Only a slack's lower bound, or that of one of the program's variables, can be missed from below.
    const upper = violated < this.#n ? (this.#upper[violated] as number) : Number.POSITIVE_INFINITY;
    this.#bound = value > upper ? upper : violated < this.#n ? (this.#lower[violated] as number) : 0;
    const rising = value < this.#bound;
    let count = 0;
    for (let j = 0; j < this.#n; j++) {
      const slope = rising ? -(line[j] as number) : (line[j] as number);
      if (Math.abs(slope) < PIVOT || this.#range(j) === 0) continue;
      // A variable at its lower bound can only rise and mends the row if its slope is positive; at the upper bound the reverse.
      if (slope > 0 === this.#isAtUpper(j)) continue;
      this.#open[count++] = j;
      this.#ratio[j] = Math.abs((this.#reduced[j] as number) / slope);
    }
    let missing = Math.abs(this.#bound - value);
    for (; count > 0; count--) {
      const at = this.#smallestRatio(count);
      const column = this.#open[at] as number;
      this.#open[at] = this.#open[count - 1] as number;
      missing -= Math.abs(line[column] as number) * this.#range(column);
      if (missing <= 0 || count === 1) return missing > FEASIBLE ? -1 : column;
      this.#flip(column);
    }
    return -1;
  }

  /** `violated` leaves for the bound that it missed, after `enteringColumn` for it. */
  pivot(violated: number, column: number): void {
    const line = this.#leavingLine;
    const pivot = line[column] as number;
    const entering = this.#nonbasic[column] as number;
    this.#shift(column, (this.#valueOf(violated) - this.#bound) / pivot);
    line[column] = 1;
    let filled = 0;
    for (let j = 0; j < this.#n; j++) {
      if (line[j] === 0) continue;
      line[j] = (line[j] as number) / pivot;
      this.#open[filled++] = j;
    }
    this.#leave(violated, column);
    for (const other of this.#lines) if (other !== null) eliminate(other, line, column, this.#open, filled);
    eliminate(this.#reduced, line, column, this.#open, filled);
    if (entering >= this.#n) this.#slackIsBasic[entering - this.#n] = 1;
    else this.#lines[entering] = line;
  }

  solution(status: LinearSolution["status"], pivots: number): LinearSolution {
    let objective = 0;
    for (let j = 0; j < this.#n; j++) objective += (this.#cost[j] as number) * (this.#x[j] as number);
    const duals = new Float64Array(this.#limit.length);
    for (let j = 0; j < this.#n; j++) {
      const slack = (this.#nonbasic[j] as number) - this.#n;
      if (slack >= 0) duals[slack] = Math.max(0, -(this.#reduced[j] as number));
    }
    return { status, x: this.#x.slice(), objective, duals, pivots };
  }

  /** The basic variable now stands in the column, at its bound. */
  #leave(variable: number, column: number): void {
    this.#nonbasic[column] = variable;
    if (variable >= this.#n) {
      this.#slackIsBasic[variable - this.#n] = 0;
      return;
    }
    this.#lines[variable] = null;
    this.#columnOf[variable] = column;
    this.#x[variable] = this.#bound;
  }

  #valueOf(variable: number): number {
    if (variable < this.#n) return this.#x[variable] as number;
    const row = variable - this.#n;
    const end = this.#first[row + 1] as number;
    let slack = this.#limit[row] as number;
    for (let k = this.#first[row] as number; k < end; k++)
      slack -= (this.#coefficient[k] as number) * (this.#x[this.#variable[k] as number] as number);
    return slack;
  }

  #lineOf(variable: number): Float64Array {
    if (variable < this.#n) return this.#lines[variable] as Float64Array;
    const line = new Float64Array(this.#n);
    const row = variable - this.#n;
    const end = this.#first[row + 1] as number;
    for (let k = this.#first[row] as number; k < end; k++) {
      const j = this.#variable[k] as number;
      const coefficient = this.#coefficient[k] as number;
      const own = this.#lines[j] ?? null;
      if (own === null) {
        const column = this.#columnOf[j] as number;
        line[column] = (line[column] as number) + coefficient;
      } else {
        for (let c = 0; c < this.#n; c++) line[c] = (line[c] as number) - coefficient * (own[c] as number);
      }
    }
    return line;
  }

  /** Among the first `count` open columns: the smallest ratio, and the largest pivot among equal ones, which is the most exact. */
  #smallestRatio(count: number): number {
    let best = 0;
    for (let k = 1; k < count; k++) {
      const [column, other] = [this.#open[k] as number, this.#open[best] as number];
      const difference = (this.#ratio[column] as number) - (this.#ratio[other] as number);
      const size = Math.abs(this.#leavingLine[column] as number) - Math.abs(this.#leavingLine[other] as number);
      if (difference < 0 || (difference === 0 && (size > 0 || (size === 0 && column < other)))) best = k;
    }
    return best;
  }

  #range(column: number): number {
    const variable = this.#nonbasic[column] as number;
    if (variable >= this.#n) return Number.POSITIVE_INFINITY;
    return (this.#upper[variable] as number) - (this.#lower[variable] as number);
  }

  #isAtUpper(column: number): boolean {
    const variable = this.#nonbasic[column] as number;
    return variable < this.#n && this.#x[variable] === this.#upper[variable];
  }

  #flip(column: number): void {
    const variable = this.#nonbasic[column] as number;
    const [from, to] = this.#isAtUpper(column) ? [this.#upper, this.#lower] : [this.#lower, this.#upper];
    this.#shift(column, (to[variable] as number) - (from[variable] as number));
    this.#x[variable] = to[variable] as number;
  }

  /** Moves a nonbasic variable, and the basic ones with it. */
  #shift(column: number, change: number): void {
    const variable = this.#nonbasic[column] as number;
    if (variable < this.#n) this.#x[variable] = (this.#x[variable] as number) + change;
    for (let j = 0; j < this.#n; j++) {
      const slope = this.#lines[j]?.[column] ?? 0;
      if (slope !== 0) this.#x[j] = (this.#x[j] as number) - slope * change;
    }
  }
}

/** Puts the pivot row's expression for the entering variable into another row. The first `filled` of `columns` are those not 0 in it. */
function eliminate(
  target: Float64Array,
  pivotRow: Float64Array,
  column: number,
  columns: Int32Array,
  filled: number,
): void {
  const factor = target[column] as number;
  if (factor === 0) return;
  target[column] = 0;
  for (let k = 0; k < filled; k++) {
    const j = columns[k] as number;
    target[j] = (target[j] as number) - factor * (pivotRow[j] as number);
  }
}
