export function isPrime(number) {
  if (number < 2) return false;
  if (number % 2 === 0) return number === 2;
  for (let divisor = 3; divisor * divisor <= number; divisor += 2) {
    if (number % divisor === 0) return false;
  }
  return true;
}

export const calls = [[1], [2], [9], [11], [25], [4], [97], [0], [91]];
