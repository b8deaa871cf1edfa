import pytest

from unitary.convert import convert, split
from unitary.errors import DimensionMismatch


def test_lengths():
    assert convert(1, "mi", "km") == pytest.approx(1.609344)
    assert convert(6, "ft", "in") == pytest.approx(72)


def test_mismatch():
    with pytest.raises(DimensionMismatch):
        convert(1, "m", "s")


def test_split():
    assert split(3.5, "h", ["h", "min"]) == [(3, "h"), (30, "min")]


def test_temperatures():
    assert convert(100, "degC", "degF") == pytest.approx(212)
    assert convert(0, "K", "°C") == pytest.approx(-273.15)


def test_acceleration_and_areas():
    assert convert(36, "km/h", "m/s") == pytest.approx(10)
    assert convert(1, "m²", "cm²") == pytest.approx(10000)
    assert convert(1, "m/s/s", "m/s^2") == pytest.approx(1)


def test_body_height():
    assert split(1.8, "m", ["ft", "in"]) == [(5, "ft"), (pytest.approx(10.8661417), "in")]
