import { TemplateError } from "../errors.js";

/** The value of an expression. Unknown names and members of nothing are undefined. */
export function evaluate(node, scope, filters, place) {
  const value = (inner) => evaluate(inner, scope, filters, place);
  switch (node.type) {
    case "literal":
      return node.value;
    case "name":
      return scope.get(node.name);
    case "member":
      return member(value(node.object), value(node.key));
    case "not":
      return !isTrue(value(node.operand));
    case "negative":
      return -value(node.operand);
    case "filter": {
      const filter = filters[node.name];
      if (filter === undefined) throw new TemplateError(`unknown filter "${node.name}"`, place);
      return filter(value(node.input), ...node.args.map(value));
    }
    default:
      return binary(node, value);
  }
}

function member(object, key) {
  if (object === null || object === undefined) return undefined;
  if (object instanceof Map) return object.get(key);
  if (typeof object === "string") return key === "length" ? object.length : object[key];
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function binary({ operator, left, right }, value) {
  const a = value(left);
  if (operator === "and") return isTrue(a) ? value(right) : a;
  if (operator === "or") return isTrue(a) ? a : value(right);
  const b = value(right);
  switch (operator) {
    case "==":
      return a === b;
    case "!=":
      return a !== b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    case "in":
      return contains(b, a);
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "%":
      return a % b;
    default:
      return `${a ?? ""}${b ?? ""}`;
  }
}

function contains(list, item) {
  if (typeof list === "string" || Array.isArray(list)) return list.includes(item);
  return list !== null && typeof list === "object" && Object.hasOwn(list, item);
}

/** Empty lists and objects count as false, other than in JavaScript. */
export function isTrue(value) {
  if (Array.isArray(value)) return value.length > 0;
  if (value !== null && typeof value === "object") return Object.keys(value).length > 0;
  return Boolean(value);
}
