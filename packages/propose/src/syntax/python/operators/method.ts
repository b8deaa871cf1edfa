import { top, type Choice } from "../file.ts";
import { similarity } from "../similarity.ts";
import type { SyntaxNode } from "../tree.ts";
import { argumentsOf, calleeName, draft, insert, replace, type Operator } from "./operator.ts";

/** Methods that are mistaken for each other; every line is a group, likelier ones nearer. */
const METHODS: readonly string[] = [
  "append extend", "append insert", "append add", "append appendleft", "pop popleft", "add discard", "add update", "add remove", "discard remove", "add append", "update extend",
  "find rfind", "find index", "index rindex", "rfind rindex", "index count", "find count", "index find",
  "split rsplit", "split splitlines", "partition rpartition", "split partition", "rsplit rpartition",
  "strip lstrip", "strip rstrip", "lstrip rstrip", "rstrip removesuffix", "lstrip removeprefix", "strip removesuffix", "strip removeprefix", "startswith endswith", "removeprefix removesuffix",
  "upper lower", "lower casefold", "title capitalize", "upper title", "lower title", "upper capitalize", "lower capitalize", "lower swapcase",
  "isdigit isalpha", "isdigit isalnum", "isalpha isalnum", "isdigit isdecimal", "isdigit isnumeric", "isupper islower", "isspace isalnum", "isalpha isidentifier", "isupper istitle",
  "keys values", "values items", "keys items", "get setdefault", "get pop", "setdefault update",
  "union intersection", "union difference", "intersection difference", "difference symmetric_difference", "union update", "issubset issuperset", "issubset isdisjoint", "intersection symmetric_difference",
  "ljust rjust", "ljust center", "rjust center", "zfill rjust", "sort reverse", "remove pop", "clear pop", "copy deepcopy", "floor ceil", "ceil trunc", "floor trunc", "heappush heappop", "heappush heappushpop", "heapify heappop",
  "bisect_left bisect_right", "bisect bisect_left", "insort_left insort_right", "insort insort_left", "search match", "match fullmatch", "search fullmatch", "findall finditer", "search findall", "group groups", "sqrt isqrt", "log log2", "log log10", "sin cos", "radians degrees",
  "permutations combinations", "combinations combinations_with_replacement", "permutations product", "combinations product", "accumulate cumsum", "days seconds", "seconds total_seconds", "read readlines", "write writelines", "encode decode", "loads dumps", "lower upper", "most_common items", "wait gather", "get_nowait get", "put_nowait put",
]; // prettier-ignore

/** Functions that are mistaken for each other. */
const FUNCTIONS: readonly string[] = [
  "min max", "any all", "sorted reversed", "sorted list", "list tuple", "list set", "set tuple", "list dict", "int float", "int round", "round float", "str repr", "sum len", "sum max", "len max", "sum min", "abs int", "ord chr", "zip zip_longest", "zip enumerate", "map filter",
  "copy deepcopy", "list sorted", "set sorted", "set frozenset", "range enumerate", "floor ceil", "heappush heappop", "bisect_left bisect_right", "isinstance issubclass", "hasattr getattr", "iter list", "bool int", "str int", "int abs", "permutations combinations", "divmod pow", "hex bin", "oct hex", "print repr", "defaultdict Counter", "next iter", "list reversed", "bin str",
]; // prettier-ignore

function groups(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const others = new Map<string, string[]>();
  for (const line of lines) {
    const names = line.split(" ");
    for (const name of names) {
      const known = others.get(name) ?? [];
      others.set(name, known);
      for (const other of names) if (other !== name && !known.includes(other)) known.push(other);
    }
  }
  return others;
}

const METHOD_GROUPS = groups(METHODS);
const FUNCTION_GROUPS = groups(FUNCTIONS);

const CONVERSION = new Set(["int", "float", "str", "round", "bool", "list", "tuple", "set", "dict"]);

