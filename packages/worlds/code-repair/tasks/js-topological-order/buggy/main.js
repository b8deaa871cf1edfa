class CycleError extends Error {
  constructor(path) {
    super(`cycle: ${path.join(' -> ')}`);
    this.name = 'CycleError';
  }
}

function sortedNames(graph) {
  return Object.keys(graph).sort();
}

/**
 * Names in an order where every task comes after the tasks it needs.
 * `graph` maps a name to the names it needs; ties are broken by name.
 */
export function topologicalOrder(graph) {
  const order = [];
  const state = new Map();

  function visit(name, path) {
    if (state.get(name) === 'done') return;
    if (state.get(name) === 'active') throw new CycleError([...path, name]);
    state.set(name, 'active');
    for (const needed of [...(graph[name] ?? [])].sort()) {
      visit(name, [...path, name]);
    }
    state.set(name, 'done');
    order.push(name);
  }

  for (const name of sortedNames(graph)) visit(name, []);
  return order;
}

export function hasCycle(graph) {
  try {
    topologicalOrder(graph);
    return false;
  } catch (error) {
    if (error.name === 'CycleError') return true;
    throw error;
  }
}
