"""LIN-08: how the direction of a neuron moves, and where the gradient in its equation is taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar

import sympy
from sympy import Expr, Identity, MatrixExpr

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.errors import InputError
from agf_theory.problems.number_parser import parse_number
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.framework.neurons import PolynomialUtility, exponents
from agf_theory.proofs_check.hypotheses import Hypotheses, Hypothesis, Instance
from agf_theory.proofs_check.linear.rational_draws import any_matrix, unit_column
from agf_theory.proofs_check.linear.rational_form import matrix_value, rational_value
from agf_theory.proofs_check.parts import without_arguments
from agf_theory.proofs_check.strategies.rational_matrix import Matrix, Vector, product, transpose

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["LIN_08", "DirectionEquation", "LinearNeuron", "NeuronUnderResidual"]

ETA = Fraction(2, 3)


@dataclass(frozen=True)
class NeuronUnderResidual:
    """A neuron (a, w) of a linear network, by its norm and direction, and the residual it sees.

    Attributes
    ----------
    residual : (c, d)
    direction : c + d numbers, a unit vector
    norm : Fraction, positive
    """

    residual: Matrix
    direction: Vector
    norm: Fraction

    @property
    def theta(self) -> Vector:
        """(a, w)."""
        return tuple(self.norm * entry for entry in self.direction)

    @property
    def form(self) -> Matrix:
        """M = (0, R; Rᵀ, 0)."""
        c, d = len(self.residual), len(self.residual[0])
        top = tuple((Fraction(0),) * c + row for row in self.residual)
        return (*top, *(row + (Fraction(0),) * d for row in transpose(self.residual)))

    def velocity(self) -> Vector:
        """η (R w, Rᵀ a)."""
        c = len(self.residual)
        a, w = _column(self.theta[:c]), _column(self.theta[c:])
        grown = (*product(self.residual, w), *product(transpose(self.residual), a))
        return tuple(ETA * entry for (entry,) in grown)

    def __str__(self) -> str:
        rows = "; ".join(" ".join(map(str, row)) for row in self.residual)
        return f"R = [{rows}], direction ({', '.join(map(str, self.direction))}), norm {self.norm}"


@dataclass(frozen=True)
class LinearNeuron(Hypothesis):
    """Any neuron of a linear network that is not zero, under any residual."""

    variable: str = "neuron"
    restricts: ClassVar[bool] = False

    def holds(self, instance: Instance) -> bool:
        neuron: NeuronUnderResidual = instance["neuron"]
        c, d = len(neuron.residual), len(neuron.residual[0])
        unit = sum((entry * entry for entry in neuron.direction), Fraction(0)) == 1
        return unit and neuron.norm > 0 and len(neuron.direction) == c + d

    def draw(self, random: Random, size: int) -> NeuronUnderResidual:
        c, d = random.randint(1, 1 + min(size, 2)), random.randint(1, 1 + min(size, 2))
        norm = Fraction(random.randint(1, 9), random.choice((2, 3, 1000, 10**9)))
        return NeuronUnderResidual(any_matrix(random, c, d), unit_column(random, c + d), norm)

    def strategy(self) -> SearchStrategy[NeuronUnderResidual]:
        from hypothesis import strategies as st

        from agf_theory.proofs_check.strategies import rational_matrices, simple_rationals, unit_vectors

        def of_shape(shape: tuple[int, int]) -> SearchStrategy[NeuronUnderResidual]:
            positive = simple_rationals(0, 3, low_included=False)
            return st.builds(NeuronUnderResidual, rational_matrices(*shape), unit_vectors(sum(shape)), positive)

        return st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(of_shape)

    def encode(self, value: NeuronUnderResidual) -> dict[str, Any]:
        rows = [list(map(str, row)) for row in value.residual]
        return {"R": rows, "direction": list(map(str, value.direction)), "norm": str(value.norm)}

    def decode(self, plain: Any) -> NeuronUnderResidual:
        names = {"R", "direction", "norm"}
        lists = isinstance(plain, Mapping) and set(plain) == names and isinstance(plain["direction"], list)
        if not lists or not isinstance(plain["R"], list) or not all(isinstance(row, list) for row in plain["R"]):
            raise InputError(f"neuron: an object of {', '.join(sorted(names))} is required, got {plain!r:.60}")
        residual = tuple(tuple(parse_number(entry, "R") for entry in row) for row in plain["R"])
        direction = tuple(parse_number(entry, "direction") for entry in plain["direction"])
        if not residual or len({len(row) for row in residual}) != 1:
            raise InputError("R: rows of one length are required")
        return NeuronUnderResidual(residual, direction, parse_number(plain["norm"], "norm"))

    @property
    def range_drawn(self) -> str:
        return "up to 3 outputs and 3 inputs; norms down to 1e-9"

    def __str__(self) -> str:
        return "a neuron of a linear network, not zero"


@dataclass(frozen=True)
class DirectionEquation:
    """What LIN-08 states, in the symbols of `closed_form.symbols`.

    Attributes
    ----------
    velocity
        Of the direction in a linear network.
    gradient
        Of the normalised utility at a neuron that is not normalised, any degree.
    power
        The factor with which that gradient, times η, moves the direction.
    """

    velocity: Callable[[], MatrixExpr] = closed_form.linear_direction_velocity
    gradient: Callable[[], MatrixExpr] = closed_form.normalised_utility_gradient
    power: Callable[[], Expr] = closed_form.normalised_utility_power


def turns_as_stated(formula: DirectionEquation, instance: Instance) -> Evidence:
    """One neuron of a linear network: the quotient's derivative from (Rw, Rᵀa), against both equations."""
    neuron: NeuronUnderResidual = instance["neuron"]
    turning = _quotient(neuron.theta, neuron.velocity(), neuron.norm)
    numbers = {sym.norm: neuron.norm, sym.eta: ETA, sym.kappa: Fraction(2)}
    data = {"theta": _column(neuron.theta), "M": neuron.form}
    claimed = matrix_value(formula.velocity(), data, numbers)
    witness: dict[str, Any]
    if claimed != _column(turning):
        witness = {"neuron": str(neuron), "velocity": turning, "claimed": claimed}
        return Evidence.refuted("the direction of a linear neuron moves otherwise", witness, instances=1)
    gradient = product(neuron.form, _column(neuron.direction))
    slope = matrix_value(formula.gradient(), {"theta": _column(neuron.theta), "nabla_U": gradient}, numbers)
    power = rational_value(formula.power(), numbers)
    moved = None if slope is None or power is None else tuple(ETA * power * entry for (entry,) in slope)
    if moved != turning:
        witness = {"neuron": str(neuron), "velocity": turning, "gradient": slope, "factor": power}
        return Evidence.refuted("the gradient of the normalised utility moves it otherwise", witness, instances=1)
    return Evidence.of(Level.EXACT, "the direction moves as both equations say, as fractions", instances=1)


