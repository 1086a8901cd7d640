"""SN-17: far upstream the map goes straight to its goal, with a bound of the error and its leading order."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Derivative, Expr, Ge, Integer, Limit, Max, Subs, Symbol, exp, oo, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.neuron import lazy
from agf_theory.closed_form.neuron.derivations.conservation import SOURCE
from agf_theory.closed_form.obligations import LimitValue, Nonnegative, Rewriting

__all__ = ["sn_17"]

_B, _T, _SIZE = sym.goal_norm, sym.t, sym.map_norm
_DELTA = Symbol("D", positive=True)  # delta > 0
_ABOVE = {sym.neuron_imbalance: _DELTA}
_EXPONENTIALS = Rewriting(("evaluation", "common denominator", "exponentials"))


def sn_17(
    lazy_map: Callable[[lazy.Part], Expr] = lazy.lazy_map,
    lazy_distance_bound: Callable[[], Expr] = lazy.lazy_distance_bound,
    lazy_correction: Callable[[lazy.Part], Expr] = lazy.lazy_correction,
) -> Derivation:
    """Beyond delta I the preconditioner is small; what it adds is an integral along the straight path."""
    maps = {part: lazy_map(part).subs(_ABOVE) for part in ("along", "across")}
    steps = (
        *_straight(maps),
        *_preconditioner(),
        *_bound(lazy_distance_bound().subs(_ABOVE), maps),
        *_correction(maps, {part: lazy_correction(part).subs(_ABOVE) for part in ("along", "across")}),
    )
    return Derivation("SN-17", "The straight path of a lazy neuron.", steps, SOURCE)


def _straight(maps: dict[str, Expr]) -> tuple[Step, ...]:
    goals = {"along": _B, "across": Integer(0)}
    starts = {"along": sym.outer_0 * sym.parallel_0, "across": sym.outer_0 * sym.across_0}
    moves = (
        Step(
            f"Straight path, {part} the goal",
            equal(Derivative(path, _T), _DELTA * (goals[part] - path)),
            "The flow of the map with delta I for its preconditioner; D = delta.",
            Rewriting(),
        )
        for part, path in maps.items()
    )
    begins = (
        Step(f"Its start, {part} the goal", equal(Subs(path, _T, 0), starts[part]), "t = 0.", Rewriting())
        for part, path in maps.items()
    )
    return (*moves, *begins)


def _preconditioner() -> tuple[Step, ...]:
    total = sqrt(_DELTA**2 + 4 * _SIZE**2)
    beyond, less = Symbol("x", nonnegative=True), Symbol("y", nonnegative=True)  # r - b, and 1 - cos
    return (
        Step(
            "The preconditioner beyond delta",
            Ge(2 * _SIZE**2 / _DELTA, total - _DELTA),
            "M - delta I = ||w||^2 I + w w^T has the eigenvalues 2||w||^2 = q - delta and half of it (SN-01, SN-02); "
            "so M >= delta I, and ||beta - beta_*|| falls at least like e^(-delta t).",
            Nonnegative((total - _DELTA) ** 2 / (2 * _DELTA)),
        ),
        Step(
            "The norm of the map",
            Ge((_B + beyond) ** 2 - (_B + beyond) * _B * (1 - less), 0),
            "r' = -q (r - b cos) <= 0 where r >= b (SN-03): r stays below the larger of b and its start, R.",
            Nonnegative((_B + beyond) * beyond + (_B + beyond) * _B * less),
        ),
    )


def _bound(bound: Expr, maps: dict[str, Expr]) -> tuple[Step, ...]:
    """A comparison function: its equation is that of the bound of the distance."""
    error = sqrt((maps["along"] - _B).subs(_T, 0) ** 2 + maps["across"].subs(_T, 0) ** 2)
    largest = Max(_B**2, sym.outer_0**2 * (sym.parallel_0**2 + sym.across_0**2))
    drive = 2 * largest / _DELTA * error * exp(-_DELTA * _T)
    return (
        Step(
            "Bound of the distance",
            equal(Derivative(bound, _T), -_DELTA * bound + drive),
            "The distance D(t) obeys D' <= -delta D + 2R^2/delta ||beta - beta_*||, by the two steps before.",
            Rewriting(("evaluation", "common denominator", "powers")),
        ),
        Step("Its start", equal(Subs(bound, _T, 0), Integer(0)), "The paths start together.", Rewriting()),
        Step(
            "The constant is the best",
            equal(Limit(_DELTA * (sqrt(_DELTA**2 + 4 * _B**2) - _DELTA), _DELTA, oo), 2 * _B**2),
            "A map close to its goal, and on the line through it, has r = b = R nearly, and its error falls at rate q: "
            "the distance is (q - delta) t e^(-delta t) of the first error, but for the square of (q - delta) t.",
            LimitValue(),
        ),
    )


def _correction(maps: dict[str, Expr], corrections: dict[str, Expr]) -> tuple[Step, ...]:
    total = sqrt(_DELTA**2 + 4 * _SIZE**2)
    along, across = maps["along"] - _B, maps["across"]
    square = maps["along"] ** 2 + maps["across"] ** 2
    inner = maps["along"] * along + maps["across"] * across  # beta . (beta - beta_*) on the straight path
    drives = {
        "along": square * along + maps["along"] * inner,
        "across": square * across + maps["across"] * inner,
    }
    return (
        Step(
            "Leading order of the preconditioner",
            equal(Limit(_DELTA * (total - _DELTA) / 2, _DELTA, oo), _SIZE**2),
            "(M - delta I) e is nearly (r^2 e + beta (beta.e))/delta; the next term is smaller by delta^-2.",
            LimitValue(),
        ),
        *(
            Step(
                f"Correction, {part} the goal",
                equal(Derivative(term, _T), -_DELTA * term - drives[part] / _DELTA),
                "The next order of the flow, driven along the straight path.",
                _EXPONENTIALS,
            )
            for part, term in corrections.items()
        ),
        *(
            Step(f"Its start, {part} the goal, too", equal(Subs(term, _T, 0), Integer(0)), "t = 0.", Rewriting())
            for part, term in corrections.items()
        ),
    )
