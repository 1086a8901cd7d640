"""Computations in processes of their own, which find the function by its name: it is the real one."""

import multiprocessing
import threading
import time

import pytest

from agf_theory.cli.exploration import LIBRARIES, explored
from agf_theory.explore import Inquiry, Part, Superseded, Worker

QUICK = Inquiry(*((verb, "diagonal", "--problem", "one-coordinate", "--methods", "pf") for verb in ("table", "plot")))
_LONG = ("modular", "--problem", "modulo-1009", "--alpha", "1e-8", "--methods", "gf")
SLOW = Inquiry(("table", *_LONG), ("plot", *_LONG))


@pytest.fixture
def worker():
    found = Worker(explored, time_limit=60, libraries=LIBRARIES)
    yield found
    found.close()


def _beside(worker, asked):
    """Ask in a thread, as the server does; what came of it, and the thread, once its process runs."""
    came = []

    def ask():
        try:
            came.append(worker.answer(asked))
        except Superseded as error:
            came.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    while worker._process is None:
        time.sleep(0.01)
    return came, thread


def test_another_process_answers_as_this_one_does(worker):
    answer = worker.answer(QUICK)
    assert [answer.table, answer.figure] == list(explored(QUICK))
    assert answer.line == ""


def test_the_next_question_ends_the_one_before(worker):
    came, thread = _beside(worker, SLOW)
    assert worker.answer(QUICK).line == ""
    thread.join(timeout=10)
    assert isinstance(came[0], Superseded)


def test_a_process_that_is_killed_leaves_a_line(worker):
    came, thread = _beside(worker, SLOW)
    worker._process.kill()
    thread.join(timeout=10)
    assert came[0].line == "the computation ended without a result: it may have needed more memory than there is"


def test_closing_ends_what_still_runs(worker):
    came, thread = _beside(worker, SLOW)
    worker.close()
    thread.join(timeout=10)
    assert isinstance(came[0], Superseded)


def test_a_computation_beyond_the_time_limit_is_ended():
    worker = Worker(explored, time_limit=0.5)
    assert worker.answer(SLOW).line == (
        "no result within 0.5 s: leave a method out, take a smaller problem, or start agf explore with a longer "
        "--time-limit"
    )
    assert worker._process is None


def test_a_table_that_came_in_time_is_kept():
    receiving, sending = multiprocessing.Pipe(duplex=False)
    sending.send(Part("table", content="x"))
    parts, why = Worker(explored, time_limit=0.1)._collect(receiving)
    sending.close()
    assert [part.content for part in parts] == ["x"]
    assert why.startswith("no result within 0.1 s")
