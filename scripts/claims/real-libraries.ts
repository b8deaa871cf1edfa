import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { REAL_LIBRARIES } from "./real-library-list.ts";
import { tryLibrary, type LibraryReport } from "./real-library.ts";

const DATA = new URL("../../docs/data/real-libraries.json", import.meta.url);

/**
 * Claim: `pawl fix`, `pawl speed` and `pawl branch` work on whole repositories of released open-source libraries: a fault of one line is
 * repaired, a slow function made faster, and the branch passes the library's own suite when it is run by hand. `names` restricts it; reports of the others stay as they are.
 */
export async function claimRealLibraries(quick: boolean, names: readonly string[] = []): Promise<void> {
  const wanted = REAL_LIBRARIES.filter(({ name }) => names.length === 0 || names.includes(name));
  const reports: LibraryReport[] = [];
  for (const library of quick ? firstOfEach(wanted) : wanted) {
    const report = tryLibrary(library, (line) => void process.stdout.write(`${line}\n`));
    process.stdout.write(`${summaryOf(report)}\n`);
    reports.push(report);
    if (!quick) writeFileSync(DATA, `${JSON.stringify(merged(reports), null, 2)}\n`);
  }
  const faults = reports.flatMap((report) => report.faults);
  const repaired = faults.filter((fault) => fault.fixed && fault.passesByHand).length;
  const holds = (from: string): boolean =>
    reports.some(({ library, faults: all }) => library.from === from && all.some((fault) => fault.passesByHand));
  const good = wanted.every(({ from }) => holds(from));
  process.stdout.write(
    `${good ? "HOLDS" : "DOES NOT HOLD"}: ${repaired} of ${faults.length} faults in ${reports.length} libraries repaired, ` +
      `${faults.filter((fault) => fault.asReleased).length} of them back to the released line\n`,
  );
  if (!good) process.exitCode = 1;
}

export function readReports(): readonly LibraryReport[] {
  return existsSync(DATA) ? (JSON.parse(readFileSync(DATA, "utf8")) as readonly LibraryReport[]) : [];
}

function firstOfEach(libraries: typeof REAL_LIBRARIES): typeof REAL_LIBRARIES {
  return ["npm", "pypi"].flatMap((from) => libraries.find((library) => library.from === from) ?? []);
}

/** In the order of the list; what was not tried now stays as it was. */
function merged(reports: readonly LibraryReport[]): readonly LibraryReport[] {
  const known = new Map([...readReports(), ...reports].map((report) => [report.library.name, report]));
  return REAL_LIBRARIES.flatMap(({ name }) => known.get(name) ?? []);
}

function summaryOf({ library, unusable, faults, slow }: LibraryReport): string {
  if (unusable !== null) return `${library.name}: not tried: ${unusable}`;
  const said = faults.map(({ fault, fixed, passesByHand, asReleased }) => {
    if (!fixed) return `${fault.kind}: not repaired`;
    if (!passesByHand) return `${fault.kind}: repaired, but the suite fails by hand`;
    return `${fault.kind}: repaired${asReleased ? ", as released" : ", in another way"}`;
  });
  if (slow !== null)
    said.push(`${slow.slow.target}: ${slow.faster ? `${slow.ratio?.toFixed(2)} times as fast` : "not made faster"}`);
  return `${library.name}: ${said.join("; ")}`;
}
