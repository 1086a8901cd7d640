"""Second moments with known spectra, exactly, whether input and modes commute or not: what LIN-09 is drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar

from agf_theory.errors import InputError
from agf_theory.problems.number_parser import parse_number
from agf_theory.proofs_check.hypotheses import Hypothesis, Instance
from agf_theory.proofs_check.linear.exact_algebra import definiteness
from agf_theory.proofs_check.linear.rational_draws import any_matrix, orthogonal_matrix
from agf_theory.proofs_check.strategies.rational_matrix import Matrix, Vector, diagonal, identity, product, transpose

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["FactoredMoments", "KnownSpectrum"]

SHAPES = ((1, 1), (2, 2), (3, 3), (2, 3), (3, 2), (2, 1))
ROOTS = tuple(Fraction(p, q) for p, q in ((1, 1), (2, 1), (1, 2), (3, 2), (0, 1), (1, 3)))
SCALES = tuple(Fraction(p, q) for p, q in ((1, 1), (2, 1), (1, 2), (3, 1)))


@dataclass(frozen=True)
class FactoredMoments:
    """Σ_xx = S², Σ_yx = U D Vᵀ S with S = Q diag(s) Qᵀ, so that Σ_yx Σ_xx⁺ Σ_yxᵀ = U D² Uᵀ.

    Attributes
    ----------
    left : (c, c) orthogonal
        U, the modes.
    roots : min(c, d) numbers, decreasing, not negative
        √μ_k.
    right : (d, d) orthogonal
        V; where S is singular, columns with a root lie in its range.
    axes : (d, d) orthogonal
    scales : d numbers, not negative
        Square roots of the eigenvalues of Σ_xx.
    noise : (c, c), positive semidefinite
        Σ_yy less what the best map explains.
    """

    left: Matrix
    roots: Vector
    right: Matrix
    axes: Matrix
    scales: Vector
    noise: Matrix

    @property
    def c(self) -> int:
        """Outputs."""
        return len(self.left)

    @property
    def d(self) -> int:
        """Inputs."""
        return len(self.right)

    @property
    def mu(self) -> Vector:
        """c numbers: the eigenvalues of Σ_yx Σ_xx⁺ Σ_yxᵀ, decreasing."""
        squares = tuple(root * root for root in self.roots)
        return squares + (Fraction(0),) * (self.c - len(squares))

    @cached_property
    def sigma_xx(self) -> Matrix:
        """(d, d)."""
        return self._with_scales(tuple(scale * scale for scale in self.scales))

    @cached_property
    def pseudo_inverse(self) -> Matrix:
        """Σ_xx⁺, (d, d)."""
        return self._with_scales(tuple(1 / scale**2 if scale else Fraction(0) for scale in self.scales))

    @cached_property
    def sigma_yx(self) -> Matrix:
        """(c, d)."""
        middle = diagonal(self.roots, rows=self.c, columns=self.d)
        return product(self.left, middle, transpose(self.right), self._with_scales(self.scales))

    @cached_property
    def sigma_yy(self) -> Matrix:
        """(c, c)."""
        explained = product(self.left, diagonal(self.mu, rows=self.c, columns=self.c), transpose(self.left))
        pairs = zip(explained, self.noise, strict=True)
        return tuple(tuple(a + b for a, b in zip(*rows, strict=True)) for rows in pairs)

    @property
    def definite(self) -> bool:
        """Whether Σ_xx is."""
        return all(self.scales)

    def projection(self, modes: tuple[int, ...], *, right: bool = False) -> Matrix:
        """On the modes of the given numbers, counted from 0: in the outputs, or on the columns of V."""
        basis = self.right if right else self.left
        chosen = tuple(tuple(row[k] for k in modes if k < len(row)) for row in basis)
        if not chosen[0]:
            return diagonal([], rows=len(basis), columns=len(basis))
        return product(chosen, transpose(chosen))

    def _with_scales(self, scales: Vector) -> Matrix:
        return product(self.axes, diagonal(scales, rows=self.d, columns=self.d), transpose(self.axes))

    def __str__(self) -> str:
        shown = {"Σ_xx": self.sigma_xx, "Σ_yx": self.sigma_yx, "Σ_yy": self.sigma_yy}
        rows = {name: "; ".join(" ".join(map(str, row)) for row in matrix) for name, matrix in shown.items()}
        return ", ".join(f"{name} = [{text}]" for name, text in rows.items())


@dataclass(frozen=True)
class KnownSpectrum(Hypothesis):
    """Second moments of any data; drawn with rational spectra."""

    variable: str = "moments"
    restricts: ClassVar[bool] = False

    def holds(self, instance: Instance) -> bool:
        m: FactoredMoments = instance[self.variable]
        sorts = list(m.roots) == sorted(m.roots, reverse=True) and m.roots[-1] >= 0
        orthogonal = all(product(transpose(q), q) == identity(len(q)) for q in (m.left, m.right, m.axes))
        inside = product(m.sigma_yx, m.pseudo_inverse, transpose(m.sigma_yx)) == product(
            m.left, diagonal(m.mu, rows=m.c, columns=m.c), transpose(m.left)
        )
        return sorts and min(m.scales) >= 0 and orthogonal and inside and definiteness(m.noise).negative is None

    def draw(self, random: Random, size: int) -> FactoredMoments:
        c, d = SHAPES[size % len(SHAPES)] if size < len(SHAPES) else random.choice(SHAPES)
        zeros = random.choice((0, 0, 0, 1)) if d > 1 else 0
        roots = sorted((random.choice(ROOTS) for _ in range(min(c, d))), reverse=True)
        factor = any_matrix(random, c, random.randint(1, c))
        noise = product(factor, transpose(factor)) if random.random() < 0.75 else diagonal([], rows=c, columns=c)
        scales = tuple(random.choice(SCALES) for _ in range(d - zeros)) + (Fraction(0),) * zeros
        turned = orthogonal_matrix(random, d - zeros)
        return _made(orthogonal_matrix(random, c), roots, turned, orthogonal_matrix(random, d), scales, noise)

    def strategy(self) -> SearchStrategy[FactoredMoments]:
        from hypothesis import strategies as st

        from agf_theory.proofs_check.strategies import orthogonal_matrices, psd_matrices

        def of_shape(shape: tuple[int, int, int]) -> SearchStrategy[FactoredMoments]:
            c, d, zeros = shape
            zeros = min(zeros, d - 1)
            return st.builds(
                _made,
                orthogonal_matrices(c),
                st.lists(st.sampled_from(ROOTS), min_size=min(c, d), max_size=min(c, d)).map(
                    lambda roots: sorted(roots, reverse=True)
                ),
                orthogonal_matrices(d - zeros),
                orthogonal_matrices(d),
                st.tuples(*(st.sampled_from(SCALES) for _ in range(d - zeros))).map(
                    lambda scales: scales + (Fraction(0),) * zeros
                ),
                psd_matrices(c),
            )

        return st.tuples(st.sampled_from(SHAPES), st.sampled_from((0, 1))).flatmap(lambda s: of_shape((*s[0], s[1])))

    def encode(self, value: FactoredMoments) -> dict[str, Any]:
        return {field.name: _plain(getattr(value, field.name)) for field in fields(FactoredMoments)}

    def decode(self, plain: Any) -> FactoredMoments:
        names = [field.name for field in fields(FactoredMoments)]
        if not isinstance(plain, Mapping) or set(plain) != set(names):
            raise InputError(f"moments: an object of {', '.join(names)} is required, got {type(plain).__name__}")
        return FactoredMoments(*(_read(plain[name], name) for name in names))

    @property
    def range_drawn(self) -> str:
        return "Σ_xx and Σ_yx Σ_xx⁺ Σ_yxᵀ with rational eigenvalues and eigenvectors, up to 3 × 3"

    def __str__(self) -> str:
        return "second moments of any data"


def _made(
    left: Matrix, roots: list[Fraction], turned: Matrix, axes: Matrix, scales: Vector, noise: Matrix
) -> FactoredMoments:
    """V is Q times a rotation of the range of S alone; roots outside that range are zero."""
    d, seen = len(axes), len(turned)
    inner = tuple(tuple(turned[i][j] if max(i, j) < seen else Fraction(i == j) for j in range(d)) for i in range(d))
    kept = tuple(root if k < seen else Fraction(0) for k, root in enumerate(roots))
    return FactoredMoments(left, kept, product(axes, inner), axes, scales, noise)


def _plain(value: Any) -> Any:
    return [_plain(entry) for entry in value] if isinstance(value, tuple) else str(value)


def _read(plain: Any, what: str) -> Any:
    if isinstance(plain, list):
        return tuple(_read(entry, what) for entry in plain)
    return parse_number(plain, what)
