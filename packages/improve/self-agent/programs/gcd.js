export function gcd(a, b) {
  while (b !== 0) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return a < 0 ? -a : a;
}

export const calls = [
  [12, 18],
  [7, 5],
  [0, 4],
  [-9, 6],
  [100, 75],
  [1, 1],
  [17, 0],
  [48, -36],
];
