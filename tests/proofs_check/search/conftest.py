"""Conjectures about limiting sequences that are false, each with a probe: a search has to find out."""

from __future__ import annotations

import sys
from itertools import pairwise
from typing import Any

import pytest

from agf_theory.proofs_check import Claim, Evidence, Hypotheses, Kind, Level, Probe, Relation, Source, Status
from agf_theory.proofs_check.diagonal import EVERY_DESIGN, Design
from agf_theory.proofs_check.diagonal.limiting_path import certified_path, design_witness


@pytest.fixture
def conjectures() -> Any:
    """This module."""
    return sys.modules[__name__]


def conjecture(statement: str, holds: Any, *relations: Relation, examples: int = 200) -> Claim:
    """A statement about the path of a problem; `holds` is the formula, a function of problem and path."""

    def at(formula: Any, instance: Any) -> Evidence:
        problem = instance["problem"]
        if not formula(problem, certified_path(problem)):
            return Evidence.refuted("the conjecture fails", design_witness(problem, statement), instances=1)
        return Evidence.of(Level.EXACT, "holds", instances=1)

    return Claim(
        id="CONJ-01",
        system="conjectures",
        title=statement,
        statement=statement,
        kind=Kind.BOUND,
        status=Status.CONJECTURE,
        source=Source("nobody"),
        hypotheses=Hypotheses((Design(EVERY_DESIGN), *relations)),
        formula=holds,
        checks=(),
        probes=(Probe("conjecture", at, examples=examples),),
    )


def leavers(path: Any) -> int:
    return sum(
        bool(old) and not new
        for p, q in pairwise(path)
        for old, new in zip(p.coefficients, q.coefficients, strict=True)
    )


def at_most_d_jumps(problem: Any, path: Any) -> bool:
    return len(path) <= problem.d


def never_leaves(problem: Any, path: Any) -> bool:
    return leavers(path) == 0


def joins_in_the_order_of_the_first_gradient(problem: Any, path: Any) -> bool:
    first = {}
    for k, knot in enumerate(path):
        for i, value in enumerate(knot.coefficients):
            if value:
                first.setdefault(i, k)
    gradient = abs(problem.X.T @ problem.y)
    return all(gradient[i] >= gradient[j] for i in first for j in first if first[i] < first[j])


def ends_at_least_euclidean_norm(problem: Any, path: Any) -> bool:
    if not path:
        return True
    import flint

    X = problem.rational_X
    beta = [flint.fmpq(b.numerator, b.denominator) for b in path[-1].coefficients]
    return bool(flint.fmpq_mat(problem.n + 1, problem.d, [*X.entries(), *beta]).rank() == X.rank())
