from calcette import Session
from calcette.syntax.nodes import Binary, Number
from calcette.syntax.parser import Parser


def test_division_chain():
    assert Session().eval("100 / 10 / 2") == 5


def test_mixed_chain():
    assert Session().eval("20 - 4 * 2 / 4 - 8 - 1") == 9


def test_tree_leans_left():
    assert Parser("1-2+3").parse() == Binary("+", Binary("-", Number(1), Number(2)), Number(3))


def test_comparison_of_comparisons():
    assert Session().eval("3 > 2 > 1") == 0
