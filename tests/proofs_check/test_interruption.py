import os
import signal
import threading

import pytest

from agf_theory.proofs_check.interruption import interruption_deferred


def interrupt():
    os.kill(os.getpid(), signal.SIGINT)


def test_an_interruption_waits_for_the_end_of_the_block():
    done = []

    def work():
        with interruption_deferred():
            interrupt()
            done.append("the rest of the block")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["the rest of the block"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_without_an_interruption_nothing_happens_and_an_error_passes():
    with interruption_deferred():
        pass
    with pytest.raises(ValueError, match="mine"), interruption_deferred():
        raise ValueError("mine")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_who_ignores_interruptions_goes_on_ignoring_them():
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interruption_deferred():
            interrupt()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, usual)


def test_blocks_may_lie_in_one_another():
    done = []

    def work():
        with interruption_deferred():
            with interruption_deferred():
                interrupt()
            done.append("outer")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["outer"]


def test_in_another_thread_the_block_is_just_run():
    done = []

    def work():
        with interruption_deferred():
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
