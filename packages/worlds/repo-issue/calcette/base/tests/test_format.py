from calcette.format import align, format_number


def test_numbers():
    assert [format_number(value) for value in (2.0, 0.1 + 0.2, -0.0, 1e21)] == ["2", "0.3", "0", "1e21"]


def test_align():
    assert align([("a", "10"), ("long", "5")]) == "a    10\nlong  5"
