/** Split one record into raw fields; commas between quotes do not count. */
function splitRecord(line) {
  const fields = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < line.length; i += 1) {
    if (line[i] === '"') quoted = !quoted;
    else if (line[i] === ',' && !quoted) {
      fields.push(line.slice(start, i));
      start = i + 1;
    }
  }
  if (quoted) throw new SyntaxError('quote is not closed');
  fields.push(line.slice(start));
  return fields;
}

function unquote(raw) {
  const field = raw.trim();
  if (field.length >= 2 && field.startsWith('"') && field.endsWith('"')) {
    return field.slice(1, -2).replaceAll('""', '"');
  }
  return field;
}

/** Records as objects; the first line holds the names. Empty lines are left out. */
export function parseCsv(text) {
  const [header, ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (header === undefined) return [];
  const names = splitRecord(header).map(unquote);
  return lines.map((line) => {
    const fields = splitRecord(line).map(unquote);
    if (fields.length > names.length) throw new RangeError(`too many fields: ${line}`);
    return Object.fromEntries(names.map((name, i) => [name, fields[i] ?? '']));
  });
}
