// roads: [from, to, cost] triples, open in both directions.

function buildGraph(roads) {
  const graph = new Map();
  const link = (a, b, cost) => {
    if (!graph.has(a)) graph.set(a, []);
    graph.get(a).push({ to: b, cost });
  };
  for (const [a, b, cost] of roads) {
    if (cost < 0) throw new RangeError(`negative cost ${a}-${b}`);
    link(a, b, cost);
    link(b, a, cost);
  }
  return graph;
}

function closest(pending, distance) {
  let best;
  for (const town of pending) {
    if (best === undefined || distance.get(town) < distance.get(best)) best = town;
  }
  return best;
}

/** The cheapest route as {cost, towns}, or null when there is none. */
export function route(roads, start, goal) {
  const graph = buildGraph(roads);
  const distance = new Map([[start, 0]]);
  const previous = new Map();
  const pending = new Set([start]);
  while (pending.size > 0) {
    const town = closest(pending, distance);
    pending.delete(town);
    if (town === goal) break;
    for (const { to, cost } of graph.get(town) ?? []) {
      const through = distance.get(town) + cost;
      if (!distance.has(to) || through < distance.get(to)) {
        distance.set(to, through);
        previous.set(to, town);
        pending.add(to);
      }
    }
  }
  if (!distance.has(goal)) return null;
  const towns = [goal];
  while (previous.has(towns[0])) towns.unshift(previous.get(towns[0]));
  return { cost: distance.get(goal), towns };
}
