function newNode() {
  return { children: new Map(), word: false };
}

function insert(root, word) {
  let node = root;
  for (const letter of word) {
    if (!node.children.has(letter)) node.children.set(letter, newNode());
    node = node.children.get(letter);
  }
  node.word = true;
}

function descend(node, prefix) {
  if (prefix === '') return node;
  const next = node.children.get(prefix[0]);
  if (next === undefined) return null;
  return descend(next, prefix.slice(1));
}

function collect(node, prefix, out) {
  if (node.word) out.push(prefix);
  for (const letter of [...node.children.keys()].sort()) {
    collect(node.children.get(letter), prefix + letter, out);
  }
  return out;
}

/** The words that start with `prefix`, sorted, at most `limit` of them. */
export function complete(words, prefix, limit = Infinity) {
  const root = newNode();
  for (const word of words) insert(root, word.toLowerCase());
  const node = descend(root, prefix.toLowerCase());
  if (!node) return [];
  return collect(node, prefix.toLowerCase(), []).slice(0, limit);
}
