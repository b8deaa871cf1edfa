const FIELDS = [
  { name: 'minute', low: 0, high: 59 },
  { name: 'hour', low: 0, high: 23 },
  { name: 'day', low: 1, high: 31 },
  { name: 'month', low: 1, high: 12 },
];

function bounds(range, field) {
  if (range === '*') return [field.low, field.high];
  const [from, to = from] = range.split('-').map(Number);
  if (!(from >= field.low && to <= field.high && from <= to)) {
    throw new RangeError(`bad ${field.name}: ${range}`);
  }
  return [from, to];
}

/** The numbers a field such as "0-30/10,45" stands for. */
export function expand(text, field) {
  const numbers = new Set();
  for (const part of text.split(',')) {
    const [range, step] = part.split('/');
    const [from, to] = bounds(range, field);
    if (step === undefined) {
      for (let n = from; n <= to; n += 1) numbers.add(n);
      continue;
    }
    const stride = Number(step);
    if (!(stride >= 1)) throw new RangeError(`bad step: ${part}`);
    for (let n = from; n <= to; n += stride) numbers.add(n);
  }
  return [...numbers].sort((a, b) => a - b);
}

/** Whether {minute, hour, day, month} is matched by a pattern of four fields. */
export function matches(pattern, time) {
  const parts = pattern.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) throw new SyntaxError('a pattern has four fields');
  return FIELDS.every((field, i) => expand(parts[i], field).includes(time[field.name]));
}
