export function water(heights) {
  let left = 0;
  let right = heights.length - 1;
  let best = 0;
  while (left < right) {
    const low = Math.min(heights[left], heights[right]);
    best = Math.max(best, low * (right - left));
    if (heights[left] < heights[right]) left += 1;
    else right -= 1;
  }
  return best;
}

export const calls = [[[1, 8, 6, 2, 5]], [[1, 1]], [[4]], [[]], [[3, 1, 2, 4, 5]], [[2, 9, 9, 2]], [[1, 2, 4, 3]]];
