"""Computations in processes of their own.

Such a process finds the function by its name, and those of a test have none that it knows. Most of these do what they
are asked to: wait, or give back two parts.
"""

import multiprocessing
import operator
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from functools import partial

import pytest

from agf_theory.cli.exploration import LIBRARIES, explored
from agf_theory.explore import Answer, Inquiry, Part, Superseded, Worker

PARTS = (Part("table", content="x"), Part("figure"))
QUICK, SLOW = partial(iter, PARTS), partial(time.sleep, 1000)


def about(*methods):
    return Inquiry(
        *((verb, "diagonal", "--problem", "one-coordinate", "--methods", *methods) for verb in ("table", "plot"))
    )


@contextmanager
def beside(worker, asked, tab=""):
    """Ask in a thread, as the server does, until its process runs; what came of it is there at the end."""
    came = []

    def ask():
        try:
            came.append(worker.answer(asked, tab))
        except Superseded as error:
            came.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    while tab not in worker._running:
        time.sleep(0.01)
    yield came
    thread.join(timeout=30)
    assert not thread.is_alive()


@pytest.fixture
def worker():
    found = Worker(operator.call, time_limit=60)
    yield found
    found.close()


def test_both_parts_come_from_another_process(worker):
    assert worker.answer(QUICK) == Answer(*PARTS)


def test_the_process_of_the_commands_answers_as_this_one_does():
    answer = Worker(explored, time_limit=60).answer(about("x"))
    assert [answer.table, answer.figure] == list(explored(about("x")))
    assert answer.line.startswith("--methods takes pf")


@pytest.mark.browser
def test_with_its_libraries_at_hand_it_answers_with_table_and_figure():
    answer = Worker(explored, time_limit=60, libraries=LIBRARIES).answer(about("pf"))
    assert [answer.table, answer.figure] == list(explored(about("pf")))
    assert answer.line == ""


def test_the_next_question_ends_the_one_before(worker):
    with beside(worker, SLOW) as came:
        assert worker.answer(QUICK) == Answer(*PARTS)
    assert isinstance(came[0], Superseded)


def test_a_question_of_another_tab_ends_none(worker):
    with beside(worker, SLOW) as came:
        assert worker.answer(QUICK, "another") == Answer(*PARTS)
        assert not came
        worker.close()


def test_of_too_many_tabs_the_oldest_is_given_up(worker):
    with beside(worker, SLOW) as came, ExitStack() as others:
        for tab in ("second", "third", "fourth", "fifth"):
            others.enter_context(beside(worker, SLOW, tab))
        while not came:
            time.sleep(0.01)
        assert list(worker._running) == ["second", "third", "fourth", "fifth"]
        worker.close()
    assert isinstance(came[0], Superseded)


def test_a_process_that_is_killed_leaves_a_line(worker):
    with beside(worker, SLOW) as came:
        worker._running[""].kill()
    assert came[0].line.startswith("the computation broke off; it may have met the end of its memory")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is limited on Linux")
def test_a_computation_that_wants_more_memory_than_it_may_have_says_so():
    worker = Worker(operator.call, time_limit=60, most_memory=2**28)
    assert worker.answer(QUICK) == Answer(*PARTS)
    assert worker.answer(partial(bytes, 2**29)).line == (
        "no result within 0.25 GiB of memory: take a smaller problem, or leave a method out; "
        "on the command line there is no limit"
    )


def test_closing_ends_what_still_runs(worker):
    with beside(worker, SLOW) as came:
        worker.close()
    assert isinstance(came[0], Superseded)


def test_a_computation_beyond_the_time_limit_is_ended():
    worker = Worker(operator.call, time_limit=0.5)
    assert worker.answer(SLOW).line == (
        "no result within 0.5 s: leave a method out, take a smaller problem, or start agf explore with a longer "
        "--time-limit"
    )
    assert not worker._running


def test_a_table_that_came_in_time_is_kept():
    receiving, sending = multiprocessing.Pipe(duplex=False)
    sending.send(Part("table", content="x"))
    parts, why = Worker(explored, time_limit=0.1)._collect(receiving)
    sending.close()
    assert [part.content for part in parts] == ["x"]
    assert why.startswith("no result within 0.1 s")
