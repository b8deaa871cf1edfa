export function price(items, code) {
  let sum = 0;
  for (const item of items) sum += item.price * item.count;
  if (code === "TEN" && sum >= 50) sum -= sum / 10;
  const shipping = sum > 100 || sum === 0 ? 0 : 5;
  return sum + shipping;
}

export const calls = [
  [[{ price: 10, count: 2 }], ""],
  [[{ price: 50, count: 1 }], "TEN"],
  [[{ price: 60, count: 2 }], "TEN"],
  [[], "TEN"],
  [[{ price: 20, count: 2 }], "TEN"],
  [[{ price: 100, count: 1 }], ""],
  [
    [
      { price: 30, count: 4 },
      { price: 1, count: 3 },
    ],
    "",
  ],
];
