"""LIN-02 and LIN-03: the largest utility, mode by mode."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Expr, Ge, Gt, Matrix, MatrixExpr, MatrixSymbol, Rational, Subs, Symbol

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.linear import utility
from agf_theory.closed_form.matrix_words import WordIdentity
from agf_theory.closed_form.obligations import Nonnegative, Rewriting

__all__ = ["lin_02", "lin_03"]

SOURCE = "[kunin2025], fully connected linear networks, utility maximisation"
OUT, INTO = sym.overlap_outgoing, sym.overlap_incoming
EXCESS = Symbol("delta", nonnegative=True)  # sigma_1 - sigma_k
POSITIVE = Symbol("delta", positive=True)
ONE = MatrixSymbol("I_1", 1, 1)  # the number one, as a matrix


def lin_02(
    maximal_utility: Callable[[], Expr] = utility.maximal_utility,
    utility_gap_of_mode: Callable[[], Expr] = utility.utility_gap_of_mode,
    utility_gap_outside_modes: Callable[[], Expr] = utility.utility_gap_outside_modes,
    outgoing: Callable[[], MatrixExpr] = utility.maximising_outgoing_weights,
    incoming: Callable[[], MatrixExpr] = utility.maximising_incoming_weights,
    critical_utility: Callable[[], Expr] = utility.critical_utility,
) -> Derivation:
    """The largest utility on the unit sphere, by a sum of squares over the modes of the residual."""
    bound, mode = maximal_utility(), utility_gap_of_mode()
    larger = {sym.sigma_1: sym.sigma_k + EXCESS}
    strictly = {sym.sigma_1: sym.sigma_k + POSITIVE}
    form = [[mode.diff(x, y) for y in (OUT, INTO)] for x in (OUT, INTO)]
    determinant = Matrix(form).det().subs(strictly)
    u, v, R = sym.left_vector, sym.right_vector, sym.residual
    instance = {
        u: Matrix([Rational(3, 5), Rational(4, 5)]),
        v: Matrix([0, 1, 0]),
        R: sym.sigma_1 * Matrix([[0, Rational(3, 5), 0], [0, Rational(4, 5), 0]]),
        ONE: Matrix([1]),
    }
    steps = (
        Step(
            "What a mode leaves",
            equal(bound * (OUT**2 + INTO**2) - sym.sigma_k * OUT * INTO, mode),
            "With R = sum of sigma_k u_k v_k^T, the utility is the sum of sigma_k alpha_k omega_k.",
            Rewriting(),
        ),
        Step(
            "What lies outside all modes",
            equal(bound * sym.rest_outgoing**2 + bound * sym.rest_incoming**2, utility_gap_outside_modes()),
            "It adds to the norm and not to the utility.",
            Rewriting(),
        ),
        Step(
            "A mode leaves nothing negative",
            Ge(mode.subs(larger), 0, evaluate=False),
            "Two squares with weights sigma_k and sigma_1 - sigma_k. Summed over the modes: the bound.",
            Nonnegative(sym.sigma_k * (OUT - INTO) ** 2 / 2 + EXCESS * (OUT**2 + INTO**2) / 2),
        ),
        Step(
            "A mode below the largest leaves a definite form",
            Gt(determinant, 0, evaluate=False),
            "Determinant sigma_1^2 - sigma_k^2, positive trace: equality only where the overlaps vanish.",
            Nonnegative(POSITIVE**2 + 2 * POSITIVE * sym.sigma_k),
        ),
        Step(
            "The largest mode leaves one square",
            equal(bound * (OUT**2 + INTO**2) - sym.sigma_1 * OUT * INTO, sym.sigma_1 * (OUT - INTO) ** 2 / 2),
            "Equality where the overlaps agree: on the unit sphere at two points.",
            Rewriting(),
        ),
        Step(
            "The maximum is attained",
            equal(outgoing().T * R * incoming(), bound * ONE),
            "At (u_1, v_1)/sqrt(2).",
            WordIdentity((equal(R * v, sym.sigma_1 * u), equal(u.T * u, ONE)), instance),
        ),
        *_other_critical_points(bound, critical_utility()),
    )
    return Derivation(
        "LIN-02", "The largest utility on the unit sphere is half the largest singular value.", steps, SOURCE
    )


def _other_critical_points(bound: Expr, critical: Expr) -> tuple[Step, ...]:
    """On the sphere the critical points are the eigenvectors of (0, R; R^T, 0): (u_k, ±v_k), and the kernel."""
    u, v, R = sym.left_vector, sym.right_vector, sym.residual
    unit = Matrix([Rational(3, 5), Rational(4, 5)])
    instance = {u: unit, v: Matrix([0, 1, 0]), R: sym.sigma_k * unit * Matrix([[0, 1, 0]])}
    shown = WordIdentity((equal(R * v, sym.sigma_k * u), equal(R.T * u, sym.sigma_k * v)), instance)
    strictly = {sym.sigma_1: sym.sigma_k + POSITIVE}
    return (
        Step(
            "Eigenvectors of a mode, outgoing weights",
            equal(R * v, 2 * critical * u),
            "The utility is half the form of (0, R; R^T, 0), its value on the sphere half the eigenvalue: with v for "
            "w the eigenvalue is sigma_k, with -v it is -sigma_k.",
            shown,
        ),
        Step("Eigenvectors of a mode, incoming weights", equal(R.T * u, 2 * critical * v), "The other half.", shown),
        Step(
            "Other critical points are saddles",
            Gt((bound - critical).subs(strictly), 0, evaluate=False),
            "The sign of w turns the utility around: -critical is as far above the minimum, and 0, on the kernel, lies "
            "between. Beside eigenvectors of neither least nor largest eigenvalue the form has both signs.",
            Nonnegative(POSITIVE / 2),
        ),
    )


def lin_03(
    outgoing: Callable[[], MatrixExpr] = utility.repeated_maximising_outgoing_weights,
    incoming: Callable[[], MatrixExpr] = utility.repeated_maximising_incoming_weights,
    dimension: Callable[[], Expr] = utility.repeated_maximiser_dimension,
) -> Derivation:
    """The maximisers where the largest singular value is repeated: one sphere, with the two singular blocks paired."""
    U, V, q, R = sym.left_block, sym.right_block, sym.mixing, sym.residual
    a, w = outgoing(), incoming()
    instance = {
        U: Matrix([[1, 0], [0, 1], [0, 0]]),
        V: Matrix([[0, 1], [1, 0], [0, 0], [0, 0]]),
        q: Matrix([Rational(3, 5), Rational(4, 5)]),
        R: Matrix([[0, sym.sigma_1, 0, 0], [sym.sigma_1, 0, 0, 0], [0, 0, 0, 0]]),
        ONE: Matrix([1]),
    }
    rules = (
        equal(R * V, sym.sigma_1 * U),
        equal(R.T * U, sym.sigma_1 * V),
        equal(U.T * U * q, q),
        equal(V.T * V * q, q),
        equal(q.T * q, ONE),
    )
    shown = WordIdentity(rules, instance)
    steps = (
        Step(
            "On the unit sphere",
            equal(a.T * a + w.T * w, ONE),
            "The columns of U_1 and V_1 are orthonormal, and q is a unit vector.",
            shown,
        ),
        Step(
            "The utility is the maximum",
            equal(a.T * R * w, sym.sigma_1 * ONE / 2),
            "R V_1 = sigma_1 U_1.",
            shown,
        ),
        Step("Critical, outgoing weights", equal(R * w, sym.sigma_1 * a), "An eigenvector of the utility.", shown),
        Step("Critical, incoming weights", equal(R.T * a, sym.sigma_1 * w), "Its other half.", shown),
        Step(
            "Nothing else is",
            equal(
                utility.maximal_utility() * (OUT**2 + INTO**2) - sym.sigma_1 * OUT * INTO,
                sym.sigma_1 * (OUT - INTO) ** 2 / 2,
            ),
            "By LIN-02 a maximiser has overlaps with modes of sigma_1 alone, they agree: alpha_k = omega_k. So they "
            "are the entries of one q, divided by sqrt(2).",
            Rewriting(),
        ),
        Step(
            "Dimension of the sphere",
            equal(Subs(sym.x + 1, sym.x, dimension()), sym.multiplicity),
            "q -> (U_1 q, V_1 q)/sqrt(2) keeps lengths, so that the maximisers are a copy of the unit vectors q: m "
            "coordinates, one equation.",
            Rewriting(),
        ),
    )
    return Derivation(
        "LIN-03", "Where the largest singular value is repeated, the maximisers are a sphere.", steps, SOURCE
    )
