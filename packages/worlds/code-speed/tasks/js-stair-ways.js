/** Ways to climb stairs with steps of 1 to `longest`, without stepping on a broken stair; modulo a million. */
export function stairWays(stairs, longest, broken) {
  const ways = (at) => {
    if (at === stairs) return 1;
    if (at > stairs || broken.includes(at)) return 0;
    let total = 0;
    for (let step = 1; step <= longest; step++) total += ways(at + step);
    return total % 1000000;
  };
  return ways(0);
}