export const METHOD_OPERATORS: readonly Operator[] = [
  {
    id: "swap-method",
    faultClass: "wrong-method",
    description: "Another method or library function that does nearly the same",
    kinds: ["call"],
    *edits(node, file) {
      const callee = node.child("function");
      const name = calleeName(node);
      const token = callee?.kind === "attribute" ? callee.child("attribute") : callee;
      if (token === null || callee === null || name === "") return;
      const method = callee.kind === "attribute";
      const others = (method ? METHOD_GROUPS : FUNCTION_GROUPS).get(name) ?? [];
      for (const [index, other] of others.entries()) {
        if (!method && !BUILT_IN.has(other) && !file.isVisible(other, node)) continue;
        yield replace(
          token,
          other,
          1 / (1 + index * 0.25),
          CONVERSION.has(name) && CONVERSION.has(other) ? "type-conversion" : undefined,
        );
      }
      const given = argumentsOf(node);
      if (method) yield* reshaped(node, name, callee, given);
      if (file.scopes.resolve("heapq", node)?.kind === "import" && method) {
        const object = callee.child("object")?.text ?? "";
        if (name === "pop" || name === "popleft") yield replace(node, `heapq.heappop(${object})`, 0.9);
        if (name === "append" && given[0] !== undefined)
          yield replace(node, `heapq.heappush(${object}, ${given[0].text})`, 0.9);
        if (name === "heappop" && given[0] !== undefined) yield replace(node, `${given[0].text}.pop()`, 0.6);
      }
      if (name === "len" && given[0] !== undefined) yield replace(node, `len(set(${given[0].text}))`, 0.2);
      if (
        method &&
        callee.child("object")?.text === "math" &&
        (name === "floor" || name === "ceil" || name === "trunc")
      ) {
        yield replace(callee, "round", 0.6);
        yield replace(callee, "int", 0.4, "type-conversion");
      }
      if (name === "round" && file.scopes.resolve("math", node)?.kind === "import" && given.length === 1) {
        yield replace(callee, "math.ceil", 0.6);
        yield replace(callee, "math.floor", 0.6);
      }
      if (!method && name === "int" && given.length === 1) yield replace(callee, "round", 0.6, "type-conversion");
      if (!method && name === "zip" && file.scopes.resolve("itertools", node)?.kind === "import")
        yield replace(callee, "itertools.zip_longest", 0.6);
      if (!method && (name === "list" || name === "dict") && file.scopes.resolve("copy", node)?.kind === "import")
        yield replace(callee, "copy.deepcopy", 0.6, "missing-copy");
    },
  },
  {
    id: "swap-function",
    faultClass: "wrong-method",
    description: "Another function of the file with as many parameters, or another imported one",
    kinds: ["call"],
    *edits(node, file) {
      const token = node.child("function");
      if (token?.kind !== "identifier") return;
      const name = token.text;
      const binding = file.scopes.resolve(name, node);
      const choices: Choice[] = [];
      for (const other of file.scopes.visibleAt(node)) {
        if (other.name === name || (other.kind !== "function" && other.kind !== "import")) continue;
        if (
          other.kind === "function" &&
          binding?.kind === "function" &&
          arity(other.declaration) !== arity(binding.declaration)
        )
          continue;
        if (binding === null && !["min", "max", "sum", "len", "sorted", "str", "list"].includes(name)) continue;
        if (
          other.kind === "import" &&
          (binding?.kind !== "import" || other.declaration.kind !== "import_from_statement")
        )
          continue;
        choices.push({ text: other.name, weight: binding === null ? 0.2 : 0.3 + 0.6 * similarity(name, other.name) });
      }
      for (const choice of top(choices, 4)) yield replace(token, choice.text, choice.weight);
    },
  },
  {
    id: "sort-key",
    faultClass: "wrong-argument",
    description: "The order, the key or the reverse of a sort",
    kinds: ["call"],
    *edits(node, file) {
      const name = calleeName(node);
      if (!["sorted", "sort", "min", "max", "groupby", "nlargest", "nsmallest"].includes(name)) return;
      const given = argumentsOf(node);
      const key = given.find((argument) => argument.child("name")?.text === "key");
      const reverse = given.find((argument) => argument.child("name")?.text === "reverse");
      const value = key?.child("value");
      const lambda = value?.kind === "lambda" ? value : null;
      const body = lambda?.child("body") ?? null;
      const parameter = lambda?.child("parameters")?.text ?? "item";
      if (lambda !== null && body !== null) {
        if (body.kind === "tuple") {
          const [first, second] = body.namedChildren;
          if (first && second) {
            yield replace(body, first.text, 0.5);
            yield replace(body, second.text, 0.4);
            for (const part of body.namedChildren)
              if (part.kind !== "unary_operator") yield replace(part, `-${part.text}`, 0.6);
          }
        } else {
          yield replace(body, `(${body.text}, ${parameter})`, 0.4);
          if (body.kind === "subscript")
            for (const index of ["0", "1"]) yield replace(body, `(${body.text}, ${parameter}[${index}])`, 0.3);
        }
      }
      const values = reverse?.child("value");
      if (values?.kind === "true" || values?.kind === "false")
        yield replace(values, values.kind === "true" ? "False" : "True", 0.6);
      if (key === undefined) {
        const last = given.at(-1);
        const list = node.child("arguments");
        const items = given[0] === undefined ? "" : file.guess(given[0]);
        const offers: [string, number][] = [
          ["key=len", 0.5],
          ["key=lambda item: item[1]", 0.6],
          ["key=lambda item: item[0]", 0.5],
          ["key=str.lower", 0.4],
          ["key=str", 0.2],
        ];
        for (const other of file.calls) {
          const known = argumentsOf(other).find((argument) => argument.child("name")?.text === "key");
          if (known !== undefined && file.namesOf(known).every((wanted) => file.isVisible(wanted, node)))
            offers.push([known.text, 0.8]);
        }
        if (
          list?.kind !== "argument_list" ||
          items === "number" ||
          ((name === "min" || name === "max") && given.length !== 1)
        )
          return;
        for (const [text, weight] of offers)
          yield last === undefined ? insert(list.start + 1, text, weight) : insert(last.end, `, ${text}`, weight);
      } else if (given.length > 1) {
        const index = given.indexOf(key);
        const previous = given[index - 1];
        if (previous !== undefined) yield draft([{ start: previous.end, end: key.end, text: "" }], 0.4);
      }
    },
  },
  {
    id: "swap-display",
    faultClass: "wrong-method",
    description: "A list for a generator or a set for a list, written as a comprehension",
    kinds: ["list_comprehension", "set_comprehension", "generator_expression", "list", "set"],
    *edits(node) {
      const inner = node.source.slice(node.start + 1, node.end - 1);
      if (node.kind === "list_comprehension") {
        yield replace(node, `{${inner}}`, 0.4);
        if (node.parent?.kind !== "argument_list" || node.parent.namedChildren.length > 1)
          yield replace(node, `(${inner})`, 0.2);
      } else if (node.kind === "set_comprehension") yield replace(node, `[${inner}]`, 0.8);
      else if (node.kind === "generator_expression") {
        if (node.field !== "arguments") yield replace(node, `[${inner}]`, 0.6);
        else {
          yield replace(node, `([${inner}])`, 0.2);
          yield replace(node, `({${inner}})`, 0.3);
        }
      } else if (node.kind === "set" && node.parent?.kind !== "expression_statement")
        yield replace(node, `[${inner}]`, 0.2);
    },
  },
];

