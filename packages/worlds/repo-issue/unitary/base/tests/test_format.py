from unitary.format import format_quantity, with_prefix


def test_digits():
    assert format_quantity(2 / 3, "m", 3) == "0.667 m"
    assert format_quantity(5, "") == "5"


def test_prefixes():
    assert with_prefix(12300, "m") == "12.3 km"
    assert with_prefix(5, "m") == "5 m"
    assert with_prefix(0, "W") == "0 W"


def test_small_prefixes():
    assert with_prefix(0.0042, "s") == "4.2 ms"
