"""Makes Python's own unittest report each test as one JSON record; loaded because this folder comes first in PYTHONPATH.

Records go to the private file named in PAWL_REPORT. PAWL_TESTS lists the tests to run, PAWL_TRACE files whose executed lines are recorded,
PAWL_TEST_TIMEOUT limits each test in seconds, PAWL_STOP ends after the first failure.
"""

import importlib.machinery
import importlib.util
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
OWN = ("PAWL_REPORT", "PAWL_ROOT", "PAWL_TESTS", "PAWL_TRACE", "PAWL_TEST_TIMEOUT", "PAWL_STOP")


def run_replaced():
    """The module of this name that Python would have found without this one."""
    path = [folder for folder in sys.path if os.path.abspath(folder or ".") != HERE]
    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", path)
    if spec is not None and spec.loader is not None:
        spec.loader.exec_module(importlib.util.module_from_spec(spec))


def watch():
    """Has every run of this process reported."""
    import json

    import pawl_unittest

    # Taken out, so that no process started by a test reports as well.
    asked = {name: os.environ.pop(name) for name in OWN if name in os.environ}

    def write(record):
        with open(asked["PAWL_REPORT"], "a", encoding="utf-8") as report:
            report.write(json.dumps(record) + "\n")

    tests = json.loads(asked.get("PAWL_TESTS", "null"))
    trace = json.loads(asked.get("PAWL_TRACE", "[]"))
    seconds = float(asked.get("PAWL_TEST_TIMEOUT", "0"))
    pawl_unittest.Reporter(write, asked["PAWL_ROOT"], tests, trace, seconds, "PAWL_STOP" in asked).install()


if "PAWL_REPORT" in os.environ and sys.argv[:1] == ["-m"]:
    watch()
run_replaced()
