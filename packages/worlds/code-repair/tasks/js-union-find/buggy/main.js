class Groups {
  #parent = new Map();
  #size = new Map();

  add(name) {
    if (this.#parent.has(name)) return;
    this.#parent.set(name, name);
    this.#size.set(name, 0);
  }

  find(name) {
    let root = name;
    while (this.#parent.get(root) !== root) root = this.#parent.get(root);
    this.#parent.set(name, root);
    return root;
  }

  union(a, b) {
    const [x, y] = [this.find(a), this.find(b)];
    if (x === y) return false;
    const [small, large] = this.#size.get(x) < this.#size.get(y) ? [x, y] : [y, x];
    this.#parent.set(small, large);
    this.#size.set(large, this.#size.get(large) + this.#size.get(large));
    return true;
  }

  sizeOf(name) {
    return this.#size.get(this.find(name));
  }
}

function build(links) {
  const groups = new Groups();
  for (const [a, b] of links) {
    groups.add(a);
    groups.add(b);
    if (!groups.union(a, b)) return groups;
  }
  return groups;
}

/** The sizes of the groups the names belong to; 0 for a name without links. */
export function groupSizes(links, names) {
  const groups = build(links);
  const known = new Set(links.flat());
  return names.map((name) => (known.has(name) ? groups.sizeOf(name) : 0));
}

export function connected(links, a, b) {
  const groups = build(links);
  const known = new Set(links.flat());
  return known.has(a) && known.has(b) && groups.find(a) === groups.find(b);
}
