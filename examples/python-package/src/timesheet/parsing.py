import re
from datetime import datetime, timedelta

from .entry import Entry

LINE = re.compile(r"(\d{4}-\d{2}-\d{2})\s+(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})\s+(\S.*)")


def parse(text):
    """Entries from lines such as `2024-03-04 9:00-10:30 acme`; what follows a `#` is a comment.

    An entry that ends before it starts, or at the same minute, ends on the next day.
    """
    entries = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.split("#")[0].strip()
        if not line:
            continue
        match = LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"line {number}: expected `day start-end project`, found {line!r}")
        day, first, last, project = match.groups()
        start = _moment(day, first)
        end = _moment(day, last)
        if end <= start:
            end += timedelta(days=1)
        entries.append(Entry(start, end, project))
    return entries


def _moment(day, clock):
    return datetime.strptime(f"{day} {clock}", "%Y-%m-%d %H:%M")
