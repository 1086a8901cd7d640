"""FRM-03 and FRM-04: the norm from the accumulated utility, and the threshold at which a neuron becomes active."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

import flint
import numpy as np
import sympy
from scipy.integrate import solve_ivp
from sympy import Expr, Symbol

from agf_theory.closed_form import framework as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level, Outcome, weakest
from agf_theory.proofs_check.framework.necessity import FRM_03_NEEDS, FRM_04_NEEDS
from agf_theory.proofs_check.framework.neurons import DormantNeuron, HomogeneousNeuron
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Quantity
from agf_theory.proofs_check.identity import PRECISION, vanishes
from agf_theory.proofs_check.parts import by_degree

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["EXCESS", "FRM_03", "FRM_04", "ByDegree", "branches", "one_formula", "time_to_norm_one"]

ByDegree = Callable[[int | None], Expr]
"""A formula with one branch at degree 2 and one above: of a number, or of None for both as a `Piecewise`."""

EXCESS = Symbol("x", positive=True)
"""κ − 2, where κ > 2."""


def branches(formula: ByDegree) -> list[tuple[Expr, Expr]]:
    """Every branch with its κ − 2: the degrees 2 to 6 as numbers, κ = 2 of the `Piecewise`, and every κ > 2."""
    at_two, _ = formula(None).args
    numbers = [(formula(2 + excess), sympy.Integer(excess)) for excess in range(5)]
    return [*numbers, (at_two[0], sympy.Integer(0)), (_above_two(formula), EXCESS)]


def one_formula(formula: ByDegree, random: Random) -> Evidence:
    """The formula of a number is the branch of the `Piecewise` there, and each branch stands at its degrees.

    Numbers up to 12 and one larger: of a function of a number no more can be looked at.
    """
    (at_two, _), (above, _) = formula(None).args
    for degree in (Fraction(2), Fraction(201, 100), Fraction(3), Fraction(1000)):
        stands = [branch for branch, when in formula(None).args if when.subs(sym.kappa, _rational(degree)) == True]  # noqa: E712
        if stands[:1] != [at_two if degree == 2 else above]:
            return Evidence.refuted("another branch stands at a degree", {"κ": degree, "branches": stands})
    return weakest(
        vanishes(
            formula(degree) - (at_two if degree == 2 else above.subs(sym.kappa, degree)),
            what="one formula for numbers and for every κ",
            random=random,
            within={sym.norm_0: (0, 1), sym.S: (-1, 0)},  # where the norm of every degree is finite
        )
        for degree in (*range(2, 13), random.randint(13, 40))
    )


def _rational(number: Fraction) -> sympy.Rational:
    return sympy.Rational(number.numerator, number.denominator)


def _above_two(formula: ByDegree) -> Expr:
    return formula(None).args[1][0].subs(sym.kappa, 2 + EXCESS)


def solves_the_growth_equation(formula: ByDegree, context: Context) -> Evidence:
    """FRM-02 on the clock of the accumulated utility reads dN/dS = η N^(κ−1), N(0) = N_0."""
    base = Symbol("B", positive=True)
    # Below the blow-up the accumulated utility is (N_0^−x − B)/(x η) for some B > 0, and for each B > 0 it is below.
    utility = (sym.norm_0**-EXCESS - base) / (EXCESS * sym.eta)
    residuals = []
    for norm, excess in branches(formula):
        instead = utility.subs(EXCESS, excess) if excess else sym.S
        residuals.append((norm.diff(sym.S) - sym.eta * norm ** (1 + excess)).subs(sym.S, instead))
        residuals.append(norm.subs(sym.S, 0) - sym.norm_0)

    def simplified(residual: Expr) -> Expr:
        return sympy.simplify(sympy.powdenest(sympy.simplify(residual)))

    what = "growth equation and initial norm, κ = 2 and every κ > 2"
    links = weakest(
        [
            one_formula(formula, context.random()),
            *(vanishes(residual, what=what, random=context.random(), tactics=(simplified,)) for residual in residuals),
        ]
    )
    return links.by_hand("the solution of the growth equation is unique")


def integrated_norm(formula: ByDegree, instance: Instance) -> Evidence:
    """The norm of one integrated neuron; see `integrated_neurons` for the tolerance."""
    neuron = instance["neuron"]
    seen, accumulated = _flow(neuron)
    if abs(seen / float(neuron.norm) - 1) < 0.01:
        return Evidence.inconclusive("the norm has hardly changed before a kink")
    values = {sym.norm_0: float(neuron.norm), sym.S: accumulated, sym.eta: 1}
    claimed = complex(formula(neuron.utility.degree).subs(values))
    miss = abs(claimed - seen) / seen
    if not miss <= 1e-7:
        witness = {"neuron": str(neuron), "accumulated utility": accumulated, "norm": seen, "claimed": str(claimed)}
        return Evidence.refuted("an integrated neuron has another norm", witness, instances=1)
    return Evidence.of(Level.SAMPLED, "norms of integrated neurons agree within 1e-7", instances=1, worst=miss)


def integrated_neurons(formula: ByDegree, context: Context) -> Evidence:
    """Gradient flow of θ and of its accumulated utility, integrated together; the residual may move.

    Both are integrated to 1e-12 while the norm changes by a factor of three at most, which can amplify an error of
    the accumulated utility by η N^(κ−2) times its size: below 1e-9. The tolerance is 1e-7. Flows that end at a kink
    before the norm has changed by a hundredth show nothing: they are left out, and counted.
    """
    count, still, worst, detail = 0, 0, 0.0, ""
    for instance in context.instances(24):
        one = integrated_norm(formula, instance)
        if one.outcome is Outcome.INCONCLUSIVE:
            still += 1
            continue
        count += 1
        if one.level is None:
            return replace(one, instances=count)
        worst, detail = max(worst, one.figures["worst"]), one.detail
    return Evidence.of(Level.SAMPLED, detail, instances=count, worst=worst, left_out_unmoved=still)


def _flow(neuron: DormantNeuron) -> tuple[float, float]:
    neuron = neuron.in_floats()
    utility, norm = neuron.utility, float(neuron.norm)

    def velocity(time: float, state: Any) -> Any:
        theta = state[:-1]
        normalised = float(neuron.value_at(time, theta / np.linalg.norm(theta)))
        return [*map(float, neuron.gradient_at(time, theta)), utility.degree * normalised]

    def tripled(_: float, state: Any) -> float:
        return float(abs(np.log(np.linalg.norm(state[:-1]) / norm)) - np.log(3))

    def kink(_: float, state: Any) -> float:
        # Beyond a kink the flow may slide along it, and no step is small enough.
        return min(utility.kink_distance(state[:-1]), 1.0) - 1e-3

    tripled.terminal = kink.terminal = True  # type: ignore[attr-defined]
    start = [*map(float, neuron.theta), 0.0]
    run = solve_ivp(velocity, (0.0, 1.0), start, method="DOP853", rtol=1e-12, atol=1e-14, events=(tripled, kink))
    return float(np.linalg.norm(run.y[:-1, -1])), float(run.y[-1, -1])


def time_to_norm_one(norm: Fraction, degree: Fraction, eta: Fraction) -> flint.arb:
    """Accumulated utility until norm one: the integral of dN/(η N^(κ−1)) from the initial norm to 1, as a ball."""
    exponent = flint.acb(ball(1 - degree))
    integral = flint.acb.integral(lambda n, analytic: n.pow(exponent, analytic=analytic), ball(norm), 1)
    return integral.real / ball(eta)


def is_the_integral(formula: ByDegree, context: Context) -> Evidence:
    """dS/dN = 1/(η N^(κ−1)), so the threshold is an integral over the initial norm; its limit at κ = 2."""
    residuals = []
    for branch, excess in branches(formula):
        slope = branch.diff(sym.norm_0) + sym.norm_0 ** -(1 + excess) / sym.eta
        residuals += [("derivative in the initial norm", slope), ("zero at norm one", branch.subs(sym.norm_0, 1))]
    limit = sympy.limit(_above_two(formula), EXCESS, 0, "+")
    residuals.append(("limit κ → 2", limit - formula(2)))
    links = [
        vanishes(residual, what=what, random=context.random(), within={sym.norm_0: (0, 4)})
        for what, residual in residuals
    ]
    return weakest([one_formula(formula, context.random()), *links])


def enclosed_integral(formula: ByDegree, instance: Instance) -> Evidence:
    """Rigorous quadrature of dN/(η N^(κ−1)) for one neuron against the formula."""
    norm, eta, degree = instance["N_0"], instance["η"], instance["κ"]
    with flint.ctx.workprec(PRECISION):
        expected = time_to_norm_one(norm, degree, eta)
        branch = formula(None).subs(sym.kappa, _rational(degree))
        difference = expected - (claimed := ball_value(branch, {sym.norm_0: norm, sym.eta: eta}))
        if not difference.contains(0):
            witness = {**instance, "integral": expected.str(12), "claimed": claimed.str(12)}
            return Evidence.refuted("the integral is another number", witness, instances=1)
        width = float(difference.rad())
    if not width < 1e-30:
        return Evidence.inconclusive("balls too wide", widest=width)
    return Evidence.of(Level.CERTIFIED, "balls of width below 1e-30 meet the integral", instances=1, widest=width)


def enclosed_integrals(formula: ByDegree, context: Context) -> Evidence:
    """Rigorous quadrature of dN/(η N^(κ−1)) against the formula, degrees that are no integers included."""
    count, widest, detail = 0, 0.0, ""
    for count, instance in enumerate(context.instances(24), start=1):
        one = enclosed_integral(formula, instance)
        if one.level is None:
            return replace(one, instances=one.instances and count)
        widest, detail = max(widest, one.figures["widest"]), one.detail
    return Evidence.of(Level.CERTIFIED, detail, instances=count, widest=widest)


def _both(two: Callable[[], Expr], above: Callable[[], Expr]) -> ByDegree:
    def formula(degree: int | None) -> Expr:
        if degree is None:
            return sympy.Piecewise((two(), sympy.Eq(sym.kappa, 2)), (above(), sym.kappa > 2))
        return two() if degree == 2 else above().subs(sym.kappa, degree)

    return formula


def _changed(formula: ByDegree, change: Callable[[Expr], Expr]) -> ByDegree:
    return _both(lambda: change(formula(2)), lambda: change(formula(None).args[1][0]))


def _norm_without_excess() -> Expr:
    return (sym.norm_0 ** (2 - sym.kappa) - sym.eta * sym.S) ** (-1 / (sym.kappa - 2))


FRM_03 = Claim(
    id="FRM-03",
    system="framework",
    title="norm from the accumulated utility",
    statement="A neuron of initial norm N_0 and accumulated utility S = ∫ κ Û dt, Û under the residual "
    "of the time, has norm N_0 e^(η S) if κ = 2 and (N_0^(2−κ) − (κ − 2) η S)^(−1/(κ−2)) if κ > 2.",
    kind=Kind.EQUALITY,
    status=Status.LEMMA,
    source=Source("kunin2025", "Section 3"),
    hypotheses=Hypotheses((HomogeneousNeuron(moving=True),)),
    formula=closed_form.norm,
    checks=(
        Check("growth equation", solves_the_growth_equation),
        Check("integrated neurons", integrated_neurons),
        Check("derivation", partial(every_step, name="FRM-03", parts=lambda formula: {"norm": formula})),
    ),
    mutants=(
        Mutant(
            "excess-dropped",
            _both(lambda: closed_form.norm(2), _norm_without_excess),
            "factor κ − 2 dropped before the accumulated utility",
        ),
        Mutant(
            "exponent-kappa-minus-one",
            _both(
                lambda: closed_form.norm(2),
                lambda: (sym.norm_0 ** (2 - sym.kappa) - (sym.kappa - 2) * sym.eta * sym.S) ** (-1 / (sym.kappa - 1)),
            ),
            "exponent −1/(κ − 1) for −1/(κ − 2)",
        ),
        Mutant(
            "sign-of-utility",
            _changed(closed_form.norm, lambda norm: norm.subs(sym.S, -sym.S)),
            "sign of the accumulated utility",
        ),
        Mutant(
            "doubled-at-two",
            _both(lambda: closed_form.norm(2).subs(sym.S, 2 * sym.S), lambda: closed_form.norm(None).args[1][0]),
            "κ counted twice for κ = 2",
        ),
    ),
    remark="The source freezes the residual; that is not needed. κ ≥ 2 is the range of the theory: below it the second "
    "formula stays true until the norm is zero. Kinks of a locally Lipschitz utility do no harm, see FRM-01.",
    parts=by_degree(closed_form.norm, "", sym.kappa, within={sym.kappa: (2, None), sym.norm_0: (0, 1)}),
    necessity=FRM_03_NEEDS,
    probes=(Probe("integrated norm", integrated_norm, examples=60),),
)


class RationalDegree(Quantity):
    """κ from 2 to 6 in steps of a half: 2 itself must occur, and so must degrees that are no integers."""

    def draw(self, random: Random, size: int) -> Fraction:
        return 2 + Fraction(random.randint(0, min(8, 1 + size)), 2)

    def strategy(self) -> SearchStrategy[Fraction]:
        from agf_theory.proofs_check.strategies import simple_rationals

        return simple_rationals(2, 6, denominators=2)

    @property
    def range_drawn(self) -> str:
        return f"{self.variable} in {{2, 5/2, …, 6}}"


FRM_04 = Claim(
    id="FRM-04",
    system="framework",
    title="threshold of the accumulated utility",
    statement="A neuron of initial norm N_0 has norm one when its accumulated utility is −log(N_0)/η if κ = 2 and "
    "(N_0^(2−κ) − 1)/((κ − 2) η) if κ > 2, and only then; the second threshold tends to the first as κ tends to 2.",
    kind=Kind.EQUALITY,
    status=Status.LEMMA,
    source=Source("kunin2025", "Section 3"),
    hypotheses=Hypotheses(
        (
            Quantity("N_0", 0, drawn=(0, 3)),
            Quantity("η", 0),
            RationalDegree("κ", 2, low_included=True),
        )
    ),
    formula=closed_form.threshold,
    checks=(
        Check("integral", is_the_integral),
        Check("enclosed integrals", enclosed_integrals),
        Check("derivation", partial(every_step, name="FRM-04", parts=lambda formula: {"threshold": formula})),
    ),
    mutants=(
        Mutant(
            "minus-one-dropped",
            _both(
                lambda: closed_form.threshold(2),
                lambda: closed_form.threshold(None).args[1][0] + 1 / ((sym.kappa - 2) * sym.eta),
            ),
            "blow-up of the norm for norm one: − 1 dropped",
        ),
        Mutant("rate-dropped", _changed(closed_form.threshold, lambda threshold: threshold * sym.eta), "1/η dropped"),
        Mutant(
            "excess-off-by-one",
            _both(
                lambda: closed_form.threshold(2),
                lambda: (sym.norm_0 ** (2 - sym.kappa) - 1) / ((sym.kappa - 1) * sym.eta),
            ),
            "κ − 1 for κ − 2 in the denominator",
        ),
        Mutant(
            "sign-at-two",
            _both(lambda: -closed_form.threshold(2), lambda: closed_form.threshold(None).args[1][0]),
            "sign for κ = 2",
        ),
    ),
    remark="N_0 < 1 is not needed: a larger norm has a negative threshold, which a neuron of negative utility meets "
    "as it shrinks. Nor is a frozen residual, nor κ ≥ 2, as in FRM-03.",
    parts=by_degree(closed_form.threshold, "", sym.kappa, within={sym.kappa: (2, None), sym.norm_0: (0, 1)}),
    necessity=FRM_04_NEEDS,
    equivalent={
        "hypothesis dropped: 0 < η": "a learning rate is positive by name; a negative one turns time round, and the "
        "equality holds for it too",
        "hypothesis dropped: 2 ≤ κ": "below 2 the formula is not defined, though its second branch stays true",
    },
    probes=(Probe("enclosed integral", enclosed_integral, examples=200),),
)
