export function depth(text) {
  let open = 0;
  let deepest = 0;
  for (const letter of text) {
    if (letter === "(") {
      open += 1;
      deepest = Math.max(deepest, open);
    } else if (letter === ")") {
      open -= 1;
      if (open < 0) return -1;
    }
  }
  return open === 0 ? deepest : -1;
}

export const calls = [["(a(b))"], [""], [")("], ["(("], ["()()"], ["a"], ["((()))()"]];
