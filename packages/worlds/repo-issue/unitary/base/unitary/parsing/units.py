"""Compound units: "km/h", "kg*m/s^2", "m²"."""

import re

from unitary.dimension import Dimension
from unitary.errors import UnitError
from unitary.units.registry import DEFAULT
from unitary.units.unit import Unit

PIECE = re.compile(r"([^\d\s*/·^²³]+)(?:\^(-?\d+)|([²³]))?")
SUPERSCRIPTS = {"²": 2, "³": 3}


def parse_unit(text, registry=DEFAULT):
    text = text.strip()
    if text in ("", "1"):
        return Unit("", Dimension())
    if PIECE.fullmatch(text) and not re.search(r"[\^²³]", text):
        return registry.find(text)
    dimension = Dimension()
    factor = 1.0
    for separator, piece in _pieces(text):
        sign = -1 if separator == "/" else 1
        unit, power = _piece(piece, registry)
        dimension = dimension * unit.dimension ** (power * sign)
        factor *= unit.factor ** (power * sign)
    return Unit(text, dimension, factor)


def _pieces(text):
    """Pairs of a separator and what follows it; "a/b*c" divides by b only."""
    separator = "*"
    for token in re.split(r"\s*([*/·])\s*|\s+", text):
        if token is None:
            continue
        if token in "*/·":
            separator = token
        else:
            yield separator, token
            separator = "*"


def _piece(text, registry):
    match = PIECE.fullmatch(text)
    if match is None:
        raise UnitError(f"cannot read the unit {text!r}")
    name, power, superscript = match.groups()
    unit = registry.find(name)
    if unit.is_absolute:
        raise UnitError(f"{name} cannot be part of another unit")
    return unit, int(power) if power else SUPERSCRIPTS.get(superscript, 1)
