import pytest

from calcette.errors import EvalProblem
from calcette.runtime.scope import Scope


def test_lookup_and_shadowing():
    outer = Scope()
    outer.set("a", 1)
    inner = outer.child()
    inner.set("a", 2)
    assert (inner.get("a"), outer.get("a")) == (2, 1)


def test_names():
    outer = Scope()
    outer.set("b", 1)
    inner = outer.child()
    inner.set("a", 1)
    assert inner.names() == ["a", "b"]


def test_unknown():
    with pytest.raises(EvalProblem):
        Scope().get("nothing")
