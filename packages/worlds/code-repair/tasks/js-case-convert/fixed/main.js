/** Words of a name in any common style: "parseHTTPUrl", "max_size", "the-end". */
export function splitWords(name) {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[\s_-]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

function capital(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function joinCapitals(words, firstToo) {
  return words
    .map((word, i) => (i > 0 || firstToo ? capital(word) : word))
    .join('');
}

export function convert(name, style) {
  const words = splitWords(name);
  switch (style) {
    case 'camel':
      return joinCapitals(words, false);
    case 'pascal':
      return joinCapitals(words, true);
    case 'snake':
      return words.join('_');
    case 'kebab':
      return words.join('-');
    case 'constant':
      return words.join('_').toUpperCase();
    default:
      throw new RangeError(`unknown style ${style}`);
  }
}
