"""A warm pytest. The first process has imported pytest and what the project needs from outside of itself; a second one, forked from it, has also
read the configuration and the conftest files.
"""

import contextlib
import importlib.util
import os
import sys
import tempfile

import pytest
from _pytest.config import _prepareconfig

import pawl_fork
import pawl_plugin
from pawl_fork import ROOT

FOLDER = os.getcwd()
ARGUMENTS = sys.argv[1:]


def arguments():
    """The user's own, without what makes no sense in a fork: worker processes, coverage, the cache of failed tests."""
    extra = ["-p", "no:cacheprovider"]
    if importlib.util.find_spec("xdist"):
        extra += ["-n", "0"]
    if importlib.util.find_spec("pytest_cov"):
        extra += ["--no-cov"]
    return ARGUMENTS + extra


class PlainReports:
    """Reports without the long representation of failures, which takes most of the time of a run and which nobody reads here."""

    # Before pytest's own, which it replaces, and after that for unittest, which finds the exception of a TestCase.
    def pytest_runtest_makereport(self, item, call):
        outcome, explanation = "passed", None
        if call.excinfo is not None:
            outcome, explanation = "failed", str(call.excinfo.value)
            if isinstance(call.excinfo.value, pytest.skip.Exception):
                outcome, explanation = "skipped", (str(item.path), 0, explanation)
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, explanation, call.when, [], call.duration)


class Prepared:
    """pytest ready to collect."""

    def __init__(self, paths=()):
        self.reporter = pawl_plugin.Reporter(None, ROOT)
        self.config = _prepareconfig(arguments() + list(paths), plugins=[self.reporter, PlainReports()])
        # For errors of collection.
        self.config.option.tbstyle = "short"
        self.session = pytest.Session.from_config(self.config)
        self.config._do_configure()
        terminal = self.config.pluginmanager.get_plugin("terminalreporter")
        if terminal is not None:
            self.config.pluginmanager.unregister(terminal)
        self.config.hook.pytest_sessionstart(session=self.session)

    def run(self, request, write):
        tests = request["tests"]
        self.reporter.__init__(write, ROOT, None if tests is None else set(tests), request["trace"])
        self.reporter.base = str(self.config.rootpath)
        if request["stop"]:
            self.config.option.maxfail = 1
        if request["paths"] is not None:
            self.config.args = [os.path.join(ROOT, path) for path in request["paths"]]
        try:
            self.config.hook.pytest_collection(session=self.session)
            if not request.get("warm-up"):
                self.config.hook.pytest_runtestloop(session=self.session)
        except (self.session.Interrupted, self.session.Failed):
            pass


REHEARSAL = """
import pytest

@pytest.mark.parametrize("n", [1, 2])
def test_rehearsal(n):
    assert n == 1
"""


def rehearse():
    """One small run of pytest outside of the project, so that no child has to load and compile what every run needs."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "test_pawl_rehearsal.py")
        with open(path, "w") as file:
            file.write(REHEARSAL)
        with open(os.devnull, "w") as null, contextlib.redirect_stdout(null), contextlib.redirect_stderr(null):
            pytest.main([path, "-c", os.devnull, "--rootdir", folder, "-p", "no:cacheprovider"])
    sys.modules.pop("test_pawl_rehearsal", None)
    os.chdir(FOLDER)


def run(request, write):
    Prepared(request["paths"] or ()).run(request, write)


def main():
    sys.dont_write_bytecode = True
    rehearse()
    if os.environ.get("PAWL_CWD_ON_PATH"):
        sys.path.insert(0, FOLDER)
    pawl_fork.serve(run, lambda: Prepared().run)


main()
