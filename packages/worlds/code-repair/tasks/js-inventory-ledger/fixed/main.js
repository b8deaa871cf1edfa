// Movements: {type: 'receive'|'ship', sku, qty, at} or {type: 'transfer', sku, qty, from, to}.

function keyOf(sku, place) {
  return `${sku}@${place}`;
}

function change(levels, sku, place, qty) {
  const key = keyOf(sku, place);
  const next = (levels.get(key) ?? 0) + qty;
  if (next < 0) throw new RangeError(`not enough ${sku} in ${place}`);
  if (next === 0) levels.delete(key);
  else levels.set(key, next);
}

export function applyMovements(movements) {
  const levels = new Map();
  for (const move of movements) {
    const { type, sku, qty, from, to } = move;
    if (type === 'receive') {
      change(levels, sku, move.at, qty);
    } else if (type === 'ship') {
      change(levels, sku, move.at, -qty);
    } else if (type === 'transfer') {
      change(levels, sku, to, qty);
      change(levels, sku, from, -qty);
    } else {
      throw new TypeError(`unknown movement ${type}`);
    }
  }
  return levels;
}

export function totalOf(movements, sku) {
  let total = 0;
  for (const [key, qty] of applyMovements(movements)) {
    if (key.startsWith(`${sku}@`)) total += qty;
  }
  return total;
}
