"""Stands in for a module that a candidate changed, in the process of the tests: every call goes to the candidate's own process, in a box of
its own, and only plain data comes back. PAWL_SEPARATE names a folder of named pipes; Pawl holds their other ends (src/separate/)."""

import builtins
import json
import os

from separate_values import decode, encode

SLOT_DIGITS = 4
_pipes = None


class _Pipes:
    def __init__(self):
        folder = os.environ["PAWL_SEPARATE"]
        claim = os.open(os.path.join(folder, "claim"), os.O_RDONLY | os.O_NONBLOCK)
        # BlockingIOError: more processes than there are pipes.
        slot = os.read(claim, SLOT_DIGITS).decode()
        os.close(claim)
        self.owner = os.getpid()
        self.out = os.open(os.path.join(folder, slot + ".in"), os.O_WRONLY)
        self.back = os.open(os.path.join(folder, slot + ".out"), os.O_RDONLY)
        self.rest = b""


def _ask(message):
    global _pipes
    if _pipes is None or _pipes.owner != os.getpid():
        _pipes = _Pipes()
    data = (json.dumps(message) + "\n").encode()
    while data:
        data = data[os.write(_pipes.out, data):]
    parts = [_pipes.rest]
    while b"\n" not in parts[-1]:
        chunk = os.read(_pipes.back, 1 << 16)
        if not chunk:
            raise RuntimeError("Pawl closed the connection to the candidate's process")
        parts.append(chunk)
    line, _, _pipes.rest = b"".join(parts).partition(b"\n")
    return json.loads(line)


def _restore(own, after):
    """The call changed an argument: the caller's own object gets the same content."""
    if isinstance(own, list):
        own[:] = after
    elif isinstance(own, (dict, set)):
        own.clear()
        own.update(after)


def _function(path, name, classes, is_async):
    def call(*args, **named):
        answer = _ask({"path": path, "name": name, "args": [encode(arg) for arg in args], "named": {key: encode(value) for key, value in named.items()}})
        for own, after in zip(args, answer.get("args") or []):
            _restore(own, decode(after, classes))
        if "throws" in answer:
            raise decode(answer["throws"], classes)
        return decode(answer["returns"], classes)

    async def call_later(*args, **named):
        return call(*args, **named)

    chosen = call_later if is_async else call
    chosen.__name__ = chosen.__qualname__ = name
    return chosen


def _refused(name):
    def refuse(*_args, **_named):
        raise TypeError("%s cannot be used from another process" % name)

    return refuse


def stand_in(path, described, module):
    """Puts what the module's own process says it holds into the namespace of the stand-in."""
    classes = {}
    for item in described:
        if item["kind"] == "error":
            base = getattr(builtins, str(item["base"]), Exception)
            if not (isinstance(base, type) and issubclass(base, BaseException)):
                base = Exception
            classes[item["name"]] = module[item["name"]] = type(str(item["name"]), (base,), {})
    for item in described:
        name, kind = item["name"], item["kind"]
        if kind == "value":
            module[name] = decode(item["value"], classes)
        elif kind in ("function", "async"):
            module[name] = _function(path, name, classes, kind == "async")
        elif kind == "other":
            module[name] = _refused(name)
