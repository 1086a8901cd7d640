"""LIN-04: the modes of a dormant neuron and its accumulated utility."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Derivative, Expr, Integer, Integral, MatrixSymbol, Rational, Subs, Symbol

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.linear import dormant
from agf_theory.closed_form.obligations import FundamentalTheorem, MatrixIdentity, Rewriting

__all__ = ["lin_04"]

_C = Symbol("c", integer=True, positive=True)
_D = Symbol("d", integer=True, positive=True)
_R = MatrixSymbol("R", _C, _D)
_U, _A = MatrixSymbol("u", _C, 1), MatrixSymbol("a", _C, 1)
_V, _W = MatrixSymbol("v", _D, 1), MatrixSymbol("w", _D, 1)
_EXPONENTIALS = Rewriting(("evaluation", "exponentials", "powers"))


def lin_04(
    growing_overlap: Callable[[], Expr] = dormant.growing_overlap,
    decaying_overlap: Callable[[], Expr] = dormant.decaying_overlap,
    squared_norm: Callable[[int], Expr] = dormant.dormant_squared_norm,
    accumulated_utility: Callable[[int], Expr] = dormant.dormant_accumulated_utility,
) -> Derivation:
    """Modes for any shape of the residual; sums over two of them, each mode adding its terms as the first does."""
    steps = (
        *_eigenvectors(),
        *_in_time("growing", growing_overlap(), sym.z_k, 1),
        *_in_time("decaying", decaying_overlap(), sym.y_k, -1),
        *_norm(squared_norm(2)),
        _utility(accumulated_utility(2)),
    )
    title = "Modes and accumulated utility of a dormant neuron of a linear network."
    return Derivation("LIN-04", title, steps, "this project")


def _eigenvectors() -> tuple[Step, ...]:
    """The rates of (u.a ± v.w), which are √2 times the projections; p = R^T u - σ v and q = R v - σ u vanish."""
    sigma = sym.sigma_k
    left, right = _R.T * _U - sigma * _V, _R * _V - sigma * _U
    why = (
        "da/dt = R w, dw/dt = R^T a; for a singular pair the last two terms vanish; with sigma = 0, the kernel of M(R)."
    )
    return (
        Step(
            "Velocity along (u, v)",
            equal(_U.T * _R * _W + _V.T * _R.T * _A, sigma * (_U.T * _A + _V.T * _W) + left.T * _W + right.T * _A),
            why,
            MatrixIdentity(),
        ),
        Step(
            "Velocity along (u, -v)",
            equal(_U.T * _R * _W - _V.T * _R.T * _A, -sigma * (_U.T * _A - _V.T * _W) + left.T * _W - right.T * _A),
            why,
            MatrixIdentity(),
        ),
    )


def _in_time(name: str, overlap: Expr, start: Symbol, sign: int) -> tuple[Step, ...]:
    return (
        Step(
            f"Projection on a {name} eigenvector",
            equal(Derivative(overlap, sym.t), sign * sym.sigma_k * overlap),
            "The velocity is the eigenvalue times the projection.",
            _EXPONENTIALS,
        ),
        Step(
            f"Start of the {name} projection",
            equal(Subs(overlap, sym.t, 0), start),
            "The one solution with this start.",
            Rewriting(),
        ),
    )


def _modes_at(time: Expr) -> list[tuple[Symbol, Expr, Expr]]:
    """Singular value and the two projections in time, of two modes."""
    growing, decaying = (overlap().subs(sym.t, time) for overlap in (dormant.growing_overlap, dormant.decaying_overlap))
    return [
        (sigma, growing.subs({sym.sigma_k: sigma, sym.z_k: z}), decaying.subs({sym.sigma_k: sigma, sym.y_k: y}))
        for sigma, z, y in dormant.dormant_modes(2)
    ]


def _norm(squared: Expr) -> tuple[Step, ...]:
    alpha, omega = Symbol("alpha_1", real=True), Symbol("omega_1", real=True)
    plus, minus = (alpha + omega) / 2 ** Rational(1, 2), (alpha - omega) / 2 ** Rational(1, 2)
    moving = sum((2 * s * (z**2 - y**2) for s, z, y in _modes_at(sym.t)), Integer(0))
    start = sum((z**2 + y**2 for _, z, y in dormant.dormant_modes(2)), sym.z_0**2)
    return (
        Step(
            "The eigenvectors keep lengths",
            equal(plus**2 + minus**2, alpha**2 + omega**2),
            "alpha = u.a and omega = v.w: the eigenvectors of M(R) and its kernel are an orthonormal basis.",
            Rewriting(),
        ),
        Step(
            "Utility of a mode",
            equal(alpha * omega, (plus**2 - minus**2) / 2),
            "The share sigma*alpha*omega of a mode in the utility a.Rw is sigma times this.",
            Rewriting(),
        ),
        Step(
            "Velocity of the squared norm",
            equal(Derivative(squared, sym.t), moving),
            "Every mode by itself; the kernel does not move.",
            _EXPONENTIALS,
        ),
        Step(
            "Squared norm at the start",
            equal(Subs(squared, sym.t, 0), start),
            "Squares of the projections.",
            Rewriting(),
        ),
    )


def _utility(claimed: Expr) -> Step:
    modes = _modes_at(sym.tau)
    squared = sum((z**2 + y**2 for _, z, y in modes), sym.z_0**2)
    normalised = sum((sigma * (z**2 - y**2) / 2 for sigma, z, y in modes), Integer(0)) / squared
    return Step(
        "Accumulated utility",
        equal(Integral(2 * normalised, (sym.tau, 0, sym.t)), claimed),
        "kappa = 2; the integrand is half the logarithmic derivative of the squared norm.",
        FundamentalTheorem(("evaluation", "exponentials", "powers")),
    )
