"""Orthogonal matrices with rational entries, exactly orthogonal."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from agf_theory.proofs_check.strategies.rational_matrix import Matrix, Vector, identity, inverse, product
from agf_theory.proofs_check.strategies.rationals import simple_rationals

__all__ = [
    "cayley_rotations",
    "givens_rotations",
    "orthogonal_matrices",
    "reflections",
    "signed_permutations",
    "unit_vectors",
]


@st.composite
def unit_vectors(draw: DrawFn, size: int) -> Vector:
    """Rational unit vectors by stereographic projection: all but (−1, 0, …), and that by its sign; shrink to (1, 0, …).

    Examples
    --------
    >>> from hypothesis import find
    >>> find(unit_vectors(2), lambda vector: vector[1] > 0)
    (Fraction(0, 1), Fraction(1, 1))
    """
    t = [draw(simple_rationals(-3, 3, denominators=3)) for _ in range(size - 1)]
    sign = draw(st.sampled_from((1, -1)))
    squared = sum((entry * entry for entry in t), Fraction(0))
    return (sign * (1 - squared) / (1 + squared), *(sign * 2 * entry / (1 + squared) for entry in t))


@st.composite
def signed_permutations(draw: DrawFn, size: int) -> Matrix:
    """Permutation matrices with signs; they shrink to the identity."""
    order = draw(st.permutations(range(size)))
    signs = [draw(st.sampled_from((1, -1))) for _ in range(size)]
    return tuple(
        tuple(Fraction(sign if j == k else 0) for j in range(size)) for k, sign in zip(order, signs, strict=True)
    )


@st.composite
def cayley_rotations(draw: DrawFn, size: int) -> Matrix:
    """Cayley transforms (I − A)(I + A)⁻¹ of rational skew matrices A: every rational rotation without eigenvalue −1.

    I + A is never singular, since the eigenvalues of A are imaginary. They shrink to the identity.
    """
    entry = simple_rationals(-2, 2, denominators=2)
    skew = [[Fraction(0)] * size for _ in range(size)]
    for i in range(size):
        for j in range(i):
            skew[i][j] = draw(entry)
            skew[j][i] = -skew[i][j]
    one = identity(size)
    minus = tuple(tuple(a - b for a, b in zip(*rows, strict=True)) for rows in zip(one, skew, strict=True))
    plus = tuple(tuple(a + b for a, b in zip(*rows, strict=True)) for rows in zip(one, skew, strict=True))
    return product(minus, inverse(plus))


@st.composite
def reflections(draw: DrawFn, size: int) -> Matrix:
    """Householder reflections I − 2 v vᵀ/(vᵀv) of small integer vectors v; they shrink to a change of one sign."""
    v = [draw(st.sampled_from((0, 1, -1, 2, -2))) for _ in range(size)]
    if not any(v):
        v[0] = 1
    squared = sum(entry * entry for entry in v)
    return tuple(
        tuple(Fraction(i == j) - Fraction(2 * a * b, squared) for j, b in enumerate(v)) for i, a in enumerate(v)
    )


@st.composite
def givens_rotations(draw: DrawFn, size: int) -> Matrix:
    """Rotations of two axes by the angle of a Pythagorean triple; they shrink to the identity.

    With t = p/q, cosine and sine are (q² − p²)/(q² + p²) and 2pq/(q² + p²): t = 1/2 is the triple 3, 4, 5.
    """
    t = draw(simple_rationals(-2, 2, denominators=3))
    i, j = sorted(draw(st.permutations(range(size)))[:2]) if size > 1 else (0, 0)
    if i == j:
        return identity(size)
    cosine, sine = (1 - t * t) / (1 + t * t), 2 * t / (1 + t * t)
    entries = {(i, i): cosine, (j, j): cosine, (i, j): -sine, (j, i): sine}
    return tuple(tuple(entries.get((k, m), Fraction(k == m)) for m in range(size)) for k in range(size))


def orthogonal_matrices(size: int) -> SearchStrategy[Matrix]:
    """Orthogonal matrices of every sort above, and products of a Cayley transform with signs and permutations.

    The products reach every rational orthogonal matrix: for each there are signs that rid it of the eigenvalue −1.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(orthogonal_matrices(2), lambda q: q[0][0] == 0 and q[0][1] == q[1][0] == 1)
    ((Fraction(0, 1), Fraction(1, 1)), (Fraction(1, 1), Fraction(0, 1)))
    """
    signed = signed_permutations(size)
    both = st.tuples(signed, cayley_rotations(size)).map(lambda pair: product(*pair))
    return st.one_of(signed, givens_rotations(size), reflections(size), both)
