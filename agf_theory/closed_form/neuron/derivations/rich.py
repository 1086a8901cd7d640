"""SN-19: the plateau of a small balanced neuron, and its half-times to the next order."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Derivative, Expr, Ge, Integer, Limit, Subs, Symbol, cosh, exp, log, sinh, tanh

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.neuron import balanced, rich
from agf_theory.closed_form.neuron.derivations.conservation import SOURCE
from agf_theory.closed_form.obligations import LimitValue, Nonnegative, Rewriting

__all__ = ["sn_19"]

_B, _C, _T, _MU, _PHI = sym.goal_norm, sym.angle_0, sym.t, sym.size_0, sym.cosine
_SMALL = Symbol("x", positive=True)  # mu_0/(2b)
_LENGTH = Symbol("ell", positive=True)
_TIME = Symbol("s", positive=True)  # 2 b t
_EXPONENTIALS = Rewriting(("evaluation", "exponentials"))


def sn_19(
    plateau_bound: Callable[[], Expr] = rich.plateau_bound,
    rich_half_time: Callable[[], Expr] = rich.rich_half_time,
    rich_size_correction: Callable[[], Expr] = rich.rich_size_correction,
    rich_map_correction: Callable[[], Expr] = rich.rich_map_correction,
) -> Derivation:
    """An equation for e^(2bt) that has t in it only next to a large number."""
    steps = (
        *_plateau(plateau_bound()),
        *_half_times(),
        *_aligned(plateau_bound(), rich_half_time()),
        *_expansion(rich_half_time(), rich_size_correction(), rich_map_correction()),
    )
    return Derivation("SN-19", "Half-times of the rich regime.", steps, SOURCE)


def _plateau(bound: Expr) -> tuple[Step, ...]:
    freely = _MU * cosh(_B * _T + _C) ** 2 / cosh(_C) ** 2
    ratio = freely / balanced.balanced_size()
    return (
        Step(
            "Growth without the norm",
            equal(Derivative(ratio, _T), 2 * _MU * cosh(_B * _T + _C) ** 2 / cosh(_C) ** 2),
            "SN-06: how far mu stays behind mu_0 cosh^2(bt + c)/cosh^2 c. It falls behind for ever.",
            _EXPONENTIALS,
        ),
        Step("Its start", equal(Subs(ratio, _T, 0), Integer(1)), "t = 0.", Rewriting()),
        Step(
            "Bound of the growth",
            Ge(bound, freely),
            "cosh(bt + c) <= e^(bt) cosh c.",
            Nonnegative(
                _MU * (sinh(_B * _T) * exp(-_C) / cosh(_C)) * (exp(_B * _T) + cosh(_B * _T + _C) / cosh(_C)),
                ("evaluation", "exponentials"),
            ),
        ),
    )


def _half_times() -> tuple[Step, ...]:
    grown = exp(2 * _B * _T + 2 * _C)
    numerator, cosine = cosh(_B * _T + _C) ** 2, balanced.balanced_cosine()
    denominator = numerator / balanced.balanced_size()
    left = 4 * _B * cosh(_C) ** 2 / _MU + 4 * _B * _T - 2 * sinh(2 * _C)
    return (
        Step(
            "Where the norm is half of the goal",
            equal(8 * numerator - 4 * _B * denominator, grown + 4 + 3 / grown - left),
            "Eight times mu - b/2, times the denominator of SN-06: zero there, and e^(2bt + 2c) known by t and "
            "a large number.",
            _EXPONENTIALS,
        ),
        Step(
            "Where the part along the goal is half of it",
            equal(8 * numerator * cosine - 4 * _B * denominator, grown - 1 / grown - left),
            "The same with tanh(bt + c).",
            _EXPONENTIALS,
        ),
        Step(
            "The large number",
            equal(cosh(_C) ** 2 * (1 - tanh(_C) ** 2), Integer(1)),
            "phi_0 = tanh c: 4b cosh^2 c/mu_0 is 4b/(mu_0 (1 - phi_0^2)), e^(2c) is (1 + phi_0)/(1 - phi_0), and "
            "sinh 2c is 2 phi_0/(1 - phi_0^2).",
            _EXPONENTIALS,
        ),
    )


def _aligned(bound: Expr, half_time: Expr) -> tuple[Step, ...]:
    """phi_0 = 1, which is no tanh c."""
    size, grown = balanced.aligned_size(), exp(2 * _B * _T)
    large = exp(2 * _B * half_time).subs(_PHI, 1)
    risen = 2 * _MU * sinh(_B * _T) * exp(_B * _T)  # mu_0 (e^(2bt) - 1)
    return (
        Step(
            "Bound of the growth along the goal",
            Ge(bound, size),
            "phi_0 = 1: the logistic curve of SN-06.",
            Nonnegative(grown * _MU * risen / (_B + risen), _EXPONENTIALS.tactics),
        ),
        Step(
            "Half-way along the goal",
            equal(grown * (_B / size - 2), large * (1 - _MU / _B) - grown),
            "phi_0 = 1: e^(2bt) is e^ell (1 - mu_0/b), without a secular term; to the next order as below.",
            Rewriting(("evaluation", "common denominator", "exponentials")),
        ),
    )


def _expansion(half_time: Expr, by_size: Expr, by_map: Expr) -> tuple[Step, ...]:
    """With x = mu_0/(2b), s = 2bt: s = ell + log(1 + x ((1 - phi^2)(s - k) - 2 phi)), but for x^2."""
    leading = 2 * _B * half_time
    scaled = {_MU: 2 * _B * _SMALL}
    steps = [
        Step(
            "Leading order",
            equal(exp(leading) * (1 + _PHI) / (1 - _PHI), 4 * _B / (_MU * (1 - _PHI**2))),
            "e^(2bt) is the large number over e^(2c).",
            Rewriting(("evaluation", "common denominator", "powers")),
        )
    ]
    for name, correction, constant in (("norm", by_size, 2), ("part along the goal", by_map, 0)):
        bracket = (1 - _PHI**2) * (_TIME - constant) - 2 * _PHI
        added = (2 * _B * correction).subs(scaled)
        claimed = added.subs(log(_argument(half_time).subs(scaled)), _LENGTH)
        steps.append(
            Step(
                f"Next order, for the {name}",
                equal(Limit(log(1 + _SMALL * bracket.subs(_TIME, _LENGTH)) / _SMALL, _SMALL, 0), claimed / _SMALL),
                "The logarithm of the bracket over the large number; s is ell in it, but for the next order.",
                LimitValue(),
            )
        )
    steps.append(
        Step(
            "What is left",
            equal(Limit(_SMALL * log(1 / _SMALL) ** 2, _SMALL, 0), Integer(0)),
            "Terms of the order of mu_0^2 ell^2 are small beside mu_0.",
            LimitValue(),
        )
    )
    return tuple(steps)


def _argument(half_time: Expr) -> Expr:
    return next(iter(half_time.atoms(log))).args[0]
