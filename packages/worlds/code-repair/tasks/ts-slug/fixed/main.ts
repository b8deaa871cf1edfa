const SPECIAL: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['ø', 'o'],
  ['&', ' and '],
]);

function stripAccents(text: string): string {
  return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
}

function spellOut(text: string): string {
  return [...text].map((ch) => SPECIAL.get(ch) ?? ch).join('');
}

function trimTo(slug: string, limit: number): string {
  if (slug.length <= limit) return slug;
  const cut = slug.slice(0, limit + 1).lastIndexOf('-');
  return cut > 0 ? slug.slice(0, cut) : slug.slice(0, limit);
}

/** A lower case slug of letters, digits and single hyphens, cut between words. */
export function slug(title: string, limit = 60): string {
  const plain = stripAccents(spellOut(title.toLowerCase()));
  const words = plain.replace(/['’]/g, '').split(/[^a-z0-9]+/).filter((word) => word !== '');
  return trimTo(words.join('-'), limit);
}

/** A slug that is not taken yet: a number is added when it has to be. */
export function uniqueSlug(title: string, taken: ReadonlySet<string>): string {
  const base = slug(title) || 'page';
  if (!taken.has(base)) return base;
  let n = 2;
  while (taken.has(`${base}-${n}`)) n += 1;
  return `${base}-${n}`;
}
