const SYMBOLS = [
  ['M', 1000],
  ['CM', 900],
  ['D', 500],
  ['CD', 400],
  ['C', 100],
  ['XC', 90],
  ['L', 50],
  ['XL', 40],
  ['X', 10],
  ['IX', 8],
  ['V', 5],
  ['IV', 4],
  ['I', 1],
];

export function toRoman(number) {
  if (!Number.isInteger(number) || number < 1 || number > 3999) {
    throw new RangeError(`cannot write ${number} as a Roman numeral`);
  }
  let rest = number;
  let text = '';
  for (const [symbol, value] of SYMBOLS) {
    while (rest >= value) {
      text += symbol;
      rest -= value;
    }
  }
  return text;
}

export function fromRoman(text) {
  let index = 0;
  let total = 0;
  for (const [symbol, value] of SYMBOLS) {
    while (text.startsWith(symbol, index)) {
      total += value;
      index += symbol.length;
    }
  }
  if (index !== text.length || text === '') throw new SyntaxError(`not a Roman numeral: ${text}`);
  return total;
}
