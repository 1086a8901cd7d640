"""MOD-01: the utility of a neuron on modular addition, in Fourier coefficients."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import flint
from sympy import Expr

from agf_theory.closed_form import modular as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.numeric.modular.exact_network import utility_sum
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.linear.over_instances import over_instances
from agf_theory.proofs_check.modular.coefficient_values import ball_sum, exact_sum, monomials
from agf_theory.proofs_check.modular.rational_tasks import MODULI, RationalTask, TaskAndNeuron, random_task
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["MOD_01", "UtilityIdentity"]

PRECISION = 192


@dataclass(frozen=True)
class UtilityIdentity:
    """What MOD-01 states, in symbols of `closed_form.symbols`; both are the summands of sums over all p frequencies.

    Attributes
    ----------
    cross, self_terms
        By products of u and v, and by the squares of each.
    """

    cross: Callable[[], Expr] = closed_form.cross_term
    self_terms: Callable[[], Expr] = closed_form.self_term


def exact_identity(formula: UtilityIdentity, instance: Instance) -> Evidence:
    """One template and neuron: the sum over all pairs, in fractions, against the formula in the cyclotomic field."""
    task: RationalTask = instance["task"]
    terms = monomials(formula.cross() + formula.self_terms())
    if terms is None:
        return Evidence.inconclusive("the formula is no sum of products of coefficients")
    by_pairs = utility_sum(*task.exact)
    try:
        by_frequencies = exact_sum(terms, task.coefficients)
    except ZeroDivisionError:
        return Evidence.refuted("the formula has no value", {"task": str(task)}, instances=1)
    if by_frequencies != by_pairs:
        witness = {"task": str(task), "sum over pairs": by_pairs, "formula": by_frequencies.ball().str(8)}
        return Evidence.refuted("the formula is another number than the sum over pairs", witness, instances=1)
    return Evidence.of(Level.EXACT, "both sides equal, in the field of p-th roots of unity", instances=1)


def exact_for_each_p(formula: UtilityIdentity, context: Context) -> Evidence:
    """p = 2 to 13, 16 and 20, centred and not: both sides in the field of p-th roots of unity, as polynomials."""
    if monomials(formula.cross() + formula.self_terms()) is None:
        return Evidence.inconclusive("the formula is no sum of products of coefficients")
    random = context.random()
    tasks = [random_task(random, p, centred=centred) for p in MODULI for centred in (False, True)]
    found = over_instances(exact_identity, formula, [{"task": task} for task in tasks])
    return replace(found, figures={**found.figures, "p": "2 to 13, 16, 20"}) if found.level else found


def enclosed_identity(formula: UtilityIdentity, context: Context) -> Evidence:
    """Neurons on templates up to p = 9: the formula in balls, around the exact sum over all pairs."""
    count, widest = 0, 0.0
    for count, instance in enumerate(context.instances(8), start=1):
        task: RationalTask = instance["task"]
        exact = utility_sum(*task.exact)
        with flint.ctx.workprec(PRECISION):
            seen = ball_sum(formula.cross() + formula.self_terms(), task.coefficients)
            if not seen.contains(exact):
                if seen.is_finite():
                    witness = {"task": str(task), "sum over pairs": exact, "formula": seen.str(8)}
                    return Evidence.refuted("the ball excludes the sum over pairs", witness, instances=count)
                return Evidence.inconclusive("the formula has no finite ball", task=str(task))
            widest = max(widest, float(seen.rad()))
    if not widest < 1e-30:
        return Evidence.inconclusive("balls too wide", widest=widest)
    return Evidence.of(
        Level.CERTIFIED, "the formula in balls around the sum over pairs", instances=count, widest=widest
    )


_OWN = UtilityIdentity()


def _cross_with(**changes: Any) -> UtilityIdentity:
    by_name = {getattr(sym, name): value for name, value in changes.items()}
    return replace(_OWN, cross=lambda: closed_form.cross_term().subs(by_name))


MOD_01 = Claim(
    id="MOD-01",
    system="modular",
    title="utility in Fourier coefficients",
    statement="For every real template, centred or not, Σ_{a,b} (u·x_a + v·x_b)² w·x_{a+b} is the sum over all "
    "frequencies of (2/p) Re(|x̂|² x̂ ū v̄ ŵ) and (1/p) ŵ_0 x̂_0 |x̂|² (|û|² + |v̂|²).",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("kunin2025", "modular addition; self terms, this project"),
    hypotheses=Hypotheses((TaskAndNeuron(),)),
    formula=_OWN,
    checks=(
        Check("exact for each p", exact_for_each_p),
        Check("enclosed", enclosed_identity),
        Check(
            "derivation",
            partial(
                every_step,
                name="MOD-01",
                parts=lambda formula: {"cross_term": formula.cross, "self_term": formula.self_terms},
            ),
        ),
    ),
    mutants=(
        Mutant("factor-one", replace(_OWN, cross=lambda: closed_form.cross_term() / 2), "1/p for 2/p"),
        Mutant("conjugate-on-w", _cross_with(phase_w=-sym.phase_w), "the conjugate of ŵ"),
        Mutant(
            "self-term-when-centred",
            replace(_OWN, self_terms=lambda: closed_form.self_term().subs(sym.mean_x, 1)),
            "self terms that do not vanish with x̂_0",
        ),
        Mutant(
            "no-self-term",
            replace(_OWN, self_terms=lambda: closed_form.self_term() * 0),
            "no self terms, whatever x̂_0",
        ),
        Mutant(
            "first-power-of-the-template",
            replace(_OWN, cross=lambda: closed_form.cross_term() / sym.template_size**2),
            "x̂ for |x̂|² x̂",
        ),
    ),
    remark="No hypothesis to drop. For one p the identity is one of polynomials; the derivation takes every p at once: "
    "both sides are multilinear, and agree on unit vectors by the orthogonality of characters.",
    parts=(*without_arguments(_OWN, "cross"), *without_arguments(_OWN, "self_terms")),
    probes=(Probe("exact identity", exact_identity, examples=200),),
)
