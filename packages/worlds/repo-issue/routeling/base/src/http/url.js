/** The path and the search of a url or of the path of one; a fragment is dropped. */
export function splitUrl(url) {
  const bare = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').split('#')[0];
  const at = bare.indexOf('?');
  const path = at === -1 ? bare : bare.slice(0, at);
  return { path: path === '' ? '/' : path, search: at === -1 ? '' : bare.slice(at) };
}

/** A relative path seen from another one, as a browser resolves links. */
export function resolvePath(from, to) {
  if (to.startsWith('/')) return to;
  const parts = from.split('/').slice(1, -1);
  for (const part of to.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
