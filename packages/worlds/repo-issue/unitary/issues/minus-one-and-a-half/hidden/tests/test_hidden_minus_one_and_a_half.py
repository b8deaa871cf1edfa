from unitary.parsing.numbers import read_number
from unitary.quantity import Quantity


def test_mixed_numbers():
    assert read_number("-2 3/4 in") == (-2.75, "in")


def test_fraction_alone():
    assert read_number("-1/4 in") == (-0.25, "in")


def test_order_of_negative_fractions():
    values = [Quantity.parse(text) for text in ("-1 1/2 m", "-1 m", "-1/2 m")]
    assert sorted(reversed(values)) == values
