/** "file | 3 ++-" with the bar scaled to a width. */
export function formatStat(name, parts, width = 20) {
  const { inserted, deleted } = countChanges(parts);
  const total = inserted + deleted;
  const scale = total > width ? width / total : 1;
  const bar = "+".repeat(scaled(inserted, scale)) + "-".repeat(scaled(deleted, scale));
  return `${name} | ${total} ${bar}`.trimEnd();
}

export function countChanges(parts) {
  const count = (kind) =>
    parts.filter((part) => part.kind === kind).reduce((sum, part) => sum + part.items.length, 0);
  return { inserted: count("insert"), deleted: count("delete") };
}

/** Something that is there is shown with one sign at least. */
function scaled(count, scale) {
  return count === 0 ? 0 : Math.max(1, Math.floor(count * scale));
}
