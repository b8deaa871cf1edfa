"""The candidate's own process: loads its modules as they are on disk, and does the calls that the process of the tests asks for (see
separate_client.py). All of it is at the candidate's mercy; the other side takes plain data from it and nothing else.
The protocol is that of separate-node.mjs."""

import builtins
import importlib
import inspect
import json
import os
import sys
import types

HERE = os.path.dirname(os.path.abspath(__file__))
from separate_values import NotData, decode, encode, encode_error

sys.dont_write_bytecode = True
ROOT = ""


def send(message):
    data = (json.dumps(message) + "\n").encode()
    while data:
        data = data[os.write(3, data):]


def load(path):
    folder, name = os.path.dirname(os.path.join(ROOT, path)), os.path.splitext(os.path.basename(path))[0]
    if name == "__init__":
        folder, name = os.path.dirname(folder), os.path.basename(folder)
    # A module inside a package is imported by its full name, so that its relative imports work.
    while folder != ROOT and os.path.exists(os.path.join(folder, "__init__.py")):
        folder, name = os.path.dirname(folder), os.path.basename(folder) + "." + name
    for place in (ROOT, folder):
        if place not in sys.path:
            sys.path.insert(0, place)
    return importlib.import_module(name)


def describe(name, value):
    if isinstance(value, type):
        if issubclass(value, BaseException):
            base = next(kind for kind in value.__mro__ if getattr(builtins, kind.__name__, None) is kind)
            return {"name": name, "kind": "error", "base": base.__name__}
        return {"name": name, "kind": "other"}
    if isinstance(value, types.ModuleType):
        return None
    if callable(value):
        return {"name": name, "kind": "async" if inspect.iscoroutinefunction(value) else "function"}
    try:
        return {"name": name, "kind": "value", "value": encode(value)}
    except Exception:
        return {"name": name, "kind": "other"}


def call(message):
    args = [decode(arg, {}) for arg in message["args"]]
    named = {name: decode(value, {}) for name, value in message.get("named", {}).items()}
    answer = {}
    try:
        value = getattr(load(message["path"]), message["name"])(*args, **named)
        if inspect.iscoroutine(value):
            import asyncio

            value = asyncio.run(value)
        answer["returns"] = encode(value)
    except BaseException as error:
        answer["throws"] = encode_error(error)
    try:
        after = [encode(arg) for arg in args]
        if after != message["args"]:
            answer["args"] = after
    except BaseException as error:
        answer["throws"] = encode_error(error)
    return answer


def serve(message):
    global ROOT
    ROOT = message.get("root", ROOT)
    if "describe" not in message:
        return call(message)
    modules = {}
    for path in message["describe"]:
        try:
            items = [describe(name, value) for name, value in vars(load(path)).items() if not name.startswith("__")]
            modules[path] = {"exports": [item for item in items if item is not None]}
        except BaseException as error:
            modules[path] = {"load": "%s: %s" % (type(error).__name__, error)}
    return {"modules": modules}


sys.path[:] = [place for place in sys.path if place not in ("", HERE)]
null = os.open(os.devnull, os.O_RDWR)
source = os.fdopen(os.dup(0))
os.dup2(null, 0)
os.dup2(null, 1)
for line in source:
    send(serve(json.loads(line)))
