export type Values = Readonly<Record<string, string | number | boolean>>;

const FILTERS: Readonly<Record<string, (text: string) => string>> = {
  upper: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
  title: (text) => text.replace(/\b[a-z]/g, (ch) => ch.toUpperCase()),
};

function evaluate(expression: string, values: Values): string {
  const [name, ...filters] = expression.split('|').map((part) => part.trim());
  if (!Object.hasOwn(values, name)) throw new ReferenceError(`no value for ${name}`);
  let text = String(values[name]);
  for (const filter of filters) {
    if (!Object.hasOwn(FILTERS, filter)) throw new ReferenceError(`no filter ${filter}`);
    text = FILTERS[filter](text);
  }
  return text;
}

/** Replace every {{ name | filter }}; a backslash before the braces keeps them. */
export function render(template: string, values: Values): string {
  let out = '';
  let at = 0;
  for (;;) {
    const open = template.indexOf('{{', at);
    if (open === -1) return out + template.slice(at);
    if (template[open - 1] === '\\') {
      out += `${template.slice(at, open - 1)}{{`;
      at = open + 2;
      continue;
    }
    const close = template.indexOf('}}', open);
    if (close === -1) throw new SyntaxError('placeholder is not closed');
    out += template.slice(at, open) + evaluate(template.slice(open + 2, close - 1), values);
    at = close + 2;
  }
}
