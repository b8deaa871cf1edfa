import math

from calcette.errors import EvalProblem


def _mean(*values):
    return sum(values) / len(values)


def _median(*values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def _clamp(value, low, high):
    return max(low, min(high, value))


def _round(value, digits=0.0):
    """Half away from zero, as people learn it at school."""
    scale = 10 ** int(digits)
    return math.copysign(math.floor(abs(value) * scale + 0.5) / scale, value)


# name: (function, fewest arguments, most arguments)
BUILTINS = {
    "abs": (abs, 1, 1),
    "sqrt": (math.sqrt, 1, 1),
    "min": (min, 1, None),
    "max": (max, 1, None),
    "mean": (_mean, 1, None),
    "median": (_median, 1, None),
    "clamp": (_clamp, 3, 3),
    "round": (_round, 1, 2),
}
CONSTANTS = {"pi": math.pi, "e": math.e}


def call_builtin(name: str, args: list[float]) -> float:
    function, fewest, most = BUILTINS[name]
    if len(args) < fewest or (most is not None and len(args) > most):
        raise EvalProblem(f"{name} does not take {len(args)} arguments")
    try:
        if function in (min, max):
            return function(args)
        return function(*args)
    except ValueError as error:
        raise EvalProblem(f"{name}: {error}") from error
