"""Makes Python's own unittest report each test as one JSON record, whichever way its runner is started."""

import os
import re
import signal
import sys
import traceback
import unittest

import pawl_trace

LIMIT = 4000


class Reporter:
    """`write(record)` receives the records; `tests` (a list of ids, or None for all) says what to run, `seconds` limits each test."""

    def __init__(self, write, root, tests=None, trace=None, seconds=0, stop=False):
        self.write = write
        self.root = root
        self.tests = None if tests is None else set(tests)
        self.tracer = pawl_trace.start([os.path.join(root, each) for each in trace]) if trace else None
        self.seconds = seconds
        self.stop = stop
        self.parts = {}
        self.records = {}
        self.classes = {}
        # 1 while the runner makes its result, 2 while the tests run.
        self.depth = 0

    def identity(self, test):
        """Absolute file, and the names below it: the class, then the method."""
        module = sys.modules.get(type(test).__module__)
        file = getattr(module, "__file__", None)
        method = getattr(test, "_testMethodName", None)
        if file is None or method is None or not os.path.abspath(file).startswith(self.root + os.sep):
            # Tests that are no methods, such as documentation examples, say where they come from themselves.
            file = getattr(getattr(test, "_dt_test", None), "filename", None)
            return os.path.abspath(file or self.root), [test.id()]
        return os.path.abspath(file), [type(test).__qualname__, method]

    def collect(self, suite):
        """The same suite with only the wanted tests; numbers equal names in their order, as src/suites/report-file.ts does."""
        seen = {}

        def inside(node):
            if not isinstance(node, unittest.BaseTestSuite):
                return node if self.is_wanted(node, seen) else None
            kept = [each for each in map(inside, node) if each is not None]
            return type(node)(kept) if kept else None

        return inside(suite) or unittest.TestSuite()

    def is_wanted(self, test, seen):
        if isinstance(test, unittest.loader._FailedTest):
            return True
        path, names = self.identity(test)
        parts = [os.path.relpath(path, self.root).replace(os.sep, "/")] + [" ".join(name.split()) for name in names]
        name = " > ".join(parts)
        seen[name] = seen.get(name, 0) + 1
        identifier = name if seen[name] == 1 else "%s #%d" % (name, seen[name])
        above = (" > ".join(parts[:length]) for length in range(1, len(parts)))
        if self.tests is not None and identifier not in self.tests and not any(each in self.tests for each in above):
            return False
        self.parts[id(test)] = (path, names, identifier)
        self.classes.setdefault("%s.%s" % (type(test).__module__, type(test).__qualname__), []).append(test)
        return True

    def told(self, error, in_setup=False):
        kind, value, trace = error
        frames = []
        for frame in reversed(traceback.extract_tb(trace)):
            path = os.path.abspath(frame.filename)
            if path.startswith(self.root + os.sep) and "site-packages" not in path:
                frames.append("    at %s (%s:%d)" % (frame.name, path, frame.lineno))
        message = "".join(traceback.format_exception_only(kind, value)).strip()
        found = {"message": message[:LIMIT], "stack": "\n".join(frames)}
        sides = re.match(r"AssertionError: (.+) != (.+?)(?: : .*)?$", message.split("\n")[0])
        if issubclass(kind, AssertionError) and sides:
            found["actual"], found["expected"] = sides.groups()
        if in_setup:
            found["inSetup"] = True
        return found

    def watch(self, result):
        """Wraps the methods of a result, whatever class it has."""

        def wrap(name, before):
            own = getattr(result, name, None)
            if own is None:
                return

            def call(test, *rest):
                before(test, *rest)
                return own(test, *rest)

            setattr(result, name, call)

        wrap("startTest", self.starts)
        wrap("stopTest", self.stops)
        wrap("addSuccess", lambda test: self.record(test, "passed", {}))
        wrap("addFailure", lambda test, error: self.record(test, "failed", self.told(error)))
        wrap("addError", lambda test, error: self.record(test, "failed", self.told(error)))
        wrap("addSkip", lambda test, reason: self.record(test, "skipped", {"message": str(reason)[:LIMIT]}))
        wrap("addExpectedFailure", lambda test, error: self.record(test, "passed", {}))
        wrap("addUnexpectedSuccess", lambda test: self.record(test, "failed", {"message": "unexpected success"}))
        wrap("addSubTest", self.subtest)

    def starts(self, test):
        if self.tracer:
            self.tracer.test_starts()
        if self.seconds > 0:
            signal.signal(signal.SIGALRM, self.expire)
            signal.setitimer(signal.ITIMER_REAL, self.seconds)

    def expire(self, number, frame):
        raise TimeoutError("timed out after %g s" % self.seconds)

    def subtest(self, test, subtest, error):
        if error is not None:
            self.record(test, "failed", self.told(error))

    def record(self, test, status, found):
        if isinstance(test, unittest.loader._FailedTest):
            error = getattr(test, "_exception", None)
            name = test._testMethodName.replace(".", os.sep)
            paths = [os.path.join(self.root, name + ".py"), os.path.join(self.root, name, "__init__.py")]
            file = next((path for path in paths if os.path.exists(path)), None)
            self.write({"kind": "error", "message": str(error)[-LIMIT:], **({"file": file} if file else {})})
            return
        if id(test) in self.parts:
            known = self.records.get(id(test))
            # A failed subtest, or a failing clean-up after the test, decides.
            if known is None or known["status"] != "failed":
                self.records[id(test)] = {"status": status, **found}
            return
        # What fails before a class or a module begins has none of its tests run, and so stands for all of them.
        place = re.match(r"(?:setUpClass|setUpModule) \((.+)\)$", test.id())
        for name, tests in self.classes.items():
            if place and (name == place.group(1) or name.rpartition(".")[0] == place.group(1)):
                for each in tests:
                    self.records[id(each)] = {"status": status, **found, "inSetup": status == "failed"}
                    self.tell(each, None)

    def stops(self, test):
        if self.seconds > 0:
            signal.setitimer(signal.ITIMER_REAL, 0)
        if id(test) in self.parts:
            self.tell(test, self.tracer.test_ends() if self.tracer else None)

    def tell(self, test, hits):
        path, names, identifier = self.parts[id(test)]
        record = self.records.pop(id(test), {"status": "failed", "message": "no result"})
        self.write({"kind": "test", "id": identifier, "file": path, "names": names, **record, **({} if hits is None else {"hits": hits})})

    def install(self):
        runner = unittest.TextTestRunner
        run, make = runner.run, runner._makeResult
        reporter = self

        def reported(self, suite):
            # A test may have a runner of its own, and what that runs is no test of the project.
            if reporter.depth > 0:
                return run(self, suite)
            reporter.write({"kind": "start"})
            if reporter.stop:
                self.failfast = True
            reporter.depth = 1
            try:
                result = run(self, reporter.collect(suite))
            finally:
                reporter.depth = 0
            reporter.write({"kind": "done"})
            return result

        def watched(self):
            result = make(self)
            if reporter.depth == 1:
                reporter.depth = 2
                reporter.watch(result)
            return result

        runner.run, runner._makeResult = reported, watched
