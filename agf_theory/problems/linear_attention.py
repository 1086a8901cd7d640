"""Linear attention that learns regression in context: what is trained, validated and immutable."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from os import PathLike
from typing import Any, ClassVar, Literal, Never, Self

import flint
import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import InputError
from agf_theory.problems.attention_start import AttentionStart
from agf_theory.problems.csv_reader import read_columns
from agf_theory.problems.datasets import load_targets
from agf_theory.problems.description import ShownByItsText, described, one_line
from agf_theory.problems.exact_data import ExactArray, exact_array
from agf_theory.problems.exact_spectrum import ExactSpectrum, exact_spectrum
from agf_theory.problems.moments_of_data import covariance
from agf_theory.problems.semidefinite import require_semidefinite

__all__ = ["LinearAttention"]

_LARGEST_CONTEXT = 10**12
_MOST_HEADS = 100_000
_NORMALISATIONS = ("sum", "mean")
_FIELDS = ("context_length", "heads", "init", "normalisation", "title", "source", "_sigma")


class LinearAttention(ShownByItsText):
    r"""The problem of regression in context, learned by H linear attention heads with one key and query each.

    A context holds N pairs :math:`(x_n, y_n=w\cdot x_n)` and a query :math:`x_q`, with
    :math:`x\sim\mathcal N(0,\Sigma)` and :math:`w\sim\mathcal N(0,I)`. Head i has the weights :math:`v_i` (a number),
    :math:`k_i` and :math:`q_i` (vectors), of degree :math:`\kappa=3`, and the prediction is
    :math:`\hat y=\sum_iv_i\big(\sum_ny_n\,x_n\cdot k_i\big)(q_i\cdot x_q)`: the query stands outside the sum, since the
    place of its label is zero. The loss is :math:`\tfrac12\mathbb E(w\cdot x_q-\hat y)^2`.

    Parameters
    ----------
    sigma : (D, D), symmetric, positive semidefinite, not zero
        Covariance of x. Entries are exact: int, Fraction, text ("0.1" is one tenth), flint.fmpq, or floats, which count
        as the binary numbers they are.
    context_length : int
        N, at least 1.
    heads : int, optional
        H; by default D, or as many as the start has.
    init : AttentionStart, optional
        Directions of the weights at initialisation. If there is none, `start` draws them.
    normalisation : {"sum", "mean"}
        Whether the attention sum over the context is taken as it is, or divided by N.
    title, source : str, optional
        Printed with results; no part of the problem's content.

    Attributes
    ----------
    D, N, heads : int
    init : AttentionStart or None
    rank : int
        Rank of sigma, exact: the number of components there are to learn.

    Raises
    ------
    InputError
        If sigma is no such matrix (decided exactly), a number is out of range, or the start is of another shape.

    Examples
    --------
    >>> print(LinearAttention([[2, 0], [0, "1/2"]], 8, title="Two components"))
    Two components
      linear attention, D = 2 dimensions, context of N = 8 pairs, H = 2 heads
      sum over the context; rank of Σ 2; eigenvalues 2, 1/2
    """

    system: ClassVar[str] = "attention"

    context_length: int
    heads: int
    init: AttentionStart | None
    normalisation: Literal["sum", "mean"]
    title: str
    source: str

    def __init__(
        self,
        sigma: Any,
        context_length: int,
        heads: int | None = None,
        init: AttentionStart | None = None,
        *,
        normalisation: str = "sum",
        title: str | None = None,
        source: str | None = None,
    ) -> None:
        entries = exact_array(sigma, what="sigma", dimensions=2)
        rows, columns = entries.floats.shape
        if rows != columns:
            raise InputError(f"sigma: as many rows as columns are required, got {rows} rows and {columns} columns")
        require_semidefinite(entries.matrix(), "sigma")
        if not entries.floats.any():
            raise InputError("sigma: an entry other than zero is required, got zeros only")
        if normalisation not in _NORMALISATIONS:
            raise InputError(f"normalisation: 'sum' or 'mean' is required, got {normalisation!r:.40}")
        fields = {
            "context_length": _whole(context_length, "context_length", _LARGEST_CONTEXT),
            "init": init,
            "heads": _checked_heads(heads, init, rows),
            "normalisation": normalisation,
            "title": one_line(title, "title") or "Linear attention",
            "source": one_line(source, "source"),
            "_sigma": entries,
        }
        self.__dict__.update(fields)

    @classmethod
    def from_eigenvalues(
        cls, values: Sequence[Any], context_length: int, heads: int | None = None, **rest: Any
    ) -> Self:
        """The problem with a diagonal covariance; the other arguments are those of the class.

        Parameters
        ----------
        values : (D,)
            Exact as the entries of a covariance; not negative, in any order.

        Raises
        ------
        InputError
            If a value is negative or no finite number; and as the class.

        Examples
        --------
        >>> LinearAttention.from_eigenvalues(["1/2", 1], 4).rational_eigenvalues
        (Fraction(1, 1), Fraction(1, 2))
        """
        column = exact_array(values, what="values", dimensions=1).matrix().entries()
        for position, value in enumerate(column, start=1):
            if value < 0:
                raise InputError(f"values, row {position}: an eigenvalue that is not negative is required, got {value}")
        size = len(column)
        entries = [column[i] if i == j else flint.fmpq(0) for i in range(size) for j in range(size)]
        return cls(flint.fmpq_mat(size, size, entries), context_length, heads, **rest)

    @classmethod
    def from_data(
        cls, X: Any, context_length: int, heads: int | None = None, *, standardize: bool = False, **rest: Any
    ) -> Self:
        r"""The problem with the exact covariance of n samples, :math:`X^\top X/n-\bar x\bar x^\top`.

        Parameters
        ----------
        X : (n, D)
        standardize : bool
            Scale all columns to mean square one, in floats, before: the covariance is then the correlation.

        Raises
        ------
        InputError
            If an entry is not a finite real number, all rows are equal, or a column that is to be scaled is constant;
            and as the class.
        """
        return cls(covariance(X, standardize=standardize), context_length, heads, **rest)

    @classmethod
    def from_csv(
        cls,
        path: str | PathLike[str],
        context_length: int,
        heads: int | None = None,
        *,
        columns: Sequence[str] | None = None,
        standardize: bool = False,
        delimiter: str = ",",
        title: str | None = None,
        **rest: Any,
    ) -> Self:
        """The covariance of the columns of a CSV file with a header row: all, or those that are named.

        Decimals are read exactly. See `agf_theory.problems.csv_reader.read_csv` for the format.

        Raises
        ------
        MissingInput
            If the file or a column is not there.
        InputError
            If the file is no such table or a column is named twice; and as `from_data`.
        """
        rows, file = read_columns(path, columns, delimiter=delimiter)
        labels = {"title": file if title is None else title, "source": file}
        return cls.from_data(rows, context_length, heads, standardize=standardize, **labels | rest)

    @classmethod
    def from_dataset(
        cls, name: str, context_length: int, heads: int | None = None, *, standardize: bool = False, **rest: Any
    ) -> Self:
        """The covariance of the inputs of a data set with a name, as scikit-learn returns them.

        Raises
        ------
        UnknownName
            If there is no data set of that name.
        MissingDependency
            If scikit-learn is not installed.
        """
        data = load_targets(name)
        source = f"{data.source}; standardised" if standardize else data.source
        labels = {"title": data.title, "source": source}
        return cls.from_data(data.X, context_length, heads, standardize=standardize, **labels | rest)

    def start(self, seed: np.random.Generator | int = 0) -> AttentionStart:
        """The directions given as `init`; standard normal ones drawn from the seed where there are none."""
        return AttentionStart.normal(self.heads, self.D, seed) if self.init is None else self.init

    def with_title(self, title: str, source: str | None = None) -> Self:
        """The same problem under another title (and source); equal to the original."""
        return self._with(title=one_line(title, "title"), source=self.source if source is None else source)

    def with_heads(self, heads: int, init: AttentionStart | None = None) -> Self:
        """The same regression learned by another number of heads; with another start if one is given.

        Raises
        ------
        InputError
            If the number is no positive integer, or not that of the start (given here, or the problem's own).
        """
        kept = self.init if init is None else init
        return self._with(heads=_checked_heads(heads, kept, self.D), init=kept)

    def with_start(self, init: AttentionStart | None) -> Self:
        """The same problem from another start, with as many heads as it has; without one if it is None.

        Raises
        ------
        InputError
            If its keys and queries are not of dimension D.
        """
        heads = self.heads if init is None else None
        return self._with(heads=_checked_heads(heads, init, self.D), init=init)

    def _with(self, **fields: Any) -> Self:
        copy = self.__class__.__new__(self.__class__)
        copy.__dict__.update({key: self.__dict__[key] for key in _FIELDS} | fields)
        return copy

    @property
    def D(self) -> int:
        """Number of dimensions of x."""
        return len(self._sigma.floats)

    @property
    def N(self) -> int:
        """Number of pairs in the context."""
        return self.context_length

    @property
    def sigma(self) -> NDArray[np.float64]:
        """(D, D) read-only: the doubles nearest to the covariance."""
        return self._sigma.floats

    @property
    def rational_sigma(self) -> flint.fmpq_mat:
        """Exact covariance, D x D; a copy."""
        return self._sigma.matrix()

    @cached_property
    def rank(self) -> int:
        """Rank of the covariance, computed exactly."""
        return int(self._sigma.matrix().rank())

    @cached_property
    def _spectrum(self) -> ExactSpectrum:
        return exact_spectrum(self._sigma.matrix())

    @property
    def rational_eigenvalues(self) -> tuple[Fraction, ...] | None:
        """The D exact eigenvalues, descending, repeated as often as they occur; None if one is irrational."""
        return self._spectrum.rationals

    @property
    def eigenvalues(self) -> NDArray[np.float64]:
        """(D,) read-only: the doubles nearest to the eigenvalues, descending; equal ones, and zeros, exactly so."""
        return self._spectrum.floats

    @property
    def multiplicities(self) -> tuple[int, ...]:
        """How often each distinct eigenvalue occurs, from the greatest down; exact."""
        return self._spectrum.multiplicities

    @cached_property
    def eigenvectors(self) -> NDArray[np.float64]:
        """(D, D) read-only: orthonormal columns in the order of `eigenvalues`, in doubles.

        Of a diagonal covariance they are unit vectors. Each has its first entry of greatest size positive.
        """
        if np.array_equal(self.sigma, np.diag(np.diag(self.sigma))):
            vectors = np.eye(self.D)[:, np.argsort(-np.diag(self.sigma), kind="stable")]
        else:
            vectors = np.linalg.eigh(self.sigma / np.abs(self.sigma).max())[1][:, ::-1]
        greatest = vectors[np.argmax(np.abs(vectors), axis=0), np.arange(self.D)]
        vectors = np.ascontiguousarray(vectors * np.where(greatest < 0, -1.0, 1.0))
        vectors.flags.writeable = False
        return vectors

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the exact covariance, N, H, the normalisation and the start: equal for equal problems."""
        content = [
            repr((self.D, self.N, self.heads, self.normalisation)),
            " ".join(map(str, self._sigma.matrix().entries())),
            "drawn" if self.init is None else self.init.content(),
        ]
        return hashlib.sha256("\n".join(content).encode()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, LinearAttention) else NotImplemented

    def __hash__(self) -> int:
        return hash((LinearAttention, self.digest))

    def __str__(self) -> str:
        over = "sum" if self.normalisation == "sum" else "mean"
        start = "" if self.init is None else "; start given"
        lines = [
            f"linear attention, D = {self.D} dimensions, context of N = {self.N} pairs, H = {self.heads} heads{start}",
            f"{over} over the context; rank of Σ {self.rank}; {_shown_eigenvalues(self._spectrum)}",
        ]
        return described(self.title, [*lines, f"source: {self.source}"] if self.source else lines)

    def __repr__(self) -> str:
        return f"<LinearAttention {self.title!r}: D={self.D}, N={self.N}, H={self.heads}, {self.digest[:8]}>"

    def __getstate__(self) -> dict[str, Any]:
        return {key: self.__dict__[key] for key in _FIELDS} | {"_sigma": (self._sigma.floats, self._sigma.rationals)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state | {"_sigma": ExactArray(*state["_sigma"])})

    def __setattr__(self, name: str, value: Any) -> Never:
        raise AttributeError(f"a problem is immutable: {name} cannot be set; build a new LinearAttention")

    def __delattr__(self, name: str) -> Never:
        raise AttributeError(f"a problem is immutable: {name} cannot be deleted")

    _sigma: ExactArray


def _shown_eigenvalues(spectrum: ExactSpectrum) -> str:
    """The first eigenvalues, as exact as they fit a line."""
    most = 8
    if spectrum.rationals is not None and all(value.denominator < 10**6 for value in spectrum.rationals):
        shown = [str(value) for value in spectrum.rationals[:most]]
    else:
        shown = [f"{value:.6g}" for value in spectrum.floats[:most].tolist()]
    return f"eigenvalues {', '.join(shown)}{', ...' if len(spectrum.floats) > most else ''}"


def _checked_heads(heads: Any, init: Any, dimensions: int) -> int:
    if init is None:
        return dimensions if heads is None else _whole(heads, "heads", _MOST_HEADS)
    if not isinstance(init, AttentionStart):
        raise InputError(
            f"init: an AttentionStart is required, got {type(init).__name__}; wrap it: AttentionStart(v, k, q)"
        )
    if init.dimensions != dimensions:
        raise InputError(f"init: keys and queries of dimension {dimensions} are required, got {init.dimensions}")
    if heads is not None and _whole(heads, "heads", _MOST_HEADS) != init.heads:
        raise InputError(f"init: a start of {heads} heads is required, got one of {init.heads}; leave heads out")
    return init.heads


def _whole(value: Any, what: str, most: int) -> int:
    whole = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
    if not whole or not 1 <= value <= most:
        raise InputError(f"{what}: a whole number from 1 to {most} is required, got {value!r:.40}")
    return int(value)
