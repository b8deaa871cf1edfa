from calcette import Session


def test_last_result():
    session = Session()
    session.eval("6 * 7")
    assert session.show("ans + 1") == "43"


def test_running_total():
    session = Session()
    assert [session.show(line) for line in ("10 - 3 - 2", "ans - 1 - 1")] == ["5", "3"]


def test_variables():
    session = Session()
    session.eval("x = 3")
    session.eval("total = 10 + 2")
    assert session.variables() == "x      3\ntotal 12"


def test_powers_of_negative_numbers():
    session = Session()
    assert session.show("-2 ** 2") == "-4"
    assert session.show("2 ** -1") == "0.5"


def test_functions_do_not_leak():
    session = Session()
    session.eval("x = 1")
    session.eval("f(x) = x + 1")
    assert session.show("f(10)") == "11"
    assert session.show("x") == "1"


def test_small_numbers():
    session = Session()
    assert session.show("1e-3 * 2000") == "2"
    assert session.show("round(0 - 2.5)") == "-3"


def test_errors_are_shown():
    assert Session().show("1 +") == "error: unexpected 'end' at 3"
