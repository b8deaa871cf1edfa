const WEIGHTS = { static: 3, param: 2, wildcard: 1 };

/**
 * Orders routes so that the more specific one is tried first: segment by
 * segment static before parameter before wildcard, and the longer one first
 * when all else is equal.
 */
export function compareRoutes(a, b) {
  const length = Math.min(a.segments.length, b.segments.length);
  for (let i = 0; i < length; i += 1) {
    const difference = weightOf(b.segments[i]) - weightOf(a.segments[i]);
    if (difference !== 0) return difference;
  }
  return b.segments.length - a.segments.length;
}

function weightOf(segment) {
  return WEIGHTS[segment.kind] - (segment.optional && segment.kind === 'param' ? 0.5 : 0);
}
