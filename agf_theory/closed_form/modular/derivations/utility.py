"""MOD-01: the utility in Fourier coefficients, by the orthogonality of characters, for every p at once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

from sympy import Add, Derivative, Expr, Ne, Symbol

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.modular import utility
from agf_theory.closed_form.modular.coefficients import BAR, in_coefficients
from agf_theory.closed_form.obligations import Rewriting

__all__ = ["mod_01"]

SOURCE = "[kunin2025], modular addition; self terms and the case without centring, this project"
(X, X_BAR), (U, U_BAR), (V, V_BAR), (W, W_BAR) = BAR.values()
Q = Symbol("q", positive=True)  # a root of unity, as a formal variable
N = Symbol("n", integer=True)
# The characters of the positions of three unit vectors in the template, and of the unit vectors that are u, v, w.
T = [Symbol(f"t_{i}", real=True) for i in (1, 2, 3)]
J = [Symbol(f"chi_{i}", positive=True) for i in (1, 2, 3)]
A, B, C, D = (Symbol(f"chi_{name}", positive=True) for name in ("u", "v", "w", "r"))
S = [Symbol(f"s_{i}", real=True) for i in (1, 2)]


def mod_01(
    cross_term: Callable[[], Expr] = utility.cross_term, self_term: Callable[[], Expr] = utility.self_term
) -> Derivation:
    """Both sides are multilinear: they agree if they agree on unit vectors, whose coefficients are characters."""
    parts = tuple(zip(T, J, strict=True))
    template = {X: Add(*(t / j for t, j in parts)), X_BAR: Add(*(t * j for t, j in parts))}
    cross = (X**2 * X_BAR * U_BAR * V_BAR * W).subs(template).subs({U_BAR: A, V_BAR: B, W: 1 / C})
    squares = (X * X_BAR).subs(template) * Add(*T) * (S[0] / A + S[1] / D) * (S[0] * A + S[1] * D)
    steps = (
        Step(
            "A character summed over all positions",
            equal(Q**N, (Q ** (N + 1) - Q**N) / (Q - 1)),
            "The sum telescopes to (q^p - 1)/(q - 1): zero for q^p = 1, q other than 1, and p for q = 1. So 1/p times "
            "the sum of omega^(kn) over all k is one if p divides n, and zero if not.",
            Rewriting(("evaluation", "powers", "common denominator")),
            where=(Ne(Q, 1),),
        ),
        Step(
            "Cross term on unit vectors",
            equal(
                Derivative(cross, *T),
                Add(*(A * B * j3 / (C * j1 * j2) for j1, j2, j3 in permutations(J))),
            ),
            "The part linear in each of three unit vectors e_j of the template, with u = e_i, v = e_i', w = e_i'': "
            "characters of n = (i - j) + (i' - j') - (i'' - j''), one for each order of the three. By the first step "
            "2/p times their sum over k is 2 if p divides n, else 0; so is the sum over all pairs, for u.x_a = 1 at "
            "a = i - j alone, v.x_b at b = i' - j', w.x_(a+b) at a + b = i'' - j''.",
            Rewriting(("evaluation", "common denominator")),
        ),
        Step(
            "Self terms on unit vectors",
            equal(
                Derivative(squares, *T, *S),
                Add(*(r * j1 / (s * j2) for j1, j2, _ in permutations(J) for r, s in ((A, D), (D, A)))),
            ),
            "Linear in each of three unit vectors of the template and in two of u, with coefficients 1 at frequency "
            "zero: characters of (i - j) - (i' - j'). The sum over a of the products of the two inputs is 1 if p "
            "divides it, else 0, and the sum over b of w.x_(a+b) is 1 for every a.",
            Rewriting(("evaluation", "common denominator")),
        ),
        Step(
            "Self terms in moduli",
            equal(
                in_coefficients(self_term()),
                sym.mean_w * sym.mean_x * X * X_BAR * (U * U_BAR + V * V_BAR) / sym.modulus,
            ),
            "Squared moduli are products of a coefficient with its conjugate.",
            Rewriting(),
        ),
        Step(
            "Cross term in moduli and phases",
            equal(
                in_coefficients(cross_term()),
                X * X_BAR * (X * U_BAR * V_BAR * W + X_BAR * U * V * W_BAR) / sym.modulus,
            ),
            "The summands at k and -k are conjugates of one another: their sum is that of the real parts.",
            Rewriting(),
        ),
    )
    return Derivation(
        "MOD-01",
        "The utility summed over all pairs is a sum over frequencies, for every p and every template.",
        steps,
        SOURCE,
    )
