import type { EditAnswer } from "./make.ts";
import type { Format } from "./draft.ts";
import { editableOf, PROGRAMS } from "./programs.ts";

/** Answers written by hand, in the manners of people and models that no rule above makes. */
export const OWN: readonly Omit<EditAnswer, "split">[] = [];

function textOf(program: string, path: string): string {
  return PROGRAMS[program]?.[path] ?? "";
}

let count = 0;
function own(
  format: Format,
  program: string,
  text: string,
  expected: readonly [path: string, old: string, next: string][] | string,
  more: Partial<EditAnswer> = {},
): void {
  count += 1;
  const files: Record<string, string> = {};
  if (typeof expected !== "string")
    for (const [path, old, next] of expected) {
      const before = files[path] ?? (PROGRAMS[program]?.[path] as string);
      if (before.split(old).length !== 2) throw new Error(`own answer ${count}: '${old}' is not unique`);
      files[path] = before.replace(old, () => next);
    }
  (OWN as Omit<EditAnswer, "split">[]).push({
    id: `own-${count}`,
    format,
    defects: ["written by hand"],
    program,
    editable: editableOf(program),
    answer: { text, toolCalls: [], finish: "stop" },
    expected: typeof expected === "string" ? { refuse: expected } : { files },
    ...more,
  });
}

const SIGN: [string, string, string] = ["src/stock.js", "sum -= item", "sum += item"];
const BALANCE: [string, string, string] = ["bank/account.py", "self.balance = amount", "self.balance += amount"];
const AWAIT: [string, string, string] = ["lib/queue.ts", "    work(job);", "    await work(job);"];
const LOWER: [string, string, string] = ["tools/text.py", '"[a-z]+", text)', '"[a-z]+", text.lower())'];

