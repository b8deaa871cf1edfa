// Meetings are [start, end] in minutes of the day, the end not included.

function clip([start, end], [open, close]) {
  return [Math.max(start, open), Math.min(end, close)];
}

/** Sorted meetings without overlaps; those that touch become one. */
export function joined(meetings) {
  const out = [];
  for (const [start, end] of [...meetings].sort((a, b) => a[0] - b[0])) {
    const last = out[out.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else out.push([start, end]);
  }
  return out;
}

/** The gaps of at least `minutes` in the opening hours. */
export function freeSlots(meetings, hours, minutes) {
  const busy = joined(meetings.map((m) => clip(m, hours)).filter(([start, end]) => start < end));
  const slots = [];
  let free = hours[0];
  const offer = (end) => {
    if (end - free >= minutes) slots.push([free, end]);
  };
  for (const [start, end] of busy) {
    offer(start);
    free = end;
  }
  offer(hours[1]);
  return slots;
}

export function longestSlot(meetings, hours) {
  const slots = freeSlots(meetings, hours, 1);
  return slots.reduce((best, [start, end]) => Math.max(best, end - start), 0);
}
