"""Plain data between the process of the tests and the process of the candidate, in JSON with tags. Both sides use it; what is not plain
data is refused, so that nothing with a behaviour of its own gets across."""

import base64
import builtins
import math


class NotData(TypeError):
    pass


def encode(value, parents=()):
    kind = type(value)
    if value is None or kind in (bool, str):
        return value
    if kind is int:
        return value if abs(value) < 2**53 else {"$": "int", "v": str(value)}
    if kind is float:
        return value if math.isfinite(value) else {"$": "float", "v": repr(value)}
    if kind is complex:
        return {"$": "complex", "v": [encode(value.real), encode(value.imag)]}
    if kind is bytes:
        return {"$": "bytes", "v": base64.b64encode(value).decode()}
    if any(value is parent for parent in parents):
        raise NotData("a cycle is not plain data")
    inner = lambda item: encode(item, (*parents, value))
    if kind is list:
        return [inner(item) for item in value]
    if kind in (tuple, set, frozenset):
        return {"$": kind.__name__, "v": [inner(item) for item in value]}
    if kind is dict:
        return {"$": "dict", "v": [[inner(key), inner(item)] for key, item in value.items()]}
    if isinstance(value, BaseException):
        return encode_error(value, inner)
    raise NotData("a %s is not plain data" % kind.__name__)


def encode_error(error, inner=encode):
    args = []
    for arg in error.args:
        try:
            args.append(inner(arg))
        except NotData:
            args.append(str(arg))
    bases = [kind.__name__ for kind in type(error).__mro__ if getattr(builtins, kind.__name__, None) is kind]
    return {"$": "error", "v": [type(error).__name__, bases[0], args]}


def decode(value, classes):
    if isinstance(value, list):
        return [decode(item, classes) for item in value]
    if not isinstance(value, dict):
        return value
    tag, inner = value["$"], value.get("v")
    if tag == "int":
        return int(inner)
    if tag == "float":
        return float(inner)
    if tag == "complex":
        return complex(*(decode(part, classes) for part in inner))
    if tag == "bytes":
        return base64.b64decode(inner)
    if tag in ("tuple", "set", "frozenset"):
        return {"tuple": tuple, "set": set, "frozenset": frozenset}[tag](decode(item, classes) for item in inner)
    if tag == "dict":
        return {decode(key, classes): decode(item, classes) for key, item in inner}
    if tag == "error":
        name, base, args = inner
        kind = classes.get(name) or getattr(builtins, str(base), Exception)
        if not (isinstance(kind, type) and issubclass(kind, Exception)):
            kind = Exception
        return kind(*(decode(arg, classes) for arg in args))
    raise NotData("the candidate's process sent something that is not plain data")
