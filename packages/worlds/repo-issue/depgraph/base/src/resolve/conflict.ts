export interface Demand {
  readonly name: string;
  readonly range: string;
  /** Who asks: "project" or name@version. */
  readonly by: string;
}

export function formatConflict(name: string, demands: readonly Demand[]): string {
  const lines = demands.map(({ by, range }) => `  ${by} needs ${range}`);
  return [`no version of ${name} fits:`, ...lines].join("\n");
}
