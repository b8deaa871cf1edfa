// A line: {name, unitCents, quantity, discountPercent?, taxPercent}.

/** The price of one unit after the line discount or the customer's own one. */
export function discounted(line, customer) {
  const percent = Math.max(line.discountPercent ?? 0, customer.discountPercent ?? 0);
  return Math.round(line.unitCents * (1 - percent / 100));
}

export function lineNet(line, customer) {
  if (line.quantity < 0) throw new RangeError(`negative quantity of ${line.name}`);
  return discounted(line, customer) * line.quantity;
}
