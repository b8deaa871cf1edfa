import pytest

from unitary.parsing.numbers import read_number


def test_plain():
    assert read_number("12.5 km") == (12.5, "km")
    assert read_number("-3e2m") == (-300.0, "m")


def test_thousands():
    assert read_number("1,234.5 kg") == (1234.5, "kg")


def test_fractions():
    assert read_number("3/4 in") == (0.75, "in")


def test_no_number():
    with pytest.raises(ValueError):
        read_number("km")
