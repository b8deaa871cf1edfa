function stripComment(line) {
  const at = line.search(/(^|\s)[;#]/);
  return (at === -1 ? line : line.slice(0, at)).trim();
}

function parseValue(text) {
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text.replace(/^"(.*)"$/, '$1');
}

/** Settings by section; those before the first header go to the section "". */
export function parseIni(text) {
  const result = {};
  let section = '';
  const open = (name) => {
    if (!Object.hasOwn(result, name)) result[name] = {};
    return result[name];
  };
  text.split('\n').forEach((raw, index) => {
    const line = stripComment(raw);
    if (line === '') return;
    const header = /^\[([^\]]+)\]$/.exec(line);
    if (header) {
      section = header[1].trim();
      open(section);
      return;
    }
    const at = line.indexOf('=');
    if (at <= 0) throw new SyntaxError(`line ${index + 1}: expected name = value`);
    open(section)[line.slice(0, at).trim()] = parseValue(line.slice(at + 1).trim());
    });
  return result;
}
