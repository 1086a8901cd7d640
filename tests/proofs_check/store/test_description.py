import functools
import inspect
import os
import subprocess
import sys
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

import flint
import numpy as np
import pytest
import sympy

from agf_theory.proofs_check.store.description import Description, Indescribable


class Colour(Enum):
    RED = 1


@dataclass(frozen=True)
class Pair:
    left: object
    right: object


class Bare:
    __slots__ = ()


class Filled:
    def __init__(self, value):
        self.value = value

    def method(self):
        return self.value


def adder(n):
    def add(x, y=2, *, z=3):
        return x + n + y + z

    return add


def itself(n):
    def down(k):
        return down(k - 1) if k else n

    return down


@functools.cache
def remembered(x):
    return x


x = sympy.Symbol("x", positive=True)

DIFFERENT = [
    None, True, 1, 1.0, "1", b"1", Fraction(1), Colour.RED, sympy.Integer(1), x + 1, x - 1, sympy.Symbol("x") + 1,
    (1, 2), [1, [2]], {1, 2}, {"a": 1}, {"a": 2}, Pair(1, 2), Pair(2, 1), Filled(1), Filled(2), Filled(1).method,
    Filled(2).method, adder, adder(1), adder(2), itself(1), itself(2), remembered, functools.partial(adder, 1),
    functools.partial(adder, n=1), functools.partial(adder, 2), lambda: 1, lambda: 2, lambda: x, np.array([1.0, 2.0]),
    np.array([1.0, 3.0]), np.float64(1.0), np.sin, np.cos, flint.fmpq(1, 2), flint.fmpq(1, 3), len, max, "a".join,
    "b".join, sympy, np, Pair, Filled, lambda v: v in {"a", "b"}, lambda v: v in {"a", "c"},
]  # fmt: skip


def test_different_objects_have_different_texts():
    texts = [Description(value).text for value in DIFFERENT]
    assert len(set(texts)) == len(texts)


def test_objects_alike_have_one_text():
    assert Description(adder(1), Pair(1, x)).text == Description(adder(1), Pair(1, x)).text


def every_text():
    """What is said of every check, formula and mutant; its source is run in other processes."""
    from agf_theory.proofs_check import all_claims, as_check
    from agf_theory.proofs_check.store.description import Description

    texts = [Description({"a", "b", "c", "d"}, lambda v: v in {"a", "b", "c", "d"}).text]
    for claim in all_claims():
        checks = (*claim.checks, *map(as_check, claim.necessity))
        texts += [Description(check.run, claim.formula, claim.hypotheses).text for check in checks]
        texts += [Description(mutant.formula).text for mutant in claim.mutants]
    return "\n".join(texts)


def test_the_text_names_no_address_and_does_not_depend_on_the_process():
    script = f"{inspect.getsource(every_text)}\nprint(every_text())"
    # Not in this process: objects of the claims may carry what other tests made them compute.
    one, two = (
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    )  # fmt: skip
    assert one == two
    assert " at 0x" not in one


def test_the_modules_are_those_whose_code_would_run():
    made_of = Description(functools.partial(adder(sympy.sin), Pair(np.sin, Fraction(1))), remembered)
    assert {__name__, "sympy.functions.elementary.trigonometric", "numpy"} <= made_of.modules


@pytest.mark.parametrize("value", [object(), Bare(), iter([])])
def test_what_nothing_tells_apart_is_refused(value):
    with pytest.raises(Indescribable, match="nothing tells two of them apart"):
        Description(value)
