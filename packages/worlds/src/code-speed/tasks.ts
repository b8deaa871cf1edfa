import { links, numbers, wordOf, words, type Make } from "./inputs.ts";

/** A slow function: its file below `code-speed/tasks`, its name, and how its arguments are made. */
export interface TaskSpec {
  readonly file: string;
  readonly call: string;
  readonly sizes: readonly [smallest: number, largest: number];
  readonly make: Make;
}

const LARGE = [3, 20_000] as const;
const task = (file: string, call: string, sizes: TaskSpec["sizes"], make: Make): TaskSpec => ({
  file,
  call,
  sizes,
  make,
});

/** In the order in which they were written; every second one is for testing. */
export const TASKS: readonly TaskSpec[] = [
  task("js-unread-messages.js", "unreadMessages", LARGE, (kind, n, rng) => [
    numbers(kind, n, rng).map((id) => ({ id, subject: `about ${wordOf(id)}` })),
    numbers(kind, n, rng),
  ]),
  task("js-tag-cloud.js", "tagCloud", LARGE, (kind, n, rng) => [words(kind, n, rng)]),
  task("js-invoice-lines.js", "invoiceLines", LARGE, (kind, n, rng) => [
    numbers(kind, n, rng, n).map((article) => ({ article, count: 1 + rng.int(5) })),
    numbers("distinct", n, rng, n).map((id) => ({ id, name: wordOf(id), price: rng.int(90) })),
  ]),
  task("js-duplicate-emails.js", "duplicateEmails", LARGE, (kind, n, rng) => [
    words(kind, n, rng).map((word) => (rng.int(2) === 0 ? `${word}@example.org` : `${word.toUpperCase()}@example.org`)),
  ]),
  task("js-flatten-tree.js", "outline", LARGE, (kind, n, rng) => [
    Array.from({ length: n }, (_, i) => ({
      id: i + 1,
      parent:
        kind === "ascending"
          ? i % 20 === 0
            ? 0
            : i
          : kind === "repeated"
            ? rng.int(Math.min(i + 1, 4))
            : rng.int(i + 1),
      label: wordOf(i),
    })),
  ]),
  task("js-stair-ways.js", "stairWays", [3, 60], (kind, n, rng) => [
    n,
    kind === "distinct" ? 2 : 3,
    kind === "ascending" ? [] : [1 + rng.int(n), 2 + rng.int(n)],
  ]),
  task("js-grid-paths.js", "cheapestPath", [1, 40], (kind, n, rng) => [
    Array.from({ length: Math.max(1, n >> 1) }, () => numbers(kind, Math.max(1, (n + 1) >> 1), rng)),
  ]),
  task("js-breadth-first.js", "clickDepths", LARGE, (kind, n, rng) => [links(kind, n, rng), 0]),
  task("js-moving-average.js", "windowSums", LARGE, (kind, n, rng) => [numbers(kind, n, rng), 1 + (n >> 2)]),
  task("js-word-index.js", "wordIndex", LARGE, (kind, n, rng) => [words(kind, n, rng).join(" ")]),
  task("js-running-median.js", "runningMedians", LARGE, (kind, n, rng) => [numbers(kind, n, rng)]),
  task("js-rank-scores.js", "places", LARGE, (kind, n, rng) => [numbers(kind, n, rng)]),
  task("js-primes-in-list.js", "onlyPrimes", LARGE, (kind, n, rng) => [
    numbers(kind, Math.max(1, Math.round(n / 3)), rng, 8 * n),
  ]),
  task("js-anagram-groups.js", "anagramGroups", LARGE, (kind, n, rng) => [
    words(kind, n, rng).map((word) => (rng.int(2) === 0 ? [...word].reverse().join("") : word)),
  ]),
  task("js-merge-intervals.js", "mergeIntervals", [2, 3000], (kind, n, rng) => [
    numbers(kind, n, rng, 40 * n).map((from) => [from, from + rng.int(12)]),
  ]),
  task("js-common-subsequence.js", "commonLength", [2, 60], (kind, n, rng) => [
    words(kind, n, rng)
      .join("")
      .slice(0, n >> 1),
    words(kind, n, rng)
      .join("")
      .slice(0, (n + 1) >> 1),
  ]),
  task("js-matrix-product.js", "product", [1, 400], (kind, n, rng) => [
    Array.from({ length: n }, () => numbers(kind, n, rng, 50)),
    Array.from({ length: n }, () => numbers(kind, n, rng, 50)),
  ]),
  task("js-apply-moves.js", "pressSwitches", LARGE, (kind, n, rng) => [
    Array.from({ length: n }, () => rng.int(2)),
    numbers(kind, n, rng, n + 2),
  ]),
  task("js-pair-sum.js", "countPairs", LARGE, (kind, n, rng) => [
    numbers(kind, n, rng),
    kind === "repeated" ? 4 : 2 * n,
  ]),
  task("js-highlight-terms.js", "highlight", LARGE, (kind, n, rng) => [
    Array.from({ length: Math.max(1, n >> 1) }, () => words(kind, 8, rng).join(" ")),
    words("distinct", Math.max(1, Math.round(Math.sqrt(n))), rng),
  ]),
  task("js-last-seen.js", "sinceLastVisit", LARGE, (kind, n, rng) => [words(kind, n, rng)]),
  task("ts-unique-visitors.ts", "uniqueVisitors", LARGE, (kind, n, rng) => [
    numbers(kind, n, rng).map((user) => ({
      user: wordOf(user),
      page: `/${wordOf(rng.int(kind === "repeated" ? 3 : 1 + (n >> 1)))}`,
    })),
  ]),
  task("ts-balance-history.ts", "balances", LARGE, (kind, n, rng) => [
    numbers(kind, n, rng).map((x) => x - n),
    rng.int(100),
  ]),
  task("ts-stock-changes.ts", "stockChanges", LARGE, (kind, n, rng) => [
    numbers(kind, n, rng).map((id) => ({ sku: wordOf(id), count: rng.int(3) })),
    numbers(kind, n, rng).map((id) => ({ sku: wordOf(id), count: rng.int(3) })),
  ]),
  task("ts-install-order.ts", "installOrder", [2, 3000], (kind, n, rng) => [
    Array.from({ length: n }, (_, i) => wordOf(i)),
    Array.from({ length: 2 * n }, () => {
      const a = 1 + rng.int(Math.max(1, n - 1));
      const b = kind === "ascending" ? a - 1 : kind === "repeated" ? rng.int(Math.min(a, 3)) : rng.int(a);
      return [wordOf(a), wordOf(b)];
    }),
  ]),
  task("py_common_words.py", "common_words", LARGE, (kind, n, rng) => [
    words(kind, n, rng).join(" "),
    words(kind, n, rng).join(" "),
  ]),
  task("py_count_votes.py", "winners", LARGE, (kind, n, rng) => [words(kind, n, rng)]),
  task("py_coin_change.py", "ways_to_pay", [3, 400], (kind, n) => [
    n,
    kind === "distinct" ? [1, 2, 5, 10, 20] : kind === "repeated" ? [2, 2, 3] : [1, 2, 3, 4, 5, 6],
  ]),
  task("py_edit_distance.py", "distance", [2, 40], (kind, n, rng) => [
    words(kind, n, rng)
      .join("")
      .slice(0, n >> 1),
    words(kind, n, rng)
      .join("")
      .slice(0, (n + 1) >> 1),
  ]),
  task("py_breadth_first.py", "distances", LARGE, (kind, n, rng) => [links(kind, n, rng), 0]),
  task("py_running_total.py", "running_totals", LARGE, (kind, n, rng) => [numbers(kind, n, rng)]),
  task("py_pair_sum.py", "pairs_with_sum", LARGE, (kind, n, rng) => [
    numbers(kind, n, rng),
    kind === "repeated" ? 4 : 2 * n,
  ]),
  task("py_join_records.py", "join_records", LARGE, (kind, n, rng) => [
    numbers(kind, n, rng, n).map((customer) => ({ customer, amount: rng.int(100) })),
    numbers("distinct", n, rng, n).map((id) => ({ id, name: wordOf(id) })),
  ]),
  task("py_remove_duplicates.py", "remove_duplicates", LARGE, (kind, n, rng) => [
    numbers(kind, n, rng).map((x) => [x, wordOf(x % 7)]),
  ]),
  task("py_text_report.py", "report", LARGE, (kind, n, rng) => [
    words(kind, n, rng).map((word) => [word, rng.int(50)]),
  ]),
  task("py_primes.py", "primes_below", LARGE, (kind, n, rng) => [
    kind === "distinct" ? n : kind === "repeated" ? n - rng.int(1 + (n >> 4)) : n + rng.int(1 + (n >> 4)),
  ]),
  task("py_rank.py", "ranks", LARGE, (kind, n, rng) => [numbers(kind, n, rng)]),
  task("py_running_median.py", "running_maximum_gap", LARGE, (kind, n, rng) => [numbers(kind, n, rng)]),
  task("py_latest_first.py", "latest_first", LARGE, (kind, n, rng) => [
    words(kind, n, rng).map((title) => ({ title, kind: rng.int(4) === 0 ? "cancel" : "meet" })),
  ]),
  task("py_longest_rise.py", "longest_rise", [1, 90], (kind, n, rng) => [
    numbers(kind, kind === "ascending" ? Math.max(1, n >> 2) : n, rng),
  ]),
  task("py_anagram_pairs.py", "anagram_pairs", LARGE, (kind, n, rng) => [
    words(kind, n, rng).map((word) => (rng.int(2) === 0 ? [...word].reverse().join("") : word)),
  ]),
  task("py_life.py", "evolve", LARGE, (kind, n, rng) => [
    kind === "repeated" ? numbers("repeated", n, rng, 4) : numbers("distinct", n, rng, 2),
    kind === "ascending" ? 8 : 4,
  ]),
  task("py_window_sums.py", "best_window", LARGE, (kind, n, rng) => [numbers(kind, n, rng), 1 + (n >> 2)]),
  task("py_clean_lines.py", "clean", LARGE, (kind, n, rng) => [
    Array.from({ length: n }, () => words(kind, 6, rng).join("  ")),
    words("distinct", Math.max(1, Math.round(Math.sqrt(n))), rng),
  ]),
  task("py_divisor_sums.py", "kinds", LARGE, (kind, n, rng) => [
    numbers(kind, Math.max(1, Math.round(n / 4)), rng, 8 * n).map((x) => x + 1),
  ]),
];
