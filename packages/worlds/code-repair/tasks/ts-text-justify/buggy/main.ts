function breakLines(words: readonly string[], width: number): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  let length = 0;
  for (const word of words) {
    if (word.length > width) throw new RangeError(`${word} is wider than the line`);
    const needed = line.length === 0 ? word.length : length + 1 + word.length;
    if (needed <= width && line.length < 3) {
      line.push(word);
      length = needed;
    } else {
      lines.push(line);
      line = [word];
      length = word.length;
    }
  }
  if (line.length > 0) lines.push(line);
  return lines;
}

/** Words with spaces between them so that the line is exactly `width` long. */
function stretch(words: readonly string[], width: number): string {
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  const gaps = words.length - 1;
  const each = Math.floor((width - letters) / gaps);
  const extra = (width - letters) / gaps;
  return words
    .map((word, i) => (i === gaps ? word : word + ' '.repeat(each + (i < extra ? 1 : 0))))
    .join('');
}

export function justify(text: string, width: number): string[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const lines = breakLines(words, width);
  return lines.map((line, i) => {
    const last = i === lines.length - 1;
    if (last && line.length === 1) return line.join(' ').padEnd(width);
    return stretch(line, width);
  });
}

/** Text in a frame, one space from the sides. */
export function framed(text: string, width: number): string[] {
  const rule = `+${'-'.repeat(width + 2)}+`;
  return [rule, ...justify(text, width).map((line) => `| ${line} |`), rule];
}
