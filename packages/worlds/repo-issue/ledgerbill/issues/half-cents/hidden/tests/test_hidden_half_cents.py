from fractions import Fraction

from ledgerbill.discounts import PercentOff
from ledgerbill.money import percent_of, round_half_even


def test_halves_go_to_the_even_neighbour():
    assert [round_half_even(Fraction(n, 2)) for n in (1, 3, 5, 7, 9)] == [0, 2, 2, 4, 4]


def test_negative_halves():
    assert round_half_even(Fraction(-1, 2)) == 0
    assert round_half_even(Fraction(-3, 2)) == -2
    assert round_half_even(Fraction(-7, 2)) == -4


def test_credit_notes_mirror_invoices():
    assert percent_of(-250, 5) == -12
    assert percent_of(250, 5) == 12
    assert percent_of(-350, 5) == -18


def test_discount_of_half_a_cent():
    assert PercentOff(5).apply(250) == 238
