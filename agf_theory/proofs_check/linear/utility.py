"""LIN-02: the largest utility of a neuron, with the sum of squares that certifies it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

import sympy
from sympy import Expr, MatrixExpr, MatrixSymbol, Symbol

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.matrices import with_matrices
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Necessity, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level, weakest
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.identity import vanishes
from agf_theory.proofs_check.linear.algebraic_maximum import algebraic_maximum
from agf_theory.proofs_check.linear.exact_algebra import definiteness, inertia, kernel
from agf_theory.proofs_check.linear.factored_residual import POSITIVE, SIMPLE, FactoredResidual, KnownSingularValues
from agf_theory.proofs_check.linear.rational_form import as_rational, rational_value, shifted
from agf_theory.proofs_check.linear.square_certificates import squares_item
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.parts import without_arguments
from agf_theory.proofs_check.strategies.rational_matrix import identity

__all__ = ["LIN_02", "TWICE", "UtilityMaximum"]

_SECOND = MatrixSymbol("v_2", sym.inputs, 1)


def _total(outgoing: Any, incoming: Any) -> tuple[Any, ...]:
    return (outgoing + incoming,)


@dataclass(frozen=True)
class UtilityMaximum:
    """What LIN-02 states, in the symbols of `closed_form.symbols`.

    Attributes
    ----------
    value, critical
        The maximum, and the critical values up to their sign.
    outgoing, incoming
        Weights of the maximiser.
    gap_of_mode, gap_outside
        The certificate: what is left to the maximum, mode by mode, and outside all modes.
    constraint
        What is to be one, given the squared norms of outgoing and incoming weights.
    """

    value: Callable[[], Expr] = closed_form.maximal_utility
    critical: Callable[[], Expr] = closed_form.critical_utility
    outgoing: Callable[[], MatrixExpr] = closed_form.maximising_outgoing_weights
    incoming: Callable[[], MatrixExpr] = closed_form.maximising_incoming_weights
    gap_of_mode: Callable[[], Expr] = closed_form.utility_gap_of_mode
    gap_outside: Callable[[], Expr] = closed_form.utility_gap_outside_modes
    constraint: Callable[[Any, Any], tuple[Any, ...]] = _total


def sum_of_squares(formula: UtilityMaximum, context: Context) -> Evidence:
    """Every dimension: mode by mode bound minus utility is a sum of squares, which vanishes at the maximiser only.

    The form left by a mode below the largest is positive definite: its trace and its determinant are positive.
    """
    out, into = sym.overlap_outgoing, sym.overlap_incoming
    below, excess = Symbol("sigma_k", nonnegative=True), Symbol("delta", positive=True)
    value, mode = formula.value(), formula.gap_of_mode()
    left = value * (out**2 + into**2) - sym.sigma_k * out * into - mode
    outside = value * (sym.rest_outgoing**2 + sym.rest_incoming**2) - formula.gap_outside()
    random = context.random()
    links = [
        vanishes(left, what="the bound minus the utility, mode by mode, is the certificate", random=random),
        vanishes(outside, what="and outside all modes", random=random),
        _attained(formula, context),
    ]
    smaller = mode.subs(sym.sigma_k, below).subs(sym.sigma_1, below + excess)
    form = sympy.hessian(smaller, (out, into))
    signs = (smaller, formula.gap_outside(), mode.subs(sym.sigma_k, sym.sigma_1))
    if not all(sign.is_nonnegative for sign in signs):
        links.append(Evidence.inconclusive("the sign of a summand cannot be read off"))
    if not all(sympy.factor(minor).is_positive for minor in (form.trace(), form.det())):
        links.append(Evidence.inconclusive("a mode below the largest is not seen to leave a definite form"))
    return weakest(links).by_hand("R = Σ σ_k u_k v_kᵀ, and the sum over the modes")


def _attained(formula: UtilityMaximum, context: Context) -> Evidence:
    (alpha, left), (omega, right) = formula.outgoing().as_coeff_mmul(), formula.incoming().as_coeff_mmul()
    if (left.doit(), right.doit()) != (sym.left_vector, sym.right_vector):
        return Evidence.inconclusive("the maximiser is not written in u_1 and v_1")
    at = {sym.overlap_outgoing: alpha, sym.overlap_incoming: omega, sym.sigma_k: sym.sigma_1}
    residuals = {
        "the utility of the maximiser is the maximum": sym.sigma_1 * alpha * omega - formula.value(),
        "the certificate vanishes at the maximiser": formula.gap_of_mode().subs(at),
        "the maximiser is on the sphere": sum(c - 1 for c in formula.constraint(alpha**2, omega**2)),
    }
    return weakest(vanishes(sympy.S(r), what=what, random=context.random()) for what, r in residuals.items())


def certified_maximum(formula: UtilityMaximum, instance: Instance) -> Evidence:
    """One residual: the rational L D Lᵀ of bound minus utility, kernel, maximiser, other critical points."""
    R: FactoredResidual = instance["R"]
    value = rational_value(formula.value(), {sym.sigma_1: R.largest})
    if value is None:
        return _refuted("the largest utility is rational here, the value claimed is not", R, value=str(formula.value()))
    slack = shifted(R.form, 2 * value)
    found = definiteness(slack)
    if found.negative is not None:
        return _refuted("a neuron has a larger utility", R, neuron=found.negative, claimed=value)
    attained = kernel(slack)
    if len(attained) != 1:
        return _refuted("the maximum is not attained at exactly two neurons", R, dimension=len(attained), claimed=value)
    return weakest([_maximiser(formula, R, value), _critical_points(formula, R), _certificate(formula, R, value)])


def _maximiser(formula: UtilityMaximum, R: FactoredResidual, value: Fraction) -> Evidence:
    vectors = {
        MatrixSymbol(f"{name}_{k + 1}", size, 1): sympy.Matrix(
            [as_rational(row[min(k, len(basis) - 1)]) for row in basis]
        )
        for name, size, basis in (("u", sym.outputs, R.left), ("v", sym.inputs, R.right))
        for k in (0, 1)
    }
    a, w = (with_matrices(weights(), vectors) for weights in (formula.outgoing, formula.incoming))
    matrix = sympy.Matrix([[as_rational(entry) for entry in row] for row in R.matrix])
    utility = sympy.expand((a.T * matrix * w)[0])
    norms = [sympy.expand((x.T * x)[0]) for x in (a, w)]
    if any(sympy.expand(c) != 1 for c in formula.constraint(*norms)) or sum(norms) != 1:
        return _refuted("the maximiser is not on the unit sphere", R, squared_norms=norms)
    if utility != as_rational(value):
        return _refuted("the maximiser has another utility", R, utility=utility, claimed=value)
    return _exact_detail()


def _critical_points(formula: UtilityMaximum, R: FactoredResidual) -> Evidence:
    c, d = len(R.left), len(R.right)
    for k, sigma in enumerate(R.singular_values):
        value = rational_value(formula.critical(), {sym.sigma_k: sigma})
        for sign in (1, -1):
            left, right = (tuple(Fraction(i == k) * s for i in range(n)) for n, s in ((c, 1), (d, sign)))
            neuron = R.neuron(left, right)
            force = tuple(sum((m * t for m, t in zip(row, neuron, strict=True)), Fraction(0)) for row in R.form)
            if value is None or force != tuple(2 * sign * value * t for t in neuron):
                return _refuted("not the value at a critical point", R, neuron=neuron, force=force, claimed=value)
            above, _, below = inertia(shifted(R.form, 2 * sign * value))
            saddle = sigma < R.largest
            if (above > 0, below > 0) != (saddle or sign > 0, saddle or sign < 0):
                return _refuted("not a saddle, or not an end of the range", R, neuron=neuron, inertia=(above, below))
    return _exact_detail()


def _certificate(formula: UtilityMaximum, R: FactoredResidual, value: Fraction) -> Evidence:
    """Bound minus utility at a neuron with several overlaps, against the sum of the gaps."""
    c, d, modes = len(R.left), len(R.right), len(R.singular_values)
    left = tuple(Fraction(3 - 2 * i, 2) for i in range(c))
    right = tuple(Fraction(1 + i * i, 3) for i in range(d))
    neuron = R.neuron(left, right)
    utility = sum((s * p * q for s, p, q in zip(R.singular_values, left, right, strict=False)), Fraction(0))
    gaps = [
        rational_value(
            formula.gap_of_mode(),
            {sym.sigma_1: R.largest, sym.sigma_k: s, sym.overlap_outgoing: p, sym.overlap_incoming: q},
        )
        for s, p, q in zip(R.singular_values, left, right, strict=False)
    ]
    beyond = (*left[modes:], *right[modes:])  # at most one layer has any
    rest = {sym.sigma_1: R.largest, sym.rest_incoming: Fraction(0)}
    gaps += [rational_value(formula.gap_outside(), {**rest, sym.rest_outgoing: entry}) for entry in beyond]
    total = sum((gap for gap in gaps if gap is not None), Fraction(0))
    slack = value * sum((t * t for t in neuron), Fraction(0)) - utility
    if None in gaps or total != slack:
        return _refuted("the gaps do not add up to bound minus utility", R, neuron=neuron, slack=slack, gaps=total)
    return _exact_detail()


def rational_singular_values(formula: UtilityMaximum, context: Context) -> Evidence:
    """Residuals with rational singular values up to 3 × 3: everything stated, in fractions."""
    count, sizes = 0, set()
    items: list[dict[str, Any]] = []
    for count, instance in enumerate(context.instances(16), start=1):
        one = certified_maximum(formula, instance)
        if one.level is None:
            return replace(one, instances=count)
        R: FactoredResidual = instance["R"]
        sizes.add(f"{len(R.left)}×{len(R.right)}")
        value = rational_value(formula.value(), {sym.sigma_1: R.largest})
        if context.certificates and value is not None:
            items.append(squares_item(R, value))
    found = Evidence.of(Level.EXACT, _exact_detail().detail, instances=count, sizes=sorted(sizes))
    return found.certified_by("sum-of-squares", items)


def algebraic_singular_values(formula: UtilityMaximum, context: Context) -> Evidence:
    """Integer residuals whose largest singular value is irrational: in its number field, by its minimal polynomial."""
    random, degrees = context.random(), []
    for number in range(12):
        c, d = ((2, 2), (3, 3), (2, 3), (3, 2))[number % 4]
        entries = tuple(tuple(Fraction(random.randint(-6, 6)) for _ in range(d)) for _ in range(c))
        one = algebraic_maximum(formula.value(), entries)
        if one.level is None:
            return one
        degrees.append(one.figures["degree"])
    if max(degrees) < 4:
        return Evidence.inconclusive("no largest singular value of degree four or more", degrees=degrees)
    detail = "bound minus utility is semidefinite and singular, in the number field of σ_1"
    return Evidence.of(Level.EXACT, detail, instances=len(degrees), degrees=degrees)


def _exact_detail() -> Evidence:
    detail = "bound minus utility has an L D Lᵀ with pivots ≥ 0 and the maximiser for kernel; the rest are saddles"
    return Evidence.of(Level.EXACT, detail, instances=1)


def _refuted(what: str, R: FactoredResidual, **figures: Any) -> Evidence:
    return Evidence.refuted(what, {"R": str(R), **figures}, instances=1)


def repeated_has_more(formula: UtilityMaximum, witness: Any) -> Evidence:
    """R with a repeated σ_1: a neuron of the same utility, other than the maximiser and its negative."""
    R: FactoredResidual = witness["R"]
    value = rational_value(formula.value(), {sym.sigma_1: R.largest})
    assert value is not None, "rational at a rational σ_1"
    attained = kernel(shifted(R.form, 2 * value))
    detail = "the neurons of largest utility fill a space of larger dimension"
    return failure(len(attained) > 1, Level.EXACT, detail, {"R": str(R)}, dimension=len(attained))


TWICE = FactoredResidual(identity(2), (Fraction(2), Fraction(2)), identity(2))

_OWN = UtilityMaximum()

LIN_02 = Claim(
    id="LIN-02",
    system="linear",
    title="maximal utility",
    statement="On the unit sphere the utility aᵀRw of a neuron is at most σ₁(R)/2, attained at ±(u₁, v₁)/√2 alone, by "
    "a sum of squares over the modes; its other critical points are saddles, at ±σ_k/2 or 0, and the minimum −σ₁/2.",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("kunin2025", "fully connected linear networks, utility maximisation"),
    hypotheses=Hypotheses((KnownSingularValues(), SIMPLE)),
    formula=_OWN,
    checks=(
        Check("sum of squares", sum_of_squares),
        Check("rational singular values", rational_singular_values),
        Check("algebraic singular values", algebraic_singular_values),
        Check(
            "derivation",
            partial(
                every_step,
                name="LIN-02",
                parts=lambda formula: {
                    "maximal_utility": formula.value,
                    "utility_gap_of_mode": formula.gap_of_mode,
                    "utility_gap_outside_modes": formula.gap_outside,
                    "outgoing": formula.outgoing,
                    "incoming": formula.incoming,
                    "critical_utility": formula.critical,
                },
            ),
        ),
    ),
    mutants=(
        Mutant("half-dropped", replace(_OWN, value=lambda: sym.sigma_1), "σ₁ for σ₁/2"),
        Mutant("minus-v", replace(_OWN, incoming=lambda: -closed_form.maximising_incoming_weights()), "(u₁, −v₁)"),
        Mutant("second-v", replace(_OWN, incoming=lambda: _SECOND / sympy.sqrt(2)), "u₁ paired with v₂"),
        Mutant(
            "each-layer-of-norm-one",
            replace(
                _OWN,
                outgoing=lambda: sym.left_vector,
                incoming=lambda: sym.right_vector,
                constraint=lambda outgoing, incoming: (outgoing, incoming),
            ),
            "σ₁/2 with ‖a‖ = ‖w‖ = 1",
        ),
        Mutant("critical-doubled", replace(_OWN, critical=lambda: sym.sigma_k), "±σ_k at the other critical points"),
        Mutant(
            "square-of-sum",
            replace(
                _OWN,
                gap_of_mode=lambda: closed_form.utility_gap_of_mode().subs(sym.overlap_incoming, -sym.overlap_incoming),
            ),
            "(α + ω)² for (α − ω)² in the certificate",
        ),
    ),
    remark="The bound holds for any R, zero included; where σ₁ is repeated the maximisers are a sphere (LIN-03).",
    necessity=(Necessity(SIMPLE, {"R": TWICE}, repeated_has_more, (POSITIVE,)),),
    parts=(
        *without_arguments(_OWN, "value"),
        *without_arguments(_OWN, "critical"),
        *without_arguments(_OWN, "outgoing"),
        *without_arguments(_OWN, "incoming"),
        *without_arguments(_OWN, "gap_of_mode"),
        *without_arguments(_OWN, "gap_outside"),
    ),
    equivalent={},
    probes=(Probe("certified maximum", certified_maximum),),
)
