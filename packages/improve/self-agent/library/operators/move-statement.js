export const operator = "move-statement";

/** Two neighbouring statements exchanged. */
export function edits(node, { source }) {
  if (node.type !== "BlockStatement") return [];
  return node.body.slice(1).map((second, at) => {
    const first = node.body[at];
    const between = source.slice(first.end, second.start);
    const text = source.slice(second.start, second.end) + between + source.slice(first.start, first.end);
    return { start: first.start, end: second.end, text };
  });
}
