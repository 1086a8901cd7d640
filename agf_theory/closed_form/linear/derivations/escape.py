"""LIN-15: the transverse flow of an active neuron, its rate of escape, and the crossover."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Expr, Gt, Integer, Matrix, Subs, Symbol, diag, log, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.linear import escape as closed
from agf_theory.closed_form.obligations import Nonnegative, Rewriting

__all__ = ["lin_15"]

ACROSS_A, ACROSS_W = Symbol("a_2", real=True), Symbol("w_2", real=True)


def lin_15(
    transverse_determinant: Callable[[], Expr] = closed.transverse_determinant,
    escape_rate: Callable[[], Expr] = closed.escape_rate,
    crossover_time: Callable[[], Expr] = closed.crossover_time,
    crossover_exponent: Callable[[], Expr] = closed.crossover_exponent,
) -> Derivation:
    """Escape of an active neuron from a saddle that is not the best of rank one."""
    determinant, rate = transverse_determinant(), escape_rate()
    damping = sym.sigma_1 + sym.variance_2 * sym.sigma_1 / sym.variance_1
    steps = (
        *_transverse_flow(),
        Step(
            "Determinant",
            equal(sym.sigma_1 * sym.variance_2 * sym.sigma_1 / sym.variance_1 - sym.sigma_2**2, determinant),
            "Of the four entries.",
            Rewriting(),
        ),
        Step(
            "The rate is an eigenvalue",
            equal(rate**2 + damping * rate + determinant, Integer(0)),
            "The characteristic polynomial x^2 + p x + det, p > 0 being minus the trace.",
            Rewriting(),
        ),
        Step(
            "It is the larger one",
            equal(2 * rate + damping, sqrt((sym.sigma_1 - damping + sym.sigma_1) ** 2 + 4 * sym.sigma_2**2)),
            "The eigenvalues add up to -p: the larger one exceeds -p/2. Their product is the determinant, and the "
            "smaller is negative: the larger is positive if and only if the determinant is negative.",
            Rewriting(("radicals", "common denominator")),
        ),
        Step(
            "A dormant neuron is faster",
            Gt(sym.sigma_2**2 + damping * sym.sigma_2 + determinant, 0),
            "The polynomial grows on x > 0 and is positive at sigma_2: its zero gamma lies below.",
            Nonnegative(damping * sym.sigma_2 + sym.variance_2 * sym.sigma_1**2 / sym.variance_1),
        ),
        *_crossover(crossover_time(), crossover_exponent()),
    )
    return Derivation("LIN-15", "Escape of an active neuron from a saddle of rank one.", steps, "this project")


def _transverse_flow() -> tuple[Step, ...]:
    """Velocity of a neuron (√s, a_2), (√s, w_2) at s = σ_1/Λ_1, to first order in a_2 and w_2."""
    size = sqrt(sym.sigma_1 / sym.variance_1)
    a, w = Matrix([size, ACROSS_A]), Matrix([size, ACROSS_W])
    residual = diag(sym.sigma_1, sym.sigma_2) - a * w.T * diag(sym.variance_1, sym.variance_2)
    velocity = {"a_2": (residual * w)[1], "w_2": (residual.T * a)[1]}
    entries = {
        ("a_2", ACROSS_A): -sym.sigma_1,
        ("a_2", ACROSS_W): sym.sigma_2,
        ("w_2", ACROSS_A): sym.sigma_2,
        ("w_2", ACROSS_W): -sym.variance_2 * sym.sigma_1 / sym.variance_1,
    }
    return tuple(
        Step(
            f"Velocity of {of}, as {by} grows",
            equal(Subs(velocity[of].diff(by), (ACROSS_A, ACROSS_W), (0, 0)), entry),
            "The flow a' = R w, w' = R^T a, with R = Sigma_yx - a w^T Sigma_xx, to first order about the saddle.",
            Rewriting(),
        )
        for (of, by), entry in entries.items()
    )


def _crossover(time: Expr, exponent: Expr) -> tuple[Step, ...]:
    left = sym.log_inverse / sym.sigma_1 + log(1 / sym.input_coupling) / sym.escape
    return (
        Step(
            "Second jump",
            equal(sym.sigma_2 * left + sym.sigma_1 * (time - left), sym.log_inverse),
            "The saddle is reached at L/sigma_1 and left log(1/rho)/gamma later; until then the dormant neuron grows "
            "at sigma_2, from then on, mode 1 being free again, at sigma_1; it is active when it has grown by L.",
            Rewriting(("evaluation", "logarithms", "common denominator")),
        ),
        Step(
            "Where the two branches meet",
            equal(
                time - sym.log_inverse / sym.sigma_2,
                (1 - sym.sigma_2 / sym.sigma_1)
                / sym.escape
                * (log(1 / sym.input_coupling) - exponent * sym.log_inverse),
            ),
            "At L/sigma_2 the dormant neuron is active without any coupling; with sigma_2 < sigma_1, this is later if "
            "and only if log(1/rho) is below the exponent times L.",
            Rewriting(("evaluation", "logarithms", "common denominator")),
        ),
    )
