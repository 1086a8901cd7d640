"""The formulas of LIN-19, and how they behave for small and large imbalance and for a small start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import flint
import sympy
from sympy import Expr, Symbol

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.problems import InitScale
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.linear.aligned_networks import AlignedNetwork
from agf_theory.proofs_check.power_law import fit_power

__all__ = ["ImbalancedMode", "half_time_limit", "limits"]

Formula = Callable[[], Expr]


@dataclass(frozen=True)
class ImbalancedMode:
    """The formulas of LIN-19, in the symbols of `closed_form.symbols`; strength and time are put together from them.

    Attributes
    ----------
    velocity : of the strength
    ratio, of_ratio : the variable Q from the strength, and back
    upper, lower, rate : fixed points and rate of its Riccati equation
    in_time, between : its solution, and the time between two values
    far : the strength for a large imbalance
    effective, half_time, half_time_from_overlap : of a small start
    """

    velocity: Formula = closed_form.imbalanced_velocity
    ratio: Formula = closed_form.strength_ratio
    of_ratio: Formula = closed_form.strength_of_ratio
    upper: Formula = closed_form.upper_fixed_ratio
    lower: Formula = closed_form.lower_fixed_ratio
    rate: Formula = closed_form.imbalanced_rate
    in_time: Formula = closed_form.ratio_in_time
    between: Formula = closed_form.time_between_ratios
    far: Formula = closed_form.imbalanced_strength_far
    effective: Formula = closed_form.effective_strength
    half_time: Formula = closed_form.half_time_from_effective_strength
    half_time_from_overlap: Formula = closed_form.half_time_from_overlap

    def strength(self) -> Expr:
        """The strength in time, in s_0, sigma_k, lambda, t."""
        return self.of_ratio().subs(sym.ratio, self._in_strengths(self.in_time()))

    def time(self) -> Expr:
        """The time between two strengths, in s_0, s_f, sigma_k, lambda."""
        return self._in_strengths(self.between())

    def _in_strengths(self, expression: Expr) -> Expr:
        start, end = (self.ratio().subs(sym.strength, s) for s in (sym.strength_0, sym.strength_final))
        made = {sym.ratio_0: start, sym.ratio: end, sym.ratio_upper: self.upper(), sym.ratio_lower: self.lower()}
        return expression.subs({**made, sym.rate: self.rate()}, simultaneous=True)


def limits(formula: ImbalancedMode, context: Context) -> Evidence:
    """Small and large imbalance and a small start: distances to the limits, and the powers they fall with."""
    count, worst = 0, 0.0
    for count, instance in enumerate(context.instances(3), start=1):
        network = instance["network"]
        found = {
            "small imbalance": _small_imbalance(formula, network),
            "large imbalance": _large_imbalance(formula, network),
            "small start": _small_start(formula, network),
        }
        for what, powers in found.items():
            if powers is None:
                return Evidence.inconclusive(f"{what}: balls too wide")
            log_small, log_distance = powers
            power = fit_power(log_small, log_distance)
            off = abs(power.exponent - 2) + power.uncertainty
            worst = max(worst, off)
            if not off < _OFF[what]:
                witness = {"network": str(network), "power": str(power), "log distances": log_distance}
                return Evidence.refuted(f"{what}: no convergence of second order", witness, instances=count)
    detail = "distances to the limits fall as squares: λ to 1e-100, 1/λ to 1e-100, start to 1e-1000"
    return Evidence.of(Level.CONVERGED, detail, instances=count, exponent_off=worst)


_OFF = {"small imbalance": 1e-4, "large imbalance": 1e-4, "small start": 1e-2}
"""The terms beyond the square are smaller by 1e-10 at least where the fits begin. What is left of the half-time carries
log(1/ε), from ν − 2σ, which tilts the line by log(100)/2280 = 0.002 and bends it as much."""
_SMALL = ("1e-10", "1e-30", "1e-100")

Powers = tuple[list[float], list[float]] | None


def _small_imbalance(formula: ImbalancedMode, network: AlignedNetwork) -> Powers:
    """From a positive start, at a time of order one: distance to the logistic of LIN-18."""
    sigma, start = network.sigma[0], abs(network.alpha[0]) + Fraction(1, 7)
    if start == sigma:
        start += 1
    values = {sym.strength_0: start, sym.sigma_k: sigma, sym.variance: 1, sym.t: Fraction(1, 3)}

    def distance(small: Fraction) -> flint.arb:
        limit = ball_value(closed_form.logistic_strength(), values)
        return ball_value(formula.strength(), {**values, sym.imbalance: small}) - limit

    return _falling(distance)


def _large_imbalance(formula: ImbalancedMode, network: AlignedNetwork) -> Powers:
    """At a time of order 1/|λ|: distance to the exponential."""
    sigma, start = network.sigma[0], network.strengths[0]
    if start == sigma:
        start += 1

    def distance(small: Fraction) -> flint.arb:
        values = {sym.strength_0: start, sym.sigma_k: sigma, sym.imbalance: -1 / small, sym.t: small * Fraction(7, 5)}
        return ball_value(formula.strength(), values) - ball_value(formula.far(), values)

    return _falling(distance)


def _falling(distance: Callable[[Fraction], flint.arb]) -> Powers:
    log_small, log_distance = [], []
    for small in map(InitScale, _SMALL):
        with flint.ctx.workprec(256 + int(8 * small.log_inverse)):
            found = abs(distance(small.fraction)).log()
        if not found.is_finite():
            return None
        log_small.append(-small.log_inverse)
        log_distance.append(float(found))
    return log_small, log_distance


def _small_start(formula: ImbalancedMode, network: AlignedNetwork) -> Powers:
    """The half-time less its expansion, over the correction −(α² + ω²)/(4σ²): it tends to one as ε² log(1/ε).

    Both forms of the half-time are looked at: if they differ, the second misses the first by an amount that stays.
    """
    alpha, omega, sigma = network.alpha[0], network.omega[0], network.sigma[0]
    log_small, log_distance = [], []
    for scale in map(InitScale, ("1e-10", "1e-100", "1e-1000")):
        with flint.ctx.workprec(256 + int(14 * scale.log_inverse)):
            inverse = scale.log_inverse_ball()
            square = (-2 * inverse).exp()
            values = {
                sym.strength_0: square * ball(alpha * omega),
                sym.imbalance: square * ball(alpha**2 - omega**2),
                sym.sigma_k: sigma,
                sym.strength_final: sigma / 2,
                sym.log_inverse: inverse,
                sym.z_1: ball(abs(alpha + omega)) / flint.arb(2).sqrt(),
            }
            exact = ball_value(formula.time(), values)
            off = [exact - ball_value(form(), values) for form in (formula.half_time, formula.half_time_from_overlap)]
            correction = -square * ball((alpha**2 + omega**2) / (4 * sigma**2))
            found = sum((abs(miss / correction - 1) for miss in off), flint.arb(0)).log()
        if not found.is_finite():
            return None
        log_small.append(-scale.log_inverse)
        log_distance.append(float(found))
    return log_small, log_distance


def half_time_limit(formula: ImbalancedMode, context: Context) -> Evidence:
    """SymPy's limit of (half-time − its approximation)/|λ| for |λ| → 0 at any fixed Q_0: −(Q_0 + 1/Q_0)/(8σ²).

    |λ| (Q_0 + 1/Q_0)/2 is α² + ω². The effective strength is |λ| Q_0/4.
    """
    size, start = Symbol("h", positive=True), Symbol("Q_0", positive=True)
    end = formula.ratio().subs(sym.strength, sym.sigma_k / 2)
    made = {sym.ratio_0: start, sym.ratio: end, sym.ratio_upper: formula.upper(), sym.ratio_lower: formula.lower()}
    exact = formula.between().subs({**made, sym.rate: formula.rate()}, simultaneous=True).subs(sym.imbalance, size)
    balanced: dict[Any, Any] = {sym.strength_0: size * start / 4, sym.imbalance: 0}  # s_0 is the effective strength
    found = sympy.limit((exact - formula.half_time().subs(balanced)) / size, size, 0, "+")
    expected = -(start + 1 / start) / (8 * sym.sigma_k**2)
    if sympy.simplify(found - expected) != 0:
        return Evidence.inconclusive(f"SymPy's limit is {found}, and was not seen to be {expected}")
    return Evidence.of(Level.PROVED, "the correction of the half-time is −(α² + ω²)/(4σ²), for every start")
