/** Adds a value to a header that holds a list, unless it is there already. */
export function appendHeader(headers, name, value) {
  const values = parseList(headers[name]);
  if (values.some((known) => known.toLowerCase() === value.toLowerCase())) return headers;
  return { ...headers, [name]: [...values, value].join(', ') };
}

export function parseList(header) {
  if (header === undefined) return [];
  return header
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** The types of an accept header, the most wanted one first. */
export function parseAccept(header) {
  return parseList(header)
    .map((item, index) => {
      const [type, ...options] = item.split(';').map((part) => part.trim());
      const weight = options.find((option) => option.startsWith('q='));
      return { type, quality: weight === undefined ? 1 : Number(weight.slice(2)), index };
    })
    .filter((item) => item.quality > 0)
    .sort((a, b) => b.quality - a.quality || a.index - b.index)
    .map((item) => item.type);
}
