"""Neurons as plain data, exactly: what a stored counterexample holds."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from agf_theory.errors import InputError
from agf_theory.problems.number_parser import parse_number
from agf_theory.proofs_check.framework.neurons import DormantNeuron, PolynomialUtility, RectifiedUtility, Utility

__all__ = ["neuron_from_record", "neuron_record"]

LARGEST = 1000
"""Terms or samples that a stored utility may have."""


def neuron_record(neuron: DormantNeuron) -> dict[str, Any]:
    """The neuron as plain data: a polynomial by its terms, a rectified utility by samples and residuals.

    Raises
    ------
    TypeError
        If the utility is of another sort.
    """
    utility = {"utility": _utility_record(neuron.utility)}
    drift = {} if neuron.drift is None else {"drift": _utility_record(neuron.drift)}
    return {**utility, **drift, "direction": list(map(str, neuron.direction)), "norm": str(neuron.norm)}


def _utility_record(utility: Utility) -> dict[str, Any]:
    if isinstance(utility, PolynomialUtility):
        terms = [[str(c), [str(power) for power in powers]] for powers, c in utility.coefficients.items() if c]
        return {"degree": str(utility.degree), "terms": terms}
    if isinstance(utility, RectifiedUtility):
        samples = [list(map(str, sample)) for sample in utility.samples]
        return {"power": str(utility.power), "samples": samples, "residuals": list(map(str, utility.residuals))}
    raise TypeError(f"a polynomial or rectified utility is required, got {type(utility).__name__}")


def neuron_from_record(plain: Any, what: str) -> DormantNeuron:
    """The neuron that `neuron_record` made plain; `what` begins error messages.

    Raises
    ------
    InputError
        If the data are not of that form.
    """
    moving = {"drift"} & set(plain) if isinstance(plain, Mapping) else set()
    fields = _fields(plain, {"utility", "direction", "norm", *moving}, what)
    direction = tuple(_numbers(fields["direction"], f"{what}, direction"))
    utility = _utility(fields["utility"], len(direction), f"{what}, utility")
    drift = _utility(fields["drift"], len(direction), f"{what}, drift") if moving else None
    if drift is not None and drift.degree != utility.degree:
        raise InputError(f"{what}: a drift of degree {utility.degree}, as the utility, is required, got {drift.degree}")
    return DormantNeuron(utility, direction, parse_number(fields["norm"], f"{what}, norm"), drift)


def _utility(plain: Any, dimension: int, what: str) -> Utility:
    if isinstance(plain, Mapping) and "terms" in plain:
        return _polynomial(_fields(plain, {"degree", "terms"}, what), dimension, what)
    fields = _fields(plain, {"power", "samples", "residuals"}, what)
    samples = tuple(tuple(_numbers(sample, f"{what}, samples")) for sample in _list(fields["samples"], what))
    residuals = tuple(_numbers(fields["residuals"], f"{what}, residuals"))
    if not samples or len(samples) != len(residuals) or any(len(sample) != dimension - 1 for sample in samples):
        raise InputError(f"{what}: samples of {dimension - 1} numbers, each with a residual, are required")
    return RectifiedUtility(_natural(fields["power"], what), samples, residuals)


def _polynomial(fields: Mapping[str, Any], dimension: int, what: str) -> PolynomialUtility:
    degree, coefficients = _natural(fields["degree"], what), {}
    for term in _list(fields["terms"], what):
        if len(_list(term, what)) != 2:
            raise InputError(f"{what}: each term is a coefficient and a list of exponents")
        powers = tuple(_natural(power, what, least=0) for power in _list(term[1], what))
        if len(powers) != dimension or sum(powers) != degree:
            raise InputError(f"{what}: {dimension} exponents of sum {degree} are required, got {list(powers)}")
        coefficients[powers] = parse_number(term[0], what)
    return PolynomialUtility(degree, dimension, coefficients)


def _fields(plain: Any, names: set[str], what: str) -> Mapping[str, Any]:
    if not isinstance(plain, Mapping) or set(plain) != names:
        raise InputError(f"{what}: an object with {', '.join(sorted(names))} is required")
    return plain


def _list(plain: Any, what: str) -> list[Any]:
    if not isinstance(plain, list) or len(plain) > LARGEST:
        raise InputError(f"{what}: a list of at most {LARGEST} entries is required")
    return plain


def _numbers(plain: Any, what: str) -> list[Fraction]:
    return [parse_number(entry, what) for entry in _list(plain, what)]


def _natural(plain: Any, what: str, *, least: int = 1) -> int:
    number = parse_number(plain, what)
    if number.denominator != 1 or not least <= number <= LARGEST:
        raise InputError(f"{what}: an integer between {least} and {LARGEST} is required, got {number}")
    return number.numerator
