"""A pytest plugin that reports each test as one JSON record, with message, frames and both sides of a failed comparison.

Clean runs load it with `-p pawl_plugin`: records go to the private file named in PAWL_REPORT, PAWL_TRACE lists files whose
executed lines are recorded, PAWL_TESTS the tests to run, PAWL_TEST_TIMEOUT limits each, in seconds. The warm server makes a `Reporter` of its own.
"""

import json
import os
import re
import signal

import pytest

import pawl_trace

LIMIT = 4000
HERE = os.path.dirname(os.path.abspath(__file__))


def clip(value):
    try:
        text = value if isinstance(value, str) else repr(value)
    except Exception:
        text = "<no repr>"
    return text[:LIMIT]


class Reporter:
    """`write(record)` receives the records; `tests` (a set of ids, or None for all) says what to run."""

    def __init__(self, write, root, tests=None, trace=None):
        self.write = write
        self.root = root
        self.tests = tests
        self.tracer = pawl_trace.start([os.path.join(root, path) for path in trace]) if trace else None
        self.compared = None
        self.failed = {}
        self.skipped = set()

    def identity(self, item):
        """Absolute file, and the names below it: classes, then the function with its parameters."""
        names = []
        for node in item.listchain():
            if isinstance(node, pytest.File):
                names = []
            else:
                names.append(node.name)
        return str(item.path), names

    def number(self, items):
        """Names that differ in spaces alone, or not at all, are numbered in the order of collection, as src/suites/report-file.ts does."""
        seen = {}
        for item in items:
            path, names = self.identity(item)
            file = os.path.relpath(path, self.root).replace(os.sep, "/")
            item.pawl_parts = [file] + [" ".join(name.split()) for name in names]
            name = " > ".join(item.pawl_parts)
            seen[name] = seen.get(name, 0) + 1
            item.pawl_id = name if seen[name] == 1 else "%s #%d" % (name, seen[name])

    def wanted(self, item):
        parts = item.pawl_parts
        return item.pawl_id in self.tests or any(" > ".join(parts[:length]) in self.tests for length in range(1, len(parts)))

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config):
        # One file that cannot be imported must not keep the others from being reported.
        config.option.continue_on_collection_errors = True

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config, items):
        self.number(items)
        if self.tests is None:
            return
        dropped = [item for item in items if not self.wanted(item)]
        if dropped:
            config.hook.pytest_deselected(items=dropped)
            items[:] = [item for item in items if self.wanted(item)]

    def pytest_collectreport(self, report):
        if report.failed:
            file = report.nodeid.split("::")[0]
            self.write({"kind": "error", "file": os.path.join(self.base, file), "message": str(report.longrepr)[-LIMIT:]})

    def pytest_internalerror(self, excrepr):
        self.write({"kind": "error", "message": str(excrepr)[-LIMIT:]})

    def pytest_sessionstart(self, session):
        self.base = str(session.config.rootpath)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item):
        self.compared = None
        if self.tracer:
            self.tracer.test_starts()

    @pytest.hookimpl(trylast=True)
    def pytest_assertrepr_compare(self, op, left, right):
        # By convention the value under test stands on the left.
        self.compared = (clip(left), clip(right)) if op == "==" else None

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item, call):
        outcome = yield
        report = outcome.get_result()
        path, names = self.identity(item)
        # A plain attribute, so that it travels from the worker processes of pytest-xdist to the reporting one.
        report.pawl = {"kind": "test", "file": path, "names": names, "id": getattr(item, "pawl_id", None)}
        if report.failed and call.excinfo is not None:
            report.pawl.update(self.describe(call.excinfo))
            report.pawl["inSetup"] = call.when == "setup"
        if call.when == "teardown" and self.tracer:
            report.pawl["hits"] = self.tracer.test_ends()

    def describe(self, excinfo):
        message = excinfo.exconly(tryshort=False)
        frames = []
        for entry in reversed(excinfo.traceback):
            path = str(entry.path)
            if path.startswith(self.root + os.sep) and "site-packages" not in path and not path.startswith(HERE):
                frames.append("    at %s (%s:%d)" % (entry.name, path, entry.lineno + 1))
        found = {"message": message[:LIMIT], "stack": "\n".join(frames)}
        if isinstance(excinfo.value, AssertionError):
            unittest = re.match(r"AssertionError: (.+) != (.+?)(?: : .*)?$", message.split("\n")[0])
            sides = self.compared or (unittest and unittest.groups())
            if sides:
                found["actual"], found["expected"] = sides
        return found

    def pytest_runtest_logreport(self, report):
        key = report.nodeid
        if report.failed:
            self.failed.setdefault(key, getattr(report, "pawl", {"message": str(report.longrepr)[-LIMIT:]}))
        elif report.skipped:
            self.skipped.add(key)
        # Reports of subtests come between those of the test around them and have no record of their own.
        if report.when != "teardown" or not hasattr(report, "pawl"):
            return
        record = dict(report.pawl)
        if key in self.failed:
            record.update({name: value for name, value in self.failed[key].items() if name in ("message", "stack", "expected", "actual", "inSetup")})
        record["status"] = "failed" if key in self.failed else "skipped" if key in self.skipped else "passed"
        self.write(record)
        self.failed.pop(key, None)
        self.skipped.discard(key)


class TestLimit:
    """Fails a test that runs longer than the given seconds, endless loops included."""

    def __init__(self, seconds):
        self.seconds = seconds
        signal.signal(signal.SIGALRM, self.expire)

    def expire(self, number, frame):
        pytest.fail("timed out after %g s" % self.seconds)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_call(self, item):
        signal.setitimer(signal.ITIMER_REAL, self.seconds)
        yield
        signal.setitimer(signal.ITIMER_REAL, 0)


class CleanRun:
    """Opens and closes the report of a process; workers of pytest-xdist only describe, their controller writes."""

    def __init__(self, write):
        self.write = write

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self, session):
        self.write({"kind": "start"})

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session):
        self.write({"kind": "done"})


def pytest_configure(config):
    if "PAWL_REPORT" not in os.environ:
        return
    path = os.environ["PAWL_REPORT"]

    def write(record):
        with open(path, "a", encoding="utf-8") as report:
            report.write(json.dumps(record) + "\n")

    is_worker = hasattr(config, "workerinput")
    tests = json.loads(os.environ.get("PAWL_TESTS", "null"))
    trace = json.loads(os.environ.get("PAWL_TRACE", "[]"))
    reporter = Reporter((lambda record: None) if is_worker else write, os.environ["PAWL_ROOT"], None if tests is None else set(tests), trace)
    config.pluginmanager.register(reporter, "pawl-reporter")
    if "PAWL_TEST_TIMEOUT" in os.environ:
        config.pluginmanager.register(TestLimit(float(os.environ["PAWL_TEST_TIMEOUT"])), "pawl-test-limit")
    if not is_worker:
        config.pluginmanager.register(CleanRun(write), "pawl-clean-run")
