from unitary.dimension import Dimension
from unitary.units.unit import Unit


def test_there_and_back():
    unit = Unit("x", Dimension(), 2, 10)
    assert unit.to_base(5) == 20
    assert unit.from_base(20) == 5
    assert unit.is_absolute
