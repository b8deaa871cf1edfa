// Version strings look like "1.4.2" or "1.4.2-rc.1"; missing numbers count as zero.

function parse(version) {
  const [core, ...rest] = version.split('-');
  const numbers = core.split('.').map(Number);
  if (numbers.some((n) => !Number.isInteger(n) || n < 0)) {
    throw new SyntaxError(`not a version: ${version}`);
  }
  return { numbers, tag: rest.join('-') };
}

function compareTags(a, b) {
  if (a === b) return 0;
  // A release has no tag and is newer than any of its pre-releases.
  if (a !== '') return 1;
  if (b === '') return -1;
  return a < b ? -1 : 1;
}

export function compareVersions(left, right) {
  const a = parse(left);
  const b = parse(right);
  const length = Math.max(a.numbers.length, b.numbers.length);
  for (let i = 0; i < length; i += 1) {
    const difference = (a.numbers[i] ?? 0) - (b.numbers[i] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return compareTags(a.tag, b.tag);
}

export function newest(versions) {
  return versions.reduce((best, v) => (compareVersions(v, best) > 0 ? v : best));
}
