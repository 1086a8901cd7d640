"""Addition modulo p, learned by two-layer networks with quadratic neurons: what is trained, validated and immutable."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, Literal, Never, Self

import numpy as np
from numpy.typing import NDArray

from agf_theory.errors import InputError
from agf_theory.problems.description import ShownByItsText, described, listed, one_line
from agf_theory.problems.exact_data import ExactArray, exact_array
from agf_theory.problems.template_file import read_template
from agf_theory.problems.template_spectrum import (
    Gaussian,
    exact_coefficients,
    half_spectrum,
    nonzero_classes,
    rounded_classes,
    whole_spectrum,
)

__all__ = ["ModularAddition"]

_LARGEST_MODULUS = 10_000
_LARGEST_WIDTH = 100_000
_NEURONS = {"generic": 6, "nyquist": 2, "dc": 1}
_FIELDS = ("p", "width", "template", "rational_template", "_half", "_rational_spectrum", "classes", "title", "source")


class ModularAddition(ShownByItsText):
    r"""The problem of learning :math:`(x_a,x_b)\mapsto x_{a+b}` for all a, b modulo p, where :math:`x_a[j]=x[j-a]`.

    The loss is :math:`\tfrac12\mathbb E\|x_{a+b}-f\|^2` over uniform pairs (a, b), the net a sum of H neurons
    :math:`(u\cdot x_a+v\cdot x_b)^2w` of degree :math:`\kappa=3`; their weights are arrays u, v, w of shape (H, p). The
    problem holds the template x and the width: no initialisation scale, no weights.

    Parameters
    ----------
    template : (p,)
        Any real numbers that are not all zero; it need not be centred. Entries are exact: int, Fraction, text ("0.1" is
        one tenth), flint.fmpq, or floats, which count as the binary numbers they are.
    width : int, optional
        Number H of neurons; by default six for each generic class of frequencies that occurs in the template, two for
        the Nyquist frequency and one for the mean: enough to fit every class with neurons of its own.
    title, source : str, optional
        Printed with results; no part of the problem's content.

    Attributes
    ----------
    p, width : int
        Modulus and number of neurons.
    template : (p,) read-only floats
        The doubles nearest to the template.
    rational_template : tuple of Fraction, or None
        The exact template; None if it was given by its spectrum, since it is then irrational in general.
    classes : tuple of int
        The frequencies k = 0, ..., p // 2 with :math:`\hat x_k\ne0`. Decided exactly, except that in a template with
        floats that are no integers a coefficient within rounding errors counts as zero.

    Raises
    ------
    InputError
        If there are fewer than 2 or more than 10 000 entries, one is not a finite real number, or all are zero.

    Examples
    --------
    >>> print(ModularAddition([1, 0, -1, 0], title="Four hours"))
    Four hours
      modular addition, p = 4, H = 6 neurons of degree 3
      frequencies in the template: 1; centred
      data: exact
    """

    system: ClassVar[str] = "modular"

    p: int
    width: int
    template: NDArray[np.float64]
    rational_template: tuple[Fraction, ...] | None
    classes: tuple[int, ...]
    title: str
    source: str

    def __init__(
        self, template: Any, *, width: int | None = None, title: str | None = None, source: str | None = None
    ) -> None:
        entries = exact_array(template, what="template", dimensions=1)
        _require_modulus(entries.floats.size)
        rationals = _fractions(entries)
        if not any(rationals):
            raise InputError("template: an entry other than zero is required, got zeros only")
        if _holds_floats(template):
            half = half_spectrum(rationals, None)
            classes = rounded_classes(entries.floats, half)
            half[np.setdiff1d(np.arange(half.size), classes)] = 0
        else:
            classes = nonzero_classes(rationals)
            half = half_spectrum(rationals, classes)
        self._fill(entries.floats, rationals, half, None, classes, width, title, source)

    @classmethod
    def from_spectrum(
        cls,
        p: int,
        coefficients: Mapping[int, Any],
        *,
        width: int | None = None,
        title: str | None = None,
        source: str | None = None,
    ) -> Self:
        r"""The template with given coefficients :math:`\hat x_k=\sum_ax_ae^{-2\pi ika/p}`.

        Parameters
        ----------
        p : int
        coefficients : mapping from k = 0, ..., p // 2 to a number or a pair (real, imaginary)
            Exact as the entries of a template; real at k = 0 and k = p / 2. Coefficients at p - k are the conjugates,
            those not named are zero. The exact spectrum is kept, and the template is its transform in doubles.

        Raises
        ------
        InputError
            If p is out of range, a frequency is, a coefficient is no such number, or all are zero.

        Examples
        --------
        >>> ModularAddition.from_spectrum(20, {1: 10, 3: 5, 5: "2.5"}).classes
        (1, 3, 5)
        """
        _require_modulus(p)
        exact = exact_coefficients(p, coefficients)
        half = np.zeros(p // 2 + 1, dtype=np.complex128)
        for k, (real, imaginary) in exact.items():
            half[k] = complex(float(real), float(imaginary))
        problem = cls.__new__(cls)
        problem._fill(np.fft.irfft(half, p), None, half, exact, tuple(exact), width, title, source)
        return problem

    @classmethod
    def one_hot(
        cls,
        p: int,
        centred: bool = False,
        *,
        width: int | None = None,
        title: str | None = None,
        source: str | None = None,
    ) -> Self:
        """The template 1, 0, ..., 0, minus its mean if centred: all coefficients are 1, but for that at zero."""
        _require_modulus(p)
        shift = Fraction(1, p) if centred else Fraction(0)
        rationals = (1 - shift, *[-shift] * (p - 1))
        exact = {k: (Fraction(1), Fraction(0)) for k in range(1 if centred else 0, p // 2 + 1)}
        half = np.array([complex(k in exact) for k in range(p // 2 + 1)])
        floats = np.array([float(value) for value in rationals])
        problem = cls.__new__(cls)
        problem._fill(floats, rationals, half, exact, tuple(exact), width, title, source)
        return problem

    @classmethod
    def from_file(cls, path: str | PathLike[str], *, width: int | None = None, title: str | None = None) -> Self:
        """The template in a text file, read exactly: as many numbers as the modulus, in any arrangement.

        Raises
        ------
        MissingInput
            If the file is not there.
        InputError
            If it holds something that is no number, or too few or too many of them. See
            `agf_theory.problems.template_file.read_template` for the format.
        """
        template = read_template(path)
        name = Path(path).name
        label = f"Addition modulo {len(template)}: {name}" if title is None else title
        return cls(template, width=width, title=label, source=name)

    def _fill(
        self,
        floats: NDArray[np.float64],
        rationals: tuple[Fraction, ...] | None,
        half: NDArray[np.complex128],
        rational_spectrum: dict[int, Gaussian] | None,
        classes: tuple[int, ...],
        width: int | None,
        title: str | None,
        source: str | None,
    ) -> None:
        p = floats.size
        floats.flags.writeable = False
        half.flags.writeable = False
        default = min(_LARGEST_WIDTH, sum(_NEURONS[_class_of(k, p)] for k in classes))
        values = (p, _checked_width(width, default), floats, rationals, half, rational_spectrum, classes)
        labels = (one_line(title, "title") or "Modular addition", one_line(source, "source"))
        self.__dict__.update(zip(_FIELDS, (*values, *labels), strict=True))

    def centred(self) -> Self:
        """The same template minus its mean, at the same width; this problem itself if its mean is zero.

        Raises
        ------
        InputError
            If the template is constant.
        """
        if 0 not in self.classes:
            return self
        if self.classes == (0,):
            raise InputError("template: a template that is not constant is required, got the mean alone")
        half = self._half.copy()
        half[0] = 0
        rationals, floats = self.rational_template, np.fft.irfft(half, self.p)
        if rationals is not None:
            mean = sum(rationals, Fraction(0)) / self.p
            rationals = tuple(value - mean for value in rationals)
            floats = np.array([float(value) for value in rationals])
        exact = None if self._rational_spectrum is None else {k: z for k, z in self._rational_spectrum.items() if k}
        problem = self.__class__.__new__(self.__class__)
        problem._fill(floats, rationals, half, exact, self.classes[1:], self.width, self.title, self.source)
        return problem

    def with_title(self, title: str, source: str | None = None) -> Self:
        """The same problem under another title (and source); equal to the original."""
        return self._with(title=one_line(title, "title"), source=self.source if source is None else source)

    def with_width(self, width: int) -> Self:
        """The same template learned by another number of neurons.

        Raises
        ------
        InputError
            If the width is no positive integer.
        """
        return self._with(width=_checked_width(width, self.width))

    def _with(self, **fields: Any) -> Self:
        copy = self.__class__.__new__(self.__class__)
        copy.__dict__.update({key: self.__dict__[key] for key in _FIELDS} | fields)
        return copy

    @cached_property
    def spectrum(self) -> NDArray[np.complex128]:
        """(p,) read-only: the coefficients to double accuracy in modulus; zero but at the classes and their mirrors."""
        return whole_spectrum(self._half, self.p)

    @property
    def rational_spectrum(self) -> Mapping[int, Gaussian] | None:
        """Exact nonzero coefficients (real, imaginary) by k = 0, ..., p // 2; None if only the template is known."""
        return None if self._rational_spectrum is None else MappingProxyType(self._rational_spectrum)

    def frequency_class(self, k: int) -> Literal["dc", "generic", "nyquist"]:
        """What kind of frequency k modulo p is: zero, p / 2, or one that differs from its negative."""
        return _class_of(k, self.p)

    def energy(self, k: int) -> float:
        r"""Squared norm of the part of the template at frequencies k and -k.

        >>> ModularAddition.from_spectrum(20, {1: 10}).energy(1)
        10.0
        """
        share = 2 if self.frequency_class(k) == "generic" else 1
        coefficient = self.spectrum[k % self.p]
        return float(share * (coefficient.real**2 + coefficient.imag**2) / self.p)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the exact template or spectrum, its classes and the width: equal for equal problems, anywhere."""
        if self.rational_template is not None:
            exact = ["template", *map(str, self.rational_template)]
        else:
            exact = ["spectrum", *(f"{k}: {real}, {imaginary}" for k, (real, imaginary) in self._exact_half())]
        content = "\n".join([repr((self.p, self.width, self.classes)), *exact])
        return hashlib.sha256(content.encode()).hexdigest()

    def _exact_half(self) -> list[tuple[int, Gaussian]]:
        return sorted((self._rational_spectrum or {}).items())

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, ModularAddition) else NotImplemented

    def __hash__(self) -> int:
        return hash((ModularAddition, self.digest))

    def __str__(self) -> str:
        mean = "not centred" if 0 in self.classes else "centred"
        lines = [
            f"modular addition, p = {self.p}, H = {self.width} neurons of degree 3",
            f"frequencies in the template: {listed([str(k) for k in self.classes])}; {mean}",
            f"data: exact{'' if self.rational_template is not None else ', by the spectrum'}",
        ]
        return described(self.title, [*lines, f"source: {self.source}"] if self.source else lines)

    def __repr__(self) -> str:
        return f"<ModularAddition {self.title!r}: p={self.p}, H={self.width}, {self.digest[:8]}>"

    def __getstate__(self) -> dict[str, Any]:
        return {key: self.__dict__[key] for key in _FIELDS}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for key in ("template", "_half"):
            state[key].flags.writeable = False
        self.__dict__.update(state)

    def __setattr__(self, name: str, value: Any) -> Never:
        raise AttributeError(f"a problem is immutable: {name} cannot be set; build a new ModularAddition")

    def __delattr__(self, name: str) -> Never:
        raise AttributeError(f"a problem is immutable: {name} cannot be deleted")

    _half: NDArray[np.complex128]
    _rational_spectrum: dict[int, Gaussian] | None


def _class_of(k: int, p: int) -> Literal["dc", "generic", "nyquist"]:
    if k % p == 0:
        return "dc"
    return "nyquist" if 2 * k % p == 0 else "generic"


def _fractions(entries: ExactArray) -> tuple[Fraction, ...]:
    if entries.rationals is not None:
        return entries.rationals
    return tuple(Fraction(*value.as_integer_ratio()) for value in entries.floats.tolist())


def _holds_floats(values: Any) -> bool:
    """Whether an entry is a binary float that is no integer: a measured or rounded number, in all likelihood."""
    flat = values.tolist() if hasattr(values, "tolist") else values
    return any(isinstance(value, (float, np.floating)) and not float(value).is_integer() for value in flat)


def _require_modulus(p: Any) -> None:
    whole = isinstance(p, (int, np.integer)) and not isinstance(p, bool)
    if not whole or not 2 <= p <= _LARGEST_MODULUS:
        raise InputError(f"p: a whole number from 2 to {_LARGEST_MODULUS} is required, got {p!r:.40}")


def _checked_width(width: Any, default: int) -> int:
    if width is None:
        return default
    whole = isinstance(width, (int, np.integer)) and not isinstance(width, bool)
    if not whole or not 1 <= width <= _LARGEST_WIDTH:
        raise InputError(f"width: a number of neurons from 1 to {_LARGEST_WIDTH} is required, got {width!r:.40}")
    return int(width)
