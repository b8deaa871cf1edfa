from calcette.syntax.tokens import Token


def test_is_op():
    assert Token("op", "+", 0).is_op("-", "+")
    assert not Token("name", "+", 0).is_op("+")
