"""Finds units by name: exact names first, then aliases, plurals and prefixes."""

from unitary.errors import UnknownUnit
from unitary.units.table import ALIASES, LONG_PREFIXES, METRIC, OTHER, PREFIXES
from unitary.units.unit import Unit


class Registry:
    def __init__(self):
        self._units = {unit.name: unit for unit in METRIC + OTHER}
        self._metric = {unit.name for unit in METRIC}
        self._aliases = dict(ALIASES)

    def define(self, name, unit_name, factor):
        """A new unit as a multiple of one that is known."""
        base = self.find(unit_name)
        self._units[name] = Unit(name, base.dimension, base.factor * factor)

    def find(self, name):
        unit = self._exact(name) or self._prefixed(name)
        if unit is None and len(name) > 2 and name.endswith("s"):
            singular = name[:-1]
            unit = self._exact(singular) or self._prefixed(singular)
        if unit is None:
            raise UnknownUnit(name)
        return unit

    def _exact(self, name):
        return self._units.get(self._aliases.get(name, name))

    def _prefixed(self, name):
        for prefix, symbol in LONG_PREFIXES.items():
            rest = name.removeprefix(prefix)
            if rest != name and rest in self._aliases:
                return self._scaled(symbol, self._aliases[rest])
        for prefix in PREFIXES:
            if name.startswith(prefix):
                found = self._scaled(prefix, name[len(prefix) :])
                if found is not None:
                    return found
        return None

    def _scaled(self, prefix, name):
        if name not in self._metric:
            return None
        unit = self._units[name]
        return Unit(prefix + name, unit.dimension, unit.factor * PREFIXES[prefix])


DEFAULT = Registry()
