"""Quantities as text."""

from unitary.units.table import PREFIXES

SCALES = sorted(
    ((factor, prefix) for prefix, factor in PREFIXES.items() if prefix not in ("c", "u")), reverse=True
)


def format_quantity(value, unit, digits=6):
    number = f"{value:.{digits}g}"
    return f"{number} {unit}".strip()


def with_prefix(value, unit, digits=4):
    """The value with the prefix that leaves one to three digits before the point."""
    if value == 0:
        return format_quantity(0, unit)
    size = abs(value)
    if 1 <= size < 1000:
        return format_quantity(value, unit, digits)
    for factor, prefix in SCALES:
        if size >= factor:
            return format_quantity(value / factor, prefix + unit, digits)
    factor, prefix = SCALES[-1]
    return format_quantity(value / factor, prefix + unit, digits)
