// "aaab" becomes "3ab"; digits and backslashes in the text are escaped.

function escape(ch) {
  return /[0-9\\]/.test(ch) ? `\\${ch}` : ch;
}

function part(ch, count) {
  return (count > 1 ? String(count) : '') + escape(ch);
}

export function encode(text) {
  const parts = [];
  let count = 0;
  for (let i = 0; i < text.length; i += 1) {
    count += 1;
    if (text[i] !== text[i + 1]) {
      parts.push(part(text[i], count));
      count = 0;
    }
  }
  return parts.join('');
}

export function decode(code) {
  let out = '';
  let digits = '';
  for (let i = 0; i < code.length; i += 1) {
    const ch = code[i];
    if (/[0-9]/.test(ch)) {
      digits += ch;
      continue;
    }
    let letter = ch;
    if (ch === '\\') {
      i += 1;
      letter = code[i];
      digits = '';
      if (letter === undefined) throw new SyntaxError('code ends in an escape');
    }
    out += letter.repeat(digits === '' ? 1 : Number(digits));
    digits = '';
  }
  if (digits !== '') throw new SyntaxError('count without a character');
  return out;
}
