"""Invoice numbers: a prefix, the year and a counter that starts anew each year."""

import re

PATTERN = re.compile(r"^([A-Z]+)-(\d{4})-(\d{4,})$")


class Numberer:
    def __init__(self, prefix="INV"):
        self.prefix = prefix
        self._last = {}

    def next(self, year):
        count = self._last.get(year, 0) + 1
        self._last[year] = count
        return f"{self.prefix}-{year}-{count:04d}"

    def observe(self, number):
        """Take note of a number that was given elsewhere, so that it is not given again."""
        prefix, year, count = parse_number(number)
        if prefix == self.prefix:
            self._last[year] = max(self._last.get(year, 0), count)


def parse_number(number):
    match = PATTERN.match(number)
    if match is None:
        raise ValueError(f"not an invoice number: {number!r}")
    return match.group(1), int(match.group(2)), int(match.group(3))
