"""LIN-21: jump times of commuting moments with their O(1) terms, and the means of these over Gaussian starts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import chain, islice

import numpy as np
import sympy
from numpy.typing import NDArray
from sympy import Expr

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.linear.refined_times import inner_product
from agf_theory.numeric import linear as numeric
from agf_theory.problems import InitScale
from agf_theory.proofs_check.claims import Check, Claim, Cost, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level, weakest
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.linear.commuting_problems import (
    COMMUTING,
    DISTINCT,
    CommutingMoments,
    CommutingNetwork,
    from_modes,
)
from agf_theory.proofs_check.linear.refined_necessity import LIN_21_NEEDS
from agf_theory.proofs_check.parts import by_choice, without_arguments
from agf_theory.proofs_check.power_law import fit_power

__all__ = ["LIN_21", "RefinedTimes"]

Array = NDArray[np.float64]

SCALES = ("1e-4", "1e-6", "1e-8", "1e-10")
"""Where the power is fitted: below, the error of close modes is not yet small; above, it drowns in the integrator's."""

LAST = "1e-30"

REACHED = 1e-6
"""Largest error at the last scale, in units of 1/σ_k. Neighbours differ by 30 % at least, and so what slower modes
leave out is below e^(−2·0.23·69) < 1e-13, and what earlier ones do below e^(−2·0.46·0.23·69) < 1e-6. Smaller scales
are no better: where σ and μ have different orders the integrator's errors grow on the plateaus."""

SMALLEST = 1e-8
"""Errors below are the integrator's, and are not fitted."""

TRIALS = 20_000
DEVIATIONS = 6
"""Standard errors that a mean over `TRIALS` starts may be off: one check in 1e8 fails by chance."""

FIXED = (
    from_modes((Fraction(2), Fraction(6, 5), Fraction(7, 10)), (Fraction(1),) * 3, 4),
    from_modes((Fraction(2), Fraction(1)), (Fraction(4), Fraction(1, 2)), 3),
)
"""Whitened moments, and moments whose order of loss is the other one."""


@dataclass(frozen=True)
class RefinedTimes:
    """The formulas of LIN-21.

    Attributes
    ----------
    refined_jump_time : () -> Expr in L, r, sigma_k, Lambda
    squared_overlap : number of a mode -> Expr in the inner products g_ij
    mean_log_overlap : () -> Expr in s_w, H, j
    mean_refined_jump_time : () -> Expr in L, s_w, H, j, sigma_k, Lambda
    """

    refined_jump_time: Callable[[], Expr] = closed_form.refined_jump_time
    squared_overlap: Callable[[int], Expr] = closed_form.squared_overlap
    mean_log_overlap: Callable[[], Expr] = closed_form.mean_log_overlap
    mean_refined_jump_time: Callable[[], Expr] = closed_form.mean_refined_jump_time


def predicted(formula: RefinedTimes, network: CommutingNetwork, scale: float) -> Array:
    """Flow times of the modes by the formulas, from the hidden vectors of the modes."""
    c, start = len(network.sigma), network.start
    left, right = (np.array([[int(e.p) / int(e.q) for e in row] for row in turn.tolist()]) for turn in network.turns)
    z = (start[:c].T @ left + start[c:].T @ right) / np.sqrt(2)
    times = []
    for k in range(1, c + 1):
        squared = formula.squared_overlap(k)
        products = {inner_product(i, j): float(z[:, i - 1] @ z[:, j - 1]) for i, j in _pairs(k)}
        overlap = float(squared.subs(products)) ** 0.5
        values = {sym.log_inverse: scale, sym.overlap: overlap}
        values |= {sym.sigma_k: float(network.sigma[k - 1]), sym.variance: float(network.variances[k - 1])}
        times.append(float(formula.refined_jump_time().subs(values)))
    return np.array(times)


def _pairs(k: int) -> Iterator[tuple[int, int]]:
    return ((i, j) for i in range(1, k + 1) for j in range(i, k + 1))