own(
  "search-replace",
  "stock",
  "In `src/stock.js`, the tax is taken off instead of added:\n\n<<<<<<< SEARCH\nsum -= item.price * item.count;\n=======\nsum += item.price * item.count;\n>>>>>>> REPLACE",
  [SIGN],
);
own(
  "search-replace",
  "stock",
  "**src/stock.js**\n\n```javascript\n<<<<<<< SEARCH\n      sum -= item.price * item.count;\n=======\n      sum += item.price * item.count;\n>>>>>>> REPLACE\n```\n\n**Why:** prices add up.",
  [SIGN],
);
own(
  "search-replace",
  "stock",
  "1. src/stock.js\n\n   ```\n   <<<<<<< SEARCH\n         sum -= item.price * item.count;\n   =======\n         sum += item.price * item.count;\n   >>>>>>> REPLACE\n   ```",
  [SIGN],
);
own(
  "search-replace",
  "bank",
  'bank/account.py\n<<<<<<< SEARCH\n    def deposit(self, amount):\n        if amount < 0:\n            raise ValueError("negative")\n        self.balance = amount\n=======\n    def deposit(self, amount):\n        if amount < 0:\n            raise ValueError("negative")\n        self.balance += amount\n>>>>>>> REPLACE',
  [BALANCE],
);
own(
  "search-replace",
  "bank",
  'bank/account.py\n<<<<<<< SEARCH\ndef deposit(self, amount):\n    if amount < 0:\n        raise ValueError("negative")\n    self.balance = amount\n=======\ndef deposit(self, amount):\n    if amount < 0:\n        raise ValueError("negative")\n    self.balance += amount\n>>>>>>> REPLACE',
  [BALANCE],
);
own(
  "search-replace",
  "bank",
  "bank/account.py\n<<<<<<< SEARCH\n            return False\n        self.balance -= amount\n        return False\n=======\n            return False\n        self.balance -= amount\n        return True\n>>>>>>> REPLACE",
  [["bank/account.py", "-= amount\n        return False", "-= amount\n        return True"]],
);
own(
  "search-replace",
  "bank",
  "bank/account.py\n<<<<<<< SEARCH\n        return False\n=======\n        return True\n>>>>>>> REPLACE",
  [["bank/account.py", "-= amount\n        return False", "-= amount\n        return True"]],
);
own(
  "search-replace",
  "bank",
  "bank/account.py\n<<<<<<< SEARCH\nclass Account:\n    ...\n    def deposit(self, amount):\n        ...\n        self.balance = amount\n=======\nclass Account:\n    ...\n    def deposit(self, amount):\n        ...\n        self.balance += amount\n>>>>>>> REPLACE",
  "left out",
);
own(
  "search-replace",
  "queue",
  "Two things are wrong in lib/queue.ts.\n\n<<<<<<< SEARCH\n    return this.jobs.length + 1;\n=======\n    return this.jobs.length;\n>>>>>>> REPLACE\n\nand the work is not awaited:\n\n<<<<<<< SEARCH\n    work(job);\n=======\n    await work(job);\n>>>>>>> REPLACE",
  [["lib/queue.ts", "length + 1", "length"], AWAIT],
);
own(
  "search-replace",
  "queue",
  "lib/queue.ts\n<<<<<<< SEARCH\n    work(job);\n=======\n    await work(job);\n<<<<<<< SEARCH\n    return this.jobs.length + 1;\n=======\n    return this.jobs.length;\n>>>>>>> REPLACE",
  ">>>>>>> REPLACE",
);
own(
  "search-replace",
  "text",
  'tools/text.py\n<<<<<<< SEARCH\n    return re.findall(r"[a-z]+", text)\n=======\n    return re.findall(r"[a-z]+", text.lower())\n>>>>>>> REPLACE\ntests/test_text.py\n<<<<<<< SEARCH\nfrom tools.text import words\n=======\nfrom tools.text import wrap\n>>>>>>> REPLACE',
  "may not be changed",
);
own(
  "whole-file",
  "stock",
  "The rounding is off.\n\n`src/money.js`:\n\n```js\n" +
    textOf("stock", "src/money.js").replace("* 10)", "* 100)") +
    "```\n\n`src/stock.js` needs no change.",
  [["src/money.js", "* 10)", "* 100)"]],
);
own(
  "whole-file",
  "text",
  "```python\n# tools/text.py\n" + textOf("text", "tools/text.py").replace(", text)\n", ", text.lower())\n") + "```",
  [LOWER],
);
own(
  "whole-file",
  "text",
  'tools/text.py\n```python\nimport re\nfrom collections import Counter\n\n\ndef words(text):\n    return re.findall(r"[a-z]+", text.lower())\n\n\n# (most_common and wrap stay the same)\n```',
  "left out|leaves out",
);
own(
  "whole-file",
  "bank",
  "bank/account.py\n```\n" +
    textOf("bank", "bank/account.py")
      .replace("self.balance = amount", "self.balance += amount")
      .replaceAll("    ", "\t") +
    "```",
  [
    [
      "bank/account.py",
      textOf("bank", "bank/account.py"),
      textOf("bank", "bank/account.py")
        .replace("self.balance = amount", "self.balance += amount")
        .replaceAll("    ", "\t"),
    ],
  ],
);
own(
  "whole-function",
  "stock",
  "Here is `total`, repaired:\n\n```js\nexport function total(items) {\n  let sum = 0;\n  for (const item of items) {\n    if (item.count > 0) {\n      sum += item.price * item.count;\n    }\n  }\n\n  return round(sum * (1 + RATE));\n}\n```",
  [SIGN],
);
own(
  "whole-function",
  "stock",
  "src/stock.js\n```js\nconst isCheaper = (a, b) => a.price < b.price;\n\nexport function cheapest(items) {\n  let best = null;\n  for (const item of items) {\n    if (best === null || isCheaper(item, best)) {\n      best = item;\n    }\n  }\n  return best;\n}\n```",
  [
    [
      "src/stock.js",
      "export function cheapest",
      "const isCheaper = (a, b) => a.price < b.price;\n\nexport function cheapest",
    ],
    ["src/stock.js", "item.price > best.price", "isCheaper(item, best)"],
  ],
);
own(
  "whole-function",
  "bank",
  '```python\nclass Account:\n    def deposit(self, amount):\n        if amount < 0:\n            raise ValueError("negative")\n        self.balance += amount\n```',
  [BALANCE],
);
own(
  "whole-function",
  "bank",
  "def transfer(source, target, amount):\n    ok = source.withdraw(amount)\n    if ok:\n        target.deposit(amount)\n    return ok\n",
  [
    [
      "bank/account.py",
      "    if source.withdraw(amount):\n        target.deposit(amount)\n        return True\n    return False",
      "    ok = source.withdraw(amount)\n    if ok:\n        target.deposit(amount)\n    return ok",
    ],
  ],
);
own(
  "whole-function",
  "queue",
  "```ts\nasync function drain(queue: Queue, work: (job: Job) => Promise<void>): Promise<number> {\n  let count = 0;\n  for (let job = queue.pop(); job !== undefined; job = queue.pop()) {\n    await work(job);\n    count += 1;\n  }\n  return count;\n}\n```",
  [AWAIT],
);
own(
  "whole-function",
  "queue",
  "```ts\npush(job: Job): void {\n  this.jobs.push(job);\n}\n```",
  "functions called push, at lines \\d+, \\d+",
);
own(
  "unified-diff",
  "stock",
  "```diff\n--- src/stock.js\n+++ src/stock.js\n@@ -8,3 +8,3 @@ export function total(items) {\n     if (item.count > 0) {\n-      sum -= item.price * item.count;\n+      sum += item.price * item.count;\n     }\n```",
  [SIGN],
);
own(
  "unified-diff",
  "stock",
  "Change one line:\n\n```diff\n- sum -= item.price * item.count;\n+ sum += item.price * item.count;\n```",
  [SIGN],
);
own(
  "unified-diff",
  "bank",
  '```\n--- a/bank/account.py\n+++ b/bank/account.py\n@@ class Account\n     def deposit(self, amount):\n         if amount < 0:\n             raise ValueError("negative")\n-        self.balance = amount\n+        self.balance += amount\n```',
  [BALANCE],
);
own(
  "unified-diff",
  "bank",
  "```diff\n--- a/bank/account.py\n+++ b/bank/account.py\n@@ -5,20 +5,20 @@\n def deposit(self, amount):\n     ...\n-        self.balance = amount\n+        self.balance += amount\n```",
  "left out",
);
own(
  "unified-diff",
  "queue",
  "*** Begin Patch\n*** Update File: lib/queue.ts\n@@\n-    work(job);\n+    await work(job);\n*** End Patch",
  [AWAIT],
);
own(
  "unified-diff",
  "text",
  '--- a/tools/text.py\n+++ b/tools/text.py\n@@ -14,1 +14,1 @@\n-    return re.findall(r"[a-z]+", text)\n+    return re.findall(r"[a-z]+", text.lower())\n\nThat is all.',
  [LOWER],
);
own(
  "tool-calls",
  "stock",
  'I\'ll fix it.\n\n```json\n{\n  "tool": "replace_text",\n  "parameters": {\n    "file": "src/stock.js",\n    "search": "sum -= item.price",\n    "replace": "sum += item.price",\n  }\n}\n```',
  [SIGN],
);
own("tool-calls", "queue", "", [AWAIT], {
  answer: {
    text: "",
    toolCalls: [
      {
        name: "functions.replace_text",
        arguments: { path: "lib/queue.ts", old: "work(job);", new: "await work(job);" },
      },
    ],
    finish: "stop",
  },
});
own(
  "tool-calls",
  "queue",
  "lib/queue.ts\n<<<<<<< SEARCH\n    work(job);\n=======\n    await work(job);\n>>>>>>> REPLACE",
  [AWAIT],
);
