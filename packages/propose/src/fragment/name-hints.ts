import type { ValueKind } from "./shape.ts";

/** What people call things of a kind. The first that matches counts. */
const BY_NAME: readonly (readonly [RegExp, ValueKind])[] = [
  [/(?:Error|Exception)$/, "error"],
  [
    /^(?:is|has|can|should|was|did|enable|disable|allow|use)[A-Z_]|^(?:done|found|ok|valid|verbose|debug|force|strict|enabled|active|flag|quiet)$/,
    "boolean",
  ],
  [
    /^(?:n|i|j|k|x|y|z|w|h|m|a|b|lo|hi|low|high|min|max|start|end|from|to|pos|num|idx|len|year|month|day|hour|minute|second)$/i,
    "number",
  ],
  [
    /(?:count|index|size|total|length|width|height|price|amount|age|sum|limit|offset|number|score|rate|ratio|level|depth|port|timeout|delay|seconds|minutes|hours|days|step|quantity|qty|weight|radius|capacity|threshold|retries|attempts|page|percent|year)s?$/i,
    "number",
  ],
  [/(?:date|time(?:stamp)?)$/i, "string"],
  [
    /(?:name|title|text|message|label|key|path|file|filename|url|uri|host|email|line|word|token|string|str|code|slug|prefix|suffix|separator|sep|delimiter|pattern|query|html|json|css|csv|xml|type|kind|status|mode|lang|language|format|content|body|source|input|char|ch|s|id|color|currency|unit|locale)$/i,
    "string",
  ],
  [
    /^(?:callback|cb|fn|func|handler|next|resolve|reject|predicate|comparator|compare|mapper|reducer|visitor|listener|iteratee|done)$|(?:Callback|Handler|Fn|_fn|_callback|_handler)$/,
    "function",
  ],
  [
    /(?:options|opts|config|settings|params|props|args|kwargs|context|ctx|state|env|meta|data|map|dict|lookup|table|cache|counts|by_\w+|By[A-Z]\w*)$/i,
    "record",
  ],
  [
    /(?:list|array|items|values|rows|lines|words|tokens|numbers|nums|entries|keys|records|queue|stack|elements|parts|chunks|matrix|grid|intervals|points|edges|nodes|results|arr|xs|ys)$/i,
    "list",
  ],
  [/[a-z](?<!s|us|is)s$/, "list"],
];

export function kindByName(name: string): ValueKind | null {
  return BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** Texts that look like what the name says; the most ordinary first. */
const TEXTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/e-?mail/i, ["ada@example.org", "bob@example.com"]],
  [/url|uri|href|link/i, ["https://example.org/a/b?c=1", "http://example.com"]],
  [/host|domain/i, ["example.org", "localhost"]],
  [/path|file|dir|folder/i, ["notes/today.txt", "a.txt"]],
  [/date|day/i, ["2024-01-15", "1999-12-31"]],
  [/time/i, ["2024-01-15T10:30:00Z", "10:30"]],
  [/json/i, ['{"a": 1}', "[1, 2]"]],
  [/csv|row/i, ["a,b,c", "1,2,3"]],
  [/version/i, ["1.2.3", "2.0.0"]],
  [/colou?r/i, ["#3366ff", "red"]],
  [/^(?:ch|char|c|letter|digit)$/i, ["a", "7"]],
  [/sep|delim|glue/i, [",", " "]],
  [/num|amount|price|age|year|digits/i, ["12", "7"]],
  [/text|sentence|line|content|body|message|words|input|title/i, ["one two three", "Hello, World"]],
];

export function textsByName(name: string): readonly string[] {
  return [...(TEXTS.find(([pattern]) => pattern.test(name))?.[1] ?? []), "abc", "Hello World", "42", ""];
}
