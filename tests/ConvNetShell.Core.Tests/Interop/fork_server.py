"""Runs Python programs, each in a process of its own that has the imported packages already: importing torch takes two seconds.

A line of JSON comes for each: {"package": names, "code": text, "arguments": [...], "output": file, "error": file}; its exit code goes out.
"""
import importlib
import json
import os
import sys
import traceback


def serve(code, arguments, output, error):
    """The child: replaces its streams by the files, runs the code as `python3 -c` would, and never returns."""
    status = 1
    for number, path in ((1, output), (2, error)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    try:
        sys.argv = ["-c", *arguments]
        exec(compile(code, "<string>", "exec"), {"__name__": "__main__", "__builtins__": __builtins__})
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


replies = os.fdopen(os.dup(1), "w", buffering=1)
for line in sys.stdin:
    request = json.loads(line)
    try:
        for package in request["package"].split(","):
            importlib.import_module(package.strip())
    except ImportError:
        replies.write("missing\n")
        continue
    child = os.fork()
    if child == 0:
        serve(request["code"], request["arguments"], request["output"], request["error"])
    replies.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
