function breakLongWord(word, width) {
  const pieces = [];
  for (let i = 0; i < word.length; i += width) pieces.push(word.slice(i, i + width));
  return pieces;
}

function words(paragraph, width) {
  return paragraph
    .split(/\s+/)
    .filter((word) => word !== '')
    .flatMap((word) => (word.length > width ? breakLongWord(word, width) : [word]));
}

/** Lines of at most `width` characters; words longer than a line are cut. */
export function wrap(paragraph, width, indent = '') {
  const room = width - indent.length;
  if (room < 1) throw new RangeError('no room for text');
  const lines = [];
  let line = '';
  for (const word of words(paragraph, room)) {
    if (line === '') {
      line = word;
    } else if (line.length + 1 + word.length <= room && lines.length > 0) {
      line += ` ${word}`;
    } else {
      lines.push(indent + line);
      line = word;
    }
  }
  if (line !== '') lines.push(indent + line);
  return lines;
}
