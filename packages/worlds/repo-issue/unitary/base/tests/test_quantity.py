import pytest

from unitary.errors import DimensionMismatch, UnitError
from unitary.quantity import Quantity


def test_parse_and_convert():
    assert Quantity.parse("2.5 km").to("m").value == 2500


def test_sums():
    assert Quantity(1, "km") + Quantity(500, "m") == Quantity(1.5, "km")
    assert (Quantity(1, "h") - Quantity(15, "min")).value == 0.75
    with pytest.raises(DimensionMismatch):
        Quantity(1, "m") + Quantity(1, "s")
    with pytest.raises(UnitError):
        Quantity(1, "degC") + Quantity(1, "K")


def test_products():
    assert Quantity(2, "N") * Quantity(3, "m") == Quantity(6, "J")
    assert (Quantity(2, "m") * 3).value == 6


def test_order():
    heavy, light = Quantity(1, "t"), Quantity(500, "kg")
    assert sorted([heavy, light]) == [light, heavy]


def test_milligrams_are_small():
    assert Quantity(5, "mg") < Quantity(1, "g")
    assert str(Quantity.parse("1 1/2 inches").to("in")) == "1.5 in"


def test_cold_days():
    assert Quantity(-10, "degC") < Quantity(20, "degF")
    assert Quantity.parse("-1 1/2 m") == Quantity(-150, "cm")
