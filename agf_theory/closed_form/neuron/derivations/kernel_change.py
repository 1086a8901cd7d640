"""SN-16 and SN-18: the change of the tangent kernel, exactly and in the three regimes."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Expr, Ge, Integer, Limit, Matrix, Symbol, oo, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.neuron import end_state, kernel_change
from agf_theory.closed_form.neuron.derivations.conservation import SOURCE
from agf_theory.closed_form.obligations import LimitValue, Nonnegative, Rewriting

__all__ = ["sn_16", "sn_18"]

_DELTA, _B, _R, _D = sym.neuron_imbalance, sym.goal_norm, sym.map_norm_0, sym.inputs
_FAR = Symbol("D", positive=True)  # the size of delta
_RADICALS = Rewriting(("evaluation", "common denominator", "radicals"))


def sn_16(
    kernel_square: Callable[[], Expr] = kernel_change.kernel_square,
    kernel_distance_square: Callable[[], Expr] = kernel_change.kernel_distance_square,
    final_kernel_change: Callable[[], Expr] = kernel_change.final_kernel_change,
    final_kernel_growth: Callable[[], Expr] = kernel_change.final_kernel_growth,
) -> Derivation:
    """The matrix in the plane of the goal and w, and a multiple of the identity across it."""
    steps = (
        *_norms(kernel_square(), kernel_distance_square()),
        *_ends(kernel_square(), kernel_distance_square(), final_kernel_change(), final_kernel_growth()),
    )
    return Derivation("SN-16", "How much the tangent kernel changes.", steps, SOURCE)


def _plane(outer: Expr, along: Expr, across: Expr) -> Matrix:
    return Matrix([[outer**2 + along**2, along * across], [along * across, outer**2 + across**2]])


def _squared(matrix: Matrix) -> Expr:
    return sum((entry**2 for entry in matrix), Integer(0))


def _norms(square: Expr, distance: Expr) -> tuple[Step, ...]:
    start = _plane(sym.outer_0, sym.parallel_0, sym.across_0)
    now = _plane(sym.outer_weight, sym.parallel, sym.across)
    others = (_D - 2) * (sym.outer_weight**2 - sym.outer_0**2) ** 2
    # What is conserved gives a0^2 by the other squares.
    conserved = sym.outer_weight**2 - sym.parallel**2 - sym.across**2 + sym.parallel_0**2 + sym.across_0**2
    difference = (_squared(now - start) + others - distance).expand()
    return (
        Step(
            "Norm of the kernel at the start",
            equal(_squared(start) + (_D - 2) * sym.outer_0**4, square),
            "K = X M X^T with M = a^2 I + w w^T (SN-02), and X^T X = I: traces of products of K are those of M. In the "
            "plane of the goal and w a matrix of two rows, in the d - 2 directions across it a^2.",
            Rewriting(),
        ),
        Step(
            "Norm of the difference",
            equal(_by_outer(difference, conserved), Integer(0)),
            "The flow keeps w in the plane, and a^2 - ||w||^2: put in for a_0^2.",
            Rewriting(),
        ),
    )


def _by_outer(expression: Expr, square: Expr) -> Expr:
    """With another expression for the square of the outer weight at the start, which enters by its square alone."""
    return sum((expression.coeff(sym.outer_0, power) * square ** (power // 2) for power in (0, 2, 4)), Integer(0))


def _ends(square: Expr, distance: Expr, change: Expr, growth: Expr) -> tuple[Step, ...]:
    """a0^2 = (q0 + delta)/2, ||w0||^2 = (q0 - delta)/2; at the end the same with b, and w along the goal."""
    first = sqrt(_DELTA**2 + 4 * _R**2)
    outer, inner = (first + _DELTA) / 2, (first - _DELTA) / 2
    at_start = {
        sym.outer_0: sqrt(outer),
        sym.parallel_0: sqrt(inner) * sym.cosine_0,
        sym.across_0: sqrt(inner) * sqrt(1 - sym.cosine_0**2),
    }
    last, along = end_state.outer_end_square(), end_state.inner_end_square()
    at_end = {sym.outer_weight: sqrt(last), sym.parallel: sqrt(along), sym.across: 0}
    whole = square.subs(at_start)
    return (
        Step(
            "Change to the end",
            equal(change**2 * whole, distance.subs(at_end).subs(at_start)),
            "a_0^2 is (q_0 + delta)/2 and ||w_0||^2 is (q_0 - delta)/2 (SN-01); at the end q is that of a map of norm "
            "b, and w lies along the goal (SN-08).",
            _RADICALS,
        ),
        Step(
            "Growth to the end",
            equal(growth**2 * whole, (_D - 1) * last**2 + (last + along) ** 2),
            "The squared norm at the end.",
            _RADICALS,
        ),
    )


def sn_18(
    lazy_kernel_bound: Callable[[], Expr] = kernel_change.lazy_kernel_bound,
    balanced_kernel_change: Callable[[], Expr] = kernel_change.balanced_kernel_change,
    delayed_kernel_change: Callable[[], Expr] = kernel_change.delayed_kernel_change,
) -> Derivation:
    """Upstream each part of the change has a bound that is its leading order; at balance q = 2r; downstream limits."""
    change = kernel_change.final_kernel_change()
    steps = (
        *_upstream(lazy_kernel_bound().subs(_DELTA, _FAR)),
        Step(
            "Balanced",
            equal(change.subs(_DELTA, 0) ** 2, balanced_kernel_change() ** 2),
            "q = 2r: the start and the end of SN-16.",
            Rewriting(),
        ),
        *_downstream(delayed_kernel_change()),
    )
    return Derivation("SN-18", "The change of the tangent kernel in the three regimes.", steps, SOURCE)


def _upstream(bound: Expr) -> tuple[Step, ...]:
    size = sym.map_norm
    total = sqrt(_FAR**2 + 4 * size**2)
    first, last = (sqrt(_FAR**2 + 4 * norm**2) for norm in (_R, _B))
    whole = (_D + 3) * (2 * (_B**2 - _R**2) / _FAR) ** 2
    whole += 2 * (2 * _B**2 / _FAR) * (2 * _R**2 / _FAR) * (1 - sym.cosine_0**2)
    return (
        Step(
            "The inner weights upstream",
            Ge(2 * size**2 / _FAR, total - _FAR),
            "D = delta > 0; twice ||w||^2 at a map of norm r.",
            Nonnegative((total - _FAR) ** 2 / (2 * _FAR)),
        ),
        Step(
            "Growth of the weights upstream",
            equal(last - first, 4 * (_B**2 - _R**2) / (last + first)),
            "In size 2|b^2 - r_0^2|/delta at most.",
            _RADICALS,
        ),
        Step(
            "The kernel at the start upstream",
            Ge(4 * total**2 + (_D - 1) * (total + _FAR) ** 2, 4 * _D * _FAR**2),
            "q >= delta.",
            Nonnegative(16 * size**2 + (_D - 1) * 4 * size**2 * (total + 3 * _FAR) / (total + _FAR), _RADICALS.tactics),
        ),
        Step(
            "Bound",
            equal(bound**2 * 4 * _D * _FAR**2, whole),
            "The three bounds, put into SN-16; each is met in the limit.",
            Rewriting(),
        ),
        Step(
            "Limit of the inner weights",
            equal(Limit(_FAR * (total - _FAR), _FAR, oo), 2 * size**2),
            "So the bound is the leading order.",
            LimitValue(),
        ),
    )


def _downstream(limit: Expr) -> tuple[Step, ...]:
    size = sym.map_norm
    total = sqrt(_FAR**2 + 4 * size**2)
    change = kernel_change.final_kernel_change().subs(_DELTA, -_FAR) ** 2
    return (
        Step(
            "Twice the outer weight downstream",
            equal(Limit(_FAR * (total - _FAR), _FAR, oo), 2 * size**2),
            "D = -delta: it vanishes, and so does the growth of the weights; the inner ones do not.",
            LimitValue(),
        ),
        Step(
            "Limit of the change",
            equal(Limit(change, _FAR, oo), limit**2),
            "What is left of SN-16: the turn over the norm.",
            LimitValue(),
        ),
        Step(
            "Next order of the change",
            equal(Limit((change - limit**2) * _FAR**2, _FAR, oo), limit**2 * (_B**2 - 3 * _R**2)),
            "So the squares differ by O(delta^-2), and the roots too where the limit is not zero.",
            LimitValue(),
        ),
        Step(
            "Next order where nothing turns",
            equal(Limit(change.subs(sym.cosine_0, 1) * _FAR**4, _FAR, oo), (_D + 3) * (_B**2 - _R**2) ** 2),
            "phi_0 = 1: the square is O(delta^-4), and its root O(delta^-2).",
            LimitValue(),
        ),
    )
