"""MOD-02 to MOD-05: the largest utility, who attains it, and what it is under other norms."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Derivative, Expr, Ge, Gt, Rational, Symbol, cos, sin, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.modular import conventions, maximum, thresholds, utility
from agf_theory.closed_form.obligations import Nonnegative, Rewriting

__all__ = ["mod_02", "mod_03", "mod_04", "mod_05"]

SOURCE = "[kunin2025], modular addition, utility maximisation; Nyquist frequency, this project"
P, X, U, V, W = sym.modulus, sym.template_size, sym.size_u, sym.size_v, sym.size_w
REST = Symbol("r", nonnegative=True)  # norm of the coefficients of w at all other frequencies
EXCESS = Symbol("delta", positive=True)  # of the largest modulus over another
PHASE = sym.phase_x + sym.phase_w - sym.phase_u - sym.phase_v
ALIGNED = {sym.phase_x: 0, sym.phase_u: 0, sym.phase_v: 0, sym.phase_w: 0}
SQUARES = [Symbol(f"n_{name}", nonnegative=True) for name in "uvw"]
SHARE = Symbol("t", nonnegative=True)  # norm of w
OFF = Symbol("epsilon", real=True)  # what the phase of w is off by
ANGLE = Symbol("theta", real=True)  # of the cosine at one position
ENERGY = Symbol("E", positive=True)


def _gaps() -> tuple[Step, ...]:
    """What each inequality leaves, in a form whose sign and zeros can be read off."""
    return (
        Step(
            "Phases",
            Ge(2 * X**3 * U * V * W / P - utility.cross_term(), 0, evaluate=False),
            "Triangle inequality. Equality where X U V W = 0, or psi_u + psi_v = psi_x + psi_w modulo 2 pi.",
            Nonnegative(4 * X**3 * U * V * W * sin(PHASE / 2) ** 2 / P, ("exponentials",)),
        ),
        Step(
            "Balance of u and v",
            Ge(X**3 * W * (U**2 + V**2) / P, 2 * X**3 * U * V * W / P, evaluate=False),
            "The two means. Equality where X W = 0 or U = V.",
            Nonnegative(X**3 * W * (U - V) ** 2 / P),
        ),
        Step(
            "Norm of w on a generic frequency",
            Ge(P / 2, (P - REST**2) / 2, evaluate=False),
            "Parseval for a unit vector: 2 W^2 + r^2 = p, so W^2 is at most p/2. Equality where r = 0.",
            Nonnegative(REST**2 / 2),
        ),
        Step(
            "Norm of w on the Nyquist frequency",
            Ge(P, P - REST**2, evaluate=False),
            "Parseval: W^2 + r^2 = p, one real coefficient.",
            Nonnegative(REST**2),
        ),
    )


def mod_02(
    generic_maximum: Callable[[], Expr] = maximum.generic_maximum,
    nyquist_maximum: Callable[[], Expr] = maximum.nyquist_maximum,
) -> Derivation:
    """Four inequalities, one upon the other, and neurons for which all are equalities."""
    steps = (
        *_gaps(),
        Step(
            "A neuron with part of its norm on one generic frequency",
            Ge(generic_maximum() ** 2, _squared(2, P / 2), evaluate=False),
            "Squared. The shares of |u|^2, |v|^2 and |w|^2 on it are 1/(1 + n). Over several frequencies the squares "
            "U^2 + V^2 of unit vectors sum to 2 p, each multiplied by X^3 W/p: the largest factor bounds the sum.",
            Nonnegative(2 * P * X**6 * _left()),
        ),
        Step(
            "A neuron with part of its norm on the Nyquist frequency",
            Ge(nyquist_maximum() ** 2, _squared(1, P), evaluate=False),
            "Likewise; the whole norm is on one coefficient. The larger of the two bounds holds for every neuron.",
            Nonnegative(4 * P * X**6 * _left()),
        ),
        Step(
            "Attained on a generic frequency",
            equal(_off_phase(2, sqrt(P / 2)), generic_maximum() * (1 - 2 * sin(OFF / 2) ** 2)),
            "All norms on one frequency and its mirror; at epsilon = 0 the phases are aligned.",
            Rewriting(("exponentials",)),
        ),
        Step(
            "Attained on the Nyquist frequency",
            equal(_off_phase(1, sqrt(P)), nyquist_maximum() * (1 - 2 * sin(OFF / 2) ** 2)),
            "All norms on the one coefficient; epsilon is 0 or pi there.",
            Rewriting(("exponentials",)),
        ),
    )
    return Derivation("MOD-02", "No neuron has a larger utility than the best on one frequency.", steps, SOURCE)


def _squared(copies: int, full: Expr) -> Expr:
    """Square of the aligned cross term, at shares 1/(1 + n) of the norms."""
    shares = {size: sqrt(full / (1 + n)) for size, n in zip((U, V, W), SQUARES, strict=True)}
    return (copies * utility.cross_term().subs(ALIGNED).subs(shares)) ** 2


def _left() -> Expr:
    """What the shares 1/(1 + n) leave of one: 1 - 1/((1 + n_u)(1 + n_v)(1 + n_w))."""
    a, b, c = SQUARES
    return (a * b * c + a * b + b * c + c * a + a + b + c) / ((1 + a) * (1 + b) * (1 + c))


def _off_phase(copies: int, size: Expr, phase: Expr | None = None) -> Expr:
    """The cross term of a neuron of given moduli, off the phase condition by epsilon."""
    aligned = sym.phase_u + sym.phase_v - sym.phase_x if phase is None else phase
    at = {U: size, V: size, W: size, sym.phase_w: aligned + OFF}
    return copies * utility.cross_term().subs(at)


def mod_03(
    maximising_size: Callable[[], Expr] = maximum.maximising_size,
    maximising_phase: Callable[[], Expr] = maximum.maximising_phase,
) -> Derivation:
    """The neurons for which every inequality of MOD-02 is an equality."""
    size = maximising_size()
    steps = (
        *_gaps()[:3],
        Step(
            "A frequency below the largest",
            Gt((X + EXCESS) ** 3, X**3, evaluate=False),
            "Strict: equality leaves nothing of u and v on it, and nothing of w outside the largest.",
            Nonnegative(EXCESS**3 + 3 * X * EXCESS**2 + 3 * X**2 * EXCESS),
        ),
        Step(
            "The maximisers have norm one",
            equal((size * cos(ANGLE)) ** 2, (1 + cos(2 * ANGLE)) / P),
            "The squares of the weights at one position. The second term sums to zero over the positions.",
            Rewriting(("exponentials",)),
        ),
        Step(
            "The maximisers attain the maximum, whatever the phases of u and v",
            equal(
                _off_phase(2, P * size / 2, maximising_phase()),
                maximum.generic_maximum() * (1 - 2 * sin(OFF / 2) ** 2),
            ),
            "A cosine of amplitude s has coefficients of modulus p s/2. Two free phases: a torus; the third is off by "
            "epsilon, and costs. By the steps before, nobody else attains the maximum.",
            Rewriting(("exponentials",)),
        ),
    )
    return Derivation("MOD-03", "The maximisers of the utility are a torus of dimension two.", steps, SOURCE)


def mod_04(joint_norm_factor: Callable[[], Expr] = conventions.joint_norm_factor) -> Derivation:
    """Separate norms and one joint norm: the inequality of the means for three squares."""
    a, b, c = SQUARES
    thirds = sqrt(Rational(1, 3))
    steps = (
        Step(
            "Three squares of given sum",
            Ge((a + b + c) ** 3, 27 * a * b * c, evaluate=False),
            "The utility of a centred template is linear in the norm of each of u, v, w: n_u, n_v, n_w their squares.",
            Nonnegative(
                (a + b + c) * ((a - b) ** 2 + (b - c) ** 2 + (c - a) ** 2) / 2
                + 3 * (a * (b - c) ** 2 + b * (c - a) ** 2 + c * (a - b) ** 2)
            ),
        ),
        Step(
            "Two squares and the norm of w",
            Ge(2 * joint_norm_factor(), (1 - SHARE**2) * SHARE, evaluate=False),
            "The bound of any template, centred or not, is proportional to (|u|^2 + |v|^2)|w|: two for separate norms, "
            "(1 - t^2) t for a joint norm with |w| = t. Equality at t = sqrt(1/3): three equal norms.",
            Nonnegative((SHARE - thirds) ** 2 * (SHARE + 2 * thirds)),
        ),
    )
    return Derivation("MOD-04", "A joint norm costs the factor 3^(-3/2).", steps, SOURCE)


def mod_05(
    nyquist_factor: Callable[[], Expr] = thresholds.nyquist_factor,
    nyquist_threshold: Callable[[], Expr] = thresholds.nyquist_threshold,
    nyquist_energy_threshold: Callable[[], Expr] = thresholds.nyquist_energy_threshold,
) -> Derivation:
    """The two maxima of MOD-02 against one another."""
    generic, nyquist = maximum.generic_maximum(), maximum.nyquist_maximum()
    at, more = X * nyquist_threshold(), 1 + EXCESS
    beyond = EXCESS**3 + 3 * EXCESS**2 + 3 * EXCESS
    energies = {"Nyquist": sqrt(P * ENERGY * nyquist_energy_threshold() * more), "generic": sqrt(P * ENERGY / 2)}
    steps = (
        Step(
            "At equal coefficients",
            equal(Derivative(nyquist, X), 3 * nyquist_factor() * generic / X),
            "Both utilities are cubes of the coefficient: they grow in the ratio in which they stand.",
            Rewriting(),
        ),
        Step(
            "Above the threshold of energies",
            Gt(nyquist.subs(X, energies["Nyquist"]) ** 2, generic.subs(X, energies["generic"]) ** 2, evaluate=False),
            "Squared; energies are X^2/p at the Nyquist frequency and 2 X^2/p at a generic one.",
            Nonnegative(P**4 * ENERGY**3 * beyond / 4),
        ),
        Step(
            "Below the threshold",
            Gt(generic, nyquist.subs(X, at / more), evaluate=False),
            "The generic frequency wins.",
            Nonnegative(sqrt(2) * sqrt(P) * X**3 * beyond / more**3),
        ),
        Step(
            "Above the threshold",
            Gt(nyquist.subs(X, at * more), generic, evaluate=False),
            "The Nyquist frequency wins.",
            Nonnegative(sqrt(2) * sqrt(P) * X**3 * beyond),
        ),
    )
    return Derivation("MOD-05", "The Nyquist frequency wins above 2^(-1/6) of the largest coefficient.", steps, SOURCE)
