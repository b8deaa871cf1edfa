from calcette import Session


def test_signed_exponents():
    session = Session()
    assert session.eval("2.5e+2") == 250
    assert session.eval("5E-1") == 0.5


def test_products_of_small_numbers():
    assert Session().show("3e-2 - 1e-2") == "0.02"


def test_round_is_symmetric():
    session = Session()
    for value in ("0.5", "1.5", "2.5", "3.4"):
        assert session.eval(f"round(-{value})") == -session.eval(f"round({value})")


def test_round_with_digits():
    assert Session().eval("round(-1.25, 1)") == -1.3
