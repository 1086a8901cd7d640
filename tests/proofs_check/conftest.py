"""Small claims with checks of every temper, for the tests of the machinery."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from typing import Any

import pytest

from agf_theory.errors import UndecidedError
from agf_theory.proofs_check import (
    Check,
    Claim,
    Cost,
    Evidence,
    Hypotheses,
    Kind,
    Level,
    Mutant,
    Quantity,
    Source,
    Status,
)


@pytest.fixture
def toy() -> Any:
    """This module: toy claims and checks of every temper."""
    return sys.modules[__name__]


def proves(formula: Any, context: Any) -> Evidence:
    return Evidence.of(Level.PROVED, f"formula {formula}")


def samples(formula: Any, context: Any) -> Evidence:
    values = [instance["x"] for instance in context.instances(5)]
    return Evidence.of(Level.SAMPLED, "drawn", instances=len(values), values=values)


def doubles(formula: Any, context: Any) -> Evidence:
    count = 0
    for count, instance in enumerate(context.instances(5), start=1):
        if formula(instance["x"]) != 2 * instance["x"]:
            return Evidence.refuted("not the double", {"x": instance["x"]}, instances=count)
    return Evidence.of(Level.EXACT, "the double", instances=count)


def finds_no_instance(formula: Any, context: Any) -> Evidence:
    return Evidence.of(Level.EXACT, "nothing to check", instances=0)


def refutes(formula: Any, context: Any) -> Evidence:
    return Evidence.refuted("always", {"x": 1})


def gives_up(formula: Any, context: Any) -> Evidence:
    return Evidence.inconclusive("simplification gave up")


def cannot_decide(formula: Any, context: Any) -> Evidence:
    raise UndecidedError("two times lie too close together")


def raises(formula: Any, context: Any) -> Evidence:
    raise ZeroDivisionError("a bug of ours")


def returns_true(formula: Any, context: Any) -> Any:
    return True


def sleeps(formula: Any, context: Any) -> Evidence:
    time.sleep(60)
    return Evidence.of(Level.PROVED, "too late")


def spins_deaf_to_signals(formula: Any, context: Any) -> Evidence:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    while True:
        pass


def never_leaves_the_library(formula: Any, context: Any) -> Evidence:
    """One call that takes forever, and in which no other thread has its turn."""
    re.match("(a+)+$", "a" * 64 + "b")
    return Evidence.of(Level.PROVED, "unreachable")


def leaves_quietly(formula: Any, context: Any) -> Evidence:
    os._exit(0)


def crashes(formula: Any, context: Any) -> Evidence:
    os.kill(os.getpid(), signal.SIGSEGV)
    return Evidence.of(Level.PROVED, "unreachable")


def prints(formula: Any, context: Any) -> Evidence:
    sys.stdout.write("noise")
    os.write(1, b"noise")
    return Evidence.of(Level.PROVED, "quiet")


def claim(*checks: Check, mutants: tuple[Mutant, ...] = (), formula: Any = None, id: str = "TOY-01") -> Claim:
    return Claim(
        id=id,
        system="toy",
        title="a toy",
        statement="A toy claim.",
        kind=Kind.EQUALITY,
        status=Status.LEMMA,
        source=Source("toys", "p. 1"),
        hypotheses=Hypotheses((Quantity("x", nonzero=True),)),
        formula=formula,
        checks=checks,
        mutants=mutants,
    )


def check(run: Any, *, name: str = "", cost: Cost = Cost.QUICK, time_limit: float = 20.0) -> Check:
    return Check(name or run.__name__, run, cost, time_limit)
