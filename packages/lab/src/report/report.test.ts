import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { CATALOGUE } from "../catalogue.ts";
import { CLEAR, fakeSystem, recipesOf, SAME, temporaryStore } from "../fixture-system.ts";
import { overview } from "../overview.ts";
import { runSystem } from "../run-system.ts";
import type { Inequality, System } from "../system.ts";
import { ticksOver } from "./chart.ts";
import { pagesOf } from "./pages.ts";
import { cell, figure, heldWord, interval } from "./words.ts";
import { writePages } from "./write-pages.ts";
import { writeSite } from "./write-site.ts";

const HOPELESS: Inequality = {
  id: "possible",
  says: "sampling solves something",
  metric: "solved",
  left: "sampling",
  atLeast: 0.9,
  gated: true,
  since: "2026-11-26",
};

/** Pages of one system that was measured. */
async function pagesAfter(shares: typeof CLEAR, changes: Partial<System> = {}): Promise<ReadonlyMap<string, string>> {
  using place = temporaryStore();
  const { system } = fakeSystem({ shares, changes });
  await runSystem(system, place.options);
  return pagesOf(await overview(place.store, recipesOf(system)));
}

test("each of the four outcomes stands on the page of all systems and on the system's own", async () => {
  const base = fakeSystem({ shares: CLEAR }).system;
  const cases = [
    ["reproduced", CLEAR, {}],
    ["not reproduced", SAME, {}],
    ["precondition failed", CLEAR, { preconditions: [HOPELESS] }],
    ["reported only", CLEAR, { claim: base.claim.map((each) => ({ ...each, gated: false })) }],
  ] as const;
  for (const [outcome, shares, changes] of cases) {
    const pages = await pagesAfter(shares, changes);
    assert.match(
      pages.get("README.md") as string,
      new RegExp(`\\[swe-search\\]\\(swe-search.md\\) \\| ${outcome} \\|`),
    );
    assert.match(pages.get("swe-search.md") as string, new RegExp(`Outcome: \\*\\*${outcome}\\*\\*, with 3 seeds`));
  }
});

test("all systems are listed; not built and not measured are said", async () => {
  using place = temporaryStore();
  const { system } = fakeSystem({ shares: CLEAR });
  const pages = pagesOf(await overview(place.store, recipesOf(system)));
  const index = pages.get("README.md") as string;
  for (const { id } of CATALOGUE) assert.match(index, new RegExp(`^\\| (${id}|\\[${id}\\]\\(${id}.md\\)) \\| `, "m"));
  assert.equal(index.match(/\| not built \|  \|/g)?.length, CATALOGUE.length - 1);
  assert.match(index, /\| \[swe-search\]\(swe-search.md\) \| not measured \|  \| code-agents \|/);
  assert.match(index, /Built so far: 1; not measured: 1\./);
  assert.match(pages.get("swe-search.md") as string, /Outcome: \*\*not measured\*\*\. `pawl lab run swe-search`/);
  await runSystem(system, { ...place.options, seeds: 2 });
  const partly = pagesOf(await overview(place.store, recipesOf(system)));
  assert.match(partly.get("swe-search.md") as string, /\*\*not measured\*\* \(2 of 3 seeds so far\)/);
});

