function isPrime(n) {
  if (n < 2) return false;
  let prime = true;
  for (let d = 2; d < n; d++) {
    if (n % d === 0) prime = false;
  }
  return prime;
}

/** The prime numbers of a list. */
export function onlyPrimes(numbers) {
  return numbers.filter((n) => isPrime(n));
}
