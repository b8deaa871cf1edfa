/** Labels of a tree given as rows with a parent, in depth-first order, indented by two spaces a level. */
export function outline(rows) {
  function below(parent, depth) {
    let lines = [];
    for (const row of rows.filter((each) => each.parent === parent)) {
      lines = lines.concat(["  ".repeat(depth) + row.label]);
      lines = lines.concat(below(row.id, depth + 1));
    }
    return lines;
  }
  return below(0, 0);
}
