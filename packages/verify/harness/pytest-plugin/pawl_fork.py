"""Serves requests to run tests, one JSON line each on stdin: forks for each, and passes on the records of the fork to descriptor 3.

What one candidate leaves behind is in the fork, which is killed with all it has started; what it changes in the files they share is noticed.
Shared by the servers of pytest and of unittest.
"""

import gc
import importlib
import json
import os
import select
import signal
import stat
import sys
import time
import traceback

ROOT = os.environ.pop("PAWL_ROOT")
CHANNEL = 3
PATHS = []
WARM_UP_MS = 10_000
MOST_FILES = 2000


def send(message):
    os.write(CHANNEL, (json.dumps(message) + "\n").encode())


def is_own(path):
    return path.startswith(ROOT + os.sep) and "site-packages" not in path


def own_modules():
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return sorted(os.path.realpath(file) for file in files if file and is_own(file))


def in_child(request, run, descriptor):
    os.setpgid(0, 0)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.close(CHANNEL)
    # The child is short-lived; collecting would write to, and so copy, pages that it shares with its parent.
    gc.set_threshold(100_000, 20, 100)
    sys.dont_write_bytecode = not request.get("warm-up", False)
    importlib.invalidate_caches()

    def write(record):
        os.write(descriptor, (json.dumps({"id": record.pop("id", None), "record": record}) + "\n").encode())

    try:
        run(request, write)
        if request.get("warm-up"):
            names = [name for name, module in sys.modules.items() if not is_own(getattr(module, "__file__", None) or "") and not name.startswith("pawl_")]
            os.write(descriptor, (json.dumps({"modules": names}) + "\n").encode())
        write({"kind": "done"})
    except BaseException as error:
        write({"kind": "error", "message": "".join(traceback.format_exception_only(type(error), error))})
        # A usage error or a file that cannot be imported is an answer about the candidate; anything else ends the same way.
        write({"kind": "done"})
    os._exit(0)


def fork(request, run, pass_on):
    """Runs the request in a child and gives its lines to `pass_on` as they come; kills its process group at the deadline, or when
    nothing came for too long. Returns how it ended: "done", "timeout" or "crash"."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        in_child(request, run, writing)
    os.close(writing)
    deadline = time.monotonic() + request["timeoutMs"] / 1000
    silence = (request.get("silenceMs") or request["timeoutMs"]) / 1000
    rest = b""
    end = None
    while end is None:
        ready, _, _ = select.select([reading], [], [], max(0, min(silence, deadline - time.monotonic())))
        if not ready:
            end = "timeout"
            break
        chunk = os.read(reading, 1 << 16)
        if not chunk:
            end = "crash"
            break
        rest += chunk
        *lines, rest = rest.split(b"\n")
        for line in lines:
            pass_on(line)
        # Processes that the tests left behind may hold the pipe open.
        if lines and b'"kind": "done"' in lines[-1]:
            end = "done"
    try:
        os.killpg(child, signal.SIGKILL)
    except OSError:
        pass
    os.waitpid(child, 0)
    os.close(reading)
    return end


def project_files():
    """Files and folders of the project; dependencies and compiled files are left out, and what is too much to look at each time."""
    found = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in ("node_modules", ".git", ".venv", "venv", "__pycache__")]
        found += [folder] + [os.path.join(folder, name) for name in files if not name.endswith(".pyc")]
        if len(found) > MOST_FILES:
            break
    return found[:MOST_FILES]


def stamps(paths):
    """What cannot be set back when somebody changes a file: the time of its last change."""
    found = []
    for path in paths:
        try:
            status = os.lstat(path)
            is_folder = stat.S_ISDIR(status.st_mode)
            found.append((status.st_ino, status.st_mode, *(() if is_folder else (status.st_size, status.st_ctime_ns))))
        except OSError:
            found.append(None)
    return found


def answer(request, run):
    before = stamps(PATHS)
    end = fork(request, run, lambda line: b'"kind": "done"' in line or os.write(CHANNEL, line + b"\n"))
    if end == "timeout":
        send({"timedOut": True, "id": None})
    elif end == "crash":
        send({"record": {"kind": "error", "message": "the tests ended their process"}, "crashed": True, "id": None})
    # A fork of its own keeps a candidate from the next one's process, not from the files that they share.
    send({"record": {"kind": "done"}, "marked": stamps(PATHS) != before, "nonce": request.get("nonce")})


class Overlay:
    """The candidate's files over the project's. Modification times are unique, so that no compiled file of another text is taken for it."""

    def __init__(self):
        self.original = {}
        self.count = 0

    def lay(self, files):
        for path, (text, times) in self.original.items():
            if text is None:
                os.unlink(path)
                continue
            with open(path, "wb") as file:
                file.write(text)
            os.utime(path, ns=times)
        self.original = {}
        self.count += 1
        for relative, text in files.items():
            path = os.path.join(ROOT, relative)
            try:
                status = os.stat(path)
                with open(path, "rb") as file:
                    self.original[path] = (file.read(), (status.st_atime_ns, status.st_mtime_ns))
            except FileNotFoundError:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                self.original[path] = (None, None)
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            os.utime(path, (self.count, self.count))


def second_process(prepare):
    """Forks the process that has prepared itself; returns (requests, replies, files it has imported)."""
    requests_in, requests_out = os.pipe()
    replies_in, replies_out = os.pipe()
    if os.fork() == 0:
        os.close(requests_out)
        os.close(replies_in)
        try:
            run = prepare()
            os.write(replies_out, (json.dumps(own_modules()) + "\n").encode())
        except BaseException:
            os._exit(1)
        gc.collect()
        gc.freeze()
        for line in os.fdopen(requests_in):
            answer(json.loads(line), run)
            os.write(replies_out, b"\n")
        os._exit(0)
    os.close(requests_in)
    os.close(replies_out)
    replies = os.fdopen(replies_in)
    imported = replies.readline()
    return requests_out, replies, set(json.loads(imported)) if imported else None


def serve(run, prepare=None):
    """Answers until stdin ends. `run(request, write)` runs the tests of a request; it is called in a process that has not loaded any of the project.

    `prepare()` may load what all requests need, in a process of its own, and returns a `run` to be called there; requests that change a file
    which that has imported go the other way.
    """
    global PATHS
    PATHS = project_files()
    sys.dont_write_bytecode = True
    overlay = Overlay()
    # Collecting fills the compiled files of the project, and says which modules from outside it imports.
    modules = []
    warm_up = {"warm-up": True, "tests": None, "paths": None, "stop": False, "trace": None, "timeoutMs": WARM_UP_MS}
    fork(warm_up, run, lambda line: modules.extend(json.loads(line).get("modules", [])))
    for name in modules:
        try:
            importlib.import_module(name)
        except BaseException:
            pass
    requests, replies, imported = second_process(prepare) if prepare else (None, None, None)
    gc.collect()
    gc.freeze()
    send({"ready": True})
    for line in sys.stdin:
        request = json.loads(line)
        overlay.lay(request["files"])
        changed = {os.path.join(ROOT, path) for path in [*request["files"], *(request["trace"] or [])]}
        if imported is None or changed & imported:
            answer(request, run)
        else:
            os.write(requests, (json.dumps({**request, "files": {}}) + "\n").encode())
            replies.readline()
