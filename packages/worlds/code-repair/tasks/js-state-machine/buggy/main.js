const TRANSITIONS = {
  draft: { submit: 'pending', cancel: 'cancelled' },
  pending: { approve: 'approved', reject: 'draft', cancel: 'cancelled' },
  approved: { ship: 'shipped', cancel: 'cancelled' },
  shipped: { deliver: 'done' },
  cancelled: {},
  done: {},
};

function createMachine() {
  let state = 'draft';
  const history = [];
  return {
    send(event) {
      const next = TRANSITIONS[state][event];
      if (next === undefined) return false;
      state = next;
      history.push({ event, from: state });
      return true;
    },
    undo() {
      const last = history.pop();
      if (last === undefined) return false;
      state = last.from;
      return true;
    },
    snapshot() {
      return { state, events: history.map((entry) => entry.event) };
    },
  };
}

/** Send events in order ("undo" takes the last one back); the final snapshot and what was refused. */
export function runWorkflow(events) {
  const machine = createMachine();
  const refused = [];
  for (const event of events) {
    const accepted = event === 'undo' ? machine.undo() : machine.send(event);
    if (!accepted) refused.push(event);
  }
  return { ...machine.snapshot(), refused };
}