def times_of_a_flow(formula: RefinedTimes, instance: Instance) -> Evidence:
    """One integrated flow: when its modes pass half their final strength, at scales down to 1e-30."""
    network, problem = instance["network"], instance["network"].problem
    sigma = np.array([float(s) for s in network.sigma])

    def errors(text: str) -> Array:
        scale = InitScale(text)
        flow = numeric.gradient_flow(problem, scale, start=network.start, tolerance=1e-11)
        seen = numeric.half_strength_times(problem, flow) * scale.log_inverse
        return np.asarray(np.abs(seen - predicted(formula, network, scale.log_inverse)) * sigma)

    last = errors(LAST)
    if not (last <= REACHED).all():
        witness = {**network.as_record(), "errors": last, "ε": LAST}
        return Evidence.refuted("an integrated flow jumps at other times", witness, instances=1)
    logs = [-InitScale(text).log_inverse for text in SCALES]
    rows = np.array([errors(text) for text in SCALES]).T
    powers = [fit_power(logs, np.log(row)).exponent for row in rows if (row > SMALLEST).all()]
    figures = {"worst": float(last.max()), "powers of ε": powers}
    return Evidence.of(Level.CONVERGED, "errors fall as powers of ε, down to the integrator's", instances=1, **figures)


def flows(formula: RefinedTimes, context: Context, *, count: int) -> Evidence:
    """The derivation for aligned starts, and integrated flows from Gaussian starts, in either order of loss.

    The derivation proves the times of aligned starts and that earlier modes repel; that nothing else is left in the
    limit, for a generic start, is what the flows show.
    """
    return weakest(_links(formula, context, count))


def _links(formula: RefinedTimes, context: Context, count: int) -> Iterator[Evidence]:
    yield every_step(formula, context, name="LIN-21", parts=lambda parts: dict(vars(parts)))
    number, worst, powers = 0, 0.0, []
    for number, instance in enumerate(_instances(context, count), start=1):
        one = times_of_a_flow(formula, instance)
        if one.level is None:
            yield replace(one, instances=number)
            return
        worst = max(worst, one.figures["worst"])
        powers += one.figures["powers of ε"]
    detail = f"jump times of {number} flows, the errors falling as powers of ε to the integrator's"
    slowest = min(powers, default=float("nan"))
    if not slowest > 0.1:
        yield Evidence.inconclusive("no power of ε was fitted, or it does not tend to zero", powers=powers)
        return
    yield Evidence.of(Level.CONVERGED, detail, instances=number, worst=worst, smallest_power=slowest)


def _instances(context: Context, count: int) -> Iterator[Instance]:
    drawn = context.hypotheses.instances(context.random(), count)
    return islice(chain(({"network": network} for network in FIXED), drawn), count)


def gaussian_starts(formula: RefinedTimes, context: Context) -> Evidence:
    """The derivation of the chi law's logarithm, and means over Gaussian starts, layers of two variances included."""
    return weakest(_gaussian_links(formula, context))


def _gaussian_links(formula: RefinedTimes, context: Context) -> Iterator[Evidence]:
    yield every_step(formula, context, name="LIN-21", parts=lambda parts: dict(vars(parts)))
    random, worst = np.random.default_rng(context.seed % 2**32), 0.0
    sigma, variances, scale = (2.0, 1.2, 0.7), (1.5, 1.0, 0.8), 35.0
    for hidden, (of_a, of_w) in ((3, (1.0, 1.0)), (4, (0.5, 2.0)), (6, (1.0, 1.0))):
        z = random.standard_normal((TRIALS, hidden, 3)) * of_a + random.standard_normal((TRIALS, hidden, 3)) * of_w
        logs = np.log(np.abs(np.asarray(np.linalg.qr(z / np.sqrt(2), mode="r"))[:, np.arange(3), np.arange(3)]))
        for j in range(1, 4):
            spread = float(np.sqrt((of_a**2 + of_w**2) / 2))
            values = {sym.spread: spread, sym.hidden: hidden, sym.mode: j, sym.log_inverse: scale}
            values |= {sym.sigma_k: sigma[j - 1], sym.variance: variances[j - 1]}
            times = (scale - logs[:, j - 1] + np.log(2 * sigma[j - 1] / variances[j - 1]) / 2) / sigma[j - 1]
            for what, seen, claimed in (
                ("logarithm of the overlap", logs[:, j - 1], formula.mean_log_overlap()),
                ("jump time", times, formula.mean_refined_jump_time()),
            ):
                error = float(seen.std() / np.sqrt(TRIALS))
                off = abs(complex(claimed.subs(values).evalf()) - float(seen.mean())) / error
                if not off <= DEVIATIONS:
                    witness = {"mean of": what, "H": hidden, "mode": j, "seen": float(seen.mean()), "error": error}
                    yield Evidence.refuted("another mean over Gaussian starts", witness, instances=TRIALS)
                    return
                worst = max(worst, off)
    detail = f"means over {TRIALS} Gaussian starts, H = 3, 4, 6"
    yield Evidence.of(Level.SAMPLED, detail, instances=TRIALS, worst_in_standard_errors=round(worst, 3))


