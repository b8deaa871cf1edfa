import { lineOf } from "./edits.js";
import { walk } from "./walk.js";

/** Every edit of every operator in the files: {path, line, operator, start, end, text}. A file that does not parse has none. */
export function allEdits(files, operators, parsed) {
  const found = [];
  for (const path of Object.keys(files)) {
    const source = files[path];
    const tree = parsed[path];
    if (tree === null || tree === undefined) continue;
    const nodes = walk(tree);
    const context = { source, names: namesIn(nodes) };
    for (const { node, parent, field } of nodes) {
      for (const { operator, edits } of operators) {
        for (const edit of edits(node, { ...context, parent, field })) {
          if (source.slice(edit.start, edit.end) === edit.text) continue;
          found.push({ path, line: lineOf(source, edit.start), operator, ...edit });
        }
      }
    }
  }
  return found;
}

/** Names of variables, parameters and functions that the file declares. */
export function namesIn(nodes) {
  const names = new Set();
  for (const { node, parent, field } of nodes) {
    if (node.type !== "Identifier" || parent === null) continue;
    const declares =
      (parent.type === "VariableDeclarator" && field === "id") ||
      field === "params" ||
      (parent.type === "AssignmentPattern" && field === "left") ||
      (parent.type === "ArrayPattern" && field === "elements");
    if (declares) names.add(node.name);
  }
  return [...names];
}
