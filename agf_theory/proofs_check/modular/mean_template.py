"""MOD-07: the largest utility at a class when the template has a mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

import flint
from sympy import Expr

from agf_theory.closed_form import modular as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball_value
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Necessity, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Relation
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.modular.spectra import BITS, Spectrum, SpectrumTemplate, aligned_wave, combined, utility_of
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.parts import by_choice

__all__ = ["MOD_07", "WithMean"]

SEPARATE = Relation("‖u‖ = ‖v‖ = ‖w‖ = 1", lambda instance: "squared_norms" not in instance)
"""A witness of necessity has other norms."""


@dataclass(frozen=True)
class WithMean:
    """The formulas of MOD-07, by the kind of the class."""

    maximum: Callable[[Any], Expr] = closed_form.class_maximum
    ratio: Callable[[Any], Expr] = closed_form.mean_to_wave


def at_one_template(formula: WithMean, instance: Instance) -> Evidence:
    """One template: the stated maximisers of every class over all pairs, and neurons around the best of them."""
    spectrum: Spectrum = instance["template"]
    widest, best = 0.0, None
    with flint.ctx.workprec(BITS):
        for k in spectrum.classes:
            u, v = (aligned_wave(spectrum, k, layer) for layer in ("u", "v"))
            w = _mixed(formula, spectrum, k)
            seen = utility_of(spectrum, u, v, w)
            claimed = ball_value(formula.maximum(spectrum.kind(k)), spectrum.values(k))
            if not (seen - claimed).contains(0):
                return _refuted("the stated maximiser has another utility", spectrum, k, seen, claimed)
            widest = max(widest, float((seen - claimed).rad()))
            if best is None or claimed > best:
                best = claimed
        if not widest < 1e-25:
            return Evidence.inconclusive("balls too wide", widest=widest)
        above = _above(formula, spectrum, best)
    return above or Evidence.of(Level.CERTIFIED, _DETAIL, instances=1, widest=widest)


_DETAIL = "the stated maximisers over all pairs, in balls of width below 1e-25; no neuron around them has more"


def _mixed(formula: WithMean, spectrum: Spectrum, k: int) -> list[flint.arb]:
    """The unit w whose mean and wave are in the stated ratio; constant for the class of the mean."""
    p, kind = spectrum.p, spectrum.kind(k)
    if kind == "dc":
        return [(1 if spectrum.mean > 0 else -1) / flint.arb(p).sqrt()] * p
    pure = aligned_wave(spectrum, k, "w")
    size = flint.arb(p if kind == "nyquist" else flint.fmpq(p, 2)).sqrt()
    mean = ball_value(formula.ratio(kind), spectrum.values(k)) * size / p
    together = [entry + mean for entry in pure]
    norm = sum((entry * entry for entry in together), flint.arb(0)).sqrt()
    return [entry / norm for entry in together]


def _above(formula: WithMean, spectrum: Spectrum, best: Any) -> Evidence | None:
    """A neuron with a larger utility than the best claimed one, among mixtures of the stated maximisers."""
    classes = spectrum.classes
    for k in classes:
        for other in classes:
            for share in (Fraction(1, 8), Fraction(-1, 3)):
                u, v = (_towards(aligned_wave(spectrum, k, n), aligned_wave(spectrum, other, n), share) for n in "uv")
                w = _towards(_mixed(formula, spectrum, k), _mixed(formula, spectrum, other), share)
                seen = utility_of(spectrum, u, v, w)
                if k != other and seen > best:
                    return _refuted("a neuron has a larger utility", spectrum, k, seen, best)
    return None


def _towards(vector: list[Any], other: list[Any], share: Fraction) -> list[Any]:
    moved = combined(vector, [entry * flint.fmpq(share.numerator, share.denominator) for entry in other])
    norm = sum((entry * entry for entry in moved), flint.arb(0)).sqrt()
    return [entry / norm for entry in moved] if norm > 0 else vector


def _refuted(what: str, spectrum: Spectrum, k: int, seen: Any, claimed: Any) -> Evidence:
    witness = {"template": str(spectrum), "class": k, "seen": seen.str(10), "claimed": claimed.str(10)}
    return Evidence.refuted(what, witness, instances=1)


def enclosed_maximisers(formula: WithMean, context: Context) -> Evidence:
    """Templates on groups of order 3 to 8: maximisers of every class, and mixtures of them, over all pairs in balls."""
    return over_instances(at_one_template, formula, context.instances(8))


def more_with_other_norms(formula: WithMean, witness: Mapping[str, Any]) -> Evidence:
    """The maximiser with u and v twice as long has four times the utility."""
    spectrum: Spectrum = witness["template"]
    with flint.ctx.workprec(BITS):
        u, v = (aligned_wave(spectrum, 1, layer) for layer in ("u", "v"))
        long_u, long_v = ([2 * entry for entry in vector] for vector in (u, v))
        seen = utility_of(spectrum, long_u, long_v, _mixed(formula, spectrum, 1))
        claimed = ball_value(formula.maximum("generic"), spectrum.values(1))
        fails = bool(seen > claimed)
    said = {"template": str(spectrum), "squared norms": "4, 4, 1"}
    return failure(fails, Level.CERTIFIED, "a larger utility", said, seen=seen.str(8), claimed=claimed.str(8))


_OWN = WithMean()
_ONE_HOT = Spectrum(3, ((Fraction(1), Fraction(0)), (Fraction(1), Fraction(0))))


def _without_mean(kind: Any) -> Expr:
    return closed_form.class_maximum(kind).subs(sym.mean_x, 0)


MOD_07 = Claim(
    id="MOD-07",
    system="modular",
    title="largest utility for a template with a mean",
    statement="Over all pairs and ‖u‖ = ‖v‖ = ‖w‖ = 1 the largest utility is 2√p max_k m_k with m_k = "
    "|x̂_k|²√(x̂_0² + |x̂_k|²/2) for generic k, |x̂_k|²√(x̂_0² + |x̂_k|²) at Nyquist and 2|x̂_0|³ for the mean; u and v are "
    "pure there, and w has a mean with ŵ_0/|ŵ_k| = 2x̂_0/|x̂_k|, at Nyquist x̂_0/|x̂_k|.",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("this project", "utility of modular addition for any template"),
    hypotheses=Hypotheses((SpectrumTemplate(), SEPARATE)),
    formula=_OWN,
    checks=(
        Check("enclosed maximisers", enclosed_maximisers),
        Check(
            "derivation",
            partial(
                every_step,
                name="MOD-07",
                parts=lambda formula: {"maximum": formula.maximum, "ratio": formula.ratio},
            ),
        ),
    ),
    mutants=(
        Mutant("self-terms-dropped", replace(_OWN, maximum=_without_mean), "the maxima for x̂_0 = 0"),
        Mutant("pure-w", replace(_OWN, ratio=lambda kind: sym.mean_x * 0), "w pure at the class, like u and v"),
        Mutant(
            "self-terms-of-mean-dropped",
            replace(
                _OWN,
                maximum=lambda kind: closed_form.class_maximum(kind) / (2 if kind == "dc" else 1),
            ),
            "|x̂_0|³ for 2|x̂_0|³: the cross term alone",
        ),
    ),
    remark="For a raw one-hot template m is 2 for the mean, √2 at Nyquist and √(3/2) at generic frequencies: the mean "
    "is learned first. The order of the generic frequencies is that of |x̂_k| for every mean.",
    necessity=(Necessity(SEPARATE, {"template": _ONE_HOT, "squared_norms": "4, 4, 1"}, more_with_other_norms),),
    parts=(
        *by_choice(_OWN, "maximum", ("generic", "nyquist", "dc")),
        *by_choice(_OWN, "ratio", ("generic", "nyquist")),
    ),
    probes=(Probe("one template", at_one_template, examples=40, starts=1),),
)
