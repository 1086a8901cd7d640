"""Fully connected two-layer linear networks: what is trained, validated and immutable."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from os import PathLike
from typing import Any, ClassVar, Never, Self

import flint
import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import InputError
from agf_theory.problems.datasets import load_targets, target_names
from agf_theory.problems.description import ShownByItsText, described, listed, one_line
from agf_theory.problems.exact_data import ExactArray, exact_array
from agf_theory.problems.labelled_data import LabelledData
from agf_theory.problems.moments_of_data import require_moments, second_moments
from agf_theory.problems.names import column_names
from agf_theory.problems.several_targets import read_csv_targets, required_targets

__all__ = ["LinearNetwork"]

_LARGEST_WIDTH = 100_000  # of weights that are drawn at random before the hidden space is rotated to c + d neurons


class LinearNetwork(ShownByItsText):
    r"""The problem of fitting y by A W x, trained by gradient flow on (A, W).

    The loss is :math:`\tfrac12\mathbb E\|y-AWx\|^2`; it depends on the data through second moments alone. Neuron i is
    column i of A with row i of W, of degree :math:`\kappa=2`. The problem holds the moments and the width: no
    initialisation scale, no weights.

    Parameters
    ----------
    sigma_xx : (d, d), symmetric, positive semidefinite
        :math:`\Sigma_{xx}=\mathbb E\,xx^\top`. Entries are exact: int, Fraction, text ("0.1" is one tenth), flint.fmpq,
        or floats, which count as the binary numbers they are.
    sigma_yx : (c, d)
        :math:`\Sigma_{yx}=\mathbb E\,yx^\top`; each row in the range of sigma_xx, as it is for moments of any data.
    sigma_yy : (c, c), optional
        :math:`\Sigma_{yy}=\mathbb E\,yy^\top`. By default that of a noiseless target, so that the least loss is zero.
    width : int, optional
        Number H of hidden neurons; by default min(c, d), the fewest that can represent every map.
    input_names, output_names : sequences of d and c str, optional
    title, source : str, optional
        Printed with results; no part of the problem's content.

    Attributes
    ----------
    c, d, width : int
        Numbers of outputs, inputs and hidden neurons.
    sigma_xx, sigma_yx : read-only float arrays
        The doubles nearest to the exact moments.
    rational_sigma_xx, rational_sigma_yx : flint.fmpq_mat
        The exact moments; copies.
    rational_sigma_yy : flint.fmpq_mat or None
        None if the target is noiseless.
    rank : int
        Rank of sigma_yx, exact: the number of singular modes there are to learn.

    Raises
    ------
    InputError
        If shapes disagree, an entry is not a finite real number, a matrix is not symmetric or not positive
        semidefinite (decided exactly), a row of sigma_yx lies outside the range of sigma_xx, or the moments together
        belong to no distribution.

    Examples
    --------
    >>> print(LinearNetwork([[4, 0], [0, "1/2"]], [[2, 0], [0, 1]], title="Reversed order"))
    Reversed order
      two-layer linear network, d = 2 inputs, H = 2 hidden neurons, c = 2 outputs
      rank of Σ_yx 2, of Σ_xx 2; noiseless target
    """

    system: ClassVar[str] = "linear"

    title: str
    source: str
    width: int
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]

    def __init__(
        self,
        sigma_xx: Any,
        sigma_yx: Any,
        sigma_yy: Any = None,
        *,
        width: int | None = None,
        input_names: Sequence[str] | None = None,
        output_names: Sequence[str] | None = None,
        title: str | None = None,
        source: str | None = None,
    ) -> None:
        inputs = exact_array(sigma_xx, what="sigma_xx", dimensions=2)
        cross = exact_array(sigma_yx, what="sigma_yx", dimensions=2)
        outputs = None if sigma_yy is None else exact_array(sigma_yy, what="sigma_yy", dimensions=2)
        c, d = cross.floats.shape
        if inputs.floats.shape != (d, d):
            raise InputError(
                f"sigma_xx: shape ({d}, {d}) is required, as sigma_yx has {d} columns, got {inputs.floats.shape}"
            )
        if outputs is not None and outputs.floats.shape != (c, c):
            raise InputError(
                f"sigma_yy: shape ({c}, {c}) is required, as sigma_yx has {c} rows, got {outputs.floats.shape}"
            )
        given_inputs = column_names(input_names, d, "input_names")
        given_outputs = column_names(_numbered("y", c) if output_names is None else output_names, c, "output_names")
        require_moments(inputs.matrix(), cross.matrix(), None if outputs is None else outputs.matrix())
        fields = {
            "width": _checked_width(width, min(c, d)),
            "input_names": given_inputs,
            "output_names": given_outputs,
            "title": one_line(title, "title") or "Linear network",
            "source": one_line(source, "source"),
            "_sigma_xx": inputs,
            "_sigma_yx": cross,
            "_sigma_yy": outputs,
        }
        self.__dict__.update(fields)

    @classmethod
    def from_data(
        cls,
        X: Any,
        Y: Any,
        *,
        width: int | None = None,
        standardize: bool = False,
        input_names: Sequence[str] | None = None,
        output_names: Sequence[str] | None = None,
        title: str | None = None,
        source: str | None = None,
    ) -> Self:
        r"""The problem with the exact second moments of n samples, :math:`\Sigma_{xx}=X^\top X/n` and so on.

        Parameters
        ----------
        X : (n, d)
        Y : (n, c), or (n,) for one output
        standardize : bool
            Centre all columns and scale those of X to mean square one, in floats, before the moments are taken.
            Otherwise nothing is centred: these are moments about zero.

        Raises
        ------
        InputError
            As for `DiagonalNetwork`, with Y in the place of y.
        """
        moments = second_moments(X, Y, standardize=standardize, input_names=input_names)
        return cls(
            *moments,
            width=width,
            input_names=input_names,
            output_names=output_names,
            title=title,
            source=source,
        )

    @classmethod
    def from_csv(
        cls,
        path: str | PathLike[str],
        targets: Sequence[str],
        *,
        width: int | None = None,
        standardize: bool = False,
        delimiter: str = ",",
        title: str | None = None,
    ) -> Self:
        """Read a CSV file with a header row: the columns ``targets`` are outputs, every other column an input.

        Decimals are read exactly. See `agf_theory.problems.csv_reader.read_csv` for the format.

        Raises
        ------
        MissingInput
            If the file or a target column is not there.
        InputError
            If the file is no such table, a target is named twice, or no input column is left.
        """
        data = read_csv_targets(path, targets, delimiter=delimiter)
        return cls._read(data, required_targets(targets), width=width, standardize=standardize, title=title)

    @classmethod
    def from_dataset(cls, name: str, *, width: int | None = None, standardize: bool = False) -> Self:
        """A data set with a name and all its targets; `agf_theory.problems.datasets.dataset_names` lists them.

        Raises
        ------
        UnknownName
            If there is no data set of that name.
        MissingDependency
            If scikit-learn is not installed.
        """
        return cls._read(load_targets(name), target_names(name), width=width, standardize=standardize, title=None)

    @classmethod
    def _read(
        cls, data: LabelledData, targets: Sequence[str], *, width: int | None, standardize: bool, title: str | None
    ) -> Self:
        return cls.from_data(
            data.X,
            data.y,
            width=width,
            standardize=standardize,
            input_names=data.names,
            output_names=targets,
            title=data.title if title is None else title,
            source=f"{data.source}; standardised" if standardize else data.source,
        )

    def with_title(self, title: str, source: str | None = None) -> Self:
        """The same problem under another title (and source); equal to the original, since its moments are."""
        copy = self.__class__.__new__(self.__class__)
        labels = {"title": one_line(title, "title"), "source": self.source if source is None else source}
        copy.__dict__.update(self.__dict__ | labels)
        return copy

    def with_width(self, width: int) -> Self:
        """The same moments learned by another number of hidden neurons.

        Raises
        ------
        InputError
            If the width is no positive integer.
        """
        copy = self.__class__.__new__(self.__class__)
        kept = {key: value for key, value in self.__dict__.items() if key != "digest"}
        copy.__dict__.update(kept | {"width": _checked_width(width, self.width)})
        return copy

    @property
    def c(self) -> int:
        """Number of outputs."""
        return int(self._sigma_yx.floats.shape[0])

    @property
    def d(self) -> int:
        """Number of inputs."""
        return int(self._sigma_yx.floats.shape[1])

    @property
    def sigma_xx(self) -> NDArray[np.float64]:
        """(d, d) read-only: the doubles nearest to the second moments of the input."""
        return self._sigma_xx.floats

    @property
    def sigma_yx(self) -> NDArray[np.float64]:
        """(c, d) read-only: the doubles nearest to the cross moments."""
        return self._sigma_yx.floats

    @property
    def rational_sigma_xx(self) -> flint.fmpq_mat:
        """Exact second moments of the input, d x d; a copy."""
        return self._sigma_xx.matrix()

    @property
    def rational_sigma_yx(self) -> flint.fmpq_mat:
        """Exact cross moments, c x d; a copy."""
        return self._sigma_yx.matrix()

    @property
    def rational_sigma_yy(self) -> flint.fmpq_mat | None:
        """Exact second moments of the output, c x c, a copy; None for a noiseless target."""
        return None if self._sigma_yy is None else self._sigma_yy.matrix()

    @cached_property
    def rank(self) -> int:
        """Rank of the cross moments, computed exactly."""
        return int(self._sigma_yx.matrix().rank())

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the exact moments, the width and the names: equal for equal problems, on every machine."""
        content = [repr((self.c, self.d, self.width, self.input_names, self.output_names))]
        arrays = (self._sigma_xx, self._sigma_yx, self._sigma_yy)
        content += ["none" if array is None else " ".join(map(str, array.matrix().entries())) for array in arrays]
        return hashlib.sha256("\n".join(content).encode()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, LinearNetwork) else NotImplemented

    def __hash__(self) -> int:
        return hash((LinearNetwork, self.digest))

    def __str__(self) -> str:
        noise = "noiseless target" if self._sigma_yy is None else "second moments of the target given"
        lines = [
            f"two-layer linear network, d = {self.d} inputs, H = {self.width} hidden neurons, c = {self.c} outputs",
            f"rank of Σ_yx {self.rank}, of Σ_xx {self._sigma_xx.matrix().rank()}; {noise}",
        ]
        if self.input_names != column_names(None, self.d):
            lines += [f"inputs: {listed(self.input_names)}", f"outputs: {listed(self.output_names)}"]
        return described(self.title, [*lines, f"source: {self.source}"] if self.source else lines)

    def __repr__(self) -> str:
        return f"<LinearNetwork {self.title!r}: d={self.d}, H={self.width}, c={self.c}, {self.digest[:8]}>"

    def __getstate__(self) -> dict[str, Any]:
        fields = {key: self.__dict__[key] for key in ("width", "input_names", "output_names", "title", "source")}
        arrays = {key: self.__dict__[key] for key in ("_sigma_xx", "_sigma_yx", "_sigma_yy")}
        return fields | {key: None if a is None else (a.floats, a.rationals) for key, a in arrays.items()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for key in ("_sigma_xx", "_sigma_yx", "_sigma_yy"):
            state[key] = None if state[key] is None else ExactArray(*state[key])
        self.__dict__.update(state)

    def __setattr__(self, name: str, value: Any) -> Never:
        raise AttributeError(f"a problem is immutable: {name} cannot be set; build a new LinearNetwork")

    def __delattr__(self, name: str) -> Never:
        raise AttributeError(f"a problem is immutable: {name} cannot be deleted")

    _sigma_xx: ExactArray
    _sigma_yx: ExactArray
    _sigma_yy: ExactArray | None


def _numbered(letter: str, count: int) -> list[str]:
    return [f"{letter}{i}" for i in range(1, count + 1)]


def _checked_width(width: Any, default: int) -> int:
    if width is None:
        return default
    whole = isinstance(width, (int, np.integer)) and not isinstance(width, bool)
    if not whole or not 1 <= width <= _LARGEST_WIDTH:
        raise InputError(
            f"width: a number of hidden neurons from 1 to {_LARGEST_WIDTH} is required, got {width!r:.40}; more than "
            "c + d neurons learn as c + d of them do"
        )
    return int(width)
