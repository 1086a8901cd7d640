"""A watch over the interpreter: whatever evaluates text, runs a program or writes a file is noticed, and counted."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["watched"]

# Audit events of the interpreter that no reading of input may cause. Importing a library of ours is none of them.
_HARM = {
    *("os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "os.startfile", "pty.spawn"),
    *("subprocess.Popen", "os.kill", "os.chmod", "os.chown", "os.link", "os.symlink"),
    *("os.remove", "os.rmdir", "os.rename", "os.truncate", "os.utime", "shutil.rmtree", "shutil.move"),
    *("tempfile.mkstemp", "tempfile.mkdtemp", "pickle.find_class", "socket.connect", "socket.bind"),
    *("urllib.Request", "webbrowser.open", "ctypes.dlopen", "code.__new__", "builtins.input", "cpython.run_command"),
}
# What text is called by Python when it is compiled to be run. Our own look at its structure calls it "<unknown>".
_TEXT_RUN = {"<string>", "<stdin>", "<expression>"}

_heard: list[str] | None = None


def _listen(event: str, arguments: tuple[Any, ...]) -> None:
    if _heard is None:
        return
    if event in _HARM:
        _heard.append(f"{event} {arguments!r:.80}")
    elif event == "compile" and arguments[1] in _TEXT_RUN | {b"<string>"} and not _of_a_library():
        _heard.append(f"compiled the text {arguments[0]!r:.80}")
    elif event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        _heard.append(f"opened {arguments[0]!r} to write")


def _of_a_library() -> bool:
    """Whether the text is one that the standard library makes of our source: a dataclass, an annotation, a named tuple."""
    file = sys._getframe(2).f_code.co_filename
    return file.endswith(("dataclasses.py", "inspect.py", "typing.py", "collections/__init__.py"))


@contextmanager
def watched() -> Iterator[list[str]]:
    """The list of what was noticed within the block; empty if all is well. Not to be nested."""
    global _heard
    _heard = noticed = []
    try:
        yield noticed
    finally:
        _heard = None


sys.addaudithook(_listen)  # cannot be taken away again, so that it is silent outside of `watched`