const BUILT_IN = new Set(
  "min max any all sorted reversed list tuple set dict int float round str repr sum len abs ord chr zip map filter enumerate range isinstance issubclass hasattr getattr iter next bool divmod pow hex bin oct print frozenset".split(
    " ",
  ),
);

function arity(definition: SyntaxNode): number {
  return (
    definition
      .child("parameters")
      ?.namedChildren.filter((node) => node.kind === "identifier" || node.kind === "typed_parameter").length ?? 0
  );
}

/** Methods whose arguments change with the method. */
function* reshaped(
  node: SyntaxNode,
  name: string,
  callee: SyntaxNode,
  given: readonly SyntaxNode[],
): Generator<ReturnType<typeof replace>> {
  const object = callee.child("object")?.text ?? "";
  const first = given[0];
  switch (name) {
    case "append":
      if (first !== undefined) {
        yield replace(node, `${object}.insert(0, ${first.text})`, 0.6);
        yield replace(node, `${object}.extend([${first.text}])`, 0.1);
      }
      return;
    case "insert":
      if (given[1] !== undefined) yield replace(node, `${object}.append(${given[1].text})`, 0.8);
      return;
    case "pop":
      if (first === undefined) {
        yield replace(node, `${object}.pop(0)`, 0.9);
        yield replace(node, `${object}[-1]`, 0.4);
      } else {
        yield replace(node, `${object}.pop()`, 0.9);
        yield replace(node, `${object}[${first.text}]`, 0.3);
      }
      return;
    case "popleft":
      yield replace(node, `${object}[0]`, 0.4);
      return;
    case "get":
      if (first !== undefined) yield replace(node, `${object}[${first.text}]`, 0.6);
      return;
    case "startswith":
    case "endswith":
      if (first !== undefined) {
        yield replace(node, `${first.text} in ${object}`, 0.3);
        yield replace(node, `${object} == ${first.text}`, 0.4);
      }
      return;
    case "setdefault":
      if (first !== undefined) yield replace(node, `${object}[${first.text}]`, 0.3);
      return;
    case "sort": {
      const more = given.length > 0 ? `, ${given.map((argument) => argument.text).join(", ")}` : "";
      const statement = node.parent?.kind === "expression_statement";
      yield replace(node, `${statement ? `${object} = ` : ""}sorted(${object}${more})`, statement ? 0.5 : 1);
      return;
    }
    case "split":
      if (given.length > 1 && first !== undefined) yield replace(node, `${object}.split(${first.text})`, 0.6);
      if (first !== undefined && /^["'] ["']$/.test(first.text)) yield replace(node, `${object}.split()`, 1);
      return;
    default:
      return;
  }
}
