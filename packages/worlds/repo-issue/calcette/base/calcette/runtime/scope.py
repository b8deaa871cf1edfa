from calcette.errors import EvalProblem


class Scope:
    """Names with their values; a name that is missing is looked up in the parent."""

    def __init__(self, parent: "Scope | None" = None):
        self._values: dict[str, object] = {}
        self._parent = parent

    def get(self, name: str):
        scope: Scope | None = self
        while scope is not None:
            if name in scope._values:
                return scope._values[name]
            scope = scope._parent
        raise EvalProblem(f"unknown name {name}")

    def set(self, name: str, value) -> None:
        self._values[name] = value

    def child(self) -> "Scope":
        return Scope(self)

    def names(self) -> list[str]:
        inherited = self._parent.names() if self._parent else []
        return sorted(set(inherited) | set(self._values))
