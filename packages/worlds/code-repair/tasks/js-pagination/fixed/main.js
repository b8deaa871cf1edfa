const GAP = '…';

export function pageCount(total, perPage) {
  if (perPage <= 0) throw new RangeError('perPage must be positive');
  return Math.max(1, Math.ceil(total / perPage));
}

function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/**
 * Page labels around the current page: always the first and the last page,
 * `around` pages on each side, and a gap mark where pages are left out.
 */
export function pageWindow(total, perPage, current, around = 1) {
  const last = pageCount(total, perPage);
  const page = clamp(current, 1, last);
  const labels = [];
  let previous = 0;
  for (let n = 1; n <= last; n += 1) {
    const near = Math.abs(n - page) <= around;
    if (n !== 1 && n !== last && !near) continue;
    if (n - previous > 1) labels.push(GAP);
    labels.push(n);
    previous = n;
  }
  return labels;
}

export function pageRange(total, perPage, current) {
  const page = clamp(current, 1, pageCount(total, perPage));
  const from = (page - 1) * perPage;
  return [from, Math.min(from + perPage, total)];
}
