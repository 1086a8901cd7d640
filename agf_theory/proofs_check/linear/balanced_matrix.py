"""LIN-20: whitened networks with balanced weights follow a matrix Riccati equation, and its solution."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import flint
import numpy as np
import sympy
from numpy.typing import NDArray
from sympy import Expr, Identity, MatrixExpr

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.linear import TERMS, Term
from agf_theory.numeric import linear as numeric
from agf_theory.problems import InitScale, LinearNetwork
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.linear.balanced_necessity import LIN_20_NEEDS
from agf_theory.proofs_check.linear.matrix_series import (
    MatrixSeries,
    flow_series,
    integral_series,
    propagator_series,
    series_value,
)
from agf_theory.proofs_check.linear.weighted_networks import BALANCED, WHITENED, BalancedNetwork, WeightedNetwork
from agf_theory.proofs_check.parts import by_choice, without_arguments

__all__ = ["LIN_20", "BalancedFlow"]

Array = NDArray[np.float64]

ORDER = 5
"""Powers of time up to which series are compared: the fifth knows every term of the equation and of its solution."""

IMBALANCES = (0.7, -0.9, 0.0)

INTEGRATED = 1e-9
"""Of the largest σ. The flow is integrated to 1e-12 a step, some two hundred steps; what it errs in a direction in
which the saddles are unstable is magnified by a factor below 1e2 here."""

ROUNDING = 1e-11
"""Of the largest σ, between two evaluations in doubles: e^(2νt) reaches 1e4 in one of them."""


@dataclass(frozen=True)
class BalancedFlow:
    """The formulas of LIN-20.

    Attributes
    ----------
    growth_matrix : () -> MatrixExpr in M, J, lambda
    growth_rate : () -> Expr in lambda, sigma_k
    propagator, integrated_propagator : function of the term, in nu and t
    balanced_velocity : () -> MatrixExpr in F, Q
    balanced_solution : () -> MatrixExpr in P, P_2, Theta_0
    """

    growth_matrix: Callable[[], MatrixExpr] = closed_form.growth_matrix
    growth_rate: Callable[[], Expr] = closed_form.growth_rate
    propagator: Callable[[Term], Expr] = closed_form.propagator
    integrated_propagator: Callable[[Term], Expr] = closed_form.integrated_propagator
    balanced_velocity: Callable[[], MatrixExpr] = closed_form.balanced_velocity
    balanced_solution: Callable[[], MatrixExpr] = closed_form.balanced_solution


def series_of_a_network(formula: BalancedFlow, instance: Instance) -> Evidence:
    """The power series in time of one network's ΘΘᵀ: by the weights' equations, the Riccati one, and the solution."""
    network: WeightedNetwork = instance["network"]
    theta = flow_series(network, ORDER)
    outer = [_coefficient(theta, k) for k in range(ORDER + 1)]
    try:
        claimed = _claimed(formula, network, outer)
    except ZeroDivisionError:
        return Evidence.refuted("a formula has no value at the start", {"network": network.as_record()}, instances=1)
    seen = {"solution": outer, "velocity": [term * k for k, term in enumerate(outer)][1:]}
    for what, series in claimed.items():
        for k, (left, right) in enumerate(zip(series, seen[what], strict=False)):
            if left != right:
                witness = {"network": network.as_record(), "compared": what, "power of t": k}
                witness |= {"flow": _shown(right), "claimed": _shown(left)}
                return Evidence.refuted("another power series in time", witness, instances=1)
    detail = f"power series in time to order {ORDER} agree, in fractions"
    return Evidence.of(Level.EXACT, detail, instances=1)


def _coefficient(theta: MatrixSeries, k: int) -> flint.fmpq_mat:
    total = theta[0] * theta[k].transpose()
    for i in range(1, k + 1):
        total = total + theta[i] * theta[k - i].transpose()
    return total


def _claimed(formula: BalancedFlow, network: WeightedNetwork, outer: MatrixSeries) -> dict[str, MatrixSeries]:
    c, n, H = network.A.nrows(), len(network.stacked.tolist()), network.A.ncols()
    coupling, signature = flint.fmpq_mat(n, n), flint.fmpq_mat(n, n)
    for i in range(n):
        signature[i, i] = 1 if i < c else -1
        for j in range(n):
            if (i < c) != (j < c):
                coupling[i, j] = network.sigma_yx[i, j - c] if i < c else network.sigma_yx[j, i - c]
    numbers, sizes = {sym.imbalance: network.imbalance}, {sym.size: n, sym.hidden: H}

    def value(expression: MatrixExpr, **matrices: MatrixSeries) -> MatrixSeries:
        return series_value(expression, matrices, numbers=numbers, sizes=sizes)

    def still(matrix: flint.fmpq_mat) -> MatrixSeries:
        return [matrix, *([matrix * 0] * ORDER)]

    growth = value(formula.growth_matrix(), M=still(coupling), J=still(signature))[0]
    grown, squared = propagator_series(growth, ORDER), propagator_series(growth * 2, ORDER)
    start = still(network.stacked)
    return {
        "velocity": value(formula.balanced_velocity(), F=still(growth), Q=outer),
        "solution": value(formula.balanced_solution(), P=grown, P_2=integral_series(squared), Theta_0=start),
    }


def _shown(matrix: flint.fmpq_mat) -> list[list[str]]:
    return [list(map(str, row)) for row in matrix.tolist()]


def power_series(formula: BalancedFlow, context: Context) -> Evidence:
    """Whole networks with rational moments and weights: power series in time, in fractions.

    The weights are expanded by their own equations, in which the residual moves with all of them; nothing in that
    knows of balance.
    """
    count, detail = 0, ""
    for count, instance in enumerate(context.instances(20), start=1):
        one = series_of_a_network(formula, instance)
        if one.level is None:
            return replace(one, instances=one.instances and count)
        detail = one.detail
    return Evidence.of(Level.EXACT, detail, instances=count)


def integrated_networks(formula: BalancedFlow, context: Context) -> Evidence:
    """Integrated flows of networks with λ = 0.7, −0.9 and 0 against the solution, and the exact numeric route."""
    count, worst, between = 0, 0.0, 0.0
    scale = InitScale("0.1")
    for seed in range(2):
        for imbalance in IMBALANCES:
            count += 1
            problem = _network(np.random.default_rng(context.seed % 2**32 + seed))
            start = numeric.balanced_start(problem, imbalance, seed=seed) * np.exp(scale.log_inverse)
            flow = numeric.gradient_flow(problem, scale, start=start, tolerance=1e-12)
            instants = flow.times[: int(np.searchsorted(flow.times * scale.log_inverse, 4.0))]
            sigma = np.linalg.svd(problem.sigma_yx, compute_uv=False)
            claimed = _solved(formula, problem, start * np.exp(-scale.log_inverse), instants * scale.log_inverse)
            exact = numeric.balanced_solution(problem, scale, instants, start=start)
            miss = float(np.abs(claimed - flow.at(instants)).max() / sigma[0])
            apart = float(np.abs(claimed - exact).max() / sigma[0])
            if not (miss <= INTEGRATED and apart <= ROUNDING):
                witness = {"Σ_yx": problem.sigma_yx, "λ": imbalance, "off flow": miss, "off numeric route": apart}
                return Evidence.refuted("an integrated network moves otherwise", witness, instances=count)
            worst, between = max(worst, miss), max(between, apart)
    detail = "maps along integrated flows, λ = 0.7, −0.9, 0, and by the exact numeric route"
    return Evidence.of(Level.SAMPLED, detail, instances=count, worst=worst, between_routes=between)


def _network(random: np.random.Generator) -> LinearNetwork:
    cross = np.round(random.uniform(-1, 1, (3, 4)), 3)
    return LinearNetwork(np.eye(4, dtype=int).tolist(), cross, width=2)


def _solved(formula: BalancedFlow, problem: LinearNetwork, start: Array, times: Array) -> Array:
    """The map by the formulas: functions of F through its eigenvalues, term by term."""
    c, n = problem.c, problem.c + problem.d
    A, W = start[:c], start[c:].T
    imbalance = float(np.trace(A.T @ A - W @ W.T) / problem.width)
    coupling = np.zeros((n, n))
    coupling[:c, c:], coupling[c:, :c] = problem.sigma_yx, problem.sigma_yx.T
    signature = np.diag(np.where(np.arange(n) < c, 1.0, -1.0))
    growth = _number(formula.growth_matrix(), sym.coupling, sym.signature, sym.imbalance)
    F = growth(coupling, signature, imbalance)
    rates, vectors = np.linalg.eigh(F)
    sizes = np.maximum(np.abs(rates), 1e-9)  # the terms are even in ν, and have a limit at zero
    solution = _number(formula.balanced_solution(), sym.propagator, sym.propagator_squared, sym.start)
    terms = [
        [_number(of(term), sym.rate, sym.t) for term in TERMS]
        for of in (formula.propagator, formula.integrated_propagator)
    ]
    maps = []
    for t in times:
        P, P_2 = ((vectors * (even(sizes, t) + rates * odd(sizes, t) + np.zeros(n))) @ vectors.T for even, odd in terms)
        maps.append(solution(P, P_2, start)[:c, c:])
    return np.array(maps)


def _number(expression: Any, *symbols: Any) -> Callable[..., Any]:
    sized = expression.subs({sym.size: 7, sym.hidden: 2}) if isinstance(expression, MatrixExpr) else expression
    given = [s.subs({sym.size: 7, sym.hidden: 2}) if isinstance(s, MatrixExpr) else s for s in symbols]
    function: Callable[..., Any] = sympy.lambdify(given, sized, modules="numpy")
    return function


def _derived(formula: BalancedFlow) -> dict[str, Any]:
    return dict(vars(formula))


def _with_integral_times(factor: int) -> MatrixExpr:
    theta = sym.start
    inner = Identity(sym.hidden) + factor * theta.T * sym.propagator_squared * theta
    return sym.propagator * theta * inner.I * theta.T * sym.propagator.T


_CLOSED_FORM = BalancedFlow()

LIN_20 = Claim(
    id="LIN-20",
    system="linear",
    title="matrix Riccati solution of balanced weights",
    statement="For whitened moments and AᵀA − WWᵀ = λI the matrix Q = [A; Wᵀ][A; Wᵀ]ᵀ follows Q' = FQ + QF − Q² with "
    "F = M(Σ_yx) + λJ/2, and Q(t) = e^(Ft) Θ₀ [I + Θ₀ᵀ (∫₀ᵗ e^(2Fs) ds) Θ₀]⁻¹ Θ₀ᵀ e^(Ft).",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("this project"),
    hypotheses=Hypotheses((BalancedNetwork(), WHITENED, BALANCED)),
    formula=_CLOSED_FORM,
    checks=(
        Check("power series", power_series),
        Check("integrated networks", integrated_networks),
        Check("derivation", partial(every_step, name="LIN-20", parts=_derived)),
    ),
    mutants=(
        Mutant(
            "coefficient-two",
            replace(_CLOSED_FORM, balanced_solution=lambda: _with_integral_times(2)),
            "factor 2 before the integral, as for a symmetric factor",
        ),
        Mutant(
            "integral-missing",
            replace(_CLOSED_FORM, balanced_solution=lambda: _with_integral_times(0)),
            "no saturation: the integral missing",
        ),
        Mutant(
            "whole-imbalance",
            replace(_CLOSED_FORM, growth_matrix=lambda: sym.coupling + sym.imbalance * sym.signature),
            "λJ for λJ/2",
        ),
        Mutant(
            "sign-of-imbalance",
            replace(_CLOSED_FORM, growth_matrix=lambda: sym.coupling - sym.imbalance / 2 * sym.signature),
            "sign of λ",
        ),
        Mutant(
            "rate-with-whole-imbalance",
            replace(_CLOSED_FORM, growth_rate=lambda: sympy.sqrt(sym.imbalance**2 + sym.sigma_k**2)),
            "λ² for λ²/4 in the rate",
        ),
    ),
    parts=(
        *without_arguments(_CLOSED_FORM, "growth_matrix"),
        *without_arguments(_CLOSED_FORM, "growth_rate"),
        *by_choice(_CLOSED_FORM, "propagator", TERMS),
        *by_choice(_CLOSED_FORM, "integrated_propagator", TERMS),
        *without_arguments(_CLOSED_FORM, "balanced_velocity"),
        *without_arguments(_CLOSED_FORM, "balanced_solution"),
    ),
    remark="For other imbalance matrices C an extra term (JΘCΘᵀ + ΘCΘᵀJ)/2 takes the place of λJ/2, and no equation in "
    "Q alone is left. With one hidden neuron every start is balanced.",
    necessity=LIN_20_NEEDS,
    probes=(Probe("power series", series_of_a_network, examples=100),),
)
