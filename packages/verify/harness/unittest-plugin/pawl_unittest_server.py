"""A warm unittest: every request is one run of the user's own arguments, in a fork of a process that has imported what the project needs from outside."""

import io
import os
import sys
import unittest

import pawl_fork
import pawl_unittest

ARGUMENTS = sys.argv[1:]
FRAME = ("start", "done")


def run(request, write):
    def tell(record):
        # The server says itself when a request is done.
        if record["kind"] not in FRAME:
            write(record)

    reporter = pawl_unittest.Reporter(tell, pawl_fork.ROOT, request["tests"], request["trace"], 0, request["stop"])
    reporter.install()
    if request.get("warm-up"):
        unittest.TextTestRunner.run = lambda self, suite: unittest.TestResult()
    sys.argv = ["python -m unittest", *ARGUMENTS]
    unittest.main(module=None, argv=sys.argv, exit=False)


def rehearse():
    """A run outside of the project, so that no child has to load what every run needs."""

    class Rehearsal(unittest.TestCase):
        def runTest(self):
            self.assertEqual([1], [2])

    unittest.TextTestRunner(stream=io.StringIO()).run(Rehearsal())


sys.dont_write_bytecode = True
rehearse()
# As `python -m` has it, in place of the folder of this file.
sys.path[0] = os.getcwd()
pawl_fork.serve(run)
