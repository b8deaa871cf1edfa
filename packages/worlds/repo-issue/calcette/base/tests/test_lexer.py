import pytest

from calcette.errors import SyntaxProblem
from calcette.syntax.lexer import Lexer


def texts(source):
    return [token.text for token in Lexer(source).tokens()][:-1]


def test_splits_operators():
    assert texts("a<=b **2") == ["a", "<=", "b", "**", "2"]


def test_numbers():
    assert texts("1 2.5 .5 3e2") == ["1", "2.5", ".5", "3e2"]


def test_comments():
    assert texts("1 # one\n+ 2") == ["1", "+", "2"]


def test_strange_characters():
    with pytest.raises(SyntaxProblem) as caught:
        texts("1 $ 2")
    assert caught.value.position == 2
