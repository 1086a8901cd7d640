"""MOD-12 to MOD-14 and MOD-16: conditions of a fit, six aligned neurons, why five are too few, special frequencies."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Expr, Ge, Identity, Integral, Matrix, MatrixSymbol, Symbol, cos, diag, pi, sin

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.matrix_words import WordIdentity
from agf_theory.closed_form.modular import aligned_fit, fit, fit_forms, special_fit
from agf_theory.closed_form.obligations import Nonnegative, Rewriting

__all__ = ["mod_12", "mod_13", "mod_14", "mod_16"]

A, B, C = (Symbol(f"z_{name}", positive=True) for name in "abc")  # the characters exp(i theta a), ...
ANGLE_A, ANGLE_B, ANGLE_C = (Symbol(name, real=True) for name in ("A", "B", "C"))
X, Y, W = Symbol("alpha", positive=True), Symbol("beta", positive=True), Symbol("w", real=True)
FORM = (sym.cos_a, sym.sin_a, sym.cos_b, sym.sin_b)
TRIGONOMETRY = Rewriting(("evaluation", "exponentials"))


def mod_12(
    fit_coefficient: Callable[..., Expr] = fit.fit_coefficient, fit_loss: Callable[[], Expr] = fit.fit_loss
) -> Derivation:
    """A squared pure neuron, character by character."""
    into = (sym.u_plus * A + sym.u_minus / A + sym.v_plus * B + sym.v_minus / B) / 2
    found = sum(fit_coefficient(pair) * A ** pair[0] * B ** pair[1] * C for pair in fit.CHARACTERS)
    output = (2 * sym.missing * cos(ANGLE_A)) ** 2 / 2
    steps = (
        Step(
            "A neuron, character by character",
            equal(into**2 * sym.w_plus * C / 2, found),
            "The half of the output that goes with exp(i theta c); the other half is its conjugate. Nine characters.",
            Rewriting(),
        ),
        Step(
            "What is missing at a character costs",
            equal(sym.modulus * Integral(output, (ANGLE_A, 0, 2 * pi)) / (2 * pi), fit_loss()),
            "Different characters are orthogonal over the pairs (a, b); the p outputs are a whole number of turns. The "
            "mean is that over a circle since 2 xi is not divisible by p.",
            Rewriting(),
        ),
    )
    return Derivation("MOD-12", "When pure neurons make one frequency of the target.", steps, "this project")


def mod_13(
    cubature_kernel: Callable[[], Expr] = aligned_fit.cubature_kernel,
    aligned_weight: Callable[[], Expr] = aligned_fit.aligned_weight,
    phase_u: Callable[[], Expr] = aligned_fit.canonical_phase_u,
    phase_v: Callable[[], Expr] = aligned_fit.canonical_phase_v,
) -> Derivation:
    """Six monomials are orthonormal on the nodes of an aligned fit."""
    r, s = sym.ratio_sum, sym.ratio_difference
    x, p = sym.template_amplitude, sym.modulus
    nodes = [{sym.triple: m, sym.pair: n} for m in range(3) for n in range(2)]
    phases = [(phase_u().subs(node), phase_v().subs(node)) for node in nodes]
    made = sum((_ahead(ANGLE_A, u) + _ahead(ANGLE_B, v)) ** 2 * _ahead(ANGLE_C, u + v) for u, v in phases)
    monomials = sum(r**j * s**k for j in range(3) for k in range(2))
    steps = (
        Step(
            "The kernel of six monomials",
            equal(cubature_kernel(), monomials),
            "All differences of the exponents are those of the conditions: X, X^2, Y, X Y, X/Y, X^2 Y, X^2/Y. So six "
            "monomials are orthonormal in L^2 of the weighted nodes, and there are at least six nodes.",
            Rewriting(),
        ),
        Step(
            "Where it vanishes",
            equal((r - 1) * cubature_kernel(), (r**3 - 1) * (1 + s)),
            "With six nodes the six monomials are a unitary matrix: equal weights, and a zero of the kernel for any "
            "two nodes. Cube roots of one other than one, or minus one.",
            Rewriting(),
        ),
        Step(
            "Six neurons make the target",
            equal(x**2 * aligned_weight() * made, 2 * x / p * cos(ANGLE_C - ANGLE_A - ANGLE_B)),
            "At all angles A, B of the inputs and C of the output, beyond that of the template.",
            TRIGONOMETRY,
        ),
    )
    return Derivation("MOD-13", "Aligned and balanced neurons: six, and no fewer.", steps, "this project")


def _ahead(angle: Expr, phase: Expr) -> Expr:
    """cos(angle + phase), expanded: the phase is a number."""
    return cos(angle) * cos(phase) - sin(angle) * sin(phase)


def mod_14(
    cosine_form: Callable[[], Expr] = fit_forms.cosine_form,
    sine_form: Callable[[], Expr] = fit_forms.sine_form,
    vanishing_form: Callable[[], Expr] = fit_forms.vanishing_form,
    fit_form_square: Callable[[], Expr] = fit_forms.fit_form_square,
) -> Derivation:
    """The pencil of a fit, and what five squares could make of it."""
    at = dict(zip(FORM, (cos(ANGLE_A), sin(ANGLE_A), cos(ANGLE_B), sin(ANGLE_B)), strict=True))
    c, s = sym.direction_cos, sym.direction_sin
    form = c * (cosine_form() + sym.shift_cos * vanishing_form()) + s * (sine_form() + sym.shift_sin * vanishing_form())
    length = sum(z**2 for z in FORM)
    steps = (
        Step("The cosine", equal(cosine_form().subs(at), cos(ANGLE_A + ANGLE_B)), "On the inputs.", TRIGONOMETRY),
        Step("The sine", equal(sine_form().subs(at), sin(ANGLE_A + ANGLE_B)), "On the inputs.", TRIGONOMETRY),
        Step(
            "What the inputs do not see",
            equal(vanishing_form().subs(at), 0),
            "Nine characters and ten forms: where the characters differ, this one and its multiples alone.",
            TRIGONOMETRY,
        ),
        Step(
            "The square of the form",
            equal(sum((form.diff(z) / 2) ** 2 for z in FORM), fit_form_square() * length),
            "|P z|^2 = factor |z|^2 for all z: P^2 is a multiple of the identity, as P is symmetric.",
            Rewriting(),
        ),
        Step(
            "It is invertible",
            Ge(fit_form_square(), (c**2 + s**2) / 4, evaluate=False),
            "In every direction. Four neurons or fewer leave rank three in the direction that one of them does not "
            "feel; a complex eigenvalue of two directions has an eigenspace of dimension two.",
            Nonnegative((c * sym.shift_cos + s * sym.shift_sin) ** 2),
        ),
        _five_neurons(),
    )
    return Derivation("MOD-14", "Five pure neurons make no generic frequency exactly.", steps, "this project")


def _five_neurons() -> Step:
    four = 4
    basis, inverse = MatrixSymbol("L", four, four), MatrixSymbol("L^-1", four, four)
    first, first_inverse = MatrixSymbol("C", four, four), MatrixSymbol("C^-1", four, four)
    second, fifth = MatrixSymbol("Delta", four, four), MatrixSymbol("m", four, 1)
    rules = (equal(basis.T * inverse.T, Identity(four)), equal(first * first_inverse, Identity(four)))
    square = Matrix([[1, 2, 0, 1], [0, 1, 3, 0], [0, 0, 1, 1], [0, 0, 0, 1]])
    instance = {
        basis: square,
        inverse: square.inv(),
        first: diag(1, 2, -3, 4),
        first_inverse: diag(1, 2, -3, 4).inv(),
        second: diag(5, -1, 2, 3),
        fifth: Matrix([1, -2, 3, 1]),
    }
    similar = first_inverse * second + first_inverse * fifth * fifth.T
    return Step(
        "Five squares",
        equal(
            basis * first * basis.T * inverse.T * similar * basis.T,
            basis * second * basis.T + basis * fifth * fifth.T * basis.T,
        ),
        "P_1 = L C L^T in the direction that does not feel the fifth neuron, whose form is L m; P_2 in another one. "
        "So P_1^-1 P_2 is similar to a real diagonal matrix plus one of rank one. A vector of its eigenspace of "
        "dimension two that the latter kills would be an eigenvector of the real diagonal matrix to a complex "
        "eigenvalue: there is none.",
        WordIdentity(rules, instance),
    )


def mod_16(
    quarter_phase_u: Callable[[], Expr] = special_fit.quarter_phase_u,
    quarter_phase_v: Callable[[], Expr] = special_fit.quarter_phase_v,
    quarter_weight: Callable[[], Expr] = special_fit.quarter_weight,
    nyquist_weight: Callable[[], Expr] = special_fit.nyquist_weight,
) -> Derivation:
    """Four neurons at p/4, two at p/2, and no fewer."""
    x, p = sym.template_amplitude, sym.modulus
    made = sum(
        x**2 * quarter_weight() * (_ahead(ANGLE_A, u) + _ahead(ANGLE_B, v)) ** 2 * _ahead(ANGLE_C, u + v)
        for u, v in ((phase.subs(sym.triple, m) for phase in (quarter_phase_u(), quarter_phase_v())) for m in range(4))
    )
    left = sin(2 * ANGLE_A) * (sin(ANGLE_C) + cos(ANGLE_C)) + sin(2 * ANGLE_B) * (sin(ANGLE_C) - cos(ANGLE_C))
    sign_a, sign_b = Symbol("chi_a", real=True), Symbol("chi_b", real=True)
    gamma = nyquist_weight() / (X * Y)
    two = gamma * ((x * X * sign_a + x * Y * sign_b) ** 2 - (x * X * sign_a - x * Y * sign_b) ** 2)
    k = [Symbol(f"k_{i}", real=True) for i in range(1, 5)]
    free, a = Symbol("lambda", real=True), Symbol("a", real=True)
    row_1, row_2 = 2 * free * k[0] + a * k[1] + k[2], 2 * free * k[1] + a * k[0] - k[3]
    cosine, sine = k[0] * k[2] + k[1] * k[3], k[0] * k[3] - k[1] * k[2]
    steps = (
        Step(
            "Four neurons",
            equal(made, (2 * x / p) * cos(ANGLE_C - ANGLE_A - ANGLE_B) + x / p * left),
            "At 4 xi = 0 the sines of 2A and of 2B are zero on all inputs: the target is left.",
            TRIGONOMETRY,
        ),
        Step(
            "Two neurons at the Nyquist frequency",
            equal(two, x / p * sign_a * sign_b),
            "Signs multiply: chi(a) chi(b) = chi(a + b).",
            Rewriting(),
        ),
        Step(
            "One is not enough there",
            Ge(sym.w**2 * (X**2 + Y**2) ** 2, sym.w**2 * (2 * X * Y) ** 2, evaluate=False),
            "What the two inputs make alone is at least as large as what they make together.",
            Nonnegative(sym.w**2 * (X**2 - Y**2) ** 2),
        ),
        Step(
            "Three neurons at p/4: a vector that both forms kill",
            equal(k[0] * row_1 - k[1] * row_2, 2 * free * (k[0] ** 2 - k[1] ** 2) + cosine),
            "The forms are free up to D, c_a s_a and c_b s_b. The rows of the cosine's: the multiple of c_a s_a is "
            "eliminated. In the same way the other rows, and those of the sine's.",
            Rewriting(),
        ),
        Step(
            "It is zero",
            equal(cosine**2 + sine**2, (k[0] ** 2 + k[1] ** 2) * (k[2] ** 2 + k[3] ** 2)),
            "If both are zero so is one half of the vector, and by the rows the other half. If one is not, its "
            "multiple of D is not, the other one's is, and the rows give a negative square.",
            Rewriting(),
        ),
    )
    return Derivation("MOD-16", "Four neurons at a quarter of p, two at the half.", steps, "this project")
