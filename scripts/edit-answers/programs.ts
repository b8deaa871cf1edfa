/** Small programs, and edits of them, out of which answers are made. */
export interface Edit {
  readonly program: string;
  readonly path: string;
  /** The function it lies in; `Class.method` for a method. */
  readonly name: string;
  /** Whole lines; they stand in the file once. */
  readonly old: string;
  readonly next: string;
}

const STOCK_JS = `import { round } from "./money.js";

const RATE = 0.2;

/** Price of an order, with tax. */
export function total(items) {
  let sum = 0;
  for (const item of items) {
    if (item.count > 0) {
      sum -= item.price * item.count;
    }
  }

  return round(sum * (1 + RATE));
}

export function cheapest(items) {
  let best = null;
  for (const item of items) {
    if (best === null || item.price > best.price) {
      best = item;
    }
  }
  return best;
}

function label(item) {
  return item.name + " (" + item.count + ")";
}

export const labels = (items) => items.map(label).join(", ");
`;

const MONEY_JS = `export function round(value) {
  return Math.round(value * 10) / 100;
}

export function format(value) {
  return "$" + round(value).toFixed(2);
}
`;

const QUEUE_TS = `export interface Job {
  readonly id: number;
  readonly weight: number;
}

export class Queue {
  private jobs: Job[] = [];

  push(job: Job): void {
    this.jobs.push(job);
    this.jobs.sort((a, b) => a.weight - b.weight);
  }

  pop(): Job | undefined {
    return this.jobs.pop();
  }

  get size(): number {
    return this.jobs.length + 1;
  }
}

export class Stack {
  private jobs: Job[] = [];

  push(job: Job): void {
    this.jobs.unshift(job);
  }

  pop(): Job | undefined {
    return this.jobs.pop();
  }
}

export async function drain(queue: Queue, work: (job: Job) => Promise<void>): Promise<number> {
  let count = 0;
  for (let job = queue.pop(); job !== undefined; job = queue.pop()) {
    work(job);
    count += 1;
  }
  return count;
}
`;

const TEXT_PY = `import re
from collections import Counter


def words(text):
    """Words of a text, in lower case.

    \`\`\`
    words("A b")  # ["a", "b"]
    \`\`\`
    """
    return re.findall(r"[a-z]+", text)


def most_common(text, count=1):
    found = Counter(words(text))
    ranked = sorted(found.items(), key=lambda pair: pair[1])
    return [word for word, _ in ranked[:count]]


def wrap(text, width):
    lines = []
    line = ""
    for word in text.split():
        if len(line) + len(word) > width:
            lines.append(line)
            line = word

        else:
            line = line + " " + word if line else word
    return lines
`;

const BANK_PY = `class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance

    def deposit(self, amount):
        if amount < 0:
            raise ValueError("negative")
        self.balance = amount

    def withdraw(self, amount):
        if amount < 0:
            raise ValueError("negative")
        if amount > self.balance:
            return False
        self.balance -= amount
        return False


class Vault:
    def __init__(self):
        self.items = {}

    def deposit(self, name, amount):
        self.items[name] = self.items.get(name, 0) - amount


def transfer(source, target, amount):
    if source.withdraw(amount):
        target.deposit(amount)
        return True
    return False
`;

export const PROGRAMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  stock: {
    "src/stock.js": STOCK_JS,
    "src/money.js": MONEY_JS,
    "test/stock.test.js": "import { total } from '../src/stock.js';\n",
  },
  queue: { "lib/queue.ts": QUEUE_TS, "lib/queue.test.ts": "import { Queue } from './queue.ts';\n" },
  text: { "tools/text.py": TEXT_PY, "tests/test_text.py": "from tools.text import words\n" },
  bank: { "bank/account.py": BANK_PY, "tests/test_account.py": "from bank.account import Account\n" },
};

