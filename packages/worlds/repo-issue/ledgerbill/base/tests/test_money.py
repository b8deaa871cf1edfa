from fractions import Fraction

import pytest

from ledgerbill.money import allocate, format_cents, percent_of, round_half_even


def test_rounds_to_nearest():
    assert round_half_even(Fraction(7, 3)) == 2
    assert round_half_even(Fraction(8, 3)) == 3
    assert round_half_even(Fraction(-8, 3)) == -3


def test_percent_of_whole_result():
    assert percent_of(20000, 19) == 3800


def test_allocate_even():
    assert allocate(90, [1, 1, 1]) == [30, 30, 30]


def test_allocate_needs_weights():
    with pytest.raises(ValueError):
        allocate(10, [0, 0])


def test_format():
    assert format_cents(123456) == "€1,234.56"
    assert format_cents(-5) == "-€0.05"
