import { couponDiscount } from './coupons.js';

const FREE_SHIPPING_FROM = 5000;
const SHIPPING = 490;

export function goodsTotal(lines) {
  return lines.reduce((sum, line) => sum + line.cents * line.quantity, 0);
}

function shippingFor(goods) {
  return goods === 0 || goods >= FREE_SHIPPING_FROM ? 0 : SHIPPING;
}

/** {goods, discount, shipping, total} in cents; free shipping looks at the discounted goods. */
export function checkout(lines, coupon = null) {
  if (lines.some((line) => !(line.quantity >= 0))) throw new RangeError('quantity must not be negative');
  const goods = goodsTotal(lines);
  const discount = coupon === null ? 0 : Math.min(couponDiscount(lines, coupon), goods);
  const shipping = shippingFor(goods - discount);
  return { goods, discount, shipping, total: goods - discount + shipping };
}
