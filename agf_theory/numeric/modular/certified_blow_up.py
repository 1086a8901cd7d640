"""Blow-up times of the modes of dormant neurons, enclosed by balls."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, TypeAlias

import flint

from agf_theory.errors import UndecidedError

__all__ = ["GaussianRational", "blow_up_time_of_balls", "certified_blow_up_time"]

GaussianRational: TypeAlias = Fraction | int | tuple[Fraction | int, Fraction | int]
"""A rational number, or a pair of them: real and imaginary part."""


def certified_blow_up_time(
    u_hat: GaussianRational,
    v_hat: GaussianRational,
    w_hat: GaussianRational,
    x_hat: GaussianRational,
    p: int,
    *,
    digits: int = 30,
) -> flint.arb:
    r"""The blow-up time of one mode with Gaussian rational coefficients; infinite times are decided, not guessed.

    Parameters
    ----------
    u_hat, v_hat, w_hat, x_hat : rational number, or pair of rational numbers
        Unnormalised Fourier coefficients of neuron and template, as (real part, imaginary part).
    p : int
    digits : int
        Decimal digits computed with; the ball says how many of them are right.

    Returns
    -------
    arb
        A ball that contains the time of `agf_theory.numeric.modular.blow_up_time`; +inf where the mode never becomes
        infinite.

    Notes
    -----
    The squared amplitudes, h² and (Re Z)² are rational: multiplicities of roots, and with them infinite times, are read
    off the factors of a rational polynomial. Source: this project; claim MOD-10.

    Examples
    --------
    >>> print(certified_blow_up_time(1, 1, 0, 1, 2, digits=25).str(20, radius=False))
    3.1415926535897932385
    >>> certified_blow_up_time(1, 1, (Fraction(-3, 2), 0), 1, 2) == flint.arb.pos_inf()
    True
    """
    u, v, w, x = (_complex(each) for each in (u_hat, v_hat, w_hat, x_hat))
    size = _norm(x)
    if size == 0:
        return flint.arb.pos_inf()
    product = _times(_times(x, _conjugate(u)), _times(_conjugate(v), w))
    real_squared, squares = product[0] ** 2 / size, (_norm(u), _norm(v), _norm(w))
    with flint.ctx.workdps(digits + 10):
        roots = _exact_roots(_cubic(squares, real_squared), real_squared == 0)
        speed = 2 * flint.arb(size) * flint.arb(size).sqrt() / p**2
        return _integral(roots, product[0] >= 0) / speed


def blow_up_time_of_balls(u_hat: flint.acb, v_hat: flint.acb, w_hat: flint.acb, x_hat: flint.acb, p: int) -> flint.arb:
    """The blow-up time of one mode whose coefficients are balls, at the precision that is set.

    Raises
    ------
    UndecidedError
        If the balls do not tell the sign of Re Z, or which root is the least: more bits may, but for an infinite time,
        or a mode that is exactly balanced, only `certified_blow_up_time` does.
    """
    size = abs(x_hat)
    product = x_hat * u_hat.conjugate() * v_hat.conjugate() * w_hat
    if not (product.real > 0 or product.real < 0):
        raise UndecidedError(f"the blow-up time needs the sign of Re Z, got the ball {product.real.str(8)}")
    squares = [abs(each) ** 2 for each in (u_hat, v_hat, w_hat)]
    try:
        found = flint.acb_poly(_cubic(squares, (product.real / size) ** 2)).roots(2.0 ** (-3 * flint.ctx.prec // 4))
    except ValueError as error:
        raise UndecidedError(f"the blow-up time needs the roots apart, got squared amplitudes {squares}") from error
    real = sorted((root.real for root in found if root.imag.contains(0)), key=lambda root: float(root.mid()))
    if not real or (len(real) > 1 and not real[0] < real[1]):
        raise UndecidedError(f"the blow-up time needs the least real root, got {real}")
    # An isolating ball that meets the real axis holds the conjugate of its root, which is a root: they are one.
    others = [flint.acb(root.real) if root.imag.contains(0) else root for root in found]
    others = [root for root in others if not (root.imag == 0 and root.real.overlaps(real[0]))]
    return _integral([flint.acb(real[0]), *others], bool(product.real > 0)) / (2 * size**3 / p**2)


def _complex(value: GaussianRational) -> tuple[flint.fmpq, flint.fmpq]:
    real, imaginary = (Fraction(each) for each in (value if isinstance(value, tuple) else (value, 0)))
    return (flint.fmpq(real.numerator, real.denominator), flint.fmpq(imaginary.numerator, imaginary.denominator))


def _times(left: tuple[Any, Any], right: tuple[Any, Any]) -> tuple[Any, Any]:
    return left[0] * right[0] - left[1] * right[1], left[0] * right[1] + left[1] * right[0]


def _conjugate(value: tuple[Any, Any]) -> tuple[Any, Any]:
    return value[0], -value[1]


def _norm(value: tuple[Any, Any]) -> Any:
    """The squared modulus."""
    return value[0] ** 2 + value[1] ** 2


def _cubic(squares: Sequence[Any], product: Any) -> list[Any]:
    """Coefficients, constant term first, of the polynomial whose roots are the arguments of the integral."""
    a, b, c = squares
    return [-product, a * b + b * c + c * a, -(a + b + c), 1]


def _exact_roots(coefficients: list[Any], zero: bool) -> list[flint.acb]:
    """Roots with their multiplicities, the least real one first; equal roots are the same ball."""
    rest = flint.fmpq_poly(coefficients[zero:])
    found: Any = rest.complex_roots()
    listed = [flint.acb(0)] * zero
    for root, multiplicity in found:
        listed += [flint.acb(root)] * multiplicity
    real = [root for root in listed if root.imag == 0]
    least = min(real, key=lambda root: float(root.real.mid()))  # roots of one polynomial: equal, or apart
    listed.remove(least)
    return [least, *listed]


def _integral(roots: list[flint.acb], growing: bool) -> flint.arb:
    """C |x̂| T from the arguments, the least real one first."""
    first, second, third = roots
    shifted = [second - first, third - first]
    if growing:
        twice_zero = first == 0 and 0 in (second, third)
        return flint.arb.pos_inf() if twice_zero else flint.acb.elliptic_rf(*roots).real
    if any(other is first or _same(other, first) for other in (second, third)):
        return flint.arb.pos_inf()
    return (2 * flint.acb.elliptic_rf(flint.acb(0), *shifted) - flint.acb.elliptic_rf(*roots)).real


def _same(left: flint.acb, right: flint.acb) -> bool:
    return bool(left.imag == 0 and right.imag == 0 and left.real.overlaps(right.real))
