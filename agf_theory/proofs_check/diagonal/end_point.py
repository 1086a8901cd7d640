"""DIAG-06: the limiting sequence ends at a least-squares solution of least ℓ1 norm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

import flint
import numpy as np
from scipy.optimize import linprog

from agf_theory.problems import DiagonalNetwork
from agf_theory.proofs_check.claims import Check, Claim, Cost, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal.designs import EVERY_DESIGN, Design
from agf_theory.proofs_check.diagonal.limiting_path import certified_path, design_witness
from agf_theory.proofs_check.diagonal.necessity import DIAG_06_NEEDS
from agf_theory.proofs_check.diagonal.path_certificates import least_norm_item
from agf_theory.proofs_check.diagonal.path_variations import path_mutants
from agf_theory.proofs_check.diagonal.reference_path import Knot, Quadratic, Rules, follow, quadratic_of
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance

__all__ = ["DIAG_06", "EndPoint", "last_saddle"]

EndPoint = Callable[[DiagonalNetwork], Knot]


def last_saddle(problem: DiagonalNetwork) -> Knot:
    """Where the limiting sequence ends; at β = 0 if it never leaves it."""
    return _last(problem, certified_path(problem))


def dual_certificate(formula: EndPoint, instance: Instance) -> Evidence:
    """Minimality at one problem: the dual variable is a subgradient of ‖β‖₁ in the row space of X."""
    problem = instance["problem"]
    end = formula(problem)
    if any(quadratic_of(problem).gradient(end.coefficients)):
        witness = design_witness(problem, f"the gradient at {_shown(end)} is not zero")
        return Evidence.refuted("not a least-squares solution", witness, instances=1)
    if not _in_row_space(problem, end.dual) or not _is_subgradient(end):
        # Another dual variable might still prove it: this refutes nothing.
        return Evidence.inconclusive("the dual variable proves nothing", design=design_witness(problem, _shown(end)))
    return Evidence.of(Level.EXACT, "dual variable in the row space and a subgradient of ‖β‖₁", instances=1)


def subgradient(formula: EndPoint, context: Context, *, count: int) -> Evidence:
    """Exact proof of minimality, design by design: the dual variable is a subgradient of ‖β‖₁ in the row space of X.

    Any other least-squares solution differs by ν with Xν = 0; then ‖β + ν‖₁ ≥ ‖β‖₁ + ⟨s, ν⟩ = ‖β‖₁.
    """
    number, detail = 0, ""
    items: list[dict[str, Any]] = []
    for number, instance in enumerate(context.instances(count), start=1):
        one = dual_certificate(formula, instance)
        if one.level is None:
            return replace(one, instances=one.instances and number)
        detail = one.detail
        if context.certificates:
            problem = instance["problem"]
            items.append(least_norm_item(problem, certified_path(problem), formula(problem)))
    return Evidence.of(Level.EXACT, detail, instances=number).certified_by("least-norm-path", items)


def least_norm(formula: EndPoint, instance: Instance) -> Evidence:
    """The ℓ1 norm at one problem against a linear program; see `linear_program` for the tolerance."""
    problem = instance["problem"]
    norm = float(sum(map(abs, formula(problem).coefficients)))
    least, point = _least_norm(problem)
    excess = (norm - least) / max(1.0, least)
    if not abs(excess) <= 1e-5:  # so that a NaN refutes, too
        witness = design_witness(problem, f"ℓ1 norm {norm} against {least} of {point.tolist()}")
        return Evidence.refuted("another solution has another ℓ1 norm", witness, instances=1)
    return Evidence.of(Level.SAMPLED, "ℓ1 norm agrees with a linear program", instances=1, worst=abs(excess))


def linear_program(formula: EndPoint, context: Context, *, count: int) -> Evidence:
    """The least ℓ1 norm by a linear program, which knows nothing of paths.

    The solver's primal and dual feasibility tolerance is 1e-7 in rows scaled to one, and the norm moves by at most
    that times the dual values, which are bounded by the worst condition drawn here: 1e-5, relative, is allowed.
    """
    number, worst, detail = 0, 0.0, ""
    for number, instance in enumerate(context.instances(count), start=1):
        one = least_norm(formula, instance)
        if one.level is None:
            return replace(one, instances=number)
        worst, detail = max(worst, one.figures["worst"]), one.detail
    return Evidence.of(Level.SAMPLED, detail, instances=number, worst=worst)


def _least_norm(problem: DiagonalNetwork) -> tuple[float, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    loss = quadratic_of(problem)
    rows = _independent_rows(loss)
    gram = np.array([[float(loss.gram[i][j]) for j in range(problem.d)] for i in rows]).reshape(len(rows), problem.d)
    target = np.array([float(loss.linear[i]) for i in rows])
    scale = np.max(np.abs(gram), axis=1, initial=0.0)
    gram, target = gram / scale[:, None], target / scale
    found = linprog(np.ones(2 * problem.d), A_eq=np.hstack([gram, -gram]), b_eq=target, method="highs")
    positive, negative = np.split(found.x, 2)
    return float(found.fun), positive - negative


def _independent_rows(loss: Quadratic) -> list[int]:
    """Rows of the normal equations that are independent: rounding could make the others inconsistent."""
    chosen: list[int] = []
    for i in range(len(loss.gram)):
        rows = [loss.gram[j] for j in (*chosen, i)]
        flat = [flint.fmpq(e.numerator, e.denominator) for row in rows for e in row]
        if flint.fmpq_mat(len(rows), len(loss.gram), flat).rank() == len(rows):
            chosen.append(i)
    return chosen


def _in_row_space(problem: DiagonalNetwork, dual: tuple[Fraction, ...]) -> bool:
    X = problem.rational_X
    entries = [*X.entries(), *(flint.fmpq(s.numerator, s.denominator) for s in dual)]
    return bool(flint.fmpq_mat(problem.n + 1, problem.d, entries).rank() == X.rank())


def _is_subgradient(end: Knot) -> bool:
    pairs = list(zip(end.dual, end.coefficients, strict=True))
    return all(abs(s) <= 1 and (b == 0 or s == (1 if b > 0 else -1)) for s, b in pairs)


def _shown(end: Knot) -> str:
    return f"({', '.join(map(str, end.coefficients))})"


def _last(problem: DiagonalNetwork, path: tuple[Knot, ...]) -> Knot:
    zero = (Fraction(0),) * problem.d
    return path[-1] if path else Knot(Fraction(0), zero, zero)


def _least_euclidean(problem: DiagonalNetwork) -> Knot:
    """The least-squares solution of least Euclidean norm, as gradient descent on β would find it."""
    end = last_saddle(problem)
    X = problem.rational_X
    gram = X.transpose() * X
    kernel, nullity = _kernel(gram)
    beta = flint.fmpq_mat(problem.d, 1, [flint.fmpq(b.numerator, b.denominator) for b in end.coefficients])
    if nullity:
        beta = beta - kernel * (kernel.transpose() * kernel).solve(kernel.transpose() * beta)
    return Knot(end.time, end.dual, tuple(Fraction(int(b.p), int(b.q)) for b in beta.entries()))


def _kernel(gram: flint.fmpq_mat) -> tuple[flint.fmpq_mat, int]:
    reduced, rank = gram.rref()
    d = gram.ncols()
    pivots = [next(j for j in range(d) if reduced[i, j] != 0) for i in range(rank)]
    free = [j for j in range(d) if j not in pivots]
    columns = flint.fmpq_mat(d, max(1, len(free)))
    for k, j in enumerate(free):
        columns[j, k] = flint.fmpq(1)
        for i, pivot in enumerate(pivots):
            columns[pivot, k] = -reduced[i, j]
    return columns, len(free)


def _end_by(rules: Rules) -> EndPoint:
    return lambda problem: _last(problem, follow(problem, rules))


OTHER_ENDS = (
    "clip-once",
    "refit-once",
    "leavers-ignored",
    "leavers-flipped",
    "dormant-reset",
    "dormant-not-moved",
    "no-threshold",
    "first-index",
    "last-time",
    "ties-broken",
    "stops-at-rest",
    "stops-nearby",
)
"""Wrong rules that end the path elsewhere; another normalisation or level only changes when."""


DIAG_06 = Claim(
    id="DIAG-06",
    system="diagonal",
    title="ends at least ℓ1 norm",
    statement="The limiting sequence ends at a least-squares solution of least ℓ1 norm, degenerate data included.",
    kind=Kind.INCLUSION,
    status=Status.THEOREM,
    source=Source("pesme2023", "Theorem 2"),
    hypotheses=Hypotheses((Design(EVERY_DESIGN),)),
    formula=last_saddle,
    checks=(
        Check("subgradient", partial(subgradient, count=120)),
        Check("linear program", partial(linear_program, count=40)),
        Check("many subgradients", partial(subgradient, count=1500), Cost.FULL, time_limit=240),
    ),
    mutants=(
        Mutant("least-euclidean-norm", _least_euclidean, "least Euclidean norm for least ℓ1 norm"),
        *path_mutants(_end_by, OTHER_ENDS),
    ),
    necessity=DIAG_06_NEEDS,
    probes=(Probe("subgradient", dual_certificate), Probe("linear program", least_norm)),
)
