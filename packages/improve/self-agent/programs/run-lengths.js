export function runs(text) {
  const found = [];
  let start = 0;
  for (let at = 1; at <= text.length; at++) {
    if (at === text.length || text[at] !== text[start]) {
      found.push([text[start], at - start]);
      start = at;
    }
  }
  return found;
}

export const calls = [["aaab"], ["abc"], [""], ["zz"], ["aabbaa"], ["x"], ["nnnnnno"]];
