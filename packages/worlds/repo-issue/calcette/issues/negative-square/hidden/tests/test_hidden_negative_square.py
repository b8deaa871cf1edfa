from calcette import Session


def test_power_from_the_right():
    assert Session().eval("-2 ** 3 ** 2") == -512


def test_signs_in_exponents():
    assert Session().eval("2 ** -2 * 8") == 2
    assert Session().eval("4 ^ - -2") == 16


def test_many_signs():
    assert Session().eval("- -3 ** 2") == 9
    assert Session().eval("2 - -2 ** 2") == 6
    assert Session().eval("--2") == 2
