"""MOD-19: loss and gradient over all pairs of inputs, from means over each input alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
from sympy import Expr, Rational, Symbol, expand, lambdify, symbols

from agf_theory.closed_form import modular as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.numeric import modular as numeric
from agf_theory.numeric.modular.interaction import Responses, pair_moments, pulls
from agf_theory.problems import ModularAddition
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.modular.rational_tasks import RationalTask, TaskAndNeuron
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["MOD_19", "PopulationMoments"]

Values = tuple[Fraction, ...]

ROUNDING = 1e-13
"""Of the largest term that is summed: some hundred roundings of 1e-16 add up to less."""


@dataclass(frozen=True)
class PopulationMoments:
    """What MOD-19 states, in symbols of `closed_form.symbols`.

    Attributes
    ----------
    moment, pull
        E[s_i² s_j²], and its derivative by g_i(a) with j held fixed.
    """

    moment: Callable[[], Expr] = closed_form.pair_moment
    pull: Callable[[], Expr] = closed_form.pair_pull


def independent_inputs(formula: PopulationMoments, context: Context) -> Evidence:
    """Both expressions from the polynomial (g_i + h_i)² (g_j + h_j)²: a and b are independent, so means multiply."""
    g = sym.response_i, sym.response_j
    h = symbols("h_i h_j", real=True)
    square = (g[0] + h[0]) ** 2 * (g[1] + h[1]) ** 2
    moment = _mean(_mean(square, h, sym.means_h), g, sym.means_g)
    pull = _mean(square.diff(g[0]), h, sym.means_h) / sym.modulus
    for name, seen, stated in (("moment", moment, formula.moment()), ("pull", pull, formula.pull())):
        if expand(seen - stated) != 0:
            return Evidence.inconclusive(f"the {name} is another polynomial", difference=str(expand(seen - stated)))
    detail = "both polynomials, for every p, width and template"
    return Evidence.of(Level.PROVED, detail).by_hand("a and b are independent and uniform; g_i(a) has weight 1/p")


def _mean(polynomial: Expr, values: tuple[Symbol, ...], means: Mapping[tuple[int, int], Symbol]) -> Expr:
    """Monomials in the values of two neurons at one input, replaced by their means."""
    terms = expand(polynomial).as_poly(*values).terms()
    return sum(coefficient * means.get(powers, 1) for powers, coefficient in terms)


def _responses(task: RationalTask) -> tuple[list[Values], list[Values]]:
    """g and h of two neurons: that of the task, and the one with its three vectors moved round."""

    def seen(weights: Values) -> Values:
        p = task.p
        return tuple(sum((weights[j] * task.x[(j - a) % p] for j in range(p)), Fraction(0)) for a in range(p))

    return [seen(task.u), seen(task.w)], [seen(task.v), seen(task.u)]


def in_fractions(formula: PopulationMoments, instance: Instance) -> Evidence:
    """Two neurons on one template: sums over all pairs, in fractions, against both formulas."""
    task: RationalTask = instance["task"]
    g, h = _responses(task)
    moment, pull, p = formula.moment(), formula.pull(), task.p
    for i, j in ((0, 0), (0, 1), (1, 0), (1, 1)):
        means = _means(sym.means_g, g[i], g[j]) | _means(sym.means_h, h[i], h[j]) | {sym.modulus: Rational(p)}
        sums = [[(g[i][a] + h[i][b], g[j][a] + h[j][b]) for b in range(p)] for a in range(p)]
        over_pairs = sum((s * s * t * t for row in sums for s, t in row), Fraction(0)) / p**2
        found = {"moment": (over_pairs, moment.subs(means))}
        for a in range(p):
            by_value = sum((2 * s * t * t for s, t in sums[a]), Fraction(0)) / p**2
            at = means | {sym.response_i: _rational(g[i][a]), sym.response_j: _rational(g[j][a])}
            found[f"pull at {a}"] = (by_value, pull.subs(at))
        for what, (seen, stated) in found.items():
            if stated != _rational(seen):
                witness = {"task": str(task), "what": what, "over pairs": seen, "formula": str(stated)}
                return Evidence.refuted("the formula is another number than the sum over pairs", witness, instances=1)
    return Evidence.of(Level.EXACT, "sums over all pairs of inputs, in fractions", instances=1)


def _means(named: Mapping[tuple[int, int], Symbol], one: Values, other: Values) -> dict[Symbol, Rational]:
    return {
        symbol: _rational(sum((s**m * t**n for s, t in zip(one, other, strict=True)), Fraction(0)) / len(one))
        for (m, n), symbol in named.items()
    }


def _rational(value: Fraction) -> Rational:
    return Rational(value.numerator, value.denominator)


def networks_in_fractions(formula: PopulationMoments, context: Context) -> Evidence:
    """Overlaps of two neurons and their derivatives, on rational templates, centred and not."""
    return over_instances(in_fractions, formula, context.instances(12))


def fast_gradient(formula: PopulationMoments, context: Context) -> Evidence:
    """Networks in floats: loss and gradient without the pairs against the pairs, the overlaps against the formula."""
    random, worst = np.random.default_rng(context.seed % 2**32), 0.0
    moment = lambdify([*sym.means_g.values(), *sym.means_h.values()], formula.moment(), modules="numpy")
    for number, p in enumerate((2, 3, 4, 5, 6, 8, 9, 12, 13, 20), start=1):
        problem = ModularAddition([int(k) for k in random.integers(-3, 4, p - 1)] + [4])
        problem = problem if number % 2 else problem.centred()
        weights = random.standard_normal((3, 5, p)) / np.sqrt(3 * p)
        u, v, _ = weights
        inputs = np.array([np.roll(problem.template, a) for a in range(p)])
        seen, size = Responses.of(u @ inputs.T, v @ inputs.T), numeric.loss_over_pairs(problem, *weights)
        overlaps = pair_moments(seen, seen)
        powers = [[_power_means(values, m, n) for m, n in sym.means_g] for values in (seen.g, seen.h)]
        pairs = {
            "overlaps": (overlaps, moment(*powers[0], *powers[1])),
            "loss": (numeric.population_loss(problem, *weights), size),
            "gradient": (
                numeric.population_gradient(problem, *weights),
                numeric.gradient_over_pairs(problem, *weights),
            ),
            "sum of pulls": (pulls(seen, seen, np.eye(5))[0], _pulls(seen.g, seen.h)),
        }
        for what, (found, stated) in pairs.items():
            scale = max(size, float(np.abs(stated).max()))
            off = float(np.abs(np.asarray(found) - np.asarray(stated)).max()) / scale
            worst = max(worst, off)
            if not off < ROUNDING:
                witness = {"template": problem.template, "weights": weights, "what": what, "off by": off}
                return Evidence.refuted("the fast route has other numbers", witness, instances=number)
    return Evidence.of(Level.SAMPLED, "loss, gradient and overlaps, against all pairs", instances=10, worst=worst)


def _power_means(values: np.ndarray[Any, Any], m: int, n: int) -> np.ndarray[Any, Any]:
    """Mean of one neuron's m-th power times another's n-th, for all pairs of neurons."""
    return np.asarray((values**m) @ (values**n).T / values.shape[1])


def _pulls(g: np.ndarray[Any, Any], h: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """2/p² Σ_b s_i³, over the pairs."""
    p = g.shape[1]
    return np.asarray(2 * ((g[:, :, None] + h[:, None, :]) ** 3).sum(axis=2) / p**2)


_OWN = PopulationMoments()


def _without(expression: Callable[[], Expr], *lost: Symbol) -> Callable[[], Expr]:
    return lambda: expression().subs(dict.fromkeys(lost, 0))


MOD_19 = Claim(
    id="MOD-19",
    system="modular",
    title="population loss and gradient without the pairs",
    statement="E[s_i² s_j²] over all pairs (a, b), s = u·x_a + v·x_b, and its derivatives are polynomials in means "
    "over a and over b alone, for every template, centred or not; loss and gradient take O(H p log p + H² p).",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("this project", "population gradient on modular addition"),
    hypotheses=Hypotheses((TaskAndNeuron(),)),
    formula=_OWN,
    checks=(
        Check("independent inputs", independent_inputs),
        Check("networks in fractions", networks_in_fractions),
        Check("fast gradient", fast_gradient),
    ),
    mutants=(
        Mutant(
            "centred-moment",
            replace(
                _OWN,
                moment=_without(
                    closed_form.pair_moment,
                    *(sym.means_g[k] for k in ((1, 0), (0, 1))),
                    *(sym.means_h[k] for k in ((1, 0), (0, 1))),
                ),
            ),
            "without the terms with means of g and h, which vanish for a centred template only",
        ),
        Mutant(
            "centred-pull",
            replace(_OWN, pull=_without(closed_form.pair_pull, *(sym.means_h[k] for k in ((0, 1), (1, 0), (1, 2))))),
            "the same in the derivative",
        ),
        Mutant(
            "no-cross-products",
            replace(_OWN, moment=_without(closed_form.pair_moment, sym.means_g[1, 1])),
            "without 4 ⟨g_i g_j⟩⟨h_i h_j⟩: squares of sums as sums of squares",
        ),
        Mutant(
            "pull-of-the-whole-square",
            replace(_OWN, pull=lambda: 2 * closed_form.pair_pull()),
            "both neurons moved at once: twice the derivative for i = j, and for no other pair",
        ),
    ),
    remark="No hypothesis to drop. Counting the operations is by hand: p log p a neuron for the correlations, and p "
    "for each mean of two neurons.",
    parts=(*without_arguments(_OWN, "moment"), *without_arguments(_OWN, "pull")),
    probes=(Probe("in fractions", in_fractions, examples=100),),
)
