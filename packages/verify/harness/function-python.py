"""Calls the functions of candidate modules and reports what they return; it never learns what they should return.

The protocol is that of function-node.mjs. Warm, this process is a fork server: candidates run in a child that takes one after
the other, until one hangs, ends the process, or changes something that candidates share; then a new child takes over. What changes the
file tree ends the fork server, and with it the box.
"""
import importlib
import importlib.machinery
import io
import json
import math
import os
import select
import signal
import site
import sys
import time

SAFE = 2**53
MOST_NODES = 200_000
CANDIDATES_PER_CHILD = 200
_dumps, _loads, _write, _exit, _now = json.dumps, json.loads, os.write, os._exit, time.monotonic
_list, _statvfs, _wait, _timer = os.listdir, os.statvfs, os.waitpid, signal.getitimer
_TIMERS = (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF)
sys.dont_write_bytecode = True


def send(message):
    data = (_dumps(message) + "\n").encode()
    while data:
        data = data[_write(3, data):]


def decode(value):
    """A value of this process from its tagged form."""
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    tag = value.get("$")
    if tag is None:
        return {name: decode(item) for name, item in value.items()}
    inner = value.get("v")
    if tag in ("NaN", "Infinity", "-Infinity", "-0"):
        return float(tag)
    if tag == "bigint":
        return int(inner)
    if tag == "tuple":
        return tuple(decode(item) for item in inner)
    if tag == "set":
        return {decode(item) for item in inner}
    if tag == "dict":
        return {decode(key): decode(item) for key, item in inner}
    if tag == "object":
        return {key: decode(item) for key, item in inner}
    raise TypeError(f"the tag {tag} is not for Python")


def encode(root):
    """The tagged form of a value; what has none gets a tag that equals no expected value."""
    count = 0
    parents = []

    def inside(value):
        nonlocal count
        count += 1
        if count > MOST_NODES:
            raise ValueError("the result is too large to be compared")
        if value is None or value is True or value is False:
            return value
        kind = type(value)
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, int):
            number = int.__index__(value)
            return number if abs(number) < SAFE else {"$": "bigint", "v": str(number)}
        if isinstance(value, float):
            if math.isnan(value):
                return {"$": "NaN"}
            if math.isinf(value):
                return {"$": "Infinity" if value > 0 else "-Infinity"}
            if value == 0 and math.copysign(1, value) < 0:
                return {"$": "-0"}
            return float.__float__(value)
        if any(value is parent for parent in parents):
            return {"$": "cycle"}
        parents.append(value)
        try:
            if isinstance(value, tuple):
                return {"$": "tuple", "v": [inside(item) for item in tuple.__iter__(value)]}
            if isinstance(value, list):
                return [inside(item) for item in list.__iter__(value)]
            if isinstance(value, (set, frozenset)):
                return {"$": "set", "v": [inside(item) for item in value]}
            if isinstance(value, dict):
                if all(isinstance(key, str) for key in value) and "$" not in value:
                    return {key: inside(item) for key, item in value.items()}
                if all(isinstance(key, str) for key in value):
                    return {"$": "object", "v": [[key, inside(item)] for key, item in value.items()]}
                return {"$": "dict", "v": [[inside(key), inside(item)] for key, item in value.items()]}
            return {"$": kind.__name__}
        finally:
            parents.pop()

    return inside(root)


def failure(error, with_stack=False):
    try:
        told = {"throws": type(error).__name__, "message": str(error)[:10_000]}
        if with_stack:
            import traceback

            told["stack"] = "".join(traceback.format_exception(type(error), error, error.__traceback__))[-4000:]
        return told
    except BaseException:
        return {"throws": "unreadable", "message": "the raised error cannot be read"}