test("a page shows the claim seed by seed, given-up margins, the arms, where the figures come from", async () => {
  const base = fakeSystem({ shares: CLEAR }).system;
  const history = [{ until: "2026-11-20", margin: 0.5, why: "the tasks were too hard" }];
  const pages = await pagesAfter(CLEAR, {
    claim: base.claim.map((each) => ({ ...each, history })),
    analysis: "It was easy.",
  });
  const page = pages.get("swe-search.md") as string;
  assert.match(
    page,
    /\| solved: tree − sampling \| ≥ 0\.1 \| 2026-11-26 \| 0\.333 ± 0\.033 \| 0\.4, 0\.3, 0\.3 \| holds \|/,
  );
  assert.match(page, /Until 2026-11-20 the margin .* was 0\.5: the tasks were too hard/);
  assert.match(page, /\| `tree` \| 0\.550 ± 0\.029 \| 19\.5 ± 0 \| 1200 \|/);
  assert.match(page, /\| commits \| ab12cd3 \(6 arm runs\) \|/);
  assert.match(page, /\| seeds \| 1, 2, 3 \|/);
  assert.match(page, /## Analysis\n\nIt was easy\./);
  assert.match(page, /\[arXiv:2410\.20285\]\(https:\/\/arxiv\.org\/abs\/2410\.20285\)/);
  assert.match(page, /A tree \| of &lt;patches>/);
  assert.match(page, /Scores of `a < b` decide; nodes with score &lt; 0/);
  assert.match(page, /the same budget \\\| in samples/);
  const svg = pages.get("figures/swe-search.svg") as string;
  assert.match(svg, /<desc>solved: tree 0\.550 ± 0\.029, sampling 0\.217 ± 0\.017<\/desc>/);
  assert.equal(svg.match(/<circle class="seed"/g)?.length, 6);
  assert.doesNotMatch(svg, /NaN|undefined/);
});

test("pages do not change when nothing was measured", async () => {
  using place = temporaryStore();
  const { system } = fakeSystem({ shares: CLEAR });
  await runSystem(system, place.options);
  const pages = join(place.folder, "pages");
  const site = join(place.folder, "site");
  const write = async (): Promise<string> => {
    const states = await overview(place.store, recipesOf(system));
    const files = [...writePages(pages, states), ...(await writeSite(site, states))];
    return files.map((path) => `${path}\n${readFileSync(path, "utf8")}`).join("\n");
  };
  const before = await write();
  const again = fakeSystem({ shares: CLEAR });
  await runSystem(again.system, place.options);
  assert.deepEqual(again.measured, []);
  assert.equal(await write(), before);
});

test("an inequality whose arms different commits measured is marked, and no other", async () => {
  for (const [commits, marked] of [
    [["abc", "abc"], false],
    [["abc", "def"], true],
  ] as const) {
    using place = temporaryStore();
    const { system } = fakeSystem({ shares: CLEAR });
    for (const [i, arm] of ["tree", "sampling"].entries())
      await runSystem(system, { ...place.options, arms: [arm], commit: commits[i] as string });
    const page = pagesOf(await overview(place.store, recipesOf(system))).get(`${system.id}.md`) as string;
    assert.equal(/tree − sampling†/.test(page), marked);
    assert.equal(page.includes("different commits of the code"), marked);
  }
});

test("what became of an inequality, in words", () => {
  const perSeed = [{ seed: 1, value: 0.1 }];
  const words = [
    { holds: true, mayBeChance: false, perSeed },
    { holds: true, mayBeChance: true, perSeed },
    { holds: false, mayBeChance: true, perSeed },
    { holds: null, mayBeChance: false, perSeed: [{ seed: 1, value: null }] },
    { holds: null, mayBeChance: false, perSeed: [] },
  ].map(heldWord);
  assert.deepEqual(words, [
    "holds",
    "holds, may be chance",
    "does not hold",
    "no ratio: the divisor is 0",
    "not measured",
  ]);
});

test("the quick form's time is that of its arms together, once for what overlapped", async () => {
  using place = temporaryStore();
  const { system } = fakeSystem({ shares: CLEAR });
  const about = { system: system.id, version: 1, quick: true, commit: null, rows: [], spent: 0, seed: 1 };
  place.store.append({ ...about, arm: "tree", seconds: 10, at: "2026-11-26T10:00:10.000Z" });
  const seconds = async (): Promise<number | null | undefined> =>
    (await overview(place.store, recipesOf(system)))[0]?.built?.quickSeconds;
  assert.equal(await seconds(), null, "not every arm");
  place.store.append({ ...about, arm: "sampling", seconds: 5, at: "2026-11-26T10:00:12.000Z" });
  assert.equal(await seconds(), 12);
  place.store.append({ ...about, arm: "sampling", seed: 2, seconds: 3, at: "2026-11-26T11:00:00.000Z" });
  assert.equal(await seconds(), 15);
});

test("the site leads from page to page, colours the states, and needs nothing from outside", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pawl-site-"));
  try {
    using place = temporaryStore();
    const { system } = fakeSystem({ shares: CLEAR });
    await runSystem(system, place.options);
    await writeSite(folder, await overview(place.store, recipesOf(system)));
    assert.deepEqual(readdirSync(folder).toSorted(), [
      "figures",
      "filter.js",
      "index.html",
      "style.css",
      "swe-search.html",
    ]);
    const index = readFileSync(join(folder, "index.html"), "utf8");
    assert.match(index, /<a href="swe-search\.html">swe-search<\/a>/);
    assert.match(index, /<td[^>]*><span class="state reproduced">reproduced<\/span><\/td>/);
    assert.equal(index.match(/<span class="state not-built">/g)?.length, CATALOGUE.length - 1);
    const page = readFileSync(join(folder, "swe-search.html"), "utf8");
    assert.match(page, /<img src="figures\/swe-search\.svg"/);
    assert.match(page, /<a href="index\.html">/);
    assert.match(page, /<code>a &lt; b<\/code>.*score &lt; 0/);
    for (const html of [index, page]) assert.doesNotMatch(html, /(?:src|<link[^>]*href)="https?:/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("figures as short as they are certain", () => {
  // What sums leave behind is nothing.
  assert.deepEqual([figure(-1e-17), interval(0.413793, 1e-17), interval(-1e-17, 0)], ["0", "0.414 ± 0", "0 ± 0"]);
  assert.deepEqual([figure(0.12345), figure(1300.4), figure(3), figure(-0.00312)], ["0.123", "1300", "3", "−0.00312"]);
  assert.deepEqual(
    [interval(0.42345, 0.01234), interval(1234.5, 56.7), interval(0.5, null), interval(1, 0)],
    ["0.423 ± 0.012", "1235 ± 57", "0.5", "1 ± 0"],
  );
  assert.equal(cell("a|b\n`x|y <z>` <i>"), "a\\|b `x\\|y <z>` &lt;i>");
});

test("ticks are round and enclose both ends", () => {
  assert.deepEqual(ticksOver(0, 0.87), [0, 0.25, 0.5, 0.75, 1]);
  assert.deepEqual(ticksOver(-0.1, 0.32), [-0.2, 0, 0.2, 0.4]);
  assert.deepEqual(ticksOver(0, 0), [0, 0.25, 0.5, 0.75, 1]);
  for (const [low, high] of [
    [0, 12345],
    [-3, -1e-7],
    [0, 3e-9],
  ] as const) {
    const ticks = ticksOver(low, high);
    assert.ok((ticks[0] as number) <= low && (ticks.at(-1) as number) >= high && ticks.length <= 7, String(ticks));
  }
});
