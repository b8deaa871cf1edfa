import operator

from calcette.errors import EvalProblem
from calcette.runtime.builtins import BUILTINS, call_builtin
from calcette.runtime.scope import Scope
from calcette.syntax.nodes import Assign, Binary, Call, Choice, Define, Name, Number, Unary

OPERATORS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "**": operator.pow,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
DEEPEST = 100


class Evaluator:
    def __init__(self, scope: Scope):
        self._globals = scope
        self._depth = 0

    def run(self, node, scope: Scope | None = None):
        scope = scope if scope is not None else self._globals
        match node:
            case Number(value):
                return value
            case Name(name):
                return self._value(scope, name)
            case Unary(op, operand):
                value = self.run(operand, scope)
                return -value if op == "-" else value
            case Binary(op, left, right):
                return self._binary(op, self.run(left, scope), self.run(right, scope))
            case Choice(test, then, otherwise):
                return self.run(then if self.run(test, scope) else otherwise, scope)
            case Call(name, args):
                return self._call(name, [self.run(arg, scope) for arg in args])
            case Assign(name, value):
                result = self.run(value, scope)
                scope.set(name, result)
                return result
            case Define(name):
                scope.set(name, node)
                return None
        raise TypeError(f"not a node: {node!r}")

    def _value(self, scope: Scope, name: str):
        value = scope.get(name)
        if isinstance(value, Define):
            raise EvalProblem(f"{name} is a function")
        return value

    def _binary(self, op: str, left: float, right: float) -> float:
        if op in ("/", "%"):
            if right == 0:
                raise EvalProblem("division by zero")
            return left / right if op == "/" else left % right
        return float(OPERATORS[op](left, right))

    def _call(self, name: str, args: list[float]):
        if name in BUILTINS:
            return call_builtin(name, args)
        function = self._globals.get(name)
        if not isinstance(function, Define):
            raise EvalProblem(f"{name} is not a function")
        if len(args) != len(function.params):
            raise EvalProblem(f"{name} takes {len(function.params)} arguments, not {len(args)}")
        if self._depth >= DEEPEST:
            raise EvalProblem(f"{name} calls itself too often")
        inner = self._globals.child()
        for param, arg in zip(function.params, args):
            inner.set(param, arg)
        self._depth += 1
        try:
            return self.run(function.body, inner)
        finally:
            self._depth -= 1
