import type { Shape, ValueKind } from "./shape.ts";

const DEEPEST = 7;

/** A shape in the making: what is found out about one value, wherever it goes. Two that turn out to be the same value are joined. */
export class ShapeNode {
  #joined: ShapeNode | null = null;
  name: string;
  readonly hints = new Map<ValueKind, number>();
  readonly members = new Map<string, ShapeNode>();
  readonly literals: (string | number)[] = [];
  readonly lines = new Set<number>();
  #element: ShapeNode | null = null;
  #keyed: ShapeNode | null = null;
  #returns: ShapeNode | null = null;

  constructor(name = "") {
    this.name = name;
  }

  get self(): ShapeNode {
    return this.#joined === null ? this : (this.#joined = this.#joined.self);
  }

  hint(kind: ValueKind, weight = 1): void {
    const { hints } = this.self;
    hints.set(kind, (hints.get(kind) ?? 0) + weight);
  }

  member(name: string): ShapeNode {
    const { members } = this.self;
    const known = members.get(name);
    if (known !== undefined) return known.self;
    const made = new ShapeNode(name);
    members.set(name, made);
    return made;
  }

  get element(): ShapeNode {
    const self = this.self;
    return (self.#element ??= new ShapeNode()).self;
  }

  get keyed(): ShapeNode {
    const self = this.self;
    return (self.#keyed ??= new ShapeNode()).self;
  }

  get returns(): ShapeNode {
    const self = this.self;
    return (self.#returns ??= new ShapeNode(self.name)).self;
  }

  /** From now on this and the other are one. */
  join(with_: ShapeNode): void {
    const self = this.self;
    const other = with_.self;
    if (self === other) return;
    other.#joined = self;
    if (self.name === "") self.name = other.name;
    for (const [kind, weight] of other.hints) self.hint(kind, weight);
    self.literals.push(...other.literals);
    for (const line of other.lines) self.lines.add(line);
    for (const [name, member] of other.members) self.member(name).join(member);
    if (other.#element !== null) self.element.join(other.#element);
    if (other.#keyed !== null) self.keyed.join(other.#keyed);
    if (other.#returns !== null) self.returns.join(other.#returns);
  }

  /** Every line on which it, or anything made of it, is used. */
  allLines(seen = new Set<ShapeNode>()): Set<number> {
    const self = this.self;
    if (seen.has(self)) return new Set();
    seen.add(self);
    const parts = [...self.members.values(), self.#element, self.#keyed, self.#returns];
    return new Set([...self.lines, ...parts.flatMap((part) => (part === null ? [] : [...part.allLines(seen)]))]);
  }

  /** The tree as it is now; a value that contains itself is cut off. */
  freeze(above: readonly ShapeNode[] = []): Shape | null {
    const self = this.self;
    if (above.includes(self) || above.length > DEEPEST) return null;
    const path = [...above, self];
    const members = [...self.members].flatMap(([name, member]) => {
      const frozen = member.freeze(path);
      return frozen === null ? [] : [[name, frozen] as const];
    });
    return {
      name: self.name,
      hints: Object.fromEntries(self.hints),
      members: Object.fromEntries(members),
      element: self.#element?.freeze(path) ?? null,
      keyed: self.#keyed?.freeze(path) ?? null,
      returns: self.#returns?.freeze(path) ?? null,
      literals: [...new Set(self.literals)],
    };
  }
}
