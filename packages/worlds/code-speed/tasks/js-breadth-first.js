/** Number of steps from a start to every page that can be reached by links. */
export function clickDepths(links, start) {
  const queue = [{ page: start, depth: 0 }];
  const visited = [];
  const depths = {};
  while (queue.length > 0) {
    const { page, depth } = queue.shift();
    if (visited.includes(page)) continue;
    visited.push(page);
    depths[page] = depth;
    for (const [from, to] of links) {
      if (from === page) queue.push({ page: to, depth: depth + 1 });
    }
  }
  return depths;
}
