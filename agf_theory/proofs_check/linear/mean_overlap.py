"""LIN-07: the mean of log(1/overlap) of a random neuron."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

import flint
import numpy as np
import sympy
from sympy import Expr

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Integer
from agf_theory.proofs_check.linear.dormant_necessity import LIN_07_NEEDS, NO_LARGER, UNIFORM
from agf_theory.proofs_check.linear.dormant_neurons import rational_orthogonal
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["LIN_07", "beta_integral"]

Formula = Callable[[], Expr]
_END = 12
"""Where the tail of the integral begins: it is below e^(-144)."""


def beta_integral(n: int, m: int) -> flint.arb:
    r"""The mean of log(1/√x) under the law Beta(m/2, (n − m)/2) of the squared overlap, by rigorous quadrature.

    With x = e^(−2v²) the integrand is analytic and vanishes at v = 0. There it is 4 v³ e^(−m v²) (1 − e^(−2v²))^(b − 1)
    over the Beta function, b = (n − m)/2, and 1 − e^(−2v²) = 2 v² e^(−v²) sinc(i v²). The tail beyond v = 12 is at most
    twice the integral of 4 v³ e^(−m v²).
    """

    def integrand(v: flint.acb, analytic: bool) -> flint.acb:
        square = v * v
        rest = 2 * (-square).exp() * (flint.acb(0, 1) * square).sinc()
        power = rest ** ((n - m) // 2 - 1)
        if (n - m) % 2:
            power = power * rest.sqrt(analytic=analytic)
        return 4 * v ** (n - m + 1) * (-m * square).exp() * power

    body = flint.acb.integral(integrand, 0, _END).real
    end = flint.arb(m * _END**2)
    tail = 4 * (end + 1) * (-end).exp() / m**2
    a, b = ball(Fraction(m, 2)), ball(Fraction(n - m, 2))
    return (body + tail / 2 + flint.arb(0, 1) * tail / 2) * (a + b).gamma() / (a.gamma() * b.gamma())


def mean_at(formula: Formula, instance: Instance) -> Evidence:
    """One pair of dimensions in balls: the formula against the Beta integral."""
    n, m = instance["n"], instance["m"]
    with flint.ctx.workprec(128):
        seen = beta_integral(n, m) if m < n else flint.arb(0)  # the whole sphere: the overlap is one
        claimed = ball_value(formula(), {sym.dimension: n, sym.multiplicity: m})
        miss = claimed - seen
    if not miss.contains(0):
        witness = {**instance, "integral": seen.str(10), "claimed": claimed.str(10)}
        return Evidence.refuted("the mean is another number", witness, instances=1)
    width = float(miss.rad()) if miss.is_finite() else float("inf")
    if not width < 1e-25:
        return Evidence.inconclusive("balls too wide", widest=width)
    detail = "balls of width below 1e-25 meet the Beta integral"
    return Evidence.of(Level.CERTIFIED, detail, instances=1, widest=width)


def enclosed_integrals(formula: Formula, context: Context) -> Evidence:
    """Rigorous quadrature of the Beta integral against the formula, for dimensions of either parity."""
    drawn = list(context.instances(20))
    found = over_instances(mean_at, formula, drawn)
    if found.level is not None and len({(instance["n"] - instance["m"]) % 2 for instance in drawn}) < 2:
        return Evidence.inconclusive("dimensions of one parity only")
    return found


DRAWS = 100_000
_SHAPES = ((1, 1, 1), (2, 3, 1), (3, 3, 2), (3, 4, 3))


def random_neurons(formula: Formula, context: Context) -> Evidence:
    """Normal weights under residuals with repeated σ_1: the mean of log(1/overlap) over 100,000 neurons.

    The mean of so many has a standard error of sd/√100000; five of them are allowed, which one sample in a million of
    a true formula exceeds.
    """
    random, farthest = context.random(), 0.0
    rng = np.random.default_rng(context.seed)
    for c, d, m in _SHAPES:
        left, right = (np.array(rational_orthogonal(random, size), dtype=float) for size in (c, d))
        a, w = rng.standard_normal((DRAWS, c)), rng.standard_normal((DRAWS, d))
        top = (a @ left[:, :m] + w @ right[:, :m]) / np.sqrt(2)
        squared = (top**2).sum(axis=1) / ((a**2).sum(axis=1) + (w**2).sum(axis=1))
        sample = -np.log(squared) / 2
        claimed = float(formula().subs({sym.dimension: c + d, sym.multiplicity: m}).evalf())
        errors = abs(sample.mean() - claimed) / (sample.std() / np.sqrt(DRAWS))
        farthest = max(farthest, float(errors))
        if not errors <= 5:
            witness: dict[str, Any] = {"c": c, "d": d, "m": m, "mean": float(sample.mean()), "claimed": claimed}
            return Evidence.refuted("random neurons have another mean", {**witness, "standard errors": float(errors)})
    detail = f"means over {DRAWS} random neurons lie within five standard errors"
    return Evidence.of(Level.SAMPLED, detail, instances=len(_SHAPES), farthest_in_standard_errors=round(farthest, 3))


LIN_07 = Claim(
    id="LIN-07",
    system="linear",
    title="mean overlap of a random neuron",
    statement="For a start of uniform direction in n = c + d dimensions the mean of log(1/‖z_1‖), z_1 the projection "
    "on the growing eigenvectors of a singular value of multiplicity m, is (ψ(n/2) − ψ(m/2))/2.",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("this project", "mean of the expansion of LIN-06"),
    hypotheses=Hypotheses((Integer("n", 1, drawn=9), Integer("m", 1, drawn=6), NO_LARGER, UNIFORM)),
    formula=closed_form.mean_log_inverse_overlap,
    checks=(
        Check("enclosed integrals", enclosed_integrals),
        Check("random neurons", random_neurons),
        Check("derivation", partial(every_step, name="LIN-07", parts=lambda formula: {"mean": formula})),
    ),
    mutants=(
        Mutant(
            "one-dimension-less",
            lambda: closed_form.mean_log_inverse_overlap().subs(sym.dimension, sym.dimension - 1),
            "n − 1 for n, the dimension of the sphere",
        ),
        Mutant(
            "always-simple",
            lambda: closed_form.mean_log_inverse_overlap().subs(sym.multiplicity, 1),
            "m = 1 whatever the multiplicity",
        ),
        Mutant(
            "log-of-mean",
            lambda: sympy.log(sym.dimension / sym.multiplicity) / 2,
            "the logarithm of the mean squared overlap m/n for the mean of the logarithm",
        ),
        Mutant("half-dropped", lambda: 2 * closed_form.mean_log_inverse_overlap(), "squared overlap for overlap"),
    ),
    remark="For a linear network m is at most min(c, d), half of n; the formula holds up to m = n.",
    necessity=LIN_07_NEEDS,
    parts=without_arguments(closed_form.mean_log_inverse_overlap),
    probes=(Probe("mean", mean_at, examples=100),),
)
