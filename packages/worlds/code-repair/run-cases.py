"""Runs cases of Python tasks.

Standard input: {"dir": folder, "module": file in it, "cases": [{"call", "args", ...}]}, or a list of such
requests. Standard output: a line of JSON per case as soon as it has run,
{"request": n, "case": n, "returns" | "throws" + "message", "argsAfter"}, values with the tags of the corpus.
The code may run for ever or end the process: whoever starts this has to stop it and start it again
with the cases that are left.
"""

import asyncio
import importlib
import inspect
import json
import math
import os
import sys

sys.dont_write_bytecode = True
SAFE = 2**53


def decode(value):
    """A value of this process from its tagged form."""
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    tag = value.get("$")
    if tag is None:
        return {name: decode(item) for name, item in value.items()}
    if tag in ("NaN", "Infinity", "-Infinity", "-0"):
        return float(tag)
    if tag == "bigint":
        return int(value["v"])
    if tag == "tuple":
        return tuple(decode(item) for item in value["v"])
    if tag == "set":
        return {decode(item) for item in value["v"]}
    if tag == "dict":
        return {decode(key): decode(item) for key, item in value["v"]}
    raise TypeError(f"the tag {tag} is not for Python")


def encode(value, parents=()):
    """The tagged form of a value; what the corpus cannot write gets a tag that equals nothing in it."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return int(value) if abs(value) < SAFE else {"$": "bigint", "v": str(value)}
    if isinstance(value, float):
        if math.isnan(value):
            return {"$": "NaN"}
        if math.isinf(value):
            return {"$": "Infinity" if value > 0 else "-Infinity"}
        if value == 0 and math.copysign(1, value) < 0:
            return {"$": "-0"}
        return value
    if any(value is parent for parent in parents):
        return {"$": "cycle"}
    inside = (*parents, value)
    if isinstance(value, list):
        return [encode(item, inside) for item in value]
    if isinstance(value, tuple):
        return {"$": "tuple", "v": [encode(item, inside) for item in value]}
    if isinstance(value, (set, frozenset)):
        return {"$": "set", "v": [encode(item, inside) for item in value]}
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value):
            return {key: encode(item, inside) for key, item in value.items()}
        return {"$": "dict", "v": [[encode(key, inside), encode(item, inside)] for key, item in value.items()]}
    return {"$": type(value).__name__}


def load(folder, file):
    """Import a module anew; the modules of the task before are forgotten."""
    importlib.invalidate_caches()
    sys.path[0] = folder
    return importlib.import_module(os.path.splitext(file)[0])


def forget(folder):
    for name, module in list(sys.modules.items()):
        origin = getattr(module, "__file__", None)
        if origin is not None and os.path.dirname(os.path.abspath(origin)) == folder:
            del sys.modules[name]


def run_case(folder, file, case):
    args = None
    try:
        module = load(folder, file)
        args = decode(case["args"])
        value = getattr(module, case["call"])(*args)
        if inspect.isawaitable(value):
            value = asyncio.run(await_it(value))
        outcome = {"returns": encode(value)}
    except Exception as error:
        outcome = {"throws": type(error).__name__, "message": str(error)}
    after = case["args"] if args is None else encode(args)
    return {**outcome, "argsAfter": after}


async def await_it(value):
    return await value


def main():
    given = json.load(sys.stdin)
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    sys.stdout = open(os.devnull, "w", encoding="utf-8")
    for number, request in enumerate(given if isinstance(given, list) else [given]):
        folder = os.path.abspath(request["dir"])
        for index, case in enumerate(request["cases"]):
            outcome = run_case(folder, request["module"], case)
            out.write(json.dumps({"request": number, "case": index, **outcome}) + "\n")
            out.flush()
        forget(folder)


main()
