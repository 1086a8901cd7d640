"""Computations in processes of their own: limited in time and memory, and given up when the next one is asked for."""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any, Protocol

from agf_theory.explore.answer import Answer, Part
from agf_theory.explore.inquiry import Inquiry
from agf_theory.explore.memory_limit import MOST_MEMORY, limit_memory, out_of_memory

__all__ = ["Compute", "Computer", "Superseded", "Worker"]

Compute = Callable[[Inquiry], Iterable[Part]]

# The server has threads, and a process forked while one of them holds a lock would wait for it forever; a server of
# forks has none, and keeps the libraries ready.
_METHODS = multiprocessing.get_all_start_methods()
_PROCESSES: Any = multiprocessing.get_context("forkserver" if "forkserver" in _METHODS else "spawn")
_GRACE = 2  # seconds for our own clock to act before that of the process does
_MOST_AT_ONCE = 4  # tabs that compute: nobody looks at more, and one that was closed leaves its computation behind


class Superseded(Exception):
    """Another question was asked in the same tab before this one was answered, or in too many others."""


class Computer(Protocol):
    """What answers."""

    def answer(self, asked: Inquiry, tab: str) -> Answer:
        """Both parts; raises `Superseded` if there was another question of this tab meanwhile."""
        ...


class Worker:
    """One computation at a time for each tab of the browser.

    Parameters
    ----------
    compute : function from Inquiry to parts
        A function of a module, which another process finds by its name; it yields the table, then the figure.
    time_limit : float
        Seconds for one computation.
    libraries : sequence of str
        Modules to have ready in every process.
    most_memory : int
        Bytes for one computation, where they can be limited; see `limit_memory`.
    """

    def __init__(
        self,
        compute: Compute,
        *,
        time_limit: float,
        libraries: Sequence[str] = (),
        most_memory: int = MOST_MEMORY,
    ) -> None:
        self._compute = compute
        self._time_limit = time_limit
        self._most_memory = most_memory
        self._lock = Lock()
        self._running: dict[str, Any] = {}  # from tab to process, the oldest first
        if hasattr(_PROCESSES, "set_forkserver_preload"):
            _PROCESSES.set_forkserver_preload(list(libraries))

    def warm_up(self) -> None:
        """Have the libraries loaded before the first question comes."""
        process = _PROCESSES.Process(target=_nothing, daemon=True)
        process.start()

    def answer(self, asked: Inquiry, tab: str = "") -> Answer:
        """Both parts, or what there is of them when the time is up; a computation that still runs is given up.

        Parameters
        ----------
        asked : Inquiry
        tab : str
            Whose question it is: its next one ends this one.

        Raises
        ------
        Superseded
            If another question was asked meanwhile.
        """
        with self._lock:
            self._give_up(tab)
            while len(self._running) >= _MOST_AT_ONCE:
                self._give_up(next(iter(self._running)))
            receiving, sending = _PROCESSES.Pipe(duplex=False)
            work = (self._compute, asked, sending, self._time_limit, self._most_memory)
            process = _PROCESSES.Process(target=_work, args=work, daemon=True)
            process.start()
            self._running[tab] = process
            sending.close()
        parts, why = self._collect(receiving)
        with self._lock:
            if self._running.get(tab) is not process:
                raise Superseded
            self._give_up(tab)
        found = {part.what: part for part in parts}
        return Answer(found.get("table", Part("table", line=why)), found.get("figure", Part("figure", line=why)))

    def close(self) -> None:
        """Give up what still runs."""
        with self._lock:
            for tab in list(self._running):
                self._give_up(tab)

    def _collect(self, receiving: Connection) -> tuple[list[Part], str]:
        """The parts that came in time, and why there are no others."""
        deadline = time.monotonic() + self._time_limit
        parts: list[Part] = []
        with receiving, contextlib.suppress(EOFError, OSError):
            while receiving.poll(max(0.0, deadline - time.monotonic())):
                found = receiving.recv()
                if isinstance(found, str):
                    return parts, found
                parts.append(found)
                if len(parts) == 2:
                    return parts, ""
            return parts, self._too_long()
        # A library that is not Python's may end the process where Python would raise an error.
        return (
            parts,
            f"the computation broke off; it may have met the end of its memory: {out_of_memory(self._most_memory)}",
        )

    def _too_long(self) -> str:
        return (
            f"no result within {self._time_limit:g} s: leave a method out, take a smaller problem, "
            "or start agf explore with a longer --time-limit"
        )

    def _give_up(self, tab: str) -> None:
        process = self._running.pop(tab, None)
        if process is not None:
            process.kill()
            process.join()
            process.close()


def _nothing() -> None:
    pass


def _work(compute: Compute, asked: Inquiry, sending: Connection, time_limit: float, most_memory: int) -> None:
    """Send each part as it comes; and why there is none, where memory is the reason."""
    # Ctrl-C reaches the whole process group: the server alone decides, and kills us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "alarm"):  # should the server be gone, nothing else would end us
        signal.alarm(math.ceil(time_limit) + _GRACE)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    limit_memory(most_memory)
    with contextlib.suppress(BrokenPipeError):
        try:
            for part in compute(asked):
                sending.send(part)
        except MemoryError:
            sending.send(out_of_memory(most_memory))
    sending.close()