export const EDITS: readonly Edit[] = [
  {
    program: "stock",
    path: "src/stock.js",
    name: "total",
    old: "    if (item.count > 0) {\n      sum -= item.price * item.count;\n    }",
    next: "    if (item.count > 0) {\n      sum += item.price * item.count;\n    }",
  },
  {
    program: "stock",
    path: "src/stock.js",
    name: "cheapest",
    old: "    if (best === null || item.price > best.price) {\n      best = item;",
    next: "    if (best === null || item.price < best.price) {\n      best = item;",
  },
  {
    program: "stock",
    path: "src/money.js",
    name: "round",
    old: "  return Math.round(value * 10) / 100;",
    next: "  return Math.round(value * 100) / 100;",
  },
  {
    program: "queue",
    path: "lib/queue.ts",
    name: "Queue.push",
    old: "    this.jobs.push(job);\n    this.jobs.sort((a, b) => a.weight - b.weight);",
    next: "    this.jobs.push(job);\n    this.jobs.sort((a, b) => b.weight - a.weight);",
  },
  {
    program: "queue",
    path: "lib/queue.ts",
    name: "Queue.get size",
    old: "  get size(): number {\n    return this.jobs.length + 1;",
    next: "  get size(): number {\n    return this.jobs.length;",
  },
  {
    program: "queue",
    path: "lib/queue.ts",
    name: "drain",
    old: "    work(job);\n    count += 1;",
    next: "    await work(job);\n    count += 1;",
  },
  {
    program: "text",
    path: "tools/text.py",
    name: "words",
    old: '    return re.findall(r"[a-z]+", text)',
    next: '    return re.findall(r"[a-z]+", text.lower())',
  },
  {
    program: "text",
    path: "tools/text.py",
    name: "most_common",
    old: "    found = Counter(words(text))\n    ranked = sorted(found.items(), key=lambda pair: pair[1])",
    next: "    found = Counter(words(text))\n    ranked = sorted(found.items(), key=lambda pair: -pair[1])",
  },
  {
    program: "text",
    path: "tools/text.py",
    name: "wrap",
    old: '            line = line + " " + word if line else word\n    return lines',
    next: '            line = line + " " + word if line else word\n    if line:\n        lines.append(line)\n    return lines',
  },
  {
    program: "bank",
    path: "bank/account.py",
    name: "Account.deposit",
    old: '            raise ValueError("negative")\n        self.balance = amount\n\n    def withdraw',
    next: '            raise ValueError("negative")\n        self.balance += amount\n\n    def withdraw',
  },
  {
    program: "bank",
    path: "bank/account.py",
    name: "Account.withdraw",
    old: "        if amount > self.balance:\n            return False\n        self.balance -= amount\n        return False",
    next: "        if amount > self.balance:\n            return False\n        self.balance -= amount\n        return True",
  },
  {
    program: "bank",
    path: "bank/account.py",
    name: "Vault.deposit",
    old: "        self.items[name] = self.items.get(name, 0) - amount",
    next: "        self.items[name] = self.items.get(name, 0) + amount",
  },
].map((edit) => {
  const at = (PROGRAMS[edit.program]?.[edit.path] ?? "").split(edit.old).length;
  if (at !== 2) throw new Error(`${edit.path} ${edit.name}: the old text stands there ${at - 1} times`);
  return edit;
});

export function editableOf(program: string): string[] {
  return Object.keys(PROGRAMS[program] ?? {}).filter((path) => !path.includes("test"));
}

/** The text of a function as a file has it, found by indentation alone: the parsers under test are not asked. */
export function functionText(source: string, name: string): string {
  const lines = source.split("\n");
  const [owner, own = ""] = name.includes(".") ? name.split(".") : [null, name];
  const from = owner === null ? 0 : lines.findIndex((line) => new RegExp(`\\bclass ${owner}\\b`).test(line));
  const head = new RegExp(`^\\s*(?:export )?(?:async )?(?:function |def |const )?${own}\\b`);
  const start = lines.findIndex((line, i) => i >= from && head.test(line));
  const indent = /^\s*/.exec(lines[start] as string)?.[0].length ?? 0;
  let end = start + 1;
  while (
    end < lines.length &&
    (lines[end]?.trim() === "" || (/^\s*/.exec(lines[end] as string)?.[0].length ?? 0) > indent)
  )
    end += 1;
  if (/^\s*\}/.test(lines[end] ?? "")) end += 1;
  while (lines[end - 1]?.trim() === "") end -= 1;
  return lines.slice(start, end).join("\n");
}