def linear_neurons(formula: DirectionEquation, context: Context) -> Evidence:
    """Neurons of linear networks, of norms down to 1e-9: the derivative of θ/‖θ‖ as fractions."""
    count, detail = 0, ""
    for count, instance in enumerate(context.instances(24), start=1):
        one = turns_as_stated(formula, instance)
        if one.level is None:
            return replace(one, instances=count)
        detail = one.detail
    return Evidence.of(Level.EXACT, detail, instances=count)


def other_degrees(formula: DirectionEquation, context: Context) -> Evidence:
    """Polynomial utilities of degree 1 to 5: the gradient of U/‖θ‖^κ by the quotient rule, and the velocity."""
    random, count = context.random(), 0
    for degree in (1, 2, 3, 4, 5):
        for dimension in (2, 3):
            count += 1
            coefficients = {p: Fraction(random.randint(-4, 4), 2) for p in exponents(degree, dimension)}
            utility = PolynomialUtility(degree, dimension, coefficients)
            direction, norm = unit_column(random, dimension), Fraction(random.randint(1, 7), 3)
            theta = tuple(norm * entry for entry in direction)
            force, value = utility.gradient(theta), utility.value(theta)
            slope = tuple(
                g / norm**degree - degree * value * t / norm ** (degree + 2) for g, t in zip(force, theta, strict=True)
            )
            turning = _quotient(theta, [ETA * g for g in force], norm)
            numbers = {sym.norm: norm, sym.eta: ETA, sym.kappa: Fraction(degree)}
            data = {"theta": _column(theta), "nabla_U": _column(utility.gradient(direction))}
            claimed, power = matrix_value(formula.gradient(), data, numbers), rational_value(formula.power(), numbers)
            witness: dict[str, Any] = {"utility": str(utility), "θ": theta, "κ": degree}
            if claimed != _column(slope):
                witness |= {"gradient": slope, "claimed": claimed}
                return Evidence.refuted("not the gradient of the normalised utility", witness, instances=count)
            if power is None or tuple(ETA * power * entry for entry in slope) != turning:
                witness |= {"velocity": turning, "gradient": slope, "factor": power}
                return Evidence.refuted("this factor moves the direction otherwise", witness, instances=count)
    return Evidence.of(Level.EXACT, "gradient and velocity as fractions, degrees 1 to 5", instances=count)


