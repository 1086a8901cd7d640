"""SN-20: the two stages of the delayed rich regime, with bounds of their errors."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Derivative, Expr, Ge, Integer, Limit, Rational, Subs, Symbol, exp, oo, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.neuron import solution, two_stages, whitened
from agf_theory.closed_form.neuron.derivations.conservation import SOURCE
from agf_theory.closed_form.obligations import LimitValue, Nonnegative, Rewriting

__all__ = ["sn_20"]

_B, _T, _NU, _PHI = sym.goal_norm, sym.t, sym.rate, sym.cosine
_BELOW = Symbol("D", positive=True)  # -delta
_AT = {sym.neuron_imbalance: -_BELOW}
_MU = Symbol("mu", nonnegative=True)
_COSINE = Symbol("phi", positive=True)
_TOTAL = sqrt(_BELOW**2 + 4 * _MU**2)
_EXPONENTIALS = Rewriting(("evaluation", "common denominator", "exponentials"))


def sn_20(
    fast_stage_size: Callable[[], Expr] = two_stages.fast_stage_size,
    fast_stage_lack: Callable[[], Expr] = two_stages.fast_stage_lack,
    fast_stage_excess: Callable[[], Expr] = two_stages.fast_stage_excess,
    slow_stage_lag: Callable[[], Expr] = two_stages.slow_stage_lag,
) -> Derivation:
    """m = mu - b phi falls at rate q, driven by the turn; and the tangent of the angle is known exactly."""
    steps = (
        *_fast(*(function().subs(_AT) for function in (fast_stage_size, fast_stage_lack, fast_stage_excess))),
        *_slow(slow_stage_lag().subs(_AT)),
    )
    return Derivation("SN-20", "The two stages of the delayed rich regime.", steps, SOURCE)


def _fast(size: Expr, lack: Expr, excess: Expr) -> tuple[Step, ...]:
    turning = whitened.cosine_velocity().subs(sym.signed_size, _MU).subs(_AT).subs(sym.cosine, _COSINE)
    sine = Symbol("u", nonnegative=True)
    fallen = (size - _B * _PHI).subs(sym.cosine_0, Symbol("phi_0", positive=True))
    return (
        Step(
            "What is left of the fast stage",
            equal(Derivative(fallen, _T), -_BELOW * fallen),
            "m = mu - b phi obeys m' = -q m - b phi' (SN-04), with q >= D = -delta. From m = -b phi_0 it stays "
            "negative, as phi' >= 0: 0 <= mu <= b phi.",
            Rewriting(),
        ),
        Step(
            "Its start",
            equal(Subs(size, (_T, _PHI), (0, sym.cosine_0)), Integer(0)),
            "a_0 = 0.",
            Rewriting(),
        ),
        Step(
            "The turn is slow",
            Ge(_MU * _B * sine / _BELOW, turning.subs(_COSINE, sqrt(1 - sine))),
            "q >= D; u = 1 - phi^2.",
            Nonnegative(
                _MU * _B * sine * 4 * _MU**2 / (_BELOW * (_TOTAL + _BELOW) ** 2),
                ("evaluation", "common denominator", "radicals"),
            ),
        ),
        Step(
            "The fastest turn",
            Ge(Rational(2, 9) * sqrt(3), _COSINE - _COSINE**3),
            "With mu <= b phi the turn is at most b^2 phi (1 - phi^2)/D, and phi (1 - phi^2) largest at 3^(-1/2).",
            Nonnegative((_COSINE - 1 / sqrt(3)) ** 2 * (_COSINE + 2 / sqrt(3))),
        ),
        Step(
            "Lack",
            equal(_BELOW * lack, Subs(_B * _B**2 / _BELOW * (_COSINE - _COSINE**3), _COSINE, 1 / sqrt(3))),
            "m is at least its free fall less b times the fastest turn over D, as q >= D.",
            Rewriting(),
        ),
        Step(
            "Growth of the rate",
            Ge(2 * _B**2 / _BELOW, (_TOTAL - _BELOW).subs(_MU, _B)),
            "q - D <= 2 mu^2/D, and mu <= b.",
            Nonnegative((sqrt(_BELOW**2 + 4 * _B**2) - _BELOW) ** 2 / (2 * _BELOW)),
        ),
        Step(
            "Excess",
            equal(Derivative(excess * exp(_BELOW * _T), _T), _B * sym.cosine_0 * 2 * _B**2 / _BELOW),
            "1 - e^(-x) <= x for what the rate has grown by; it is zero at the start.",
            Rewriting(),
        ),
        *_met(turning),
    )


def _met(turning: Expr) -> tuple[Step, ...]:
    """Far downstream: the turn that the lack is bounded by, and the growth of the rate for the excess."""
    scaled = Symbol("s", positive=True)
    along = 1 - exp(-scaled)
    swept = scaled - 2 * along + (1 - exp(-2 * scaled)) / 2
    return (
        Step(
            "The lack is met",
            equal(Limit((_BELOW * turning).subs(_MU, _B * _COSINE), _BELOW, oo), _B**2 * (_COSINE - _COSINE**3)),
            "Late in the fast stage mu is b phi but for D^-2, and q is D: m follows -b phi'/D, which changes slowly. A "
            "start with phi_0^2 < 1/3 passes the fastest turn.",
            LimitValue(),
        ),
        Step(
            "Growth of the rate along the goal",
            equal(Derivative(swept, scaled), along**2),
            "phi = 1 and s = D t: mu is b (1 - e^(-s)) to leading order, and D (q - D) is 2 mu^2.",
            _EXPONENTIALS,
        ),
        Step(
            "The excess is met",
            equal(Limit(swept / scaled, scaled, oo), Integer(1)),
            "Where first D and then s are large.",
            LimitValue(),
        ),
    )


def _slow(lag: Expr) -> tuple[Step, ...]:
    along = solution.parallel_propagated().subs({sym.outer_0: 0, **_AT})
    share = (1 + _BELOW / (2 * _NU)) / 2
    root = sqrt(_B**2 + _BELOW**2 / 4)
    gain = _B**2 / (root + _BELOW / 2)
    exact = {_NU: root}
    slack = _B**2 / _BELOW**2 - (1 / share - 1).subs(exact)
    slack_of_rate = gain - _B**2 / _BELOW + _B**4 / _BELOW**3
    inverse = Symbol("x", positive=True)
    return (
        Step(
            "Part along the goal",
            equal(along, sym.parallel_0 * (share * exp(_NU * _T) + (1 - share) * exp(-_NU * _T))),
            "SN-07 with a_0 = 0; across the goal e^(D t/2).",
            _EXPONENTIALS,
        ),
        Step(
            "Rate of the tangent",
            equal((_NU - _BELOW / 2).subs(exact), gain),
            "At most b^2/D, the rate of the slow stage; and shares add to one: the slow stage is never behind.",
            Rewriting(("evaluation", "common denominator", "radicals")),
        ),
        Step(
            "The rate from below",
            Ge(gain, _B**2 / _BELOW - _B**4 / _BELOW**3),
            "Of the order of D^-3.",
            Nonnegative(
                _B**2 * (root - _BELOW / 2) ** 2 * (2 * _BELOW + root - _BELOW / 2) / (_BELOW**3 * (root + _BELOW / 2)),
                ("evaluation", "common denominator", "radicals"),
            ),
        ),
        Step(
            "The share from below",
            Ge(_B**2 / _BELOW**2, (1 / share - 1).subs(exact)),
            "log(1/p) <= 1/p - 1 <= b^2/D^2 for the share p of the growing part.",
            Nonnegative(
                _B**4 * (root + 3 * _BELOW / 2) / (_BELOW**2 * (root + _BELOW / 2) ** 3),
                ("evaluation", "common denominator", "radicals"),
            ),
        ),
        Step(
            "Lag",
            equal(lag, 2 * (_B**4 * _T / _BELOW**3 + _B**2 / _BELOW**2) / 4),
            "Half of the logarithm of the odds is behind by the two; phi^2 changes by at most a quarter of the odds' "
            "logarithm, at phi^2 = 1/2.",
            Rewriting(),
        ),
        Step(
            "The slack of the share",
            equal(Limit((slack * _BELOW**2).subs(_BELOW, 1 / inverse), inverse, 0), Integer(0)),
            "Met in the limit; 1 - p, and the part that falls, are small beside it.",
            LimitValue(),
        ),
        Step(
            "The slack of the rate",
            equal(Limit((slack_of_rate * _BELOW**3).subs(_BELOW, 1 / inverse), inverse, 0), Integer(0)),
            "Met too: where phi^2 = 1/2 at a time of the slow stage, the lag is its bound to leading order, whatever "
            "b^2 t/D there. No smaller constants will do.",
            LimitValue(),
        ),
    )
