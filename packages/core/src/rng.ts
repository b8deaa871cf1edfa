import { sha256 } from "./hash.ts";

type Key = string | number;

/**
 * Counter-based random numbers: Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3").
 * A stream is fixed by its keys (seed, event number, purpose …), so nothing depends on how many numbers somebody else drew.
 */
export class Rng {
  readonly #path: string;
  readonly #key0: number;
  readonly #key1: number;
  readonly #stream0: number;
  readonly #stream1: number;
  readonly #block = new Uint32Array(4);
  #counter = 0;
  #used = 4;
  #spareNormal: number | null = null;

  private constructor(path: string) {
    this.#path = path;
    const digest = sha256(path);
    this.#key0 = Number.parseInt(digest.slice(0, 8), 16);
    this.#key1 = Number.parseInt(digest.slice(8, 16), 16);
    this.#stream0 = Number.parseInt(digest.slice(16, 24), 16);
    this.#stream1 = Number.parseInt(digest.slice(24, 32), 16);
  }

  static of(seed: Key, ...keys: readonly Key[]): Rng {
    return new Rng([seed, ...keys].map(encodeKey).join("/"));
  }

  /** An independent stream below this one; does not advance this one. */
  child(...keys: readonly Key[]): Rng {
    return new Rng([this.#path, ...keys.map(encodeKey)].join("/"));
  }

  /** Integer in [0, 2^32). */
  uint32(): number {
    if (this.#used === 4) this.#refill();
    return this.#block[this.#used++] as number;
  }

  /** Real number in [0, 1) with 53 random bits. */
  uniform(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** Integer in [0, n); n from 1 to 2^32. Unbiased by rejection. */
  int(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 4294967296)
      throw new RangeError(`Rng.int: n must be an integer from 1 to 2^32, got ${n}`);
    const limit = 4294967296 - (4294967296 % n);
    let draw = this.uint32();
    while (draw >= limit) draw = this.uint32();
    return draw % n;
  }

  /** Standard normal, by the polar method of Marsaglia. */
  normal(): number {
    if (this.#spareNormal !== null) {
      const spare = this.#spareNormal;
      this.#spareNormal = null;
      return spare;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(s)) / s);
      this.#spareNormal = v * factor;
      return u * factor;
    }
  }

  /** Standard Gumbel: adding it to log-weights and taking the largest samples from the weights. */
  gumbel(): number {
    return -Math.log(-Math.log(1 - this.uniform()));
  }

  pick<T>(items: readonly T[]): T {
    return items[this.int(items.length)] as T;
  }

  /** A shuffled copy (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const copy = [...items];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.int(i + 1);
      [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
    }
    return copy;
  }

  /** Index drawn in proportion to non-negative weights, of which at least one is positive. */
  weighted(weights: readonly number[]): number {
    let total = 0;
    for (const weight of weights) total += weight;
    if (!(total > 0) || !Number.isFinite(total))
      throw new RangeError("Rng.weighted: weights must be finite and one of them positive");
    let rest = this.uniform() * total;
    for (let i = 0; i < weights.length; i++) {
      rest -= weights[i] as number;
      if (rest < 0) return i;
    }
    return weights.findLastIndex((weight) => weight > 0);
  }

  #refill(): void {
    philox(
      this.#block,
      this.#counter >>> 0,
      Math.floor(this.#counter / 4294967296),
      this.#stream0,
      this.#stream1,
      this.#key0,
      this.#key1,
    );
    this.#counter += 1;
    this.#used = 0;
  }
}

/** Keys are escaped so that ("a", "b") and ("a/b") are different streams. */
function encodeKey(key: Key): string {
  return typeof key === "number" ? `n${key}` : `s${key.replaceAll("%", "%25").replaceAll("/", "%2F")}`;
}

/** One block of Philox4x32-10 into `out`. */
export function philox(out: Uint32Array, c0: number, c1: number, c2: number, c3: number, k0: number, k1: number): void {
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0) >>> 0;
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** Upper 32 bits of the 64-bit product of two unsigned 32-bit integers. */
function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(carry / 65536)) >>> 0;
}
