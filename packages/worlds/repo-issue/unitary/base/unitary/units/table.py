"""The units that are known, with their aliases."""

from unitary.dimension import Dimension
from unitary.units.unit import Unit

LENGTH = Dimension.of(length=1)
MASS = Dimension.of(mass=1)
TIME = Dimension.of(time=1)
TEMPERATURE = Dimension.of(temperature=1)
FORCE = MASS * LENGTH / TIME**2

METRIC = (
    Unit("m", LENGTH),
    Unit("g", MASS, 0.001),
    Unit("s", TIME),
    Unit("N", FORCE),
    Unit("Pa", FORCE / LENGTH**2),
    Unit("J", FORCE * LENGTH),
    Unit("W", FORCE * LENGTH / TIME),
    Unit("l", LENGTH**3, 0.001),
)
OTHER = (
    Unit("min", TIME, 60),
    Unit("h", TIME, 3600),
    Unit("day", TIME, 86400),
    Unit("t", MASS, 1000),
    Unit("in", LENGTH, 0.0254),
    Unit("ft", LENGTH, 0.3048),
    Unit("mi", LENGTH, 1609.344),
    Unit("lb", MASS, 0.45359237),
    Unit("oz", MASS, 0.028349523125),
    Unit("K", TEMPERATURE),
    Unit("degC", TEMPERATURE, 1, 273.15),
    Unit("degF", TEMPERATURE, 5 / 9, 459.67 * 5 / 9),
)
ALIASES = {
    "meter": "m",
    "metre": "m",
    "gram": "g",
    "second": "s",
    "liter": "l",
    "minute": "min",
    "hour": "h",
    "inch": "in",
    "inches": "in",
    "foot": "ft",
    "feet": "ft",
    "mile": "mi",
    "pound": "lb",
    "°C": "degC",
    "°F": "degF",
}
PREFIXES = {"k": 1e3, "M": 1e6, "G": 1e9, "c": 1e-2, "m": 1e-3, "µ": 1e-6, "u": 1e-6, "n": 1e-9}
LONG_PREFIXES = {"kilo": "k", "mega": "M", "giga": "G", "centi": "c", "milli": "m", "micro": "µ", "nano": "n"}
