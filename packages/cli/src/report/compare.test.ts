import assert from "node:assert/strict";
import { test } from "node:test";
import type { ArmReport, CompareReport } from "@pawl/lab";
import { Screen } from "../screen.ts";
import { width } from "../words.ts";
import { compareText } from "./compare.ts";

class Sized extends Screen {
  readonly #columns: number;

  constructor(columns: number) {
    super({ json: false, plain: true });
    this.#columns = columns;
  }

  override get columns(): number {
    return this.#columns;
  }
}

const ESTIMATE = { mean: 0.525, interval: [0.401, 0.649] } as const;

function arm(name: string, reached: number): ArmReport {
  return {
    arm: name,
    search: name,
    proposer: "syntax",
    again: name.endsWith("again"),
    reached: { ...ESTIMATE, mean: reached },
    area: ESTIMATE,
    against: name === "hill-climb" ? null : { reached: ESTIMATE, area: ESTIMATE },
    answered: 0.75,
    curve: Array.from({ length: 60 }, (_, i) => i / 60),
    evaluations: 60,
    seconds: 1,
  };
}

const REPORT: CompareReport = {
  world: "own",
  title: "t",
  measure: "solved",
  budget: 400,
  tasks: 5,
  pairs: { measured: 5, wanted: 5 },
  grid: [],
  arms: [arm("hill-climb", 0.5), arm("strategies × syntax-uniform", 0.6), arm("hill-climb, again", 0.4)],
};

test("figures and curves keep within the terminal, and nothing is lost", () => {
  for (const columns of [40, 60, 80, 100, 140]) {
    const [, grid = "", plot = ""] = compareText(REPORT, "r", new Sized(columns)).split("\n\n");
    for (const line of [...grid.split("\n"), ...plot.split("\n")])
      assert.ok(width(line) <= columns, `${columns}: ${JSON.stringify(line)}`);
    assert.equal(grid.match(/\[40\.1 %, 64\.9 %\]/g)?.length, 3, "every interval");
    assert.equal(grid.match(/75\.0 %/g)?.length, 3, "the last column");
    assert.equal(grid.split("\n").length, columns < 110 ? 14 : 4);
    const cells = plot.match(/[▁▂▃▄▅▆▇█]+/g)?.map((curve) => curve.length) ?? [];
    assert.equal(cells.length, 3);
    assert.ok(cells.every((length) => length >= 8 && length === cells[0]));
  }
});
