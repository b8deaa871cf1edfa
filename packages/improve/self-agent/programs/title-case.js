export function titleCase(text) {
  const words = text.split(" ").filter((word) => word.length > 0);
  const small = words.map((word) => word.toLowerCase());
  return small.map((word, at) => (at > 0 && word.length < 3 ? word : word[0].toUpperCase() + word.slice(1))).join(" ");
}

export const calls = [
  ["hello world"],
  ["THE LORD of the rings"],
  ["a b"],
  [""],
  ["to be or not"],
  ["x"],
  ["lots   of space"],
];
