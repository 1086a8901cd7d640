"""DIAG-01: hyperbolic coordinates solve gradient flow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any

import numpy as np
import sympy
from scipy.integrate import solve_ivp
from sympy import Expr, Symbol, exp

from agf_theory.closed_form import diagonal as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.diagonal import CONVENTIONS, Convention
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal.designs import Design, as_rational
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level, weakest
from agf_theory.proofs_check.hypotheses import Hypotheses, Quantity
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


def integrated_flow(formula: HyperbolicCoordinates, context: Context) -> Evidence:
    """The weights of whole networks, integrated along with the angles.

    The integrator's relative tolerance is 1e-11 and the flow contracts towards the least-squares solutions: 1e-7 of
    the larger of coefficient and squared initial scale.
    """
    count, worst = 0, 0.0
    for count, instance in enumerate(context.instances(8), start=1):
        problem, alpha = instance["problem"], instance["α"]
        for convention in CONVENTIONS:
            u, v, angle = _integrated(problem, float(alpha), convention)
            values = {sym.alpha: as_rational(alpha)}
            claimed = sympy.lambdify(sym.phi, formula.coefficient(convention).subs(values))
            conserved = float(formula.conserved_quantity(convention).subs(values))
            seen, expected = u * v, np.array([float(claimed(a)) for a in angle])
            scale = np.maximum(np.abs(seen), float(alpha) ** 2)
            miss = float(max(np.max(np.abs(expected - seen) / scale), np.max(np.abs(u**2 - v**2 - conserved) / scale)))
            worst = max(worst, miss)
            if not miss <= 1e-7:
                witness = {"problem": problem.title, "X": problem.X, "y": problem.y, "α": alpha}
                witness |= {"convention": convention, "angles": angle, "uv": seen, "claimed": expected}
                return Evidence.refuted("an integrated network has other weights", witness, instances=count)
    return Evidence.of(Level.SAMPLED, "weights of integrated networks agree", instances=count, worst=worst)


def _integrated(problem: Any, alpha: float, convention: Convention) -> tuple[Any, Any, Any]:
    gram, linear, d = problem.X.T @ problem.X / problem.n, problem.X.T @ problem.y / problem.n, problem.d

    def velocity(_: float, state: Any) -> Any:
        u, v, _ = state.reshape(3, d)
        gradient = gram @ (u * v) - linear
        return np.concatenate([-gradient * v, -gradient * u, -gradient])

    u_start = {"paper": np.sqrt(2) * alpha, "slides": alpha}[convention]
    start = np.concatenate([np.full(d, u_start), np.zeros(2 * d)])
    run = solve_ivp(velocity, (0.0, 3.0), start, method="DOP853", rtol=1e-11, atol=1e-14)
    u, v, angle = run.y[:, -1].reshape(3, d)
    return u, v, angle


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
    hypotheses=Hypotheses((Design(sizes=4), Quantity("α", 0, drawn=(0, 1)))),
    formula=_CLOSED_FORM,
    checks=(
        Check("symbolic", symbolic),
        Check("integrated flow", integrated_flow),
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
    parts=tuple(
        part
        for attribute in fields(HyperbolicCoordinates)
        for part in by_choice(_CLOSED_FORM, attribute.name, CONVENTIONS, within={sym.alpha: (0, 1)})
    ),
)


def _other(convention: Convention) -> Convention:
    return "slides" if convention == "paper" else "paper"
