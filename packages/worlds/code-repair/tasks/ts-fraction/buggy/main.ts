export interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? 1n : gcd(b, a % b);
}

function make(top: bigint, bottom: bigint): Fraction {
  if (bottom === 0n) throw new RangeError('division by zero');
  const sign = bottom < 0n ? -1n : 1n;
  const divisor = gcd(top < 0n ? -top : top, bottom * sign);
  return { top: (sign * top) / divisor, bottom: (sign * bottom) / divisor };
}

function parse(text: string): Fraction {
  const match = /^(-?\d+)(?:\/(-?\d+))?$/.exec(text.trim());
  if (match === null) throw new SyntaxError(`not a fraction: ${text}`);
  return make(BigInt(match[1]), BigInt(match[2] ?? '1'));
}

function format({ top, bottom }: Fraction): string {
  return bottom === 1n ? String(top) : `${top}/${bottom}`;
}

function subtract(a: Fraction, b: Fraction): Fraction {
  return make(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom);
}

function divide(a: Fraction, b: Fraction): Fraction {
  return make(a.top * b.bottom, a.bottom * b.top);
}

/** "+", "-", "*" or "/" of two fractions written as text; in lowest terms. */
export function calculate(left: string, operator: string, right: string): string {
  const a = parse(left);
  const b = parse(right);
  const zero = make(0n, 1n);
  switch (operator) {
    case '+': return format(subtract(a, subtract(zero, b)));
    case '-': return format(subtract(b, a));
    case '*': return format(make(a.top * b.top, a.bottom * b.bottom));
    case '/': return format(divide(a, b));
    default: throw new SyntaxError(`unknown operator ${operator}`);
  }
}
