"""A single linear neuron with its data, its start and its learning rates: what is trained, validated and immutable."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from functools import cached_property
from os import PathLike
from typing import Any, ClassVar, Never, Self

import flint
import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import InputError
from agf_theory.problems.csv_reader import read_csv
from agf_theory.problems.datasets import load_dataset
from agf_theory.problems.description import ShownByItsText, described, one_line
from agf_theory.problems.exact_data import ExactArray, exact_array
from agf_theory.problems.labelled_data import LabelledData

__all__ = ["SingleNeuron"]

_LARGEST_RANKED = 20_000  # entries of X up to which printing a problem computes its exact rank (milliseconds)
_LARGEST_WEIGHT = 1e100  # squares, and products of these with rates, stay doubles
_ARRAYS = ("_design", "_target", "_outer", "_inner", "_rates")


class SingleNeuron(ShownByItsText):
    r"""The problem of fitting y by :math:`a\,Xw`, trained by gradient flow on (a, w) from a given start.

    The loss is :math:`\tfrac12\|X\beta-y\|^2`, a sum over samples, with :math:`\beta=aw`. With
    :math:`g=X^\top(X\beta-y)` the flow is :math:`\dot a=-\eta_aw^\top g,\ \dot w=-\eta_wa\,g`. There is one neuron, of
    degree :math:`\kappa=2`, and its start is part of the problem.

    Parameters
    ----------
    X : (n, d), n >= 1, d >= 1
        One row a sample. Entries are exact: int, Fraction, flint.fmpq, text ("0.1" is one tenth, "1/3" a third) or
        floats, which count as the binary numbers they are.
    y : (n,)
        Targets, entries as for X.
    a0 : number, optional
        Outer weight at the start.
    w0 : (d,), optional
        Inner weights at the start. Both weights are given or neither: without them the problem has no start yet, see
        `with_start`.
    rates : pair of positive numbers
        Learning rates :math:`\eta_a,\eta_w` of the two layers; exact as the rest.
    title, source : str, optional
        Printed with results; no part of the problem's content.

    Attributes
    ----------
    n, d : int
    X, y, a0, w0, rates
        (n, d), (n,), float, (d,), pair of floats: the doubles nearest to the exact numbers; arrays are read-only.
    rational_X, rational_y, rational_w0 : flint.fmpq_mat, n x d, n x 1, d x 1
        The exact numbers; copies.
    rational_a0, rational_rates : Fraction, pair of Fraction
    has_start : bool
    delta, rational_delta : float, Fraction
        What the flow conserves: :math:`\delta=\eta_wa_0^2-\eta_a\|w_0\|^2`, exact.
    whitened : bool
        Whether :math:`X^\top X=I` exactly.
    rank : int
        Rank of X, exact.

    Raises
    ------
    InputError
        If shapes disagree, there are no rows or columns, an entry is not a finite real number, a rate is not positive,
        one weight is given without the other, or the start is asked for where there is none.

    Examples
    --------
    >>> print(SingleNeuron([[1, 0]], [-1], "0.2", [1, 1], title="A sign that changes"))
    A sign that changes
      single linear neuron, n = 1 sample, d = 2 inputs, rank 1; not whitened
      start: a = 0.2, ‖w‖ = 1.41421, δ = -1.96
    """

    system: ClassVar[str] = "neuron"

    title: str
    source: str

    def __init__(
        self,
        X: Any,
        y: Any,
        a0: Any = None,
        w0: Any = None,
        rates: Any = (1, 1),
        *,
        title: str | None = None,
        source: str | None = None,
    ) -> None:
        design, target = exact_array(X, what="X", dimensions=2), exact_array(y, what="y", dimensions=1)
        n, d = design.floats.shape
        if len(target.floats) != n:
            raise InputError(f"y: one entry for each of the {n} rows of X is required, got {len(target.floats)}")
        outer, inner = _checked_start(a0, w0, d)
        fields = {
            "title": one_line(title, "title") or "Single neuron",
            "source": one_line(source, "source"),
            "_design": design,
            "_target": target,
            "_outer": outer,
            "_inner": inner,
            "_rates": _checked_rates(rates),
        }
        self.__dict__.update(fields)

    @classmethod
    def from_csv(
        cls,
        path: str | PathLike[str],
        target: str,
        a0: Any = None,
        w0: Any = None,
        rates: Any = (1, 1),
        *,
        delimiter: str = ",",
        title: str | None = None,
    ) -> Self:
        """Read a CSV file with a header row: column ``target`` is y, every other column an input.

        Decimals are read exactly. See `agf_theory.problems.csv_reader.read_csv` for the format.

        Raises
        ------
        MissingInput
            If the file or the target column is not there.
        InputError
            If the file is no such table, or the start or the rates do not fit it.
        """
        return cls._read(read_csv(path, target=target, delimiter=delimiter), a0, w0, rates, title)

    @classmethod
    def from_dataset(
        cls, name: str, a0: Any = None, w0: Any = None, rates: Any = (1, 1), *, target: str | None = None
    ) -> Self:
        """A data set with a name; `agf_theory.problems.datasets.dataset_names` lists them.

        Raises
        ------
        UnknownName
            If there is no data set or target of that name.
        MissingDependency
            If scikit-learn is not installed.
        """
        return cls._read(load_dataset(name, target=target), a0, w0, rates, None)

    @classmethod
    def _read(cls, data: LabelledData, a0: Any, w0: Any, rates: Any, title: str | None) -> Self:
        title = data.title if title is None else title
        return cls(data.X, data.y, a0, w0, rates, title=title, source=data.source)

    def with_title(self, title: str, source: str | None = None) -> Self:
        """The same problem under another title (and source); equal to the original."""
        return self._with(title=one_line(title, "title"), source=self.source if source is None else source)

    def with_start(self, a0: Any, w0: Any) -> Self:
        """The same data and rates from another start.

        Raises
        ------
        InputError
            As for the class.
        """
        outer, inner = _checked_start(a0, w0, self.d)
        return self._with(_outer=outer, _inner=inner)

    def with_rates(self, rates: Any) -> Self:
        """The same data and start with other learning rates.

        Raises
        ------
        InputError
            As for the class.
        """
        return self._with(_rates=_checked_rates(rates))

    def _with(self, **fields: Any) -> Self:
        copy = self.__class__.__new__(self.__class__)
        kept = {key: self.__dict__[key] for key in ("title", "source", *_ARRAYS)}
        copy.__dict__.update(kept | fields)
        return copy

    @property
    def n(self) -> int:
        """Number of samples (rows of X)."""
        return int(self._design.floats.shape[0])

    @property
    def d(self) -> int:
        """Number of inputs (columns of X)."""
        return int(self._design.floats.shape[1])

    @property
    def X(self) -> NDArray[np.float64]:
        """(n, d) read-only: the doubles nearest to the design."""
        return self._design.floats

    @property
    def y(self) -> NDArray[np.float64]:
        """(n,) read-only: the doubles nearest to the targets."""
        return self._target.floats

    @property
    def rational_X(self) -> flint.fmpq_mat:
        """The exact design, n x d; a copy."""
        return self._design.matrix()

    @property
    def rational_y(self) -> flint.fmpq_mat:
        """The exact targets, n x 1; a copy."""
        return self._target.matrix()

    @property
    def has_start(self) -> bool:
        """Whether the weights at the start are given."""
        return self._outer is not None

    @property
    def a0(self) -> float:
        """The double nearest to the outer weight at the start."""
        return float(self._start()[0].floats[0])

    @property
    def rational_a0(self) -> Fraction:
        """The outer weight at the start, exact."""
        return _fractions(self._start()[0])[0]

    @property
    def w0(self) -> NDArray[np.float64]:
        """(d,) read-only: the doubles nearest to the inner weights at the start."""
        return self._start()[1].floats

    @property
    def rational_w0(self) -> flint.fmpq_mat:
        """The exact inner weights at the start, d x 1; a copy."""
        return self._start()[1].matrix()

    @property
    def rates(self) -> tuple[float, float]:
        """The doubles nearest to the learning rates of the outer and the inner weights."""
        outer, inner = self._rates.floats.tolist()
        return outer, inner

    @property
    def rational_rates(self) -> tuple[Fraction, Fraction]:
        """The learning rates of the outer and the inner weights, exact."""
        outer, inner = _fractions(self._rates)
        return outer, inner

    @cached_property
    def rational_delta(self) -> Fraction:
        """What the flow conserves, exact: the outer rate belongs to the inner weights and the other way round."""
        outer, inner = self.rational_rates
        squared = sum((value * value for value in _fractions(self._start()[1])), Fraction(0))
        return inner * self.rational_a0**2 - outer * squared

    @property
    def delta(self) -> float:
        """The double nearest to what the flow conserves."""
        return float(self.rational_delta)

    @cached_property
    def whitened(self) -> bool:
        """Whether X has orthonormal columns, decided exactly."""
        X = self._design.matrix()
        identity = flint.fmpq_mat(self.d, self.d, [int(i == j) for i in range(self.d) for j in range(self.d)])
        return bool(X.transpose() * X == identity)

    @cached_property
    def rank(self) -> int:
        """Rank of X, computed exactly."""
        return int(self._design.matrix().rank())

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the exact data, start and rates: equal for equal problems, on every machine."""
        arrays = (self.__dict__[key] for key in _ARRAYS)
        exact = ["none" if array is None else " ".join(map(str, array.matrix().entries())) for array in arrays]
        return hashlib.sha256("\n".join([repr((self.n, self.d)), *exact]).encode()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, SingleNeuron) else NotImplemented

    def __hash__(self) -> int:
        return hash((SingleNeuron, self.digest))

    def __str__(self) -> str:
        lines = [f"single linear neuron, {_counted(self.n, 'sample')}, d = {self.d} inputs{self._exact_properties()}"]
        if self.has_start:
            norm = float(np.linalg.norm(self.w0))
            lines.append(f"start: a = {self.a0:g}, ‖w‖ = {norm:g}, δ = {self.delta:g}")
        if any(rate != 1 for rate in self.rational_rates):
            outer, inner = self.rates
            lines.append(f"rates: {outer:g} of a, {inner:g} of w")
        return described(self.title, [*lines, f"source: {self.source}"] if self.source else lines)

    def __repr__(self) -> str:
        return f"<SingleNeuron {self.title!r}: n={self.n}, d={self.d}, {self.digest[:8]}>"

    def __getstate__(self) -> dict[str, Any]:
        arrays = {key: self.__dict__[key] for key in _ARRAYS}
        kept = {key: None if a is None else (a.floats, a.rationals) for key, a in arrays.items()}
        return {"title": self.title, "source": self.source} | kept

    def __setstate__(self, state: dict[str, Any]) -> None:
        for key in _ARRAYS:
            state[key] = None if state[key] is None else ExactArray(*state[key])
        self.__dict__.update(state)

    def __setattr__(self, name: str, value: Any) -> Never:
        raise AttributeError(f"a problem is immutable: {name} cannot be set; build a new SingleNeuron")

    def __delattr__(self, name: str) -> Never:
        raise AttributeError(f"a problem is immutable: {name} cannot be deleted")

    _design: ExactArray
    _target: ExactArray
    _outer: ExactArray | None
    _inner: ExactArray | None
    _rates: ExactArray

    def _start(self) -> tuple[ExactArray, ExactArray]:
        if self._outer is None or self._inner is None:
            raise InputError("a0, w0: the weights at the start are required, got none; give them by with_start")
        return self._outer, self._inner

    def _exact_properties(self) -> str:
        if self.n * self.d > _LARGEST_RANKED:
            return ""
        return f", rank {self.rank}; {'whitened' if self.whitened else 'not whitened'}"


