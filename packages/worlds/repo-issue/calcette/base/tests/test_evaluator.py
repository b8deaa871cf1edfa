import pytest

from calcette.errors import EvalProblem
from calcette.runtime.evaluator import Evaluator
from calcette.runtime.scope import Scope
from calcette.syntax.parser import Parser


def run(*sources):
    evaluator = Evaluator(Scope())
    for source in sources:
        result = evaluator.run(Parser(source).parse())
    return result


def test_arithmetic():
    assert run("1 + 2 * 3") == 7
    assert run("7 % 4 + 6 / 3") == 5


def test_choice():
    assert run("1 < 2 ? 10 : 20") == 10


def test_functions():
    assert run("f(a, b) = a * b", "f(3, 4)") == 12


def test_division_by_zero():
    with pytest.raises(EvalProblem):
        run("1 / 0")


def test_recursion_has_an_end():
    with pytest.raises(EvalProblem):
        run("f(a) = f(a)", "f(1)")
