import type { Rng } from "@pawl/core";
import { symmetricEigen } from "./symmetric-eigen.ts";

/** The normal distribution N(m, σ²C) of one run between restarts. Symbols and equations in comments are those of Hansen's tutorial. */
export class CmaDistribution {
  readonly size: number;
  readonly #n: number;
  readonly #initialSigma: number;
  readonly #weights: Float64Array;
  readonly #muEff: number;
  readonly #cSigma: number;
  readonly #dSigma: number;
  readonly #cC: number;
  readonly #c1: number;
  readonly #cMu: number;
  /** E‖N(0, I)‖. */
  readonly #chiN: number;
  readonly #covariance: Float64Array[];
  readonly #pathSigma: Float64Array;
  readonly #pathC: Float64Array;
  readonly #history: number[] = [];
  #mean: Float64Array;
  #sigma: number;
  /** Row k is the k-th eigenvector of C, with the square root of its eigenvalue. */
  #axes: readonly Float64Array[];
  #lengths: Float64Array;
  #generation = 0;
  #decomposed = 0;

  constructor(mean: Float64Array, sigma: number, size: number) {
    const n = mean.length;
    this.#n = n;
    this.#mean = mean;
    this.#sigma = sigma;
    this.#initialSigma = sigma;
    this.size = size;
    const mu = Math.floor(size / 2);
    // Equations 49 to 53: positive weights for the better half, negative ones for the rest (active update).
    const raw = Array.from({ length: size }, (_, i) => Math.log((size + 1) / 2) - Math.log(i + 1));
    const effective = (part: readonly number[]): number =>
      part.reduce((a, b) => a + b, 0) ** 2 / part.reduce((a, b) => a + b * b, 0);
    this.#muEff = effective(raw.slice(0, mu));
    const muEffMinus = effective(raw.slice(mu));
    this.#cSigma = (this.#muEff + 2) / (n + this.#muEff + 5);
    this.#dSigma = 1 + 2 * Math.max(0, Math.sqrt((this.#muEff - 1) / (n + 1)) - 1) + this.#cSigma;
    this.#cC = (4 + this.#muEff / n) / (n + 4 + (2 * this.#muEff) / n);
    this.#c1 = 2 / ((n + 1.3) ** 2 + this.#muEff);
    this.#cMu = Math.min(1 - this.#c1, (2 * (0.25 + this.#muEff + 1 / this.#muEff - 2)) / ((n + 2) ** 2 + this.#muEff));
    const positive = raw.filter((w) => w > 0).reduce((a, b) => a + b, 0);
    const negative = -raw.filter((w) => w < 0).reduce((a, b) => a + b, 0);
    const most = Math.min(
      1 + this.#c1 / this.#cMu,
      1 + (2 * muEffMinus) / (this.#muEff + 2),
      (1 - this.#c1 - this.#cMu) / (n * this.#cMu),
    );
    this.#weights = Float64Array.from(raw, (w) => (w >= 0 ? w / positive : (most * w) / negative));
    this.#chiN = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
    this.#covariance = Array.from({ length: n }, (_, i) => unit(n, i));
    this.#axes = this.#covariance.map((row) => Float64Array.from(row));
    this.#lengths = new Float64Array(n).fill(1);
    this.#pathSigma = new Float64Array(n);
    this.#pathC = new Float64Array(n);
  }

  /** A draw from N(m, σ²C). */
  sample(rng: Rng): Float64Array {
    const x = Float64Array.from(this.#mean);
    for (let k = 0; k < this.#n; k++)
      addScaled(x, this.#axes[k] as Float64Array, this.#sigma * (this.#lengths[k] as number) * rng.normal());
    return x;
  }

  /** Points from best to worst, with their fitness. */
  update(points: readonly Float64Array[], fitness: readonly number[]): void {
    this.#generation++;
    const n = this.#n;
    const steps = points.map((x) =>
      Float64Array.from(x, (value, j) => (value - (this.#mean[j] as number)) / this.#sigma),
    );
    const mean = new Float64Array(n);
    for (const [i, step] of steps.entries())
      if ((this.#weights[i] as number) > 0) addScaled(mean, step, this.#weights[i] as number);
    addScaled(this.#mean, mean, this.#sigma);

    // Equation 43: the path of the step size is measured in coordinates where C is the identity.
    const whitened = this.#whiten(mean);
    scale(this.#pathSigma, 1 - this.#cSigma);
    addScaled(this.#pathSigma, whitened, Math.sqrt(this.#cSigma * (2 - this.#cSigma) * this.#muEff));
    const length = Math.hypot(...this.#pathSigma);
    this.#sigma *= Math.exp(Math.min(1, (this.#cSigma / this.#dSigma) * (length / this.#chiN - 1)));

    // Equation 45, with the stall that keeps the axis of C from growing while the step size does.
    const warm = 1 - (1 - this.#cSigma) ** (2 * this.#generation);
    const moving = length / Math.sqrt(warm) < (1.4 + 2 / (n + 1)) * this.#chiN;
    scale(this.#pathC, 1 - this.#cC);
    if (moving) addScaled(this.#pathC, mean, Math.sqrt(this.#cC * (2 - this.#cC) * this.#muEff));
    this.#adapt(steps, moving);
    this.#remember(fitness);
    // Decomposing costs n³, so it waits until C has changed enough (appendix B.2).
    if (this.#generation - this.#decomposed > 1 / (10 * n * (this.#c1 + this.#cMu))) this.#decompose();
  }

  /** The stopping rules of IPOP: flat or stagnant fitness, a step too small to matter, a distribution too thin or too wide. */
  isFinished(): boolean {
    const generations = 10 + Math.ceil((30 * this.#n) / this.size);
    const recent = this.#history.slice(-generations);
    const flat = recent.length === generations && isFlat(recent);
    const widest = this.#sigma * Math.max(...this.#lengths);
    const condition = (Math.max(...this.#lengths) / Math.min(...this.#lengths)) ** 2;
    return flat || widest < 1e-12 * this.#initialSigma || widest > 1e8 * this.#initialSigma || !(condition < 1e14);
  }

  /** Equation 47: rank-one and rank-mu update. */
  #adapt(steps: readonly Float64Array[], moving: boolean): void {
    const n = this.#n;
    const stall = moving ? 0 : this.#cC * (2 - this.#cC);
    const weights = steps.map((step, i) => {
      const weight = this.#weights[i] as number;
      // Equation 46: a negative update by a long step could make C indefinite, so its length is taken out.
      return weight >= 0 ? weight : (weight * n) / Math.max(1e-300, squaredLength(this.#whiten(step)));
    });
    const total = this.#weights.reduce((a, b) => a + b, 0);
    const decay = 1 + this.#c1 * stall - this.#c1 - this.#cMu * total;
    for (let i = 0; i < n; i++) {
      const row = this.#covariance[i] as Float64Array;
      for (let j = 0; j <= i; j++) {
        let value = decay * (row[j] as number) + this.#c1 * (this.#pathC[i] as number) * (this.#pathC[j] as number);
        for (const [k, step] of steps.entries())
          value += this.#cMu * (weights[k] as number) * (step[i] as number) * (step[j] as number);
        row[j] = value;
        (this.#covariance[j] as Float64Array)[i] = value;
      }
    }
  }

  #decompose(): void {
    this.#decomposed = this.#generation;
    const { values, vectors } = symmetricEigen(this.#covariance);
    this.#axes = vectors;
    this.#lengths = Float64Array.from(values, (value) => Math.sqrt(Math.max(value, 1e-300)));
  }

  /** C^(−1/2) · step. */
  #whiten(step: Float64Array): Float64Array {
    const result = new Float64Array(this.#n);
    for (const [k, axis] of this.#axes.entries()) {
      let along = 0;
      for (let j = 0; j < this.#n; j++) along += (axis[j] as number) * (step[j] as number);
      addScaled(result, axis, along / (this.#lengths[k] as number));
    }
    return result;
  }

  #remember(fitness: readonly number[]): void {
    this.#history.push(fitness[0] as number);
    if (this.#history.length > 1000) this.#history.shift();
  }
}

function addScaled(target: Float64Array, step: Float64Array, factor: number): void {
  for (let j = 0; j < target.length; j++) target[j] = (target[j] as number) + factor * (step[j] as number);
}

function scale(target: Float64Array, factor: number): void {
  for (let j = 0; j < target.length; j++) target[j] = (target[j] as number) * factor;
}

function squaredLength(x: Float64Array): number {
  return x.reduce((total, value) => total + value * value, 0);
}

/**
 * All the same, up to rounding; never a score is the same, too. A generation without one is infinitely far from those that have one, which
 * says nothing of how flat they are.
 */
function isFlat(values: readonly number[]): boolean {
  const first = values[0] as number;
  if (values.every((value) => value === first)) return true;
  const spread = Math.max(...values) - Math.min(...values);
  return Number.isFinite(first) && spread <= 1e-12 * Math.max(1, Math.abs(first));
}

function unit(n: number, i: number): Float64Array {
  const row = new Float64Array(n);
  row[i] = 1;
  return row;
}
