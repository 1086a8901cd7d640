"""MOD-04: one joint norm or three separate ones, and the other conventions in use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import partial
from itertools import product
from typing import Any

import flint
import sympy
from sympy import Expr, Integer, Rational

from agf_theory.closed_form import modular as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.numeric.modular.exact_network import shifted_products
from agf_theory.problems import ModularConvention
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses
from agf_theory.proofs_check.parts import Part, without_arguments

__all__ = ["MOD_04", "Conversions"]

CHOICES: dict[str, tuple[Any, ...]] = {
    "pairs": ("mean", "sum"),
    "cross_factor": (2, 1),
    "norm": ("joint", "separate"),
    "dft": ("unnormalised", "unitary"),
    "loss": ("half", "coordinate mean"),
}
GENERIC = ((1, 0, -1, 0), (3, 1, -3, -1), (2, 1, -1, -2, -1, 1))
"""Templates of one generic class, with maximisers whose weights are rational: of p = 4 and 6, on frequency 1."""
NYQUIST = ((1, -1), (-2, 2, -2, 2), (3, -3, 3, -3, 3, -3))


@dataclass(frozen=True)
class Conversions:
    """What MOD-04 states.

    Attributes
    ----------
    joint
        The largest utility under one joint norm over that under three separate ones.
    generic, nyquist
        The largest utility on each kind of frequency, under a convention.
    """

    joint: Callable[[], Expr] = closed_form.joint_norm_factor
    generic: Callable[[ModularConvention], Expr] = closed_form.maximal_utility
    nyquist: Callable[[ModularConvention], Expr] = closed_form.maximal_utility_nyquist


def conventions() -> Iterator[ModularConvention]:
    """All thirty-two."""
    names = [field.name for field in fields(ModularConvention)]
    for chosen in product(*(CHOICES[name] for name in names)):
        yield ModularConvention(*chosen)


def every_convention(formula: Conversions, context: Context) -> Evidence:
    """The utility of maximisers with rational weights by the definition, under all 32 conventions: exact squares."""
    count = 0
    for value, templates in ((formula.generic, GENERIC), (formula.nyquist, NYQUIST)):
        for template, convention in product(templates, conventions()):
            count += 1
            claimed = _claimed_square(value(convention), template, convention)
            found = _square_of_utility(template, convention)
            if claimed != found:
                witness = {"x": template, "convention": str(convention), "squared utility": found, "claimed": claimed}
                return Evidence.refuted("the maximiser has another utility", witness, instances=count)
    return Evidence.of(Level.EXACT, "squares of utilities, as fractions, under all 32 conventions", instances=count)


def _claimed_square(value: Expr, template: tuple[int, ...], convention: ModularConvention) -> Any:
    p = len(template)
    squared_modulus = Fraction(sum(entry * entry for entry in template) * p, 2 if template in GENERIC else 1)
    if convention.dft == "unitary":
        squared_modulus /= p
    size = sympy.sqrt(Rational(squared_modulus.numerator, squared_modulus.denominator))
    number = value.subs({sym.modulus: p, sym.template_size: size})
    square = sympy.expand(number**2)
    return Fraction(int(square.p), int(square.q)) if number.is_positive and square.is_Rational else str(number)


def _square_of_utility(template: tuple[int, ...], convention: ModularConvention) -> Fraction:
    """By the definition; u = v are shifts of the template, and w is the template turned so that phases align."""
    p = len(template)
    x = [flint.fmpq(entry) for entry in template]
    u, w = x, _aligned(x)
    into, out = shifted_products(u, x), shifted_products(w, x)
    bilinear = sum((into[a] * into[b] * out[(a + b) % p] for a in range(p) for b in range(p)), flint.fmpq(0))
    utility = convention.cross_factor * bilinear
    if convention.pairs == "mean":
        utility /= p * p
    if convention.loss == "coordinate mean":
        utility *= flint.fmpq(2, p)
    square = utility * utility / (_squared_norm(u) ** 2 * _squared_norm(w))
    if convention.norm == "joint":
        square /= 27  # three weights of norm sqrt(1/3) each: maximal, as the product of three squares of given sum is
    return Fraction(int(square.p), int(square.q))


def _aligned(x: list[flint.fmpq]) -> list[flint.fmpq]:
    """Weights of the phase that aligns with u = v = x: the gradient of the utility by w, which is what w should be."""
    p = len(x)
    into = shifted_products(x, x)
    sums = [sum((into[a] * into[(c - a) % p] for a in range(p)), flint.fmpq(0)) for c in range(p)]
    return [sum((sums[c] * x[(j - c) % p] for c in range(p)), flint.fmpq(0)) for j in range(p)]


def _squared_norm(vector: list[flint.fmpq]) -> flint.fmpq:
    return sum((entry * entry for entry in vector), flint.fmpq(0))


def joint_norms(formula: Conversions, context: Context) -> Evidence:
    """Squared norms n_u, n_v, n_w of sum one: their product is at most the factor squared, and equal at thirds."""
    factor = sympy.expand(formula.joint() ** 2)
    if not factor.is_Rational or formula.joint().is_negative:
        return Evidence.inconclusive("the square of the factor is no fraction, or the factor is negative")
    square, random = Fraction(int(factor.p), int(factor.q)), context.random()
    shares = [[Fraction(1)] * 3, *([Fraction(random.randint(1, 30)) for _ in range(3)] for _ in range(20))]
    for count, norms in enumerate(shares, start=1):
        a, b, c = (norm / sum(norms) for norm in norms)
        if a * b * c > square or (count == 1 and a * b * c != square):
            witness = {"squared norms": (a, b, c), "their product": a * b * c, "square of the factor": square}
            return Evidence.refuted("not the largest product of three norms", witness, instances=count)
    return Evidence.of(Level.EXACT, "products of three norms, as fractions", instances=len(shares))


_OWN = Conversions()
REPORTED = ModularConvention()
PLAIN = ModularConvention(pairs="sum", norm="separate")


def _with_factor(factor: Expr) -> Conversions:
    """Another factor between separate and joint norms, wherever it enters."""

    def changed(value: Callable[[ModularConvention], Expr]) -> Callable[[ModularConvention], Expr]:
        off = factor / closed_form.joint_norm_factor()
        return lambda convention: value(convention) * (off if convention.norm == "joint" else 1)

    return Conversions(lambda: factor, changed(_OWN.generic), changed(_OWN.nyquist))


def _parts() -> Iterator[Part]:
    for attribute in ("generic", "nyquist"):
        own = getattr(_OWN, attribute)
        for name, chosen in (("reported", REPORTED), ("sums and separate norms", PLAIN)):
            yield Part(f"{attribute}, {name}", own(chosen), partial(_placed, attribute, chosen))


def _placed(attribute: str, chosen: ModularConvention, expression: Any) -> Conversions:
    own = getattr(_OWN, attribute)
    changed: dict[str, Any] = {attribute: lambda given: expression if given == chosen else own(given)}
    return replace(_OWN, **changed)


MOD_04 = Claim(
    id="MOD-04",
    system="modular",
    title="conventions of norms, sums and transforms",
    statement="Under one joint norm ‖u‖² + ‖v‖² + ‖w‖² = 1 the largest utility is 3^(−3/2) times that under three "
    "separate ones, and the values of all conventions follow: √(2p/27)|x̂|³/p² for means over pairs and a joint norm.",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("kunin2025", "modular addition, utility maximisation; both constants are quoted"),
    hypotheses=Hypotheses(()),
    formula=_OWN,
    checks=(
        Check("every convention", every_convention),
        Check("joint norms", joint_norms),
        Check(
            "derivation",
            partial(every_step, name="MOD-04", parts=lambda formula: {"joint_norm_factor": formula.joint}),
        ),
    ),
    mutants=(
        Mutant("root-of-three", _with_factor(Integer(3) ** Rational(-1, 2)), "3^(−1/2)"),
        Mutant("twenty-seven", _with_factor(Rational(1, 27)), "1/27"),
        Mutant(
            "mean-over-one-index",
            replace(_OWN, generic=lambda c: _OWN.generic(c) * (sym.modulus if c.pairs == "mean" else 1)),
            "1/p for 1/p²",
        ),
        Mutant(
            "bilinear-not-halved",
            replace(_OWN, generic=lambda c: _OWN.generic(replace(c, cross_factor=2))),
            "the factor 2 of the cross term kept for bilinear neurons",
        ),
        Mutant(
            "unitary-to-the-first-power",
            replace(_OWN, generic=lambda c: _OWN.generic(c) / (sym.modulus if c.dft == "unitary" else 1)),
            "√p for p^(3/2) under the unitary transform",
        ),
    ),
    remark="The factor holds for every template: the bound of MOD-07 is proportional to (‖u‖² + ‖v‖²)‖w‖. Conversions "
    "are stated for centred ones. Both published constants, √(2p)|x̂|³ and √(2p/27)|x̂|³/p², are right.",
    parts=(*without_arguments(_OWN, "joint"), *_parts()),
)
