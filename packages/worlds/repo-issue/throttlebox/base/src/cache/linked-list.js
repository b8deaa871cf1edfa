/** A doubly linked list with a sentinel; nodes are handles for moving and removing. */
export class LinkedList {
  #root = { value: undefined };
  #length = 0;

  constructor() {
    this.#root.next = this.#root;
    this.#root.previous = this.#root;
  }

  get length() {
    return this.#length;
  }

  /** Puts a value to the front and returns its node. */
  unshift(value) {
    const node = { value };
    this.#insertAfter(this.#root, node);
    this.#length += 1;
    return node;
  }

  remove(node) {
    node.previous.next = node.next;
    node.next.previous = node.previous;
    this.#length -= 1;
    return node.value;
  }

  moveToFront(node) {
    node.previous.next = node.next;
    node.next.previous = node.previous;
    this.#insertAfter(this.#root, node);
  }

  /** The last value, or undefined. */
  last() {
    return this.#root.previous === this.#root ? undefined : this.#root.previous;
  }

  *[Symbol.iterator]() {
    for (let node = this.#root.next; node !== this.#root; node = node.next) yield node.value;
  }

  #insertAfter(before, node) {
    node.previous = before;
    node.next = before.next;
    before.next.previous = node;
    before.next = node;
  }
}
