"""MOD-05: when the Nyquist frequency has the largest utility; an erratum."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

import flint
from sympy import Expr, Integer, Rational

from agf_theory.closed_form import modular as closed_form
from agf_theory.closed_form.balls import ball_value
from agf_theory.errors import InputError
from agf_theory.numeric.modular.cyclotomic import CyclotomicField, CyclotomicNumber
from agf_theory.numeric.modular.exact_network import shifted_products
from agf_theory.problems.number_parser import parse_number
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Necessity, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Hypothesis, Instance, Relation
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.modular.class_neurons import PRECISION, root_cosine, squared_norm
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.parts import without_arguments

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["MOD_05", "NyquistRule"]

EVEN = (4, 6, 8, 10, 12, 16, 20)
RATIOS = ("1/2", "0.7", "0.79", "0.89", "0.8908", "0.8909", "0.891", "0.9", "1", "1.1", "2")


@dataclass(frozen=True)
class NyquistRule:
    """What MOD-05 states.

    Attributes
    ----------
    factor
        Utility on the Nyquist frequency over that on a generic one, at coefficients of equal modulus.
    threshold, energy_threshold
        Ratio of the moduli, and of the energies, above which the Nyquist frequency wins.
    """

    factor: Callable[[], Expr] = closed_form.nyquist_factor
    threshold: Callable[[], Expr] = closed_form.nyquist_threshold
    energy_threshold: Callable[[], Expr] = closed_form.nyquist_energy_threshold


@dataclass(frozen=True)
class NyquistPair:
    """A template with three coefficients: 1 at frequency 1, the ratio at p / 2, the mean at 0."""

    p: int
    ratio: Fraction
    mean: Fraction = Fraction(0)

    def template(self, field: CyclotomicField) -> list[CyclotomicNumber]:
        """(p,) exact."""
        step, p = field.order // self.p, self.p
        waves = [field.root(a * step) + field.root(-a * step) for a in range(p)]
        return [(waves[a] + self.ratio * (-1) ** a + self.mean) * Fraction(1, p) for a in range(p)]

    def __str__(self) -> str:
        return f"p = {self.p}, x̂_1 = 1, x̂_(p/2) = {self.ratio}, x̂_0 = {self.mean}"


@dataclass(frozen=True)
class PairOfClasses(Hypothesis):
    """A generic and a Nyquist coefficient, whose ratio lies on both sides of the threshold, often close to it."""

    variable: str = "pair"
    restricts = False

    def holds(self, instance: Mapping[str, Any]) -> bool:
        pair = instance[self.variable]
        return bool(pair.p % 2 == 0 and pair.p >= 4 and pair.ratio > 0)

    def draw(self, random: Random, size: int) -> NyquistPair:
        return NyquistPair(random.choice(EVEN[: 3 + size]), Fraction(random.choice(RATIOS)))

    def strategy(self) -> SearchStrategy[NyquistPair]:
        from hypothesis import strategies as st

        return st.builds(NyquistPair, st.sampled_from(EVEN), st.sampled_from(RATIOS).map(Fraction))

    def encode(self, value: NyquistPair) -> dict[str, str]:
        return {"p": str(value.p), "ratio": str(value.ratio), "mean": str(value.mean)}

    def decode(self, plain: Any) -> NyquistPair:
        try:
            p, ratio, mean = (parse_number(plain[name], self.variable) for name in ("p", "ratio", "mean"))
        except (KeyError, TypeError):
            raise InputError(f"{self.variable}: an object with p, ratio and mean is required") from None
        if p.denominator != 1 or not 2 <= p <= 1000:
            raise InputError(f"{self.variable}: an integer p up to 1000 is required, got {p}")
        return NyquistPair(int(p), ratio, mean)

    def __str__(self) -> str:
        return "p ≥ 4 even, x̂_1 > 0 and x̂_(p/2) > 0, no other frequency but the mean"

    @property
    def range_drawn(self) -> str:
        return "p ≤ 20, ratios from 1/2 to 2, several within 0.002 of 0.8909"


NO_MEAN = Relation("x̂_0 = 0", lambda instance: instance["pair"].mean == 0)


def squared_best(pair: NyquistPair, *, nyquist: bool) -> CyclotomicNumber:
    """Square of the largest utility of unit neurons with u = v on one of the two classes; exact, over every w.

    For given u and v the utility is linear in w: the largest is the norm of its gradient.
    """
    field = CyclotomicField(pair.p)
    p, x = pair.p, pair.template(field)
    u = [field((-1) ** a) for a in range(p)] if nyquist else root_cosine(p, 1, field(1))
    into = shifted_products(u, x)
    sums = [_total([_squared(into[a] + into[(c - a) % p]) for a in range(p)]) for c in range(p)]
    gradient = [_total([sums[c] * x[(j - c) % p] for c in range(p)]) for j in range(p)]
    norm: CyclotomicNumber = squared_norm(u)
    best: CyclotomicNumber = squared_norm(gradient) * (norm * norm).inverse()
    return best


def _squared(number: CyclotomicNumber) -> CyclotomicNumber:
    return number * number


def _total(terms: list[CyclotomicNumber]) -> CyclotomicNumber:
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def exact_winner(formula: NyquistRule, instance: Instance) -> Evidence:
    """One template: who has the larger utility, by the definition, against both thresholds; the factor at ratio one."""
    pair: NyquistPair = instance["pair"]
    generic, nyquist = (squared_best(pair, nyquist=flag).rational() for flag in (False, True))
    assert generic is not None, "rational: the template's symmetries fix it"
    assert nyquist is not None, "rational: the template's symmetries fix it"
    with flint.ctx.workprec(PRECISION):
        ratio = flint.arb(flint.fmpq(pair.ratio.numerator, pair.ratio.denominator))
        over = {
            "modulus": ratio - ball_value(formula.threshold(), {}),
            "energy": ratio * ratio / 2 - ball_value(formula.energy_threshold(), {}),
        }
        factor = ball_value(formula.factor(), {})
        cubed = flint.arb(flint.fmpq((nyquist / generic).numerator, (nyquist / generic).denominator))
        off = factor * ratio**3 - cubed.sqrt()
    given = {"template": str(pair), "squared utilities": {"generic": generic, "Nyquist": nyquist}}
    for what, margin in over.items():
        if (margin > 0 and nyquist < generic) or (margin < 0 and nyquist > generic):
            return Evidence.refuted(f"the {what} threshold names another winner", given, instances=1)
        if margin.contains(0) or not margin.is_finite():
            return Evidence.inconclusive(f"the {what} is at the threshold", template=str(pair))
    if not off.contains(0):
        return Evidence.refuted("the utilities stand in another ratio", given, instances=1)
    return Evidence.of(Level.EXACT, "squared utilities as fractions, thresholds in balls apart from them", instances=1)


def exact_winners(formula: NyquistRule, context: Context) -> Evidence:
    """p = 8 at eleven ratios, 0.89 and 0.90 among them, and other even p up to 20: squared utilities as fractions."""
    pairs = [NyquistPair(8, Fraction(ratio)) for ratio in RATIOS]
    pairs += [NyquistPair(p, Fraction(ratio)) for p in EVEN for ratio in ("0.89", "0.9")]
    return over_instances(exact_winner, formula, [{"pair": pair} for pair in pairs])


def mean_moves_the_threshold(formula: NyquistRule, witness: Any) -> Evidence:
    """A template that is not centred, with a ratio above the threshold: the generic frequency wins."""
    pair: NyquistPair = witness["pair"]
    generic, nyquist = (squared_best(pair, nyquist=flag).ball().real for flag in (False, True))
    with flint.ctx.workprec(PRECISION):
        above = flint.arb(flint.fmpq(pair.ratio.numerator, pair.ratio.denominator)) > ball_value(
            formula.threshold(), {}
        )
    detail = "above the threshold, and a generic neuron has a larger utility than every Nyquist one"
    figures = {"generic": generic.str(8), "Nyquist": nyquist.str(8)}
    return failure(bool(above and generic > nyquist), Level.EXACT, detail, {"template": str(pair)}, **figures)


_OWN = NyquistRule()

MOD_05 = Claim(
    id="MOD-05",
    system="modular",
    title="the Nyquist frequency is a case of its own",
    statement="On a centred template with even p the Nyquist frequency has the largest utility iff |x̂_{p/2}| exceeds "
    "2^(−1/6) times every generic |x̂_k|, or its energy 2^(−4/3) times theirs: at equal moduli its utility is √2 times "
    "as large.",
    kind=Kind.ORDER,
    status=Status.ERRATUM,
    source=Source("kunin2025", "modular addition, utility maximisation"),
    hypotheses=Hypotheses((PairOfClasses(), NO_MEAN)),
    formula=_OWN,
    checks=(
        Check("exact winners", exact_winners),
        Check(
            "derivation",
            partial(
                every_step,
                name="MOD-05",
                parts=lambda formula: {
                    "nyquist_factor": formula.factor,
                    "nyquist_threshold": formula.threshold,
                    "nyquist_energy_threshold": formula.energy_threshold,
                },
            ),
        ),
    ),
    mutants=(
        Mutant(
            "published",
            NyquistRule(lambda: Integer(1), lambda: Integer(1), lambda: Rational(1, 2)),
            "the largest coefficient wins, whatever its frequency, with utility √(2p)|x̂|³",
        ),
        Mutant("square-root", replace(_OWN, threshold=lambda: Integer(2) ** Rational(-1, 2)), "2^(−1/2)"),
        Mutant("cube-root", replace(_OWN, threshold=lambda: Integer(2) ** Rational(-1, 3)), "2^(−1/3)"),
        Mutant(
            "energies-like-moduli",
            replace(_OWN, energy_threshold=lambda: Integer(2) ** Rational(-1, 3)),
            "the square of the threshold of moduli, as if energies were |x̂|²/p for both",
        ),
        Mutant("factor-two", replace(_OWN, factor=lambda: Integer(2)), "twice as large at equal moduli"),
    ),
    remark="The source maximises |x̂_k| over k = 1, ..., p − 1, with value √(2p)|x̂|³ and cosines of amplitude √(2/p): "
    "for even p that is right only where the Nyquist frequency is absent, or below the threshold. At p = 8 and ratio "
    "0.9 the neuron (−1)^a/√8 has 1.031 times the published maximum.",
    necessity=(
        Necessity(NO_MEAN, {"pair": NyquistPair(8, Fraction(9, 10), Fraction(3, 5))}, mean_moves_the_threshold),
    ),
    parts=(
        *without_arguments(_OWN, "factor"),
        *without_arguments(_OWN, "threshold"),
        *without_arguments(_OWN, "energy_threshold"),
    ),
    probes=(Probe("exact winner", exact_winner, examples=50),),
)
