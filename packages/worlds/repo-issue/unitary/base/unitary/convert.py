"""Converting numbers between units."""

from unitary.errors import DimensionMismatch
from unitary.parsing.units import parse_unit


def convert(value, source, target):
    a, b = parse_unit(source), parse_unit(target)
    if a.dimension != b.dimension:
        raise DimensionMismatch(source, target)
    return b.from_base(a.to_base(value))


def split(value, source, targets):
    """A value in several units, whole numbers in all but the last: 3.5 h as 3 h 30 min."""
    parts = []
    rest = value
    unit = source
    for target in targets[:-1]:
        exact = convert(rest, unit, target)
        whole = int(round(exact, 9))
        parts.append((whole, target))
        rest, unit = exact - whole, target
    parts.append((round(convert(rest, unit, targets[-1]), 9), targets[-1]))
    return parts
