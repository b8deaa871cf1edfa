from calcette import Session
from calcette.runtime.scope import Scope


def test_parents_stay_as_they_are():
    outer = Scope()
    outer.set("a", 1)
    inner = outer.child().child()
    inner.set("a", 2)
    inner.set("b", 3)
    assert outer.get("a") == 1
    assert outer.names() == ["a"]


def test_recursive_functions():
    session = Session()
    session.eval("fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)")
    assert session.eval("fib(10)") == 55


def test_same_names_in_nested_calls():
    session = Session()
    session.eval("g(a) = a * 10")
    session.eval("f(a) = g(a + 1) + a")
    assert session.eval("f(1)") == 21