def _quotient(theta: Any, velocity: Any, norm: Fraction) -> Vector:
    """(θ/N)' = θ'/N − θ ⟨θ, θ'⟩/N³."""
    inner = sum((t * v for t, v in zip(theta, velocity, strict=True)), Fraction(0))
    return tuple(v / norm - t * inner / norm**3 for t, v in zip(theta, velocity, strict=True))


def _column(vector: Any) -> Matrix:
    return tuple((entry,) for entry in vector)


_OWN = DirectionEquation()

LIN_08 = Claim(
    id="LIN-08",
    system="linear",
    title="where the direction's gradient is taken",
    statement="The direction of a neuron moves as η‖θ‖^(κ−1) times the gradient of the normalised utility at θ, one "
    "power of ‖θ‖ more than with the gradient at the unit vector; in a linear network it is η(M − θ̂ᵀMθ̂)θ̂.",
    kind=Kind.EQUALITY,
    status=Status.ERRATUM,
    source=Source("kunin2025", "Eq. (5), read with the gradient at the un-normalised θ"),
    hypotheses=Hypotheses((LinearNeuron(),)),
    formula=_OWN,
    checks=(
        Check("linear neurons", linear_neurons),
        Check("other degrees", other_degrees),
        Check(
            "derivation",
            partial(
                every_step,
                name="LIN-08",
                parts=lambda formula: {
                    "linear_direction_velocity": formula.velocity,
                    "normalised_utility_gradient": formula.gradient,
                    "normalised_utility_power": formula.power,
                },
            ),
        ),
    ),
    mutants=(
        Mutant(
            "as-published",
            replace(_OWN, power=lambda: sym.norm ** (sym.kappa - 2)),
            "‖θ‖^(κ−2) with the gradient of the normalised utility at θ",
        ),
        Mutant(
            "gradient-at-unit-vector",
            replace(_OWN, gradient=lambda: sym.norm * closed_form.normalised_utility_gradient()),
            "the gradient at the unit vector taken for that at θ",
        ),
        Mutant(
            "slower-when-small",
            replace(_OWN, velocity=lambda: sym.norm * closed_form.linear_direction_velocity()),
            "a factor ‖θ‖ in a linear network",
        ),
        Mutant(
            "projection-dropped",
            replace(_OWN, velocity=lambda: sym.eta * sym.form * sym.theta / sym.norm),
            "the projection dropped",
        ),
        Mutant(
            "projection-on-theta",
            replace(
                _OWN,
                gradient=lambda: (Identity(sym.d) + sym.theta * sym.theta.T / sym.norm**2) * sym.gradient / sym.norm,
            ),
            "a sum for the difference in the projection",
        ),
        Mutant("right-at-degree-two", replace(_OWN, power=lambda: sympy.S(sym.norm)), "‖θ‖ for every degree"),
    ),
    remark="Read as published a neuron of norm 1e-8 would turn 1e8 times as fast as it does. θ̂ = θ/‖θ‖ needs θ ≠ 0. "
    "No hypothesis to drop: the residual may move.",
    parts=(
        *without_arguments(_OWN, "velocity"),
        *without_arguments(_OWN, "gradient"),
        *without_arguments(_OWN, "power", within={sym.norm: (0, None)}),
    ),
    probes=(Probe("turns as stated", turns_as_stated),),
)
