"""Diagonal linear networks: what is trained, validated and immutable."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
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
from agf_theory.problems.description import ShownByItsText, described, listed, one_line
from agf_theory.problems.exact_data import ExactArray, exact_array
from agf_theory.problems.labelled_data import LabelledData
from agf_theory.problems.names import column_names
from agf_theory.problems.npz_reader import read_npz
from agf_theory.problems.standardization import centred_target, standardized_columns

__all__ = ["DiagonalNetwork"]

_LARGEST_RANKED = 20_000  # entries of X up to which printing a problem computes its exact rank (milliseconds)


class DiagonalNetwork(ShownByItsText):
    r"""The problem of fitting ``y`` by ``X @ beta`` with ``beta = u * v``, trained by gradient flow on (u, v).

    The loss is :math:`\|X\beta-y\|^2/(2n)`. Coordinate i with its pair of weights :math:`(u_i,v_i)` is neuron i, of
    degree :math:`\kappa=2`. The problem holds the data and nothing else: no initialisation scale, no convention.

    Parameters
    ----------
    X : (n, d), n >= 1, d >= 1
        One row a sample, one column a coordinate: array, nested lists or DataFrame. Entries are exact: int, Fraction,
        flint.fmpq, text ("0.1" is one tenth, "1/3" a third) or floats, which count as the binary numbers they are.
    y : (n,)
        Targets, entries as for X.
    names : sequence of d str, optional
        Names of the coordinates, all different. Default: the columns of a DataFrame, else x1, x2, ...
    title : str, optional
        A line to print above results. No part of the problem's content: it does not enter equality.
    standardize : bool
        Centre y and every column, and scale the columns to mean square one. The result is computed in floats, and the
        problem's exact data are then those binary floats, also where the input was rational.
    source : str, optional
        Where the data come from; printed with the problem.

    Attributes
    ----------
    n, d : int
    names : tuple of str
    title, source : str
    X, y : (n, d) and (n,) read-only float arrays
        The doubles nearest to the exact data.
    rational_X, rational_y : flint.fmpq_mat, n x d and n x 1
        The exact data. Each access returns a copy, since FLINT matrices can be written to.
    rank : int
        Rank of X, exact.

    Raises
    ------
    InputError
        If shapes disagree, there are no rows or columns, an entry is not a finite real number, names repeat, or a
        column that is to be standardised is constant.

    Examples
    --------
    >>> problem = DiagonalNetwork([[1, 0, "1/2"], [0, 1, "1/2"]], [1, 3], title="Three columns in the plane")
    >>> print(problem)
    Three columns in the plane
      diagonal linear network, n = 2 samples, d = 3 coordinates, rank 2
      names: x1, x2, x3
      data: exact; all entries are binary floats
    """

    system: ClassVar[str] = "diagonal"

    names: tuple[str, ...]
    title: str
    source: str

    def __init__(
        self,
        X: Any,
        y: Any,
        *,
        names: Sequence[str] | None = None,
        title: str | None = None,
        standardize: bool = False,
        source: str | None = None,
    ) -> None:
        _require_same_index(X, y)
        design, target = exact_array(X, what="X", dimensions=2), exact_array(y, what="y", dimensions=1)
        n, d = design.floats.shape
        if len(target.floats) != n:
            raise InputError(f"y: one entry for each of the {n} rows of X is required, got {len(target.floats)}")
        given = X.columns if names is None and hasattr(X, "to_numpy") and hasattr(X, "columns") else names
        checked = column_names(given, d)
        if standardize:
            design, target = standardized_columns(design, checked), centred_target(target)
        fields = {
            "names": checked,
            "title": one_line(title, "title") or "Diagonal network",
            "source": one_line(source, "source"),
            "_design": design,
            "_target": target,
        }
        self.__dict__.update(fields)

    @classmethod
    def from_csv(
        cls,
        path: str | PathLike[str],
        target: str,
        *,
        standardize: bool = False,
        delimiter: str = ",",
        title: str | None = None,
    ) -> Self:
        """Read a CSV file with a header row: column ``target`` is y, every other column a coordinate.

        Decimals are read exactly ("0.1" is one tenth). See `agf_theory.problems.csv_reader.read_csv` for the format.

        Raises
        ------
        MissingInput
            If the file or the target column is not there.
        InputError
            If the file is no such table; the message names file, line, column and what was found.
        """
        return cls._read(read_csv(path, target=target, delimiter=delimiter), standardize=standardize, title=title)

    @classmethod
    def from_npz(
        cls, path: str | PathLike[str], target: str = "y", *, standardize: bool = False, title: str | None = None
    ) -> Self:
        """Read ``X``, the array named ``target`` and, if there, ``names`` from an npz file; pickles are refused.

        Raises
        ------
        MissingInput
            If the file or an array is not there.
        InputError
            If the file is not an npz archive of plain arrays, or the arrays are no problem.
        """
        return cls._read(read_npz(path, target=target), standardize=standardize, title=title)

    @classmethod
    def from_dataset(cls, name: str, *, target: str | None = None, standardize: bool = False) -> Self:
        """A data set with a name; `agf_theory.problems.datasets.dataset_names` lists them.

        Parameters
        ----------
        name : str
            "diabetes" (442 x 10, as scikit-learn scales it) or "linnerud" (20 x 3).
        target : str, optional
            Which target, where the data set has several; default its first.

        Raises
        ------
        UnknownName
            If there is no data set or target of that name.
        MissingDependency
            If scikit-learn is not installed.
        """
        return cls._read(load_dataset(name, target=target), standardize=standardize)

    @classmethod
    def _read(cls, data: LabelledData, *, standardize: bool, title: str | None = None) -> Self:
        source = f"{data.source}; standardised" if standardize else data.source
        title = data.title if title is None else title
        return cls(data.X, data.y, names=data.names, title=title, standardize=standardize, source=source)

    def with_title(self, title: str, source: str | None = None) -> Self:
        """The same problem under another title (and source); equal to the original, since its data are."""
        copy = self.__class__.__new__(self.__class__)
        labels = {"title": one_line(title, "title"), "source": self.source if source is None else source}
        copy.__dict__.update(self.__dict__ | labels)
        return copy

    @property
    def n(self) -> int:
        """Number of samples (rows of X)."""
        return int(self._design.floats.shape[0])

    @property
    def d(self) -> int:
        """Number of coordinates (columns of X), which are the neurons."""
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
        return flint.fmpq_mat(self._rational_design)

    @property
    def rational_y(self) -> flint.fmpq_mat:
        """The exact targets, n x 1; a copy."""
        return flint.fmpq_mat(self._rational_target)

    @property
    def exact_in_floats(self) -> bool:
        """Whether X and y are the exact data; if not, they are rounded and only the rationals are exact."""
        return self._design.rationals is None and self._target.rationals is None

    @cached_property
    def rank(self) -> int:
        """Rank of X, computed exactly."""
        return int(self._rational_design.rank())

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the exact data and the names: equal for equal problems, in every process and on every machine."""
        summary = hashlib.sha256(repr((self.n, self.d, self.names)).encode())
        for array in (self._design, self._target):
            content = array.floats.astype("<f8").tobytes()
            if array.rationals is not None:
                content = b"rational " + " ".join(map(_hexadecimal, array.rationals)).encode()
            summary.update(hashlib.sha256(content).digest())
        return summary.hexdigest()

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, DiagonalNetwork) else NotImplemented

    def __hash__(self) -> int:
        return hash((DiagonalNetwork, self.digest))

    def __str__(self) -> str:
        rank = f", rank {self.rank}" if self.n * self.d <= _LARGEST_RANKED else ""
        lines = [
            f"diagonal linear network, n = {self.n} samples, d = {self.d} coordinates{rank}",
            f"names: {listed(self.names)}",
            f"data: {self._exactness()}",
        ]
        return described(self.title, [*lines, f"source: {self.source}"] if self.source else lines)

    def __repr__(self) -> str:
        return f"<DiagonalNetwork {self.title!r}: n={self.n}, d={self.d}, {self.digest[:8]}>"

    def __getstate__(self) -> dict[str, Any]:
        fields = {"names": self.names, "title": self.title, "source": self.source}
        return fields | {
            key: (array.floats, array.rationals)
            for key, array in (("_design", self._design), ("_target", self._target))
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        arrays = {key: ExactArray(*state.pop(key)) for key in ("_design", "_target")}
        self.__dict__.update(state | arrays)

    def __setattr__(self, name: str, value: Any) -> Never:
        raise AttributeError(f"a problem is immutable: {name} cannot be set; build a new DiagonalNetwork")

    def __delattr__(self, name: str) -> Never:
        raise AttributeError(f"a problem is immutable: {name} cannot be deleted")

    @cached_property
    def _rational_design(self) -> flint.fmpq_mat:
        return self._design.matrix()

    @cached_property
    def _rational_target(self) -> flint.fmpq_mat:
        return self._target.matrix()

    _design: ExactArray
    _target: ExactArray

    def _exactness(self) -> str:
        if not self.exact_in_floats:
            return "exact rationals; X and y hold the nearest binary floats"
        integers = all(np.array_equal(values, np.round(values)) for values in (self.X, self.y))
        return "exact integers" if integers else "exact; all entries are binary floats"


def _require_same_index(X: Any, y: Any) -> None:
    """Two pandas objects whose rows carry different labels would be paired up wrongly, in silence."""
    left, right = (getattr(table, "index", None) if hasattr(table, "to_numpy") else None for table in (X, y))
    if left is not None and right is not None and not left.equals(right):
        raise InputError("y: the same index as that of X is required, got another; align them, or pass y.to_numpy()")


def _hexadecimal(value: Fraction) -> str:
    return f"{value.numerator:x}/{value.denominator:x}"
