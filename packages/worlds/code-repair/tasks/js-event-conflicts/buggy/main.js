// Bookings: {room, start, end, title}; times are minutes, the end is not included.

function groupByRoom(bookings) {
  const rooms = new Map();
  for (const booking of bookings) {
    if (booking.end <= booking.start) throw new RangeError(`empty booking: ${booking.title}`);
    const list = rooms.get(booking.room) ?? [];
    list.push(booking);
    rooms.set(booking.room, list);
  }
  return rooms;
}

function conflictsIn(list) {
  const sorted = [...list].sort((a, b) => a.start - b.start || a.end - b.end);
  const found = [];
  for (let i = 0; i < sorted.length; i += 1) {
    for (let j = i + 1; j < sorted.length && sorted[j].start < sorted[i].end; j += 1) {
      found.push([sorted[i].title, sorted[j].title]);
    }
  }
  return found;
}

/** Pairs of titles that overlap in the same room, room by room in name order. */
export function conflicts(bookings) {
  const rooms = groupByRoom(bookings);
  const all = [];
  for (const room of [...rooms.keys()].sort()) {
    const found = conflictsIn(rooms.get(room));
    if (found.length === 0) return all;
    for (const pair of found) all.push({ room, pair });
  }
  return all;
}
