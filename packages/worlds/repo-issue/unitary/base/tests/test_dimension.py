import pytest

from unitary.dimension import Dimension


def test_arithmetic():
    speed = Dimension.of(length=1, time=-1)
    assert speed * Dimension.of(time=1) == Dimension.of(length=1)
    assert (speed / speed).is_plain
    assert (speed**2).powers == (2, 0, -2, 0)


def test_text():
    assert str(Dimension.of(length=1, time=-2)) == "length·time^-2"
    assert str(Dimension()) == "plain number"


def test_unknown():
    with pytest.raises(TypeError):
        Dimension.of(money=1)
