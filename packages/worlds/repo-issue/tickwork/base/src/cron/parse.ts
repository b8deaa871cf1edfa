import { FIELDS, parseField } from "./field.ts";

export interface CronLine {
  readonly source: string;
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  readonly weekdays: readonly number[];
  /** When both are limited, a day fits if one of them does; so it is in cron since ever. */
  readonly anyDay: boolean;
}

const SHORTCUTS: Readonly<Record<string, string>> = {
  "@hourly": "0 * * * *",
  "@daily": "0 0 * * *",
  "@weekly": "0 0 * * 0",
  "@monthly": "0 0 1 * *",
};

export function parseCron(source: string): CronLine {
  const fields = (SHORTCUTS[source.trim()] ?? source).trim().split(/\s+/);
  if (fields.length !== FIELDS.length) throw new SyntaxError(`"${source}" has ${fields.length} fields and not 5`);
  const [minutes, hours, days, months, weekdays] = fields.map((text, i) => parseField(text, FIELDS[i]!));
  return {
    source,
    minutes: minutes!,
    hours: hours!,
    days: days!,
    months: months!,
    weekdays: weekdays!,
    anyDay: fields[2] !== "*" && fields[4] !== "*",
  };
}
