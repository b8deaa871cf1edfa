class CalcError(Exception):
    """What a formula can do wrong; `position` counts characters from 0."""

    def __init__(self, message: str, position: int | None = None):
        self.position = position
        super().__init__(message if position is None else f"{message} at {position}")


class SyntaxProblem(CalcError):
    pass


class EvalProblem(CalcError):
    pass
