/** Sources for the tests: shapes that a repair tool meets, small enough to read. */
export const SAMPLES: Readonly<Record<string, string>> = {
  "intervals.js": `/** Merge overlapping [start, end] pairs. */
export function mergeIntervals(intervals) {
  if (intervals.length === 0) return [];
  const sorted = [...intervals].sort((a, b) => a[0] - b[0]);
  const merged = [sorted[0].slice()];
  for (let i = 1; i < sorted.length; i += 1) {
    const [start, end] = sorted[i];
    const last = merged[merged.length - 1];
    if (start <= last[1]) {
      last[1] = Math.max(last[1], end);
    } else {
      merged.push([start, end]); // a gap
    }
  }
  return merged;
}
`,
  "cache.js": `export class Cache {
  #entries = new Map();
  hits = 0;

  constructor(capacity = 10, clock) {
    this.capacity = capacity;
    this.clock = clock;
  }

  get(key) {
    const entry = this.#entries.get(key);
    if (!entry || entry.until < this.clock.now()) {
      return undefined;
    }
    this.hits++;
    return entry.value;
  }

  async load(key, read) {
    try {
      const value = await read(key);
      this.#entries.set(key, { value, until: this.clock.now() + 60 });
      return value;
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    } finally {
      this.hits -= 1;
    }
  }

  *keys() {
    outer: for (const [key, { until }] of this.#entries) {
      switch (until) {
        case 0:
          continue outer;
        case 1: {
          break;
        }
        default:
          yield key;
      }
    }
  }
}
`,
  "queue.ts": `export interface Job<T> {
  readonly id: string;
  readonly priority: number;
  run(input: T): Promise<number>;
}

type Outcome = { id: string; value: number | null };

export async function drain<T>(jobs: readonly Job<T>[], input: T, limit: number = 3): Promise<Outcome[]> {
  const waiting = jobs.slice().sort((a, b) => b.priority - a.priority || a.id.localeCompare(b.id));
  const outcomes: Outcome[] = [];
  while (waiting.length > 0 && outcomes.length < limit) {
    const job = waiting.shift()!;
    const value = (await job.run(input)) as number;
    outcomes.push({ id: job.id, value: Number.isNaN(value) ? null : value });
  }
  return outcomes satisfies Outcome[];
}

export abstract class Base {
  protected constructor(readonly names: string[]) {}
  abstract size(): number;
  first(): string | undefined {
    return this.names.at(0)?.trim();
  }
}
`,
  "list.jsx": `import { Row } from "./row.jsx";

export function List({ items, selected, onPick }) {
  const shown = items.filter((item) => item.visible && item.count > 0);
  if (!shown.length) return <p className="empty">nothing</p>;
  return (
    <ul>
      {shown.map((item, index) => (
        <Row key={item.id} odd={index % 2 === 1} active={item.id === selected} onClick={() => onPick?.(item)}>
          {item.name ?? "?"} ({item.count})
        </Row>
      ))}
    </ul>
  );
}
`,
  "ünïcode.js": `const größe = "größer als 🎉"; /* ← 𝒽𝑒𝓇𝑒 */
export function zähle(wörter) {
  let anzahl = 0;
  for (const wort of wörter) if (wort !== größe && wort.length > 1) anzahl += 1;
  return anzahl;
}
`,
  "crlf.js":
    "function f(a) {\r\n  let n = 0;\r\n  for (const x of a) {\r\n    if (x > 2) {\r\n      n += x;\r\n    }\r\n  }\r\n  return n;\r\n}\r\nmodule.exports = { f };\r\n",
  "bare.mjs": `export const clamp = (value, low, high) => value < low ? low : value > high ? high : value

export function flatten(tree, depth) {
  const out = []
  for (const node of tree)
    if (Array.isArray(node) && depth !== 0) out.push(...flatten(node, depth - 1))
    else out.push(node)
  return out
}

export default function* (n) { do { yield n-- } while (n > 0) }
`,
};
