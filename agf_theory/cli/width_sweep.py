"""Networks on one-dimensional data, one a row: what the closed forms say of each, and its flow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from agf_theory.errors import IntegrationFailed

if TYPE_CHECKING:
    from agf_theory.closed_form.finite_width import NetworkValues
    from agf_theory.numeric.finite_width import WidthTrajectory
    from agf_theory.problems import OneDimensionalNetwork

__all__ = ["Exponents", "SweepRow", "sweep_row"]

_WEIGHTS_KEPT = 4_000_000
_FEWEST, _MOST = 40, 100
# Of the way, where what happens early or late is fast.
_ENDS = tuple(Fraction(share, 10**k) for k in range(3, 10) for share in (1, 2, 5))


@dataclass(frozen=True)
class Exponents:
    """How a sweep scales with the width H: output scale, variances and rates are its powers.

    Attributes
    ----------
    scale, variance_u, variance_w, rate_u, rate_w : Fraction
        The output scale is H to the minus first, and so on.
    """

    scale: Fraction = Fraction(1, 2)
    variance_u: Fraction = Fraction(0)
    variance_w: Fraction = Fraction(0)
    rate_u: Fraction = Fraction(0)
    rate_w: Fraction = Fraction(0)

    def network(self, width: int, target: Fraction, seed: int) -> OneDimensionalNetwork:
        """A Gaussian start of this width."""
        from agf_theory.problems import OneDimensionalNetwork

        def power(exponent: Fraction) -> float:
            return float(float(width) ** -float(exponent))

        return OneDimensionalNetwork.gaussian(
            width,
            power(self.variance_u / 2),
            power(self.variance_w / 2),
            seed=seed,
            gamma=power(self.scale),
            ay=target,
            rates=(power(self.rate_u), power(self.rate_w)),
        )

    def of_spread(self) -> Fraction:
        """The exponent E of the width in the spread, by its closed form."""
        from sympy import Rational

        from agf_theory.closed_form import finite_width, with_values

        given = {"c_gamma": self.scale, "c_u": self.variance_u, "c_v": self.variance_w}
        found: Any = with_values(finite_width.width_exponent(), given | {"e_u": self.rate_u, "e_v": self.rate_w})
        assert isinstance(found, Rational), "of rationals"
        return Fraction(int(found.p), int(found.q))

    def of_area(self) -> Fraction:
        """The exponent of the width in the area: that of the output scale times H times both standard deviations."""
        return 1 - self.scale - (self.variance_u + self.variance_w) / 2

    def wide_spread(self, width: int) -> float:
        """The leading behaviour of the spread for independent Gaussian weights and a unit input."""
        from agf_theory.closed_form import finite_width, with_values

        names = ("gamma_f", "sigma_u", "sigma_v", "eta_u", "eta_v")
        exponents = (self.scale, self.variance_u / 2, self.variance_w / 2, self.rate_u, self.rate_w)
        given = {name: float(width) ** -float(each) for name, each in zip(names, exponents, strict=True)}
        found: Any = with_values(finite_width.gaussian_spread(), {**given, "H": width, "xi_a": 1})
        return float(found)


@dataclass(frozen=True)
class SweepRow:
    """A network, what is predicted of it, and what its flow does.

    Attributes
    ----------
    problem : OneDimensionalNetwork
    values : NetworkValues
    shares : tuple of Fraction
        Of the way of the output, predicted to be done at the instants of the flow; empty if it does not move.
    flow : WidthTrajectory or None
    reason : str
        Why there is no flow.
    """

    problem: OneDimensionalNetwork
    values: NetworkValues
    shares: tuple[Fraction, ...]
    flow: WidthTrajectory | None
    reason: str = ""

    @property
    def size(self) -> float:
        """The larger of output at the start and target, without their signs: what the spread is compared to."""
        return max(abs(float(self.values.output_start)), abs(float(self.values.target)))

    @property
    def measured_half_time(self) -> float | None:
        """When the flow has done half of the way to where it ends, between instants on a line."""
        import numpy as np

        if self.flow is None or not self.shares:
            return None
        outputs = self.flow.outputs
        done = (outputs - outputs[0]) / (outputs[-1] - outputs[0])
        return float(np.interp(0.5, done, self.flow.times))


def sweep_row(problem: OneDimensionalNetwork) -> SweepRow:
    """Predict, and integrate all weights until all but a billionth of the way is done.

    The closed forms choose the instants, evenly along the way of the output; what is measured there owes them nothing.
    """
    from agf_theory.closed_form.finite_width import NetworkValues
    from agf_theory.numeric.finite_width import gradient_flow

    values = NetworkValues.of(problem)
    timed = _instants(values, problem.width)
    times = [time for time, _ in timed] or [0.0, 1.0]
    shares = tuple(share for _, share in timed)
    try:
        return SweepRow(problem, values, shares, gradient_flow(problem, times))
    except IntegrationFailed as error:
        return SweepRow(problem, values, shares, None, str(error))


def _instants(values: NetworkValues, width: int) -> Sequence[tuple[float, Fraction]]:
    count = max(_FEWEST, min(_MOST, _WEIGHTS_KEPT // width))
    even = {Fraction(k, count) for k in range(count)}
    shares = sorted(even | set(_ENDS) | {1 - share for share in _ENDS} | {Fraction(1, 2)})
    found: list[tuple[float, Fraction]] = []
    for share in shares:
        time = values.time_after(share)
        if time is not None and (not found or time > found[-1][0]):
            found.append((time, share))
    return found
