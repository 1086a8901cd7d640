"""Ctrl-C at moments when it must not come: it waits for them to pass."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["interruption_deferred"]


@contextmanager
def interruption_deferred() -> Iterator[None]:
    """Let an interruption wait until the block has ended.

    While a process is forked Python swallows exceptions in the functions it calls before and after: a Ctrl-C would be
    lost, and the run would go on. While a finished check is written down it would be lost instead. In other threads
    than the main one, where no interruption comes, nothing is done.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[Any] = []
    usual = signal.signal(signal.SIGINT, lambda number, frame: came.append(frame))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
        if came and callable(usual):
            usual(signal.SIGINT, came[0])