_CLOSED_FORM = RefinedTimes()


def _norm_of_the_vector(number: int) -> Expr:
    return inner_product(number, number)


LIN_21 = Claim(
    id="LIN-21",
    system="linear",
    title="jump times with their O(1) terms",
    statement="For commuting moments with distinct singular values mode k passes half its final strength at t_k = "
    "(1/σ_k)[log(1/ε) + log(1/r_kk) + ½ log(2σ_k/Λ_k)] + o(1), r_kk being what is left of z_k = (Aᵀu_k + Wv_k)/√2 "
    "beyond z_1, …, z_(k−1); over Gaussian starts r_kk/s is chi distributed with H − k + 1 degrees of freedom.",
    kind=Kind.LIMIT,
    status=Status.LEMMA,
    source=Source("this project"),
    hypotheses=Hypotheses((CommutingMoments(), COMMUTING, DISTINCT)),
    formula=_CLOSED_FORM,
    checks=(
        Check("flows", partial(flows, count=2), time_limit=120),
        Check("Gaussian starts", gaussian_starts),
        Check("many flows", partial(flows, count=8), Cost.FULL, time_limit=240),
    ),
    mutants=(
        Mutant(
            "norm-of-the-vector",
            replace(_CLOSED_FORM, squared_overlap=_norm_of_the_vector),
            "‖z_k‖ for r_kk: what earlier modes take is forgotten",
        ),
        Mutant(
            "chi-of-the-width",
            replace(_CLOSED_FORM, mean_log_overlap=lambda: closed_form.mean_log_overlap().subs(sym.mode, 1)),
            "H degrees of freedom for every mode",
        ),
        Mutant(
            "half-logarithm-dropped",
            replace(
                _CLOSED_FORM,
                refined_jump_time=lambda: (sym.log_inverse - sympy.log(sym.overlap)) / sym.sigma_k,
            ),
            "½ log(2σ/Λ) dropped",
        ),
        Mutant(
            "variance-forgotten",
            replace(_CLOSED_FORM, refined_jump_time=lambda: closed_form.refined_jump_time().subs(sym.variance, 1)),
            "Λ forgotten",
        ),
    ),
    parts=(
        *without_arguments(_CLOSED_FORM, "refined_jump_time"),
        *by_choice(_CLOSED_FORM, "squared_overlap", (1, 2)),
        *without_arguments(_CLOSED_FORM, "mean_log_overlap", within={sym.hidden: (3, None), sym.mode: (0, 3)}),
        *without_arguments(_CLOSED_FORM, "mean_refined_jump_time", within={sym.hidden: (3, None), sym.mode: (0, 3)}),
    ),
    remark="A theorem for starts aligned with the modes, where ε² is all that is left out; for generic starts it is "
    "seen to hold, up to powers of ε that the gaps decide.",
    necessity=LIN_21_NEEDS,
    probes=(Probe("times of a flow", times_of_a_flow, examples=30),),
)
