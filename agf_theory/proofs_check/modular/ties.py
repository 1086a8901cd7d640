"""MOD-06: where classes tie the maximisers are a disjoint union, and no mixture is among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

import flint
from sympy import Expr, Integer

from agf_theory.closed_form import modular as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Necessity, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Quantity, Relation
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.modular.spectra import (
    BITS,
    CENTRED_SPECTRUM,
    Spectrum,
    SpectrumTemplate,
    aligned_wave,
    combined,
    utility_of,
)
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["MOD_06"]

Factor = Callable[[], Expr]

SHARE = Quantity("p", 0, 1, low_included=True, high_included=True)
SAME_SHARES = Relation("u, v and w have the same share s", lambda instance: "share of w" not in instance)
"""A witness of necessity has another share in w."""

_PAIRS = (((1, 0), (0, 1)), ((3, 4), (5, 0)), ((-5, 12), (13, 0)))


def tied(spectrum: Spectrum) -> Spectrum:
    """The template with coefficients of one modulus at two generic frequencies, and no other."""
    p = max(spectrum.p, 5)
    first, second = _PAIRS[p % 3]
    pairs = {1: first, 2: second}
    empty = (Fraction(0), Fraction(0))
    listed = tuple((Fraction(pairs[k][0]), Fraction(pairs[k][1])) if k in pairs else empty for k in range(p // 2 + 1))
    return Spectrum(p, listed)


def at_one_tie(formula: Factor, instance: Instance) -> Evidence:
    """One tie: the utility of a mixture over all pairs, as part of what either class has alone."""
    spectrum, share = tied(instance["template"]), instance["p"]
    with flint.ctx.workprec(BITS):
        largest = ball_value(closed_form.class_maximum("generic"), spectrum.values(1))
        seen = _mixture(spectrum, share, share) / largest
        claimed = ball_value(formula(), {sym.fraction: share})
        miss = seen - claimed
        witness = {"template": str(spectrum), "share": share, "seen": seen.str(10), "claimed": claimed.str(10)}
        if not miss.contains(0):
            return Evidence.refuted("the mixture has another part of the maximum", witness, instances=1)
        if 0 < share < 1 and not seen < 1:
            return Evidence.inconclusive("the mixture is not seen to have less than the maximum")
    detail = "mixtures over all pairs, in balls of width below 1e-25: the factor, and less than the maximum"
    width = float(miss.rad())
    return Evidence.of(Level.CERTIFIED, detail, instances=1, widest=width) if width < 1e-25 else _wide(width)


def _wide(width: float) -> Evidence:
    return Evidence.inconclusive("balls too wide", widest=width)


def _mixture(spectrum: Spectrum, share: Fraction, share_of_w: Fraction) -> Any:
    """The utility with a share of the squared norms in class 1 and the rest in class 2."""
    layers = []
    for layer, part in (("u", share), ("v", share), ("w", share_of_w)):
        first, second = (aligned_wave(spectrum, k, layer) for k in (1, 2))
        a, b = ball(part).sqrt(), ball(1 - part).sqrt()
        layers.append(combined([a * entry for entry in first], [b * entry for entry in second]))
    return utility_of(spectrum, *layers)


def enclosed_mixtures(formula: Factor, context: Context) -> Evidence:
    """Two classes of one modulus on groups of order 5 to 8: mixtures of their maximisers over all pairs, in balls."""
    return over_instances(at_one_tie, formula, context.instances(10))


def less_with_other_shares(formula: Factor, witness: Mapping[str, Any]) -> Evidence:
    """u and v half in each class, w in the first alone."""
    spectrum = tied(witness["template"])
    with flint.ctx.workprec(BITS):
        largest = ball_value(closed_form.class_maximum("generic"), spectrum.values(1))
        seen = _mixture(spectrum, witness["p"], witness["share of w"]) / largest
        claimed = ball_value(formula(), {sym.fraction: witness["p"]})
        fails = bool(seen < claimed or seen > claimed)
    said = {"template": str(spectrum), "share": witness["p"], "share of w": witness["share of w"]}
    return failure(fails, Level.CERTIFIED, "another part", said, seen=seen.str(8), claimed=claimed.str(8))


def more_with_a_mean(formula: Factor, witness: Mapping[str, Any]) -> Evidence:
    """With a mean in template and w the self terms do not care how u and v are spread."""
    mean, share = witness["template"].mean, witness["p"]
    bare = tied(witness["template"])
    spectrum = Spectrum(bare.p, ((mean, Fraction(0)), *bare.coefficients[1:]))
    with flint.ctx.workprec(BITS):
        constant = [1 / flint.arb(spectrum.p).sqrt()] * spectrum.p
        parts = ball(share).sqrt(), ball(1 - share).sqrt()
        spread = combined(
            *([part * entry for entry in aligned_wave(spectrum, k, "u")] for part, k in zip(parts, (1, 2), strict=True))
        )
        pure = aligned_wave(spectrum, 1, "u")
        seen = utility_of(spectrum, spread, spread, constant) / utility_of(spectrum, pure, pure, constant)
        claimed = ball_value(formula(), {sym.fraction: share})
        fails = bool(seen > claimed)
    said = {"template": str(spectrum), "share": share}
    return failure(fails, Level.CERTIFIED, "the mixture keeps all", said, seen=seen.str(8), claimed=claimed.str(8))


_HALF = Fraction(1, 2)
_EMPTY = Spectrum(5, ((Fraction(0), Fraction(0)), (Fraction(1), Fraction(0)), (Fraction(1), Fraction(0))))
_MEAN = Spectrum(5, ((Fraction(3), Fraction(0)), (Fraction(1), Fraction(0)), (Fraction(1), Fraction(0))))
_WITHIN = {sym.fraction: (0, 1)}

MOD_06 = Claim(
    id="MOD-06",
    system="modular",
    title="ties of classes",
    statement="Where several classes attain the largest utility its maximisers are the disjoint union of their tori: "
    "with a share s of the norms in one class and the rest in another the utility is s^(3/2) + (1 − s)^(3/2) of the "
    "maximum, less than it for 0 < s < 1.",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("this project", "utility of modular addition, ties"),
    hypotheses=Hypotheses(
        (
            SpectrumTemplate(centred=True),
            SHARE,
            CENTRED_SPECTRUM,
            SAME_SHARES,
        )
    ),
    formula=closed_form.tie_factor,
    checks=(
        Check("enclosed mixtures", enclosed_mixtures),
        Check("derivation", partial(every_step, name="MOD-06", parts=lambda formula: {"factor": formula})),
    ),
    mutants=(
        Mutant("span", lambda: Integer(1), "mixtures are maximisers too, as for linear networks"),
        Mutant(
            "share-of-energies",
            lambda: sym.fraction**2 + (1 - sym.fraction) ** 2,
            "s² + (1 − s)²: fourth powers of the amplitudes",
        ),
        Mutant("no-mixture-at-all", lambda: Integer(0), "a mixture has no utility"),
    ),
    remark="For κ = 2 the factor would be s + (1 − s) = 1, and the maximisers of a tie span a space. p stands for s in "
    "the formula. The same factor holds for a tie of a generic class with the Nyquist frequency.",
    necessity=(
        Necessity(
            SAME_SHARES,
            {"template": _EMPTY, "p": _HALF, "share of w": Fraction(1)},
            less_with_other_shares,
            (CENTRED_SPECTRUM, SHARE),
        ),
        Necessity(CENTRED_SPECTRUM, {"template": _MEAN, "p": _HALF}, more_with_a_mean, (SAME_SHARES,)),
    ),
    parts=without_arguments(closed_form.tie_factor, within=_WITHIN),
    probes=(Probe("one tie", at_one_tie, examples=40, starts=1),),
)
