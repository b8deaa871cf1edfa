import { discounted, lineNet } from './lines.js';

function roundHalfUp(cents) {
  return Math.floor(cents + 0.5);
}

/** Net, tax and gross of an invoice; tax is rounded once for each rate. */
export function invoiceTotals(lines, customer = {}) {
  const byRate = new Map();
  let net = 0;
  for (const line of lines) {
    const amount = lineNet(line, customer);
    net += amount;
    byRate.set(line.taxPercent, (byRate.get(line.taxPercent) ?? 0) + amount);
  }
  let tax = 0;
  for (const [rate, amount] of byRate) tax += roundHalfUp((amount * rate) / 100);
  return { net, tax, gross: net + tax };
}

export function cheapestLine(lines, customer = {}) {
  let best;
  for (const line of lines) {
    if (best === undefined || discounted(line, customer) < discounted(best, customer)) best = line;
  }
  return best?.name ?? null;
}
