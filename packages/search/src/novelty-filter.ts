import { sha256 } from "@pawl/core";

export interface NoveltyOptions {
  /** Estimated share of common shingles from which on a text is taken for known; 0 to 1. */
  readonly threshold?: number;
  /** Tokens in a row that make a shingle. */
  readonly shingle?: number;
  /** A signature has bands × rows numbers; two texts meet when all rows of a band agree. */
  readonly bands?: number;
  readonly rows?: number;
  /** Texts kept in a bucket, the latest: what bounds a query. */
  readonly bucket?: number;
}

export interface Nearest {
  readonly id: string;
  /** Estimate of the Jaccard similarity of the two sets of shingles. */
  readonly similarity: number;
}

/**
 * Is a text like one seen before? Locality-sensitive hashing of token shingles: MinHash signatures (Broder 1997) cut into bands (Indyk & Motwani
 * 1998), so that a query looks at no more than bands × bucket texts, however many there are. It may miss one that is alike: with the defaults,
 * one that shares 90 % of its shingles meets none of its buckets in 2 of 100,000 cases, and one of 70 % in 11 of 100.
 */
export class NoveltyFilter {
  readonly #o: Required<NoveltyOptions>;
  readonly #seeds: Uint32Array;
  readonly #buckets = new Map<string, string[]>();
  readonly #signatures = new Map<string, Uint32Array>();
  #compared = 0;

  constructor(options: NoveltyOptions = {}) {
    this.#o = { threshold: 0.9, shingle: 3, bands: 12, rows: 5, bucket: 8, ...options };
    const { threshold, shingle, bands, rows, bucket } = this.#o;
    if (!(threshold > 0 && threshold <= 1)) throw new RangeError(`a threshold of ${threshold}`);
    for (const [name, value] of Object.entries({ shingle, bands, rows, bucket }))
      if (!Number.isInteger(value) || value < 1)
        throw new RangeError(`${name} must be a whole number from 1 on, got ${value}`);
    this.#seeds = Uint32Array.from({ length: bands * rows }, (_, i) =>
      Number.parseInt(sha256(`minhash ${i}`).slice(0, 8), 16),
    );
  }

  get size(): number {
    return this.#signatures.size;
  }

  /** Signatures compared since the beginning. */
  get compared(): number {
    return this.#compared;
  }

  add(id: string, text: string): void {
    if (this.#signatures.has(id)) return;
    const signature = this.#signatureOf(text);
    this.#signatures.set(id, signature);
    for (const key of this.#keysOf(signature)) {
      const bucket = this.#buckets.get(key) ?? [];
      bucket.push(id);
      if (bucket.length > this.#o.bucket) bucket.shift();
      this.#buckets.set(key, bucket);
    }
  }

  /** The most similar of those that the text meets in a bucket; null when it meets none. */
  nearest(text: string): Nearest | null {
    const signature = this.#signatureOf(text);
    const met = new Set(this.#keysOf(signature).flatMap((key) => this.#buckets.get(key) ?? []));
    let nearest: Nearest | null = null;
    for (const id of met) {
      this.#compared += 1;
      const similarity = agreement(signature, this.#signatures.get(id) as Uint32Array);
      if (nearest === null || similarity > nearest.similarity) nearest = { id, similarity };
    }
    return nearest;
  }

  isNovel(text: string): boolean {
    return (this.nearest(text)?.similarity ?? 0) < this.#o.threshold;
  }

  #signatureOf(text: string): Uint32Array {
    const signature = new Uint32Array(this.#seeds.length).fill(0xffffffff);
    for (const shingle of shinglesOf(text, this.#o.shingle)) {
      const hash = fnv1a(shingle);
      for (let i = 0; i < signature.length; i++) {
        const value = mixed(hash ^ (this.#seeds[i] as number));
        if (value < (signature[i] as number)) signature[i] = value;
      }
    }
    return signature;
  }

  #keysOf(signature: Uint32Array): readonly string[] {
    const { bands, rows } = this.#o;
    return Array.from(
      { length: bands },
      (_, band) => `${band}:${signature.subarray(band * rows, (band + 1) * rows).join()}`,
    );
  }
}

/** Runs of words, numbers and single signs; a text shorter than a run is one shingle. */
function shinglesOf(text: string, length: number): ReadonlySet<string> {
  const tokens = text.match(/[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu) ?? [];
  if (tokens.length <= length) return new Set([tokens.join(" ")]);
  return new Set(Array.from({ length: tokens.length - length + 1 }, (_, i) => tokens.slice(i, i + length).join(" ")));
}

function agreement(a: Uint32Array, b: Uint32Array): number {
  let same = 0;
  for (let i = 0; i < a.length; i++) if (a[i] === b[i]) same += 1;
  return same / a.length;
}

/** 32-bit FNV-1a over UTF-16 code units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The finaliser of MurmurHash3: a permutation of the 32-bit integers, so that each seed is an order of the shingles. */
function mixed(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
