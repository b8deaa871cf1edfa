# Runs a completed fragment and reports what it did, line by line of JSON, to the file PAWL_REPORT.
# usage: python3 fragment-python.py PROGRAM
import asyncio
import json
import os
import sys

program = os.path.abspath(sys.argv[1])
report = open(os.environ.pop("PAWL_REPORT"), "a", buffering=1)
LONGEST_TRACE = 5000
seen = set()
order = []


def write(record):
    report.write(json.dumps(record) + "\n")


def follow(frame, event, argument):
    if frame.f_code.co_filename != program:
        return None
    if event == "line":
        line = frame.f_lineno
        if len(order) < LONGEST_TRACE:
            order.append(line)
        if line not in seen:
            seen.add(line)
            write({"hit": line})
    return follow


def tell(error):
    lines = []
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == program:
            lines.insert(0, trace.tb_lineno)
        trace = trace.tb_next
    write(
        {
            "error": {
                "name": type(error).__name__,
                "message": str(error)[:500],
                "code": getattr(error, "name", None) if isinstance(error, (ImportError, NameError)) else None,
                "lines": lines,
            }
        }
    )


def run(work):
    try:
        result = work()
        if asyncio.iscoroutine(result):
            asyncio.run(result)
        elif hasattr(result, "__anext__"):

            async def drain():
                async for _ in result:
                    pass

            asyncio.run(drain())
        elif hasattr(result, "__next__"):
            for _ in result:
                pass
    except (Exception, SystemExit) as error:
        tell(error)


sys.path.insert(0, os.path.dirname(program))
if os.getcwd() not in sys.path:
    sys.path.insert(1, os.getcwd())
with open(program, encoding="utf-8") as file:
    text = file.read()
try:
    code = compile(text, program, "exec")
    sys.settrace(follow)
    exec(code, {"__name__": "fragment", "__file__": program, "_pawl_run": run})
except (Exception, SystemExit) as error:
    tell(error)
finally:
    sys.settrace(None)
    write({"trace": order})
