"""Numbers as people write them: 1,234.5 and 1 1/2 and 2e3."""

import re

FRACTION = re.compile(r"(?:(\d+)\s+)?(\d+)/(\d+)")
PLAIN = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d+)?")


def read_number(text):
    """The number at the start of a text and the rest of the text."""
    text = text.strip()
    sign = -1 if text.startswith("-") else 1
    match = FRACTION.match(text.lstrip("+-"))
    if match:
        whole, top, bottom = (int(part or 0) for part in match.groups())
        if bottom == 0:
            raise ValueError("a fraction with nothing below")
        return sign * (whole + top / bottom), text.lstrip("+-")[match.end() :].strip()
    match = PLAIN.match(text)
    if not match.group().strip("+-"):
        raise ValueError(f"no number in {text!r}")
    return float(match.group().replace(",", "")), text[match.end() :].strip()
