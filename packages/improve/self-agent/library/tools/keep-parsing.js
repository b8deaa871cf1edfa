/** Refuses what does not parse: that costs nothing to find out. */
export async function keep(candidate, run) {
  const paths = new Set(candidate.edits.map(({ path }) => path));
  const changed = Object.fromEntries([...paths].map((path) => [path, candidate.files[path]]));
  const trees = await run.host.parse(changed);
  return Object.values(trees).every((tree) => tree !== null);
}
