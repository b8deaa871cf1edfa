/** "?a=1&b=2&b=3" as { a: "1", b: ["2", "3"] }. */
export function parseQuery(search) {
  const query = {};
  for (const pair of search.replace(/^\?/, '').split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decode(at === -1 ? pair : pair.slice(0, at));
    const value = at === -1 ? '' : decode(pair.slice(at + 1));
    if (!Object.hasOwn(query, name)) query[name] = value;
    else query[name] = [].concat(query[name], value);
  }
  return query;
}

export function stringifyQuery(query) {
  const pairs = [];
  for (const [name, value] of Object.entries(query)) {
    for (const item of [].concat(value)) {
      if (item === undefined) continue;
      pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(item)}`);
    }
  }
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function decode(text) {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