class ProjectFinder:
    """Imports modules of the project: the candidate's text where it has one, else the snapshot's, each compiled once."""

    def __init__(self, root):
        self.root = root
        self.files = {}
        self.folders = []
        self.compiled = {}
        self.on_disk = {}

    def text(self, path):
        own = self.files.get(path)
        if own is not None:
            return own
        if path not in self.on_disk:
            try:
                with open(path, encoding="utf-8") as file:
                    self.on_disk[path] = file.read()
            except OSError:
                self.on_disk[path] = None
        return self.on_disk[path]

    def find_spec(self, fullname, path=None, target=None):
        tail = fullname.replace(".", "/") if path is None else fullname.rpartition(".")[2]
        for folder in self.folders if path is None else path:
            if not folder.startswith(self.root):
                continue
            for file, is_package in ((f"{folder}/{tail}/__init__.py", True), (f"{folder}/{tail}.py", False)):
                if self.text(file) is not None:
                    spec = importlib.machinery.ModuleSpec(fullname, self, origin=file, is_package=is_package)
                    spec.has_location = True
                    if is_package:
                        spec.submodule_search_locations = [os.path.dirname(file)]
                    return spec
        return None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        path = module.__spec__.origin
        text = self.text(path)
        known = self.compiled.get(path)
        if known is None or known[0] != text:
            self.compiled[path] = known = (text, compile(text, path, "exec", dont_inherit=True))
        exec(known[1], module.__dict__)

    def get_source(self, fullname):
        module = sys.modules.get(fullname)
        return None if module is None else self.text(module.__spec__.origin)

    def forget(self):
        for name, module in list(sys.modules.items()):
            if getattr(getattr(module, "__spec__", None), "loader", None) is self:
                del sys.modules[name]


class InstalledPackages:
    """The last finder: most functions import nothing that is installed, and looking through what is installed, with all that its .pth
    files start, takes longer than the rest of a confirmation. So that happens at the first import that nothing else answers."""

    shared = None

    def find_spec(self, fullname, path=None, target=None):
        sys.meta_path.remove(self)
        shared = self.shared
        was_intact = shared is None or shared.imports == importing(self)
        site.main()
        if shared is not None and was_intact:
            shared.imports = importing()
        for finder in sys.meta_path:
            spec = finder.find_spec(fullname, path, target)
            if spec is not None:
                return spec
        return None


# Modules that candidates often use: a fork server loads them once, before the first fork. They are what the candidates of one
# child have in common, and one that changes them keeps the child to itself.
SHARED = (
    "asyncio bisect builtins collections contextlib copy dataclasses datetime decimal enum fractions functools heapq inspect io "
    "itertools json math operator os random re statistics string textwrap time types typing unicodedata"
).split()
# Names in them that change in ordinary use.
VOLATILE = {"_cache", "_cache2", "__warningregistry__"}


def importing(last=None):
    """What decides which module an import gives. `last`: a finder that has just gone from the end."""
    finders = list(sys.meta_path) + ([] if last is None else [last])
    return finders, list(sys.path), list(sys.path_hooks)


class Shared:
    """What the candidates of one child have in common, as it was before the first of them."""

    def __init__(self, finder):
        self.finder = finder
        # What this file defines as well: a candidate finds it through the garbage collector.
        spaces = [importlib.import_module(name).__dict__ for name in SHARED] + [globals()]
        self.spaces = [(space, [pair for pair in space.items() if pair[0] not in VOLATILE]) for space in spaces]
        self.recursion = sys.getrecursionlimit()
        self.imports = importing()
        self.modules = dict(sys.modules)
        for each in sys.meta_path:
            if isinstance(each, InstalledPackages):
                each.shared = self

    def is_intact(self):
        if sys.getrecursionlimit() != self.recursion or sys.gettrace() is not None or importing() != self.imports:
            return False
        if not all(space.get(name) is value for space, before in self.spaces for name, value in before):
            return False
        return self.has_same_modules()

    def has_same_modules(self):
        """No module was replaced, and none stands where one of the project belongs; called after the project's own are forgotten."""
        now = sys.modules
        if not all(now.get(name) is module for name, module in self.modules.items()):
            return False
        for name in now.keys() - self.modules.keys():
            if self.finder.find_spec(name.partition(".")[0]) is not None:
                return False
            self.modules[name] = now[name]
        return True


def left_running():
    """Whether a candidate left a thread, a timer or a process that could act while the next one runs."""
    try:
        _wait(-1, os.WNOHANG)
        return True
    except ChildProcessError:
        pass
    if any(_timer(kind) != (0.0, 0.0) for kind in _TIMERS):
        return True
    try:
        return len(_list("/proc/self/task")) > 1
    except OSError:  # no such folder on this system
        return False


