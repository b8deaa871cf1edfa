import pytest

from unitary.convert import convert
from unitary.dimension import Dimension
from unitary.units.unit import Unit


def test_known_points():
    for celsius, fahrenheit in ((0, 32), (37, 98.6), (-40, -40)):
        assert convert(celsius, "degC", "degF") == pytest.approx(fahrenheit)


def test_round_trips():
    for value in (-3.5, 0, 12):
        unit = Unit("x", Dimension(), 0.25, 7)
        assert unit.from_base(unit.to_base(value)) == pytest.approx(value)


def test_kelvin_to_fahrenheit():
    assert convert(0, "K", "degF") == pytest.approx(-459.67)
