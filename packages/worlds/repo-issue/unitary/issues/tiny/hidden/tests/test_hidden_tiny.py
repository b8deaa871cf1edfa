from unitary.format import with_prefix


def test_exact_powers():
    assert [with_prefix(10.0**n, "W") for n in (3, 6, 9)] == ["1 kW", "1 MW", "1 GW"]


def test_small_values():
    assert with_prefix(0.5, "m") == "500 mm"
    assert with_prefix(-2e-6, "s") == "-2 µs"


def test_just_below():
    assert with_prefix(999000, "J") == "999 kJ"
