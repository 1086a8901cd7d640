"""FRM-03 to FRM-05: norm from accumulated utility, thresholds, bounds on the jump time."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Derivative, Expr, Ge, Integer, Integral, Limit, Subs, Symbol

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.framework import activation, growth
from agf_theory.closed_form.framework.derivations.general_neuron import (
    EXCESS,
    FUNCTION,
    NORM,
    POWERS,
    SOURCE,
    THETA,
    above_two,
    along_flow,
)
from agf_theory.closed_form.obligations import LimitValue, Nonnegative, Rewriting

__all__ = ["frm_03", "frm_04", "frm_05"]


def frm_03(norm: Callable[[int | None], Expr] = growth.norm) -> Derivation:
    """Norm from accumulated utility, in both cases."""
    accumulated = growth.accumulated_utility()
    at_two = {sym.kappa: 2}
    path = norm(2).subs(sym.S, accumulated.subs(at_two))
    law = growth.norm_growth().subs({sym.norm: path, sym.U: sym.utility(sym.t)}).subs(at_two)
    left = Symbol("B", positive=True)  # what is left of norm_0**(2 - kappa)
    above = above_two(norm)
    accumulated_from_left = (sym.norm_0**-EXCESS - left) / (EXCESS * sym.eta)
    from_left = above.subs(sym.S, accumulated_from_left)
    slope = -EXCESS * sym.eta * Derivative(from_left, left)
    steps = (
        Step(
            "Rate of the accumulated utility",
            equal(Derivative(accumulated, sym.t), sym.kappa * sym.utility(sym.t)),
            "Fundamental theorem of calculus.",
            Rewriting(),
        ),
        Step("Start, degree two", equal(Subs(norm(2), sym.S, 0), sym.norm_0), "No utility accumulated.", Rewriting()),
        Step("Start, above degree two", equal(Subs(above, sym.S, 0), sym.norm_0), "No utility accumulated.", POWERS),
        Step(
            "Norm in terms of what is left of its start, above degree two",
            equal(Subs(above ** (-EXCESS), sym.S, accumulated_from_left), left),
            "B = norm_0**(2 - kappa) - (kappa - 2)*eta*S > 0 while the norm is finite.",
            POWERS,
        ),
        Step(
            "Growth law, above degree two",
            equal(slope, sym.eta * from_left ** (EXCESS + 1)),
            "dN/dS = eta*N**(kappa - 1) and dB/dS = -(kappa - 2)*eta; with dS/dt = kappa*U it is FRM-02.",
            POWERS,
        ),
        Step(
            "Growth law, degree two",
            equal(Derivative(path, sym.t), law),
            "Chain rule; the solution of FRM-02 with this start is unique.",
            Rewriting(),
        ),
    )
    return Derivation("FRM-03", "Norm of a dormant neuron from its accumulated utility.", steps, SOURCE)


def frm_04(threshold: Callable[[int | None], Expr] = activation.threshold) -> Derivation:
    """Thresholds, and the limit of the second as the degree tends to two."""
    above = above_two(threshold)
    norm_above = above_two(growth.norm)
    steps = (
        Step(
            "Norm one, degree two",
            equal(Subs(growth.norm(2), sym.S, threshold(2)), Integer(1)),
            "Put the threshold into FRM-03.",
            Rewriting(),
        ),
        Step(
            "Norm one, above degree two",
            equal(Subs(norm_above ** (-EXCESS), sym.S, above), Integer(1)),
            "Put the threshold into FRM-03; a positive norm whose power is one is one.",
            POWERS,
        ),
        Step(
            "Norm one comes before infinite norm",
            equal(above_two(lambda _: activation.blow_up(None)) - above, 1 / (EXCESS * sym.eta)),
            "The difference is positive, whatever the initial norm.",
            POWERS,
        ),
        Step(
            "The threshold as an integral",
            equal(above, Integral(threshold(2) * sym.norm_0 ** (-EXCESS * sym.x), (sym.x, 0, 1))),
            "Integrate an exponential; the integrand tends to the threshold of degree two as q tends to zero.",
            Rewriting(("evaluation", "powers")),
            where=(sym.norm_0 < 1,),
        ),
        Step(
            "Limit of degree two",
            equal(Limit(above, EXCESS, 0, "+"), threshold(2)),
            "The two thresholds are one formula.",
            LimitValue(),
        ),
        Step(
            "Plateau scale, degree two",
            equal(
                Subs(sym.eta * threshold(2), sym.norm_0, sym.alpha),
                activation.limiting_threshold(2) * activation.plateau_scale(2),
            ),
            "A neuron of initial norm alpha: in units of the plateau scale its threshold is the limiting one.",
            Rewriting(),
        ),
        Step(
            "Plateau scale, above degree two",
            equal(
                sym.eta * above.subs(sym.norm_0, sym.alpha),
                above_two(activation.limiting_threshold) * above_two(activation.plateau_scale) - 1 / EXCESS,
            ),
            "The same up to a constant, which the plateau scale outgrows as alpha tends to zero.",
            POWERS,
        ),
    )
    return Derivation("FRM-04", "A neuron activates at these accumulated utilities.", steps, SOURCE)


def frm_05(
    lower: Callable[[int | None], Expr] = activation.jump_time_lower_bound,
    upper: Callable[[int | None], Expr] = activation.jump_time_upper_bound,
) -> Derivation:
    """Bounds on the jump time, from the bounds on the normalised utility."""
    x, y = THETA
    change = along_flow(FUNCTION / NORM**sym.kappa)
    tangential = x * FUNCTION.diff(y) - y * FUNCTION.diff(x)
    bounds = [
        Step(
            f"Threshold at constant utility {name}, {case}",
            equal(Subs(degree * value * sym.t, sym.t, bound(None).args[branch].expr.subs(sym.kappa, degree)), level),
            reason,
            POWERS,
        )
        for bound, value, name, reason in (
            (lower, sym.U, "U", "S <= kappa*U*t, as no direction has more utility than the maximiser."),
            (upper, sym.U_0, "U_0", "S >= kappa*U_0*t, as the normalised utility never decreases."),
        )
        for branch, degree, case, level in (
            (0, Integer(2), "degree two", activation.threshold(2)),
            (1, 2 + EXCESS, "above degree two", above_two(activation.threshold)),
        )
    ]
    steps = (
        Step(
            "Normalised utility never decreases",
            Ge(change, 0, evaluate=False),
            "Its rate is eta*norm**(kappa - 2) times the squared tangential gradient; two coordinates, those of theta "
            "and of the tangential gradient, stand for all.",
            Nonnegative(sym.eta * NORM ** (-sym.kappa - 2) * tangential**2, POWERS.tactics),
        ),
        *bounds,
    )
    return Derivation("FRM-05", "Two bounds on the jump time of a dormant neuron.", steps, SOURCE)
