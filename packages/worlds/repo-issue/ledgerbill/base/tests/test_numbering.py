import pytest

from ledgerbill.numbering import Numberer, parse_number


def test_counts_per_year():
    numbers = Numberer()
    assert [numbers.next(2023), numbers.next(2023), numbers.next(2024)] == [
        "INV-2023-0001",
        "INV-2023-0002",
        "INV-2024-0001",
    ]


def test_observed_numbers_are_not_given_again():
    numbers = Numberer()
    numbers.observe("INV-2024-0007")
    assert numbers.next(2024) == "INV-2024-0008"


def test_parse():
    assert parse_number("INV-2024-0012") == ("INV", 2024, 12)
    with pytest.raises(ValueError):
        parse_number("2024-1")
