import pytest

from calcette.errors import SyntaxProblem
from calcette.syntax.nodes import Assign, Binary, Call, Define, Name, Number
from calcette.syntax.parser import Parser


def parse(source):
    return Parser(source).parse()


def test_product_before_sum():
    assert parse("1+2*3") == Binary("+", Number(1), Binary("*", Number(2), Number(3)))


def test_calls():
    assert parse("max(1, x)") == Call("max", (Number(1), Name("x")))


def test_assignments_and_definitions():
    assert parse("x = 1") == Assign("x", Number(1))
    assert parse("f(a) = a") == Define("f", ("a",), Name("a"))


def test_problems():
    for source in ("1 +", "(1", "1 2", "2 = 3"):
        with pytest.raises(SyntaxProblem):
            parse(source)