def _checked_start(a0: Any, w0: Any, d: int) -> tuple[ExactArray | None, ExactArray | None]:
    if a0 is None and w0 is None:
        return None, None
    if a0 is None or w0 is None:
        missing = "a0" if a0 is None else "w0"
        raise InputError(f"{missing}: both weights at the start are required or neither, got one alone")
    inner = exact_array(w0, what="w0", dimensions=1)
    if len(inner.floats) != d:
        raise InputError(f"w0: one entry for each of the {d} columns of X is required, got {len(inner.floats)}")
    outer = _number(a0, "a0")
    for what, weights in (("a0", outer), ("w0", inner)):
        if np.abs(weights.floats).max() > _LARGEST_WEIGHT:
            raise InputError(f"{what}: weights of at most {_LARGEST_WEIGHT:g} in size are required; rescale the data")
    return outer, inner


def _checked_rates(rates: Any) -> ExactArray:
    checked = exact_array(rates, what="rates", dimensions=1)
    if len(checked.floats) != 2:
        raise InputError(f"rates: two numbers, of a and of w, are required, got {len(checked.floats)}")
    for layer, rate in zip("aw", _fractions(checked), strict=True):
        if not 0 < rate <= _LARGEST_WEIGHT:
            raise InputError(
                f"rates: a positive learning rate of {layer}, at most {_LARGEST_WEIGHT:g}, is required, "
                f"got {float(rate):g}"
            )
    return checked


def _number(value: Any, what: str) -> ExactArray:
    if np.ndim(value) != 0:
        raise InputError(f"{what}: one number is required, got {type(value).__name__}")
    entry = value.item() if isinstance(value, np.ndarray) else value
    try:
        return exact_array([entry], what=what, dimensions=1)
    except InputError as error:
        raise InputError(str(error).replace(f"{what}, row 1:", f"{what}:", 1)) from None


def _fractions(array: ExactArray) -> tuple[Fraction, ...]:
    if array.rationals is not None:
        return array.rationals
    return tuple(Fraction(*value.as_integer_ratio()) for value in array.floats.ravel().tolist())


def _counted(number: int, what: str) -> str:
    return f"n = {number} {what}{'' if number == 1 else 's'}"
