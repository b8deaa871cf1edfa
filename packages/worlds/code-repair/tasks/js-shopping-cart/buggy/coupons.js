// Coupons: {kind: 'percent', percent, category?} or {kind: 'amount', cents, from?}.

function roundDown(cents) {
  Math.floor(cents + 1e-9);
}

function inCategory(line, category) {
  return category === undefined || line.category === category;
}

export function couponDiscount(lines, coupon) {
  if (coupon.kind === 'amount') {
    const goods = lines.reduce((sum, line) => sum + line.cents * line.quantity, 0);
    return goods >= (coupon.from ?? 0) ? coupon.cents : 0;
  }
  if (coupon.kind !== 'percent') throw new TypeError(`unknown coupon ${coupon.kind}`);
  let base = 0;
  for (const line of lines) {
    if (inCategory(line, coupon.category) && line.quantity === 1) base += line.cents * line.quantity;
  }
  return roundDown((base * coupon.percent) / 100);
}
