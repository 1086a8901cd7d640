"""Two-layer linear networks of any width on inputs along one line: what is trained, validated and immutable."""

from __future__ import annotations

import hashlib
import math
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar, Never, Self

import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import InputError
from agf_theory.problems.description import ShownByItsText, described, one_line
from agf_theory.problems.exact_data import ExactArray, exact_array

__all__ = ["OneDimensionalNetwork"]

_LARGEST_WIDTH = 1_000_000
_ARRAYS = ("_u0", "_v0", "_W0", "_direction", "_scalars")
_LABELS = ("title", "source")


class OneDimensionalNetwork(ShownByItsText):
    r"""The problem of fitting y by :math:`f(\tilde x)=\gamma\sum_iu_iw_i\cdot\tilde x` on inputs :math:`\tilde x=an`.

    All inputs lie on one line, of direction n; the loss :math:`\tfrac12\mathbb E(f-y)^2` depends on the data through
    :math:`\mathbb Ea^2,\mathbb E[ay],\mathbb Ey^2` alone, and on the weights through u and :math:`v=Wn`. Gradient flow
    has rates of its own for u and W. The problem holds the start, unlike problems that are trained from small weights.

    Parameters
    ----------
    u0 : (H,)
        Outgoing weights at the start. Entries are exact: int, Fraction, text ("0.1" is one tenth), flint.fmpq, or
        floats, which count as the binary numbers they are.
    v0 : (H,), optional
        What the incoming weights at the start make of the direction, :math:`W_0n`. Either this or `W0`.
    W0 : (H, D), optional
        Incoming weights at the start, with `direction`.
    direction : (D,), optional
        n, not zero. If it is no unit vector, the scalars a are still the multiples of it, and v moves with the rate of
        W times :math:`\|n\|^2`.
    xi2, ay, yy : numbers, optional
        :math:`\mathbb Ea^2`, :math:`\mathbb E[ay]` and :math:`\mathbb Ey^2`; by default 1, 1, and the least that the
        other two allow, that of a target y proportional to a.
    gamma : number
        Output scale, positive.
    rates : (2,)
        Learning rates of u and W, positive.
    title, source : str, optional
        Printed with results; no part of the problem's content.

    Attributes
    ----------
    width : int
        H, the number of neurons.
    u0, v0 : (H,) read-only floats
    W0 : (H, D) read-only floats, or None if only v0 was given
    direction : (D,) read-only floats, or None
    xi2, ay, yy, gamma : float
    rates, effective_rates : (2,) tuples of float
        As given, and those with which u and v move.
    rational_... : Fraction, or tuples of them
        The same, exact; each is computed when asked for.

    Raises
    ------
    InputError
        If shapes disagree, an entry is not a finite real number, a direction is zero, a rate, the output scale or
        :math:`\mathbb Ea^2` is not positive, or the moments break :math:`\mathbb E[ay]^2\le\mathbb Ea^2\mathbb Ey^2`.

    Examples
    --------
    >>> print(OneDimensionalNetwork([3, 0], [0, "1/3"], title="Two neurons"))
    Two neurons
      two-layer linear network on one-dimensional data, H = 2 neurons
      E a² = 1, E[a y] = 1, E y² = 1; γ = 1; rates 1 of u, 1 of v
      at the start u·v = 0, ‖u‖² = 9, ‖v‖² = 0.111111
    """

    system: ClassVar[str] = "finite-width"

    title: str
    source: str

    def __init__(
        self,
        u0: Any,
        v0: Any = None,
        *,
        W0: Any = None,
        direction: Any = None,
        xi2: Any = 1,
        ay: Any = 1,
        yy: Any = None,
        gamma: Any = 1,
        rates: Any = (1, 1),
        title: str | None = None,
        source: str | None = None,
    ) -> None:
        outgoing = exact_array(u0, what="u0", dimensions=1)
        _require_width(outgoing.floats.size)
        incoming, weights, line = _incoming(v0, W0, direction, outgoing.floats.size)
        if np.ndim(rates) != 1 or len(rates) != 2:
            raise InputError(f"rates: two numbers, of u and of W, are required, got {rates!r:.60}")
        scalars = _scalars(xi2, ay, yy, gamma, *rates)
        arrays = (outgoing, incoming, weights, line, scalars)
        labels = (one_line(title, "title") or "Network on one-dimensional data", one_line(source, "source"))
        self.__dict__.update(zip((*_ARRAYS, *_LABELS), (*arrays, *labels), strict=True))

    @classmethod
    def from_data(cls, a: Any, y: Any, u0: Any, v0: Any = None, **more: Any) -> Self:
        r"""The problem with the exact moments of n samples: means of :math:`a^2`, :math:`ay` and :math:`y^2`.

        Parameters
        ----------
        a, y : (n,)
            Inputs along the line, and targets.
        u0, v0, **more
            As for the class, without xi2, ay, yy.

        Raises
        ------
        InputError
            As the class; also if a and y differ in length, or all inputs are zero.

        Examples
        --------
        >>> OneDimensionalNetwork.from_data([1, -2], [2, "-1/2"], [1], [1]).rational_ay
        Fraction(3, 2)
        """
        inputs, targets = exact_array(a, what="a", dimensions=1), exact_array(y, what="y", dimensions=1)
        count = inputs.floats.size
        if targets.floats.size != count:
            raise InputError(f"y: {count} numbers are required, as a has, got {targets.floats.size}")
        first, second = inputs.matrix(), targets.matrix()
        pairs = {"xi2": (first, first), "ay": (first, second), "yy": (second, second)}
        moments: dict[str, Any] = {
            name: (left.transpose() * right)[0, 0] / count for name, (left, right) in pairs.items()
        }
        if moments["xi2"] == 0:
            raise InputError("a: an input other than zero is required, got zeros only")
        return cls(u0, v0, **moments, **more)

    @classmethod
    def gaussian(
        cls, width: int, sigma_u: Any, sigma_w: Any, *, seed: int | np.random.Generator = 0, **more: Any
    ) -> Self:
        r"""A start of independent :math:`u_i\sim N(0,\sigma_u^2)`, :math:`v_i\sim N(0,\sigma_w^2)`, drawn as floats.

        Parameters
        ----------
        width : int
        sigma_u, sigma_w : float
            Standard deviations, positive.
        seed : int or Generator
            Of numpy's default generator; u is drawn first.
        **more
            As for the class, without the weights.

        Raises
        ------
        InputError
            As the class; also if the width or a standard deviation is out of range.
        """
        _require_width(width)
        for name, sigma in (("sigma_u", sigma_u), ("sigma_w", sigma_w)):
            if not (isinstance(sigma, (int, float, Fraction)) and 0 < sigma < math.inf):
                raise InputError(f"{name}: a positive finite number is required, got {sigma!r:.40}")
        generator = np.random.default_rng(seed)
        u0, v0 = (float(sigma) * generator.standard_normal(width) for sigma in (sigma_u, sigma_w))
        return cls(u0, v0, **more)

    def with_title(self, title: str, source: str | None = None) -> Self:
        """The same problem under another title (and source); equal to the original."""
        copy = self.__class__.__new__(self.__class__)
        labels = {"title": one_line(title, "title"), "source": self.source if source is None else source}
        copy.__dict__.update(self.__dict__ | labels)
        return copy

    @property
    def width(self) -> int:
        """Number of neurons."""
        return int(self._u0.floats.size)

    @property
    def u0(self) -> NDArray[np.float64]:
        """(H,) read-only: outgoing weights at the start, the doubles nearest to them."""
        return self._u0.floats

    @property
    def v0(self) -> NDArray[np.float64]:
        """(H,) read-only: W n at the start, the doubles nearest to it."""
        return self._v0.floats

    @property
    def W0(self) -> NDArray[np.float64] | None:
        """(H, D) read-only: incoming weights at the start; None if only v0 was given."""
        return None if self._W0 is None else self._W0.floats

    @property
    def direction(self) -> NDArray[np.float64] | None:
        """(D,) read-only: the line of the inputs; None if only v0 was given."""
        return None if self._direction is None else self._direction.floats

    @property
    def rational_u0(self) -> tuple[Fraction, ...]:
        """Exact outgoing weights at the start."""
        return _fractions(self._u0)

    @property
    def rational_v0(self) -> tuple[Fraction, ...]:
        """Exact W n at the start."""
        return _fractions(self._v0)

    @property
    def rational_W0(self) -> tuple[tuple[Fraction, ...], ...] | None:
        """Exact incoming weights at the start, row by row; None if only v0 was given."""
        if self._W0 is None:
            return None
        flat, D = _fractions(self._W0), self._W0.floats.shape[1]
        return tuple(flat[i : i + D] for i in range(0, len(flat), D))

    @property
    def rational_direction(self) -> tuple[Fraction, ...] | None:
        """Exact direction; None if only v0 was given."""
        return None if self._direction is None else _fractions(self._direction)

    @cached_property
    def _exact_scalars(self) -> tuple[Fraction, ...]:
        return _fractions(self._scalars)

    @property
    def rational_xi2(self) -> Fraction:
        """E a², exact."""
        return self._exact_scalars[0]

    @property
    def rational_ay(self) -> Fraction:
        """E[a y], exact."""
        return self._exact_scalars[1]

    @property
    def rational_yy(self) -> Fraction:
        """E y², exact."""
        return self._exact_scalars[2]

    @property
    def rational_gamma(self) -> Fraction:
        """Output scale, exact."""
        return self._exact_scalars[3]

    @property
    def rational_rates(self) -> tuple[Fraction, Fraction]:
        """Learning rates of u and W, exact."""
        return self._exact_scalars[4], self._exact_scalars[5]

    @cached_property
    def rational_effective_rates(self) -> tuple[Fraction, Fraction]:
        """Rates with which u and v = W n move, exact: that of W times the squared length of the direction."""
        of_u, of_w = self.rational_rates
        line = self.rational_direction
        return of_u, of_w if line is None else of_w * sum((entry * entry for entry in line), Fraction(0))

    @property
    def xi2(self) -> float:
        """E a²."""
        return float(self.rational_xi2)

    @property
    def ay(self) -> float:
        """E[a y]."""
        return float(self.rational_ay)

    @property
    def yy(self) -> float:
        """E y²."""
        return float(self.rational_yy)

    @property
    def gamma(self) -> float:
        """Output scale."""
        return float(self.rational_gamma)

    @property
    def rates(self) -> tuple[float, float]:
        """Learning rates of u and W."""
        of_u, of_w = self.rational_rates
        return float(of_u), float(of_w)

    @property
    def effective_rates(self) -> tuple[float, float]:
        """Rates with which u and v = W n move."""
        of_u, of_v = self.rational_effective_rates
        return float(of_u), float(of_v)

    @property
    def xi(self) -> float:
        """√(E a²): the input of the one effective sample."""
        return math.sqrt(self.xi2)

    @property
    def y_bar(self) -> float:
        """E[a y]/√(E a²): the target of the one effective sample."""
        return self.ay / self.xi

    @property
    def loss_constant(self) -> Fraction:
        """(E y² − E[a y]²/E a²)/2, exact: what no weights can take away from the loss."""
        return (self.rational_yy - self.rational_ay**2 / self.rational_xi2) / 2

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the exact start, moments, scale and rates: equal for equal problems, on every machine."""
        found = hashlib.sha256(repr((self.width, None if self.W0 is None else self.W0.shape)).encode())
        for name in _ARRAYS:
            array: ExactArray | None = self.__dict__[name]
            if array is None:
                found.update(b"\nnone")
            elif array.rationals is None:  # the doubles are the numbers, and there may be many
                found.update(b"\n" + array.floats.astype("<f8").tobytes())
            else:
                found.update(("\n" + " ".join(map(str, array.rationals))).encode())
        return found.hexdigest()

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, OneDimensionalNetwork) else NotImplemented

    def __hash__(self) -> int:
        return hash((OneDimensionalNetwork, self.digest))

    def __str__(self) -> str:
        of_u, of_v = self.effective_rates
        inner, squared_u, squared_v = self.u0 @ self.v0, self.u0 @ self.u0, self.v0 @ self.v0
        shape = "" if self.W0 is None else f", D = {self.W0.shape[1]} inputs"
        moments = f"E a² = {self.xi2:.6g}, E[a y] = {self.ay:.6g}, E y² = {self.yy:.6g}"
        lines = [
            f"two-layer linear network on one-dimensional data, H = {self.width} neurons{shape}",
            f"{moments}; γ = {self.gamma:.6g}; rates {of_u:.6g} of u, {of_v:.6g} of v",
            f"at the start u·v = {inner:.6g}, ‖u‖² = {squared_u:.6g}, ‖v‖² = {squared_v:.6g}",
        ]
        return described(self.title, [*lines, f"source: {self.source}"] if self.source else lines)

    def __repr__(self) -> str:
        return f"<OneDimensionalNetwork {self.title!r}: H={self.width}, {self.digest[:8]}>"

    def __getstate__(self) -> dict[str, Any]:
        arrays = {key: self.__dict__[key] for key in _ARRAYS}
        packed = {key: None if array is None else (array.floats, array.rationals) for key, array in arrays.items()}
        return packed | {key: self.__dict__[key] for key in _LABELS}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for key in _ARRAYS:
            state[key] = None if state[key] is None else ExactArray(*state[key])
        self.__dict__.update(state)

    def __setattr__(self, name: str, value: Any) -> Never:
        raise AttributeError(f"a problem is immutable: {name} cannot be set; build a new OneDimensionalNetwork")

    def __delattr__(self, name: str) -> Never:
        raise AttributeError(f"a problem is immutable: {name} cannot be deleted")

    _u0: ExactArray
    _v0: ExactArray
    _W0: ExactArray | None
    _direction: ExactArray | None
    _scalars: ExactArray


def _fractions(array: ExactArray) -> tuple[Fraction, ...]:
    if array.rationals is not None:
        return array.rationals
    return tuple(Fraction(*value.as_integer_ratio()) for value in array.floats.ravel().tolist())


def _incoming(v0: Any, W0: Any, direction: Any, width: int) -> tuple[ExactArray, ExactArray | None, ExactArray | None]:
    """W n, and W and n where they are known."""
    if (v0 is None) == (W0 is None):
        given = "both" if W0 is not None else "neither"
        raise InputError(f"incoming weights: either v0, or W0 with a direction, is required, got {given}")
    if (W0 is None) != (direction is None):
        raise InputError("direction: it is required with W0 and meaningless without, as v0 is what W makes of it")
    if W0 is None:
        along = exact_array(v0, what="v0", dimensions=1)
        if along.floats.size != width:
            raise InputError(f"v0: {width} numbers are required, as u0 has, got {along.floats.size}")
        return along, None, None
    weights, line = exact_array(W0, what="W0", dimensions=2), exact_array(direction, what="direction", dimensions=1)
    rows, columns = weights.floats.shape
    if rows != width:
        raise InputError(f"W0: {width} rows are required, as u0 has entries, got {rows}")
    if line.floats.size != columns:
        raise InputError(f"direction: {columns} numbers are required, as W0 has columns, got {line.floats.size}")
    if not any(_fractions(line)):
        raise InputError("direction: an entry other than zero is required, got zeros only")
    along = exact_array((weights.matrix() * line.matrix()).entries(), what="W0 direction", dimensions=1)
    return along, weights, line


def _scalars(xi2: Any, ay: Any, yy: Any, gamma: Any, eta_u: Any, eta_w: Any) -> ExactArray:
    """E a², E[a y], E y², γ and the rates, validated."""
    given = {"xi2": xi2, "ay": ay, "gamma": gamma, "rate of u": eta_u, "rate of W": eta_w}
    numbers = {name: _number(value, name) for name, value in given.items()}
    for name, value in numbers.items():
        if name != "ay" and value <= 0:
            raise InputError(f"{name}: a positive number is required, got {value}")
    least = numbers["ay"] ** 2 / numbers["xi2"]
    square = least if yy is None else _number(yy, "yy")
    if square < least:
        raise InputError(f"yy: at least ay²/xi2 = {least} is required of moments of any data, got {square}")
    values = (numbers["xi2"], numbers["ay"], square, numbers["gamma"], numbers["rate of u"], numbers["rate of W"])
    return exact_array(values, what="moments", dimensions=1)


def _number(value: Any, what: str) -> Fraction:
    entry = exact_array([value], what=what, dimensions=1)
    return _fractions(entry)[0]


def _require_width(width: Any) -> None:
    whole = isinstance(width, (int, np.integer)) and not isinstance(width, bool)
    if not whole or not 1 <= width <= _LARGEST_WIDTH:
        raise InputError(f"width: a number of neurons from 1 to {_LARGEST_WIDTH} is required, got {width!r:.40}")
