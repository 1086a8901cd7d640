"""MOD-15: what is known exactly of the best losses: one neuron, bounds by the rank of forms, families that approach."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Expr, Ge, Integral, Limit, Matrix, Rational, Symbol, cos, pi, sin

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.modular import best_loss
from agf_theory.closed_form.modular.fit import CHARACTERS, fit_coefficient
from agf_theory.closed_form.obligations import LimitValue, Nonnegative, Rewriting

__all__ = ["mod_15"]

U, V = Symbol("alpha_2", positive=True), Symbol("beta_2", positive=True)  # |U|^2 and |V|^2
ANGLE = Symbol("A", real=True)
TURNED = Symbol("B", real=True)
K = [Symbol(f"k_{i}", real=True) for i in range(1, 5)]


def mod_15(
    one_neuron_loss: Callable[..., Expr] = best_loss.one_neuron_loss,
    two_neuron_loss: Callable[[], Expr] = best_loss.two_neuron_loss,
    five_neuron_loss: Callable[[], Expr] = best_loss.five_neuron_loss,
    form_distance: Callable[[], Expr] = best_loss.form_distance,
) -> Derivation:
    """Exact steps about the best losses; the values that a search gives are no part of it."""
    steps = (
        *_one_neuron(one_neuron_loss),
        *_aligned_neurons(),
        *_bounds_by_rank(form_distance),
        *_families(two_neuron_loss, five_neuron_loss),
    )
    return Derivation("MOD-15", "What too few neurons leave of one frequency.", steps, "this project")


def _one_neuron(one: Callable[..., Expr]) -> tuple[Step, ...]:
    """The best weight leaves 1 - (what it makes at the target's character)/(all it makes), in squares."""
    swapped = {sym.u_plus: sym.u_minus, sym.u_minus: sym.u_plus, sym.v_plus: sym.v_minus, sym.v_minus: sym.v_plus}
    terms = [fit_coefficient(pair) for pair in CHARACTERS]
    ones = {sym.w_plus: 1, sym.u_plus: U, sym.u_minus: 1, sym.v_plus: V, sym.v_minus: 1}
    sizes = [(term * term.subs(swapped, simultaneous=True)).subs(ones) for term in terms]
    real_u, real_v = Symbol("u_r", real=True), Symbol("v_r", real=True)  # real parts of U^2 and V^2
    quarter = sizes[0] * 4 + sizes[-1] + (real_u**2 + real_v**2) / 16
    nyquist = (2 * U * V) ** 2 + (U**2 + V**2) ** 2
    steps = []
    for kind, made, total, certificate in (
        ("generic", sizes[0], sum(sizes), Rational(3, 32) * (U - V) ** 2),
        ("quarter", sizes[0], quarter, (U - V) ** 2 / 16 + (real_u**2 + real_v**2) / 16),
        ("nyquist", (2 * U * V) ** 2, nyquist, (U**2 - V**2) ** 2),
    ):
        steps.append(
            Step(
                f"One neuron, {kind}",
                Ge((1 - one(kind)) * total, made, evaluate=False),
                "The share of what it makes that is the target; equal where the certificate vanishes.",
                Nonnegative((1 - one(kind)) * certificate),
            )
        )
    return tuple(steps)


def _aligned_neurons() -> tuple[Step, ...]:
    """With weights t of sum one the loss is 1 - 1/m, m the form of a kernel of the phase differences of two neurons."""
    kernel = cos(ANGLE) * (2 + cos(ANGLE)) * (2 + cos(TURNED))
    units = {sym.u_plus: 1, sym.u_minus: 1, sym.v_plus: 1, sym.v_minus: 1, sym.w_plus: 1}
    terms = [
        16 * fit_coefficient((j, k)).subs(units) ** 2 * cos((j + k + 2) * ANGLE / 2 + (j - k) * TURNED / 2)
        for j, k in CHARACTERS
    ]
    monomials = (3 + 4 * cos(ANGLE) + 2 * cos(2 * ANGLE)) * (2 + 2 * cos(TURNED))
    left = 40 * cos(ANGLE) + 8 * cos(2 * ANGLE)
    left += 16 * cos(ANGLE) * cos(TURNED) + 2 * cos(2 * ANGLE) * cos(TURNED)
    gap = (1 + cos(ANGLE)) ** 2 * (1 + 2 * cos(TURNED / 2) ** 2) + 2 * sin(TURNED / 2) ** 2
    return (
        Step(
            "Aligned neurons: their kernel",
            equal(sum(terms), kernel),
            "X and Y of two neurons differ by the angles A and B. With m the sum of t_i t_j times the kernel, the best "
            "size of the weights leaves 1 - 1/m.",
            Rewriting(("evaluation", "exponentials")),
        ),
        Step(
            "Two aligned neurons",
            Ge(kernel, -3, evaluate=False),
            "m = (9 + kernel)/2 is at least 3: two leave 2/3, at opposite X and equal Y.",
            Nonnegative(gap, ("evaluation", "exponentials")),
        ),
        Step(
            "More aligned neurons",
            equal(12 * (kernel - 1) - (monomials - 6), left),
            "A sum of cosines with positive weights, so a positive form in t. The second bracket is the kernel of the "
            "six monomials, whose form in t is the squared norm of a Hermitian matrix of trace six and rank N: at "
            "least 36/N. So 12 (m - 1) >= 36/N - 6: three leave 1/3, four 1/5, five 1/11 at least.",
            Rewriting(("evaluation", "exponentials")),
        ),
    )


def _bounds_by_rank(form_distance: Callable[[], Expr]) -> tuple[Step, ...]:
    """A functional that vanishes on the forms which kill a vector bounds their distance to the cosine from below."""
    turned = [K[2], -K[3], K[0], -K[1]]  # S k, where S/2 is the matrix of the cosine
    moment = Matrix(4, 4, lambda i, j: K[i] * turned[j] + turned[i] * K[j])
    other = Matrix(4, 4, lambda i, j: Symbol(f"g_{min(i, j)}{max(i, j)}", real=True))
    mean = moment[0, 0] + moment[1, 1]
    size = mean**2 + sum(2 * ((moment[i, i] - moment[i + 1, i + 1]) ** 2 + 4 * moment[i, i + 1] ** 2) for i in (0, 2))
    size += 4 * sum(moment[i, j] ** 2 for i in (0, 1) for j in (2, 3))
    a, b = K[0] ** 2 + K[1] ** 2, K[2] ** 2 + K[3] ** 2
    form = K[0] * K[2] - K[1] * K[3]
    at = {sym.kernel_a: a, sym.kernel_b: b, sym.kernel_form: form}
    claimed = form_distance()
    scaled = ((sym.kernel_a + sym.kernel_b) ** 2 / claimed).subs(at)
    without = ((sym.kernel_a + sym.kernel_b) ** 2 / claimed).subs(
        {sym.kernel_a: a, sym.kernel_b: b, sym.kernel_form: 0}
    )
    first, second = Symbol("r_1", nonnegative=True), Symbol("r_2", nonnegative=True)
    s, t = 1 / (1 + first), 1 / (1 + second)
    slack = 5 * (first**2 + 2 * first) * (second**2 + 2 * second) * s**2 * t**2
    slack += s * t * (1 + 5 * (first + second + first * second) * s * t) + 3
    return (
        Step(
            "It vanishes on the forms that kill the vector",
            equal(
                sum(moment[i, j] * other[i, j] for i in range(4) for j in range(4)),
                2 * sum(turned[i] * (other * Matrix(K))[i] for i in range(4)),
            ),
            "h with E[h z z^T] = k (S k)^T + (S k) k^T, whose halves have one trace, twice the form at k. For every "
            "symmetric matrix G; and the product of h with the cosine is k.S S k = |k|^2.",
            Rewriting(),
        ),
        Step(
            "Its size",
            equal(size, scaled),
            "Parseval on the torus: means of h with 1, cos 2A, sin 2A, ... read off the moments.",
            Rewriting(),
        ),
        Step(
            "One vector killed: at least 1/9",
            Ge(9 * (a + b) ** 2, scaled, evaluate=False),
            "Three neurons in every direction of the output, four in that which one does not feel.",
            Nonnegative(5 * (a - b) ** 2 + 12 * (K[0] * K[3] + K[1] * K[2]) ** 2),
        ),
        Step(
            "A vector killed on which the cosine's form vanishes: at least 1/6",
            Ge(6 * (a + b) ** 2, without, evaluate=False),
            "There is one in every kernel of dimension two on which the form is not definite.",
            Nonnegative(2 * (a - b) ** 2),
        ),
        Step(
            "A kernel of dimension two on which it is definite: at least 4/21",
            Ge(24, 16 + 8 * (s**2 + t**2) - 3 * (s + t) ** 2, evaluate=False),
            "The functional with the projection on the kernel in the place of k k^T; s and t, from 0 to 1, are the "
            "eigenvalues of S on it. The size is at most 21, less than 24 = 4 times 6. So rank two is at 1/6 at least, "
            "and rank one at 1/2 - 1/9 = 7/18: two neurons leave 7/18 + 1/6 = 5/9.",
            Nonnegative(slack),
        ),
    )


def _families(two: Callable[[], Expr], five: Callable[[], Expr]) -> tuple[Step, ...]:
    t = sym.half_angle
    even = 1 + cos(2 * t) * (cos(2 * ANGLE) + cos(2 * TURNED)) / 2
    even += cos(2 * t) * cos(ANGLE + TURNED) + cos(ANGLE - TURNED)
    squared = Rational(3, 2) + Rational(3, 4) * cos(2 * t) ** 2
    h, mu = sym.closeness, Symbol("mu", real=True)
    half = Rational(1, 2)
    pencil = Matrix(
        [
            [-7 * h**2, 0, -mu / 2, half],
            [0, 3 * h**2, half, mu / 2],
            [-mu / 2, half, -1 / (4 * h**2), 0],
            [half, mu / 2, 0, 0],
        ]
    )
    error = (h**2 * (3 * sin(ANGLE) ** 2 - 7 * cos(ANGLE) ** 2)) ** 2
    return (
        Step(
            "Two neurons turned apart: their sum",
            equal((cos(ANGLE + t) + cos(TURNED + t)) ** 2 / 2 + (cos(ANGLE - t) + cos(TURNED - t)) ** 2 / 2, even),
            "Their difference has the shape of the derivative, sin 2A/2 + sin 2B/2 + sin(A + B), of mean square 3/4.",
            Rewriting(("evaluation", "exponentials")),
        ),
        Step(
            "What they leave",
            equal(two(), (half - (half * cos(2 * t)) ** 2 / squared) + (half - half**2 / Rational(3, 4))),
            "Of the cosine by the sum, whose mean square is 3/2 + 3/4 cos^2; of the sine by the difference.",
            Rewriting(),
        ),
        Step(
            "As they merge",
            equal(Limit(two(), t, 0), Rational(7, 18) + Rational(1, 6)),
            "The bound by ranks.",
            LimitValue(),
        ),
        Step(
            "Five neurons: the first four",
            equal(16 * pencil.det(), (mu**2 - 1) * (mu**2 - 4)),
            "Q_s + h^2 (3 s_a^2 - 7 c_a^2) - c_b^2/(4 h^2) minus mu Q_c: four different real roots, whatever h. So "
            "four squares of real forms make both.",
            Rewriting(),
        ),
        Step(
            "Five neurons: what is left",
            equal(Integral(error, (ANGLE, 0, 2 * pi)) / (2 * pi), five()),
            "The fifth takes c_b^2/(4 h^2) away, and h^2 (3 s_a^2 - 7 c_a^2) is left.",
            Rewriting(),
        ),
    )
