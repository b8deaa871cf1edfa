const VALUES = { I: 1, V: 5, X: 10, L: 50, C: 100 };

export function roman(text) {
  let total = 0;
  for (let at = 0; at < text.length; at++) {
    const value = VALUES[text[at]];
    const next = VALUES[text[at + 1]] ?? 0;
    total += value < next ? -value : value;
  }
  return total;
}

export const calls = [["III"], ["IV"], ["XC"], ["LVIII"], ["XLII"], [""], ["CXCIX"], ["V"]];
