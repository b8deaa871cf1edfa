const RANK = { '+': 1, '-': 1, '*': 2, '/': 2 };

function scan(text) {
  const tokens = text.match(/\d+(?:\.\d+)?|[-+*/()]|\S/g) ?? [];
  const bad = tokens.find((token) => !/^[\d.]+$|^[-+*/()]$/.test(token));
  if (bad !== undefined) throw new SyntaxError(`unexpected ${bad}`);
  return tokens;
}

function apply(operator, values) {
  const right = values.pop();
  const left = values.pop();
  if (left === undefined || right === undefined) throw new SyntaxError('missing operand');
  switch (operator) {
    case '+': return left + right;
    case '-': return left - right;
    case '*': return left * right;
    default:
      if (right === 0) throw new RangeError('division by zero');
      return left / right;
  }
}

export function evaluate(text) {
  const values = [];
  const operators = [];
  const reduceOne = () => values.push(apply(operators.pop(), values));
  const top = () => operators[operators.length - 1];
  for (const token of scan(text)) {
    if (token === '(') operators.push(token);
    else if (token === ')') {
      while (operators.length > 0 && top() !== '(') reduceOne();
      if (operators.pop() !== '(') throw new SyntaxError('unbalanced )');
    } else if (token in RANK) {
      while (operators.length > 0 && RANK[top()] >= RANK[token]) reduceOne();
      operators.push(token);
    } else values.push(Number(token));
  }
  while (operators.length > 0) {
    if (top() === '(') throw new SyntaxError('unbalanced (');
    reduceOne();
  }
  if (values.length !== 1) throw new SyntaxError('not an expression');
  return values[0];
}
