import pytest

from calcette.errors import EvalProblem
from calcette.runtime.builtins import call_builtin


def test_extremes():
    assert call_builtin("min", [3.0]) == 3.0
    assert call_builtin("max", [1.0, 4.0]) == 4.0


def test_middle():
    assert call_builtin("median", [5.0, 1.0, 3.0]) == 3.0
    assert call_builtin("mean", [1.0, 2.0]) == 1.5


def test_clamp():
    assert call_builtin("clamp", [4.0, 1.0, 3.0]) == 3.0


def test_count_of_arguments():
    with pytest.raises(EvalProblem):
        call_builtin("clamp", [1.0])
