export interface Secret {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/** Shapes that the issuers of keys publish, so that leaked ones can be found. */
const SHAPES: readonly (readonly [kind: string, shape: RegExp])[] = [
  [
    "private key",
    /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----[^]*?(?:-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|$)/g,
  ],
  ["AWS access key", /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g],
  ["GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})/g],
  ["GitLab token", /\bgl(?:pat|ptt|dt|rt)-[\w-]{20,}/g],
  ["Slack token", /\bxox[abeoprs]-[\w-]{10,}/g],
  ["Slack webhook", /https:\/\/hooks\.slack\.com\/services\/[\w/]{20,}/g],
  ["Stripe key", /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/g],
  ["OpenAI or Anthropic key", /\bsk-(?:ant-|proj-|svcacct-|or-)?[\w-]{20,}/g],
  ["Google API key", /\bAIza[\w-]{35}/g],
  ["Google OAuth token", /\bya29\.[\w-]{20,}/g],
  ["npm token", /\bnpm_[A-Za-z0-9]{36}\b/g],
  ["PyPI token", /\bpypi-AgEI[\w-]{50,}/g],
  ["Hugging Face token", /\bhf_[A-Za-z0-9]{30,}/g],
  ["SendGrid key", /\bSG\.[\w-]{16,}\.[\w-]{16,}/g],
  ["Twilio key", /\bSK[0-9a-f]{32}\b/g],
  ["JSON Web Token", /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g],
  ["password in an address", /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'`<>${}]{1,64}:[^\s/@"'`<>${}]{3,}@[\w.-]+/gi],
  ["bearer token", /\bBearer\s+[\w.~+/-]{20,}=*/g],
];

/** A value that is given to a name which promises a secret. */
const NAMED =
  /\b[\w.-]*(?:secret|passw(?:or)?d|passwd|api[_-]?key|access[_-]?key|auth[_-]?token|token|credential|private[_-]?key)[\w-]*["']?\s*(?:[:=]|=>)\s*["'`]([^"'`\s]{8,})["'`]/gi;
/** Runs of letters that base64, base64url and hexadecimal numbers are written in. */
const RUNS = /(?<![\w+/=-])[\w+/-]{32,}={0,2}(?![\w+/=-])/g;

/** Bits per letter: identifiers stay below 4, random base64 of 40 letters lies near 4.8. Hexadecimal cannot pass 4: hashes are no secrets. */
const LEAST_ENTROPY = 4.3;
/** Of a value whose name promises a secret. */
const LEAST_ENTROPY_NAMED = 2.8;
const PLACEHOLDER =
  /^(?:x+|\*+|<.*>|\$\{.*|%.*%|your[_-]?.*|example.*|changeme.*|placeholder.*|dummy.*|test.*|fake.*|redacted.*)$/i;

/** Secrets in a text, in order, not overlapping. Strange but harmless strings may be among them: a row too few does no harm. */
export function findSecrets(text: string): readonly Secret[] {
  const found: Secret[] = [];
  for (const [kind, shape] of SHAPES)
    for (const match of text.matchAll(shape))
      found.push({ kind, start: match.index, end: match.index + match[0].length });
  for (const match of text.matchAll(NAMED)) {
    const value = match[1] as string;
    if (PLACEHOLDER.test(value) || entropy(value) < LEAST_ENTROPY_NAMED || !looksRandom(value)) continue;
    const start = match.index + match[0].lastIndexOf(value);
    found.push({ kind: "named secret", start, end: start + value.length });
  }
  for (const match of text.matchAll(RUNS)) {
    const value = match[0];
    if (entropy(value) >= LEAST_ENTROPY && looksRandom(value) && !/^[\w-]*(?:\/[\w-]+){2,}$/.test(value))
      found.push({ kind: "random string", start: match.index, end: match.index + value.length });
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: Secret[] = [];
  for (const each of found) if (each.start >= (apart.at(-1)?.end ?? 0)) apart.push(each);
  return apart;
}

/** The text with every secret replaced by `[secret]`. */
export function redact(text: string): string {
  let result = "";
  let at = 0;
  for (const { start, end } of findSecrets(text)) {
    result += `${text.slice(at, start)}[secret]`;
    at = end;
  }
  return result + text.slice(at);
}

/** Shannon entropy of the letters' frequencies, bits per letter. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Letters and digits mixed, as names and sentences rarely are, and no alphabet written out. */
function looksRandom(value: string): boolean {
  return /[0-9]/.test(value) && /[A-Za-z]/.test(value) && !/abcdefg|1234567/i.test(value);
}
