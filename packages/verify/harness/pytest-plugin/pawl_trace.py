"""Lines executed per test in given files. A hint for proposers, never part of a verdict."""

import sys
import threading


def start(paths):
    """Starts tracing the files with these absolute paths; the tracer's `test_ends()` gives path -> sorted lines."""
    return (MonitoringTracer if hasattr(sys, "monitoring") else SettraceTracer)(paths)


class Tracer:
    def __init__(self, paths):
        self.paths = frozenset(paths)
        self.lines = set()
        self.loading = None

    def test_starts(self):
        # What ran before the first test is module code, which every test depends on.
        if self.loading is None:
            self.loading = self.lines
        self.lines = set()

    def test_ends(self):
        hits = {}
        for path, line in self.lines | (self.loading or set()):
            hits.setdefault(path, []).append(line)
        return {path: sorted(lines) for path, lines in hits.items()}


class SettraceTracer(Tracer):
    def __init__(self, paths):
        super().__init__(paths)
        sys.settrace(self.enter)
        threading.settrace(self.enter)

    def enter(self, frame, event, argument):
        return self.line if frame.f_code.co_filename in self.paths else None

    def line(self, frame, event, argument):
        if event == "line":
            self.lines.add((frame.f_code.co_filename, frame.f_lineno))
        return self.line


class MonitoringTracer(Tracer):
    """sys.monitoring (3.12): each line is reported once per test and then costs nothing."""

    def __init__(self, paths):
        super().__init__(paths)
        self.monitoring = sys.monitoring
        tool = self.monitoring.PROFILER_ID
        self.monitoring.use_tool_id(tool, "pawl")
        self.monitoring.register_callback(tool, self.monitoring.events.LINE, self.line)
        self.monitoring.set_events(tool, self.monitoring.events.LINE)

    def line(self, code, number):
        if code.co_filename in self.paths:
            self.lines.add((code.co_filename, number))
        return self.monitoring.DISABLE

    def test_starts(self):
        super().test_starts()
        self.monitoring.restart_events()
