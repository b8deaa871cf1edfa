const TRUE_WORDS = new Set(['1', 'true', 'yes', 'on']);
const FALSE_WORDS = new Set(['0', 'false', 'no', 'off', '']);

function parseBoolean(text) {
  const word = text.trim().toLowerCase();
  if (!TRUE_WORDS.has(word) && !FALSE_WORDS.has(word)) throw new TypeError(`not a switch: ${text}`);
  return TRUE_WORDS.has(word);
}

function parseInteger(text) {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) throw new TypeError(`not an integer: ${text}`);
  return Number(text);
}

function parseList(text) {
  return text.split(',').map((item) => item.trim()).filter((item) => item !== '');
}

const PARSERS = { boolean: parseBoolean, integer: parseInteger, list: parseList, text: (t) => t };

/**
 * Typed settings from variables. `schema` maps a setting to
 * {type, fallback?}; the variable is the setting in capitals after the prefix.
 */
export function readSettings(variables, schema, prefix = 'APP_') {
  const settings = {};
  for (const [name, { type, fallback }] of Object.entries(schema)) {
    const raw = variables[prefix + name.toUpperCase()];
    if (raw !== undefined) settings[name] = PARSERS[type](raw);
    else if (fallback !== undefined) settings[name] = fallback;
    else throw new ReferenceError(`missing ${prefix}${name.toUpperCase()}`);
  }
  return settings;
}
