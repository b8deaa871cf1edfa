from dataclasses import dataclass

from unitary.dimension import Dimension


@dataclass(frozen=True)
class Unit:
    """`value · factor + offset` is the value in base units (m, kg, s, K)."""

    name: str
    dimension: Dimension
    factor: float = 1.0
    offset: float = 0.0

    def to_base(self, value):
        return value * self.factor + self.offset

    def from_base(self, value):
        return (value - self.offset) / self.factor

    @property
    def is_absolute(self):
        """Units with an offset measure points on a scale and cannot be multiplied."""
        return self.offset != 0
