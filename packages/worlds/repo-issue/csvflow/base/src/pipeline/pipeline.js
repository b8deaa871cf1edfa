import { aggregate } from "./aggregate.js";
import { joinRecords } from "./join.js";
import { compareBy } from "./sort.js";

/** Steps over records, run one record at a time where that is possible. */
export class Pipeline {
  #source;

  constructor(source) {
    this.#source = source;
  }

  #then(generator) {
    const source = this.#source;
    return new Pipeline({ [Symbol.iterator]: () => generator(source) });
  }

  where(predicate) {
    return this.#then(function* (records) {
      for (const record of records) if (predicate(record)) yield record;
    });
  }

  select(...names) {
    return this.#then(function* (records) {
      for (const record of records) yield Object.fromEntries(names.map((name) => [name, record[name] ?? null]));
    });
  }

  derive(name, compute) {
    return this.#then(function* (records) {
      for (const record of records) yield { ...record, [name]: compute(record) };
    });
  }

  sort(...columns) {
    return this.#then(function* (records) {
      yield* [...records].sort(compareBy(columns));
    });
  }

  take(count) {
    return this.#then(function* (records) {
      let left = count;
      if (left <= 0) return;
      for (const record of records) {
        yield record;
        left -= 1;
        if (left === 0) return;
      }
    });
  }

  distinct(...names) {
    return this.#then(function* (records) {
      const seen = new Set();
      for (const record of records) {
        const key = JSON.stringify(names.map((name) => record[name]));
        if (seen.has(key)) continue;
        seen.add(key);
        yield record;
      }
    });
  }

  groupBy(names, columns) {
    return this.#then(function* (records) {
      yield* aggregate(records, names, columns);
    });
  }

  join(other, on, options) {
    return this.#then(function* (records) {
      yield* joinRecords(records, other, on, options);
    });
  }

  toArray() {
    return [...this.#source];
  }
}
