import pytest

from unitary.convert import convert, split
from unitary.parsing.units import parse_unit


def test_factors():
    assert parse_unit("km/h").factor == pytest.approx(1 / 3.6)
    assert parse_unit("g/cm^3").factor == pytest.approx(1000)
    assert parse_unit("kg/m/s^2").factor == pytest.approx(1)


def test_fuel():
    assert convert(1, "l/km", "m^2") == pytest.approx(1e-6)


def test_split_over_three_units():
    assert split(90061, "s", ["day", "h", "min", "s"]) == [(1, "day"), (1, "h"), (1, "min"), (1, "s")]


def test_split_from_a_larger_unit():
    assert split(1, "mi", ["km", "m"]) == [(1, "km"), (pytest.approx(609.344), "m")]