def space(setup):
    """What is free where the tree's changes go; None where nobody else's box may not change it as well. A file left there changes it."""
    if not setup.get("ownSpace"):
        return None
    free = _statvfs(setup["root"])
    return free.f_bfree, free.f_ffree


class Stopped(BaseException):
    """The time of a traced call is up."""


def dotted(module_path):
    return os.path.splitext(os.path.basename(module_path))[0]


def prepare(finder, path, files):
    """Makes imports see these files; the module's own folder comes first, as when Python runs a script."""
    module_file = os.path.join(finder.root, path)
    finder.files = {os.path.join(finder.root, name): text for name, text in files.items()}
    finder.folders = [os.path.dirname(module_file), finder.root]
    name = dotted(path)
    package = os.path.dirname(module_file)
    # A module inside a package is imported by its full name, so that its relative imports work.
    while package != finder.root and finder.text(f"{package}/__init__.py") is not None:
        name = f"{os.path.basename(package)}.{name}"
        package = os.path.dirname(package)
    finder.folders.insert(0, package)
    return name


def load(name):
    # Never a module of the standard library that happens to have the candidate's name.
    if name.partition(".")[0] in sys.modules:
        sys.modules.pop(name, None)
    __import__(name)
    return sys.modules[name]


async def settled(value):
    return await value


def call_once(module, call, with_stack):
    args = None
    outcome = {}
    try:
        args = decode(call["args"])
        function = getattr(module, call["call"])
        value = function(*args)
        if hasattr(value, "__await__"):
            import asyncio

            value = asyncio.run(settled(value))
        outcome = {"returns": encode(value)}
    except Stopped:
        raise
    except BaseException as error:
        outcome = failure(error, with_stack)
    try:
        if call.get("after"):
            outcome["argsAfter"] = encode(args)
    except BaseException as error:
        outcome = failure(error, with_stack)
    return outcome


class Tracer:
    """Lines executed in some files."""

    def __init__(self, root, paths):
        self.paths = {os.path.join(root, path): set() for path in paths}

    def __call__(self, frame, event, _argument):
        lines = self.paths.get(frame.f_code.co_filename)
        if lines is None:
            return None
        if event == "line":
            lines.add(frame.f_lineno)
        return self

    def hits(self):
        return {path: sorted(lines) for path, lines in self.paths.items() if lines}


def visit(finder, setup, request):
    """Runs one candidate and reports on it."""
    chosen = setup["sets"][request["set"]]
    answer = {"id": request["id"], "outcomes": [], "ended": None}
    tracer = Tracer(setup["root"], setup["coverage"]) if setup.get("coverage") else None
    started, cpu = _now(), time.process_time()
    name = prepare(finder, chosen["module"], request["files"])
    try:
        if tracer is not None:
            signal.setitimer(signal.ITIMER_REAL, request["timeoutMs"] / 1000)
            sys.settrace(tracer)
        try:
            module = load(name)
        except Stopped:
            raise
        except BaseException as error:
            answer.update(ended="load", load=failure(error, True))
        else:
            calls = chosen["calls"]
            for index in request.get("only") or range(len(calls)):
                answer["outcomes"].append(call_once(module, calls[index], request.get("stack")))
    except Stopped:
        answer["ended"] = "timeout"
    finally:
        if tracer is not None:
            sys.settrace(None)
            signal.setitimer(signal.ITIMER_REAL, 0)
            answer["hits"] = tracer.hits()
    finder.forget()
    answer["cpuMs"] = (time.process_time() - cpu) * 1000
    answer["wallMs"] = (_now() - started) * 1000
    send(answer)


def read_line(descriptor, rest):
    """One line of a descriptor; None at its end. `rest` keeps what comes after it."""
    while b"\n" not in rest:
        chunk = os.read(descriptor, 1 << 16)
        if not chunk:
            return None
        rest += chunk
    line, _, after = rest.partition(b"\n")
    rest[:] = after
    return bytes(line)


