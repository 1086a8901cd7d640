"""DIAG-01: hyperbolic coordinates solve gradient flow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import partial

import sympy
from sympy import Expr, Symbol, exp

from agf_theory.closed_form import diagonal as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.diagonal import CONVENTIONS, Convention
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal.designs import EVERY_DESIGN, Design, as_rational
from agf_theory.proofs_check.diagonal.frozen_necessity import DIAG_01_NEEDS
from agf_theory.proofs_check.diagonal.limiting_path import design_witness
from agf_theory.proofs_check.diagonal.reference_path import Quadratic, quadratic_of
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level, weakest
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Quantity
from agf_theory.proofs_check.identity import vanishes
from agf_theory.proofs_check.parts import by_choice

__all__ = ["DIAG_01", "HyperbolicCoordinates", "through_exponentials"]

Formula = Callable[[Convention], Expr]


@dataclass(frozen=True)
class HyperbolicCoordinates:
    """The formulas of DIAG-01, each a function of the convention, in the symbols of `closed_form.symbols`."""

    weight_u: Formula = closed_form.weight_u
    weight_v: Formula = closed_form.weight_v
    coefficient: Formula = closed_form.coefficient
    conserved_quantity: Formula = closed_form.conserved_quantity
    squared_norm: Formula = closed_form.squared_norm
    coefficient_from_dual: Formula = closed_form.coefficient_from_dual


def through_exponentials(expression: Expr) -> Expr:
    """Simplify after rewriting hyperbolic functions: many times faster than the other way round."""
    return sympy.simplify(sympy.expand(expression.rewrite(sympy.exp)))


def symbolic(formula: HyperbolicCoordinates, context: Context) -> Evidence:
    """Any residual and any number of coordinates: each has its own angle, driven by its own partial derivative.

    u' = −η g v and v' = −η g u with φ' = −η g say du/dφ = v and dv/dφ = u; the start is φ = 0. Conversely v' = φ' u
    and u > 0, so that v' = −η g u leaves no other φ'.
    """
    links = []
    for convention in CONVENTIONS:
        u, v = formula.weight_u(convention), formula.weight_v(convention)
        start = {"paper": sympy.sqrt(2) * sym.alpha, "slides": sym.alpha}[convention]
        positive = Symbol("s", positive=True)
        from_dual = formula.coefficient_from_dual(convention).subs(sym.s, positive)
        residuals = {
            "u follows gradient flow": u.diff(sym.phi) - v,
            "v follows gradient flow": v.diff(sym.phi) - u,
            "u starts as stated": u.subs(sym.phi, 0) - start,
            "v starts at zero": v.subs(sym.phi, 0),
            "β = uv": formula.coefficient(convention) - u * v,
            "u² − v² is conserved": formula.conserved_quantity(convention) - (u**2 - v**2),
            "‖θ‖² = u² + v²": formula.squared_norm(convention) - (u**2 + v**2),
            "β from the dual variable": from_dual
            - (u * v).subs({sym.phi: sym.eta * positive, sym.alpha: exp(-sym.eta)}),
            "β is odd in the dual variable": formula.coefficient_from_dual(convention).subs(sym.s, -positive)
            + from_dual,
            "β is zero where the dual variable is": formula.coefficient_from_dual(convention).subs(sym.s, 0),
        }
        links += [
            vanishes(residual, what=what, random=context.random(), tactics=(through_exponentials,))
            for what, residual in residuals.items()
        ]
    return weakest(links).by_hand("each coordinate has its own angle; u > 0 gives the converse")


ORDER = 7
"""Powers of time up to which series are compared."""


def series_of_a_network(formula: HyperbolicCoordinates, instance: Instance) -> Evidence:
    """The power series in time of one network's weights and angles, in fractions."""
    problem, alpha = instance["problem"], instance["α"]
    for convention in CONVENTIONS:
        scale = {"paper": 2, "slides": 1}[convention] * alpha**2
        u, v, angles = _expanded(quadratic_of(problem), scale)
        claims = _claimed_series(formula, convention, alpha)
        for i, angle in enumerate(angles):
            squares = [_product(u[i], u[i]), _product(v[i], v[i])]
            seen = {
                "u²": [scale * a for a in squares[0]],
                "v²": [scale * b for b in squares[1]],
                "β": [scale * c for c in _product(u[i], v[i])],
                "u² − v²": [scale * (a - b) for a, b in zip(*squares, strict=True)],
                "‖θ‖²": [scale * (a + b) for a, b in zip(*squares, strict=True)],
            }
            for what, series in seen.items():
                claimed = _composed(claims[what], angle)
                if claimed != series:
                    witness = {**design_witness(problem, f"{what} of coordinate {i}"), "α": alpha}
                    witness |= {"convention": convention, "series": series, "claimed": claimed}
                    return Evidence.refuted("another power series in time", witness, instances=1)
    detail = f"power series in time to order {ORDER} agree, whole networks, in fractions"
    return Evidence.of(Level.EXACT, detail, instances=1)


def power_series(formula: HyperbolicCoordinates, context: Context) -> Evidence:
    """Whole networks with rational data: the power series in time of weights and angles, in fractions.

    The flow of the weights and the motion of the angles are expanded apart, each from its own differential equation;
    then the formulas are expanded in the angle. The residual moves with every coordinate of the network.
    """
    count, detail = 0, ""
    for count, instance in enumerate(context.instances(10), start=1):
        one = series_of_a_network(formula, instance)
        if one.level is None:
            return replace(one, instances=count)
        detail = one.detail
    return Evidence.of(Level.EXACT, detail, instances=count)


