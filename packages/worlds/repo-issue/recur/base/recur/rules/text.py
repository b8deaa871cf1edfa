"""Rules as text: "every 2 weeks on mon, thu until 2024-05-01"."""

import re
from datetime import date

from recur.rules.rule import Rule

UNITS = {"day": "daily", "week": "weekly", "month": "monthly", "year": "yearly"}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
SHAPE = re.compile(
    r"every(?: (?P<interval>\d+))? (?P<unit>day|week|month|year)s?"
    r"(?: on(?: the (?P<nth>first|second|third|fourth|last))? (?P<days>[a-z, ]+?))?"
    r"(?: until (?P<until>\d{4}-\d\d-\d\d)| (?P<count>\d+) times)?"
)


def parse_rule(text, start):
    match = SHAPE.fullmatch(text.strip().lower())
    if match is None:
        raise ValueError(f"cannot read the rule {text!r}")
    part = match.groupdict()
    return Rule(
        frequency=UNITS[part["unit"]],
        start=start,
        interval=int(part["interval"] or 1),
        weekdays=_weekdays(part["days"]),
        nth=ORDINALS.get(part["nth"], 0),
        count=int(part["count"]) if part["count"] else None,
        until=date.fromisoformat(part["until"]) if part["until"] else None,
    )


def describe(rule):
    unit = next(name for name, frequency in UNITS.items() if frequency == rule.frequency)
    words = ["every"] + ([f"{rule.interval} {unit}s"] if rule.interval > 1 else [unit])
    if rule.weekdays:
        ordinal = next((word for word, n in ORDINALS.items() if n == rule.nth), None)
        names = ", ".join(DAYS[weekday] for weekday in rule.weekdays)
        words.append(f"on the {ordinal} {names}" if ordinal else f"on {names}")
    if rule.until is not None:
        words.append(f"until {rule.until.isoformat()}")
    if rule.count is not None:
        words.append(f"{rule.count} times")
    return " ".join(words)


def _weekdays(text):
    if text is None:
        return ()
    names = [name[:3] for name in re.split(r"[,\s]+", text.strip())]
    unknown = [name for name in names if name not in DAYS]
    if unknown:
        raise ValueError(f"unknown weekday {unknown[0]!r}")
    return tuple(DAYS.index(name) for name in names)