def serve_child(finder, setup, orders, done):
    """The child: takes requests, says after each b"." when it is ready for another, b"!" when it must be replaced, b"?" when the box must."""
    sys.stdout = sys.stderr = io.StringIO()
    shared = Shared(finder)
    rest = bytearray()
    for count in range(CANDIDATES_PER_CHILD):
        line = read_line(orders, rest)
        if line is None:
            _exit(0)
        before = space(setup)
        visit(finder, setup, _loads(line))
        if space(setup) != before:
            os.write(done, b"?")
            _exit(0)
        if left_running():
            break
        if sys.stdout is not sys.stderr or sys.stdout.tell() > 1 << 20:
            break
        if count + 1 == CANDIDATES_PER_CHILD or not shared.is_intact():
            break
        os.write(done, b".")
    os.write(done, b"!")
    _exit(0)


class Child:
    def __init__(self, finder, setup):
        take_orders, self.orders = os.pipe()
        self.done, say_done = os.pipe()
        self.visits = 0
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.orders)
            os.close(self.done)
            os.close(0)
            serve_child(finder, setup, take_orders, say_done)
        os.close(take_orders)
        os.close(say_done)

    def end(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.orders)
        os.close(self.done)

    def cpu_seconds(self):
        with open(f"/proc/{self.pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ask(child, setup, request, data):
    """Hands a request to the child. What it said, b"" for nothing; and for that case how the request ended, and what it cost."""
    cpu = child.cpu_seconds()
    try:
        while data:
            data = data[_write(child.orders, data):]
    except BrokenPipeError:
        pass  # it is dead; said below
    # A traced child stops itself, and then still has to tell its lines.
    grace = 1 if setup.get("coverage") else 0
    ready, _, _ = select.select([child.done], [], [], request["timeoutMs"] / 1000 + grace)
    said = os.read(child.done, 1) if ready else b""
    cpu_ms = (child.cpu_seconds() - cpu) * 1000
    return said, {"ended": "exit" if ready else "timeout", "cpuMs": cpu_ms, "wallMs": request["timeoutMs"]}


def serve(finder, setup, rest):
    """The fork server: hands requests to its child, and answers itself for a child that hangs or dies."""
    for name in SHARED:
        importlib.import_module(name)
    child = Child(finder, setup)
    send({"ready": True})
    while (line := read_line(0, rest)) is not None:
        request = _loads(line)
        said, cost = ask(child, setup, request, line + b"\n")
        # What ended the process may have been left by the candidate before.
        if said == b"" and cost["ended"] == "exit" and child.visits > 0:
            child.end()
            child = Child(finder, setup)
            said, cost = ask(child, setup, request, line + b"\n")
        child.visits += 1
        if said == b".":
            continue
        if said == b"?":
            break
        child.end()
        if said != b"!":
            send({"id": request["id"], "outcomes": [], **cost})
        child = Child(finder, setup)
    child.end()


def serve_fresh(finder, setup, request):
    """The whole of a confirmation: one process, the project's files as they are on disk."""
    chosen = setup["sets"][request["set"]]
    sys.stdout = sys.stderr = io.StringIO()
    try:
        module = load(prepare(finder, chosen["module"], {}))
    except BaseException as error:
        send({"nonce": setup["nonce"], "load": failure(error, True)})
        return
    for index, call in enumerate(chosen["calls"]):
        send({"nonce": setup["nonce"], "case": index, "outcome": call_once(module, call, True)})
    send({"nonce": setup["nonce"], "done": True})


def main():
    rest = bytearray()
    setup = _loads(read_line(0, rest))
    finder = ProjectFinder(setup["root"])
    sys.path[:] = [folder for folder in sys.path if folder not in ("", os.path.dirname(os.path.abspath(__file__)))]
    sys.meta_path.insert(0, finder)
    sys.meta_path.append(InstalledPackages())
    site.setquit()

    def stop(_signal, _frame):
        raise Stopped

    signal.signal(signal.SIGALRM, stop)
    if setup.get("fresh"):
        serve_fresh(finder, setup, _loads(read_line(0, rest)))
        _exit(0)
    serve(finder, setup, rest)


if __name__ == "__main__":
    main()