Series = list[Fraction]


def _expanded(loss: Quadratic, scale: Fraction) -> tuple[list[Series], list[Series], list[Series]]:
    """Series of u and v, both divided by u(0), and of the angles; u(0)² = `scale`, η = 1."""
    d = len(loss.linear)
    u, v, angles = ([[Fraction(start)] for _ in range(d)] for start in (1, 0, 0))
    gradients: list[Series] = [[] for _ in range(d)]
    for k in range(ORDER):
        beta = tuple(scale * _product(u[i], v[i])[k] for i in range(d))
        slopes = loss.gradient(beta) if k == 0 else _homogeneous(loss, beta)
        for i, slope in enumerate(slopes):
            gradients[i].append(slope)
            pulls = [_product(gradients[i], weight[i])[k] for weight in (v, u)]
            u[i].append(-pulls[0] / (k + 1))
            v[i].append(-pulls[1] / (k + 1))
            angles[i].append(-slope / (k + 1))
    return u, v, angles


def _homogeneous(loss: Quadratic, beta: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    return tuple(sum((g * b for g, b in zip(row, beta, strict=True)), Fraction(0)) for row in loss.gram)


def _product(a: Series, b: Series) -> Series:
    return [sum((a[j] * b[k - j] for j in range(k + 1)), Fraction(0)) for k in range(min(len(a), len(b)))]


def _composed(outer: Series, inner: Series) -> Series:
    """The series of a function of the angle, whose own series starts with zero, in time."""
    total, power = [Fraction(0)] * len(inner), [Fraction(1)] + [Fraction(0)] * (len(inner) - 1)
    for coefficient in outer:
        total = [t + coefficient * p for t, p in zip(total, power, strict=True)]
        power = _product(power, inner)
    return total


def _claimed_series(formula: HyperbolicCoordinates, convention: Convention, alpha: Fraction) -> dict[str, Series]:
    expressions = {
        "u²": formula.weight_u(convention) ** 2,
        "v²": formula.weight_v(convention) ** 2,
        "β": formula.coefficient(convention),
        "u² − v²": formula.conserved_quantity(convention),
        "‖θ‖²": formula.squared_norm(convention),
    }
    return {
        what: _in_the_angle(expression.subs(sym.alpha, as_rational(alpha))) for what, expression in expressions.items()
    }


def _in_the_angle(expression: Expr) -> Series:
    series = []
    for k in range(ORDER + 1):
        value = sympy.simplify(expression.subs(sym.phi, 0)) / sympy.factorial(k)
        series.append(Fraction(int(value.p), int(value.q)))
        expression = expression.diff(sym.phi)
    return series


_CLOSED_FORM = HyperbolicCoordinates()

DIAG_01 = Claim(
    id="DIAG-01",
    system="diagonal",
    title="hyperbolic coordinates solve gradient flow",
    statement="With u = √(2m) cosh φ and v = √(2m) sinh φ, m = α² (paper) or α²/2 (slides), the network follows "
    "gradient flow iff each angle moves with −η times the partial derivative of the loss, and then "
    "u² − v² = 2m is conserved.",
    kind=Kind.EQUALITY,
    status=Status.LEMMA,
    source=Source("kunin2025", "diagonal linear networks"),
    hypotheses=Hypotheses((Design(EVERY_DESIGN, sizes=4), Quantity("α", 0, drawn=(0, 1)))),
    formula=_CLOSED_FORM,
    checks=(
        Check("symbolic", symbolic),
        Check("power series", power_series),
        Check(
            "derivation",
            partial(every_step, name="DIAG-01", parts=lambda formula: {"coefficient": formula.coefficient}),
        ),
    ),
    mutants=(
        Mutant(
            "single-angle",
            replace(_CLOSED_FORM, coefficient=lambda c: closed_form.product_scale(c) * sympy.sinh(sym.phi)),
            "sinh φ for sinh 2φ in the coefficient",
        ),
        Mutant(
            "two-dropped",
            replace(_CLOSED_FORM, conserved_quantity=lambda c: closed_form.product_scale(c)),
            "factor 2 dropped from the conserved quantity",
        ),
        Mutant(
            "two-dropped-from-norm",
            replace(_CLOSED_FORM, squared_norm=lambda c: closed_form.squared_norm(c) / 2),
            "factor 2 dropped from the squared norm",
        ),
        Mutant(
            "conventions-swapped",
            replace(_CLOSED_FORM, coefficient_from_dual=lambda c: closed_form.coefficient_from_dual(_other(c))),
            "1/4 for 1/2 in the coefficient from the dual variable",
        ),
    ),
    necessity=DIAG_01_NEEDS,
    probes=(Probe("power series", series_of_a_network, examples=60),),
    parts=tuple(
        part
        for attribute in fields(HyperbolicCoordinates)
        for part in by_choice(_CLOSED_FORM, attribute.name, CONVENTIONS, within={sym.alpha: (0, 1)})
    ),
)


def _other(convention: Convention) -> Convention:
    return "slides" if convention == "paper" else "paper"
