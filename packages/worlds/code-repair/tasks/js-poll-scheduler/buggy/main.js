// Times are minutes. A feed is a list of the minutes it changed at, in ascending order.

const SHORTEST = 5;
const LONGEST = 60;

function nextInterval(interval, changed) {
  const shorter = Math.max(SHORTEST, Math.floor(interval / 2));
  const longer = Math.min(LONGEST, interval * 2);
  return changed ? longer : shorter;
}

/** The last change that is not later than `minute`, or -1 when there is none. */
export function latestChange(changes, minute) {
  for (let i = 0; i < changes.length; i += 1) {
    if (changes[i] <= minute) return changes[i];
  }
  return -1;
}

/** Poll a feed until `end`; every poll as [minute, whether something was new]. */
export function simulate(changes, end, interval = 20) {
  const polls = [];
  let seen = -1;
  let step = interval;
  for (let minute = 0; minute <= end; minute += step) {
    const latest = latestChange(changes, minute);
    const changed = latest > seen;
    polls.push([minute, changed]);
    if (changed) seen = latest;
    step = nextInterval(step, changed);
  }
  return polls;
}

export function missedDelay(changes, end, interval) {
  const hits = simulate(changes, end, interval).filter(([, changed]) => changed);
  return hits.reduce((sum, [minute]) => sum + minute - latestChange(changes, minute), 0);
}
