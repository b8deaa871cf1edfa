"""Calls one function of a candidate: the protocol of speed-node.mjs, for Python."""
import asyncio
import gc
import hashlib
import importlib.util
import io
import json
import math
import os
import signal
import site
import sys
import types

_here = os.path.dirname(os.path.abspath(__file__))
_spec = importlib.util.spec_from_file_location("pawl_function_python", f"{_here}/function-python.py")
common = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(common)

MOST_NODES = 3_000_000
_loads, _sha256, _md5, _exit = json.loads, hashlib.sha256, hashlib.md5, os._exit
_isinf, _isnan, _repr = math.isinf, math.isnan, repr


class TooLarge(Exception):
    pass


def exact(root, order=None, numbers=None):
    """The exact text of a value: everything a caller could observe of it. `order` gets the number of every object that can change."""
    count = 0
    parents = []

    def inside(value):
        nonlocal count
        count += 1
        if count > MOST_NODES:
            raise TooLarge("too large to be compared")
        kind = type(value)
        if value is None or kind is bool or kind is int or kind is float or kind is str or kind is bytes or kind is complex:
            return _repr(value)
        if any(value is parent for parent in parents):
            return "<cycle>"
        if len(parents) > 400:
            raise TooLarge("too deep to be compared")
        if order is not None and kind is not tuple and kind is not frozenset:
            order.append(numbers.setdefault(id(value), (len(numbers), value))[0])
        parents.append(value)
        try:
            if kind is list:
                return "[" + ",".join([inside(item) for item in value]) + "]"
            if kind is tuple:
                return "(" + ",".join([inside(item) for item in value]) + ")"
            if kind is set or kind is frozenset:
                return kind.__name__ + "{" + ",".join(sorted([inside(item) for item in value])) + "}"
            if kind is dict:
                return "{" + ",".join([inside(key) + ":" + inside(item) for key, item in value.items()]) + "}"
            name = kind.__name__
            if isinstance(value, dict):
                return name + "{" + ",".join([inside(key) + ":" + inside(item) for key, item in dict.items(value)]) + "}"
            if isinstance(value, (list, tuple)) or name == "deque":
                return name + "[" + ",".join([inside(item) for item in value]) + "]"
            if isinstance(value, (int, float, str)):
                return name + _repr(value)
            own = getattr(value, "__dict__", None)
            return name + ("" if own is None else inside(dict(own)))
        finally:
            parents.pop()

    return inside(root)


def finished(value):
    """What a caller gets in the end: coroutines awaited, generators taken to their end."""
    if isinstance(value, types.GeneratorType):
        return ("generated", list(value))
    if hasattr(value, "__await__"):
        return asyncio.run(common.settled(value))
    return value


class Host:
    def __init__(self, setup):
        self.setup = setup
        self.finder = common.ProjectFinder(setup["root"])
        sys.meta_path.insert(0, self.finder)
        sys.meta_path.append(common.InstalledPackages())
        sys.path[:] = [folder for folder in sys.path if folder not in ("", _here)]
        site.setquit()
        sys.stdout = sys.stderr = io.StringIO()
        self.target = None
        self.loaded = []
        self.results = []
        self.returned = {}

    def outcome(self, wire):
        args = common.decode(wire)
        order, numbers = [], {}
        outcome = {}
        try:
            exact(args, order, numbers)
            value = finished(self.target(*args))
            outcome["value"] = exact(value, order, numbers)
            if isinstance(value, (list, dict, set)):
                if id(value) in self.returned:
                    outcome["value"] += "<returned before>"
                elif not any(value is arg for arg in args):
                    self.returned[id(value)] = value
        except TooLarge:
            outcome["unknown"] = True
        except BaseException as error:
            told = common.failure(error)
            outcome.update(error=told["throws"], message=told["message"])
        try:
            outcome["args"] = exact(args, order, numbers)
        except BaseException:
            outcome["unknown"] = True
        outcome["shape"] = _md5(",".join(map(str, order)).encode()).hexdigest()[:12]
        return outcome

    def run(self):
        made = []
        target = self.target
        for args in self.loaded:
            try:
                made.append(finished(target(*args)))
            except BaseException as error:
                made.append(("thrown", type(error).__name__))
        self.results = made

    def profile(self):
        """Samples the line that runs each millisecond of CPU time."""
        file = os.path.join(self.setup["root"], self.setup["module"])
        lines = {}

        def sample(_signal, frame):
            while frame is not None and frame.f_code.co_filename != file:
                frame = frame.f_back
            if frame is not None:
                lines[frame.f_lineno] = lines.get(frame.f_lineno, 0) + 1

        signal.signal(signal.SIGPROF, sample)
        signal.setitimer(signal.ITIMER_PROF, 0.001, 0.001)
        try:
            self.run()
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        return lines

    def answer(self, request):
        if self.target is None:
            try:
                module = common.load(common.prepare(self.finder, self.setup["module"], {}))
                self.target = getattr(module, self.setup["call"])
            except BaseException as error:
                return {"failed": common.failure(error, True)}
        if "calls" in request:
            outcomes = []
            for index, args in enumerate(request["calls"]):
                outcomes.append(self.outcome(args))
                if request["again"] > 0 and index % request["again"] == 0:
                    outcomes.append(self.outcome(args))
            return {"outcomes": outcomes}
        if "load" in request:
            self.results = []
            self.loaded = [common.decode(args) for args in request["load"]]
            gc.collect()
            return {"loaded": True}
        if "run" in request:
            self.run()
            return {"ran": True}
        if "profile" in request:
            return {"lines": self.profile()}
        digest = _sha256()
        for value in self.results:
            try:
                digest.update((exact(value) + "\n").encode("utf-8", "surrogatepass"))
            except TooLarge:
                digest.update(b"too large\n")
        return {"digest": digest.hexdigest()}


def main():
    rest = bytearray()
    setup = _loads(common.read_line(0, rest))
    host = Host(setup)
    while (line := common.read_line(0, rest)) is not None:
        try:
            said = host.answer(_loads(line))
        except BaseException as error:
            said = {"failed": common.failure(error, True)}
        common.send({"nonce": setup["nonce"], **said})
    _exit(0)


main()
