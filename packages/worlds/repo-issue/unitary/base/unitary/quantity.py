"""Quantities one can calculate with."""

from unitary.convert import convert
from unitary.errors import DimensionMismatch, UnitError
from unitary.format import format_quantity
from unitary.parsing.numbers import read_number
from unitary.parsing.units import parse_unit


class Quantity:
    def __init__(self, value, unit=""):
        self.value = value
        self.unit = unit
        self._unit = parse_unit(unit)

    @classmethod
    def parse(cls, text):
        value, rest = read_number(text)
        return cls(value, rest)

    def to(self, unit):
        return Quantity(convert(self.value, self.unit, unit), unit)

    def __add__(self, other):
        return self._sum(other, 1)

    def __sub__(self, other):
        return self._sum(other, -1)

    def _sum(self, other, sign):
        if self._unit.dimension != other._unit.dimension:
            raise DimensionMismatch(self.unit, other.unit)
        if self._unit.is_absolute or other._unit.is_absolute:
            raise UnitError("points on a scale cannot be added")
        return Quantity(self.value + sign * other.to(self.unit).value, self.unit)

    def __mul__(self, other):
        if not isinstance(other, Quantity):
            return Quantity(self.value * other, self.unit)
        unit = "*".join(part for part in (self.unit, other.unit) if part)
        return Quantity(self.value * other.value, unit)

    def __eq__(self, other):
        if not isinstance(other, Quantity) or self._unit.dimension != other._unit.dimension:
            return NotImplemented
        a, b = self._base(), other._base()
        return abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1e-12)

    def __lt__(self, other):
        if self._unit.dimension != other._unit.dimension:
            raise DimensionMismatch(self.unit, other.unit)
        return self._base() < other._base()

    def _base(self):
        return self._unit.to_base(self.value)

    def __hash__(self):
        return hash((self._unit.dimension, float(f"{self._base():.6g}")))

    def __str__(self):
        return format_quantity(self.value, self.unit)

    def __repr__(self):
        return f"Quantity({self.value!r}, {self.unit!r})"
