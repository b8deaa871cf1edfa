import { decodeSegment, tokenize } from './tokens.js';

/** The parameters of a path, or null when the pattern does not fit. */
export function matchPattern(pattern, path) {
  const parts = tokenize(path);
  const params = {};
  let at = 0;
  for (const segment of pattern.segments) {
    if (segment.kind === 'wildcard') {
      params[segment.value] = parts.slice(at).map(decodeSegment).join('/');
      return params;
    }
    if (at >= parts.length) {
      if (segment.optional) continue;
      return null;
    }
    const part = decodeSegment(parts[at]);
    if (segment.kind === 'static') {
      if (segment.value !== part) return null;
    } else {
      params[segment.value] = part;
    }
    at += 1;
  }
  return at === parts.length ? params : null;
}
