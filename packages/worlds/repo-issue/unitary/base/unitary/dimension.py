"""Dimensions as exponents of base quantities."""

from dataclasses import dataclass

BASES = ("length", "mass", "time", "temperature")


@dataclass(frozen=True)
class Dimension:
    powers: tuple = (0, 0, 0, 0)

    @classmethod
    def of(cls, **powers):
        unknown = set(powers) - set(BASES)
        if unknown:
            raise TypeError(f"unknown base {sorted(unknown)[0]}")
        return cls(tuple(powers.get(base, 0) for base in BASES))

    def __mul__(self, other):
        return Dimension(tuple(a + b for a, b in zip(self.powers, other.powers)))

    def __truediv__(self, other):
        return Dimension(tuple(a - b for a, b in zip(self.powers, other.powers)))

    def __pow__(self, exponent):
        return Dimension(tuple(a * exponent for a in self.powers))

    @property
    def is_plain(self):
        return not any(self.powers)

    def __str__(self):
        parts = [f"{base}^{power}" if power != 1 else base for base, power in zip(BASES, self.powers) if power]
        return "·".join(parts) or "plain number"
