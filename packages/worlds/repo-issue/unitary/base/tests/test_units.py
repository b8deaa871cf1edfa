import pytest

from unitary.dimension import Dimension
from unitary.errors import UnitError
from unitary.parsing.units import parse_unit


def test_compound():
    unit = parse_unit("kg*m/s^2")
    assert unit.dimension == Dimension.of(mass=1, length=1, time=-2)
    assert unit.factor == 1


def test_plain_number():
    assert parse_unit("").dimension.is_plain


def test_nonsense():
    with pytest.raises(UnitError):
        parse_unit("m^x")
