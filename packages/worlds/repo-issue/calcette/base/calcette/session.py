from calcette.errors import CalcError
from calcette.format import align, format_number
from calcette.runtime.builtins import CONSTANTS
from calcette.runtime.evaluator import Evaluator
from calcette.runtime.scope import Scope
from calcette.syntax.parser import Parser


class Session:
    """Formulas one after another, with `ans` as the last result."""

    def __init__(self):
        self._fixed = Scope()
        for name, value in CONSTANTS.items():
            self._fixed.set(name, value)
        self._scope = self._fixed.child()
        self._evaluator = Evaluator(self._scope)
        self._user: list[str] = []

    def eval(self, source: str):
        node = Parser(source).parse()
        result = self._evaluator.run(node)
        name = getattr(node, "name", None)
        if type(node).__name__ == "Assign" and name not in self._user:
            self._user.append(name)
        if result is not None:
            self._scope.set("ans", result)
        return result

    def show(self, source: str) -> str:
        try:
            result = self.eval(source)
        except CalcError as error:
            return f"error: {error}"
        return "" if result is None else format_number(result)

    def variables(self) -> str:
        return align([(name, format_number(self._scope.get(name))) for name in self._user])
