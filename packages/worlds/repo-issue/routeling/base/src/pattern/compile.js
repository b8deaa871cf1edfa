import { tokenize } from './tokens.js';

/**
 * Turns "/users/:id/*rest" into segments: { kind, value, optional }.
 * A pattern ends with at most one wildcard.
 */
export function compilePattern(source) {
  const segments = tokenize(source).map(toSegment);
  const wild = segments.findIndex((segment) => segment.kind === 'wildcard');
  if (wild !== -1 && wild !== segments.length - 1) {
    throw new SyntaxError(`wildcard must come last in "${source}"`);
  }
  const names = segments.filter((segment) => segment.kind !== 'static').map((segment) => segment.value);
  if (new Set(names).size !== names.length) {
    throw new SyntaxError(`a name is used twice in "${source}"`);
  }
  return { source, segments };
}

function toSegment(token) {
  if (token.startsWith(':')) {
    const optional = token.endsWith('?');
    return { kind: 'param', value: token.slice(1, optional ? -1 : undefined), optional };
  }
  if (token.startsWith('*')) return { kind: 'wildcard', value: token.slice(1) || 'rest', optional: true };
  return { kind: 'static', value: token, optional: false };
}
