"""What DIAG-07 and DIAG-08 speak of: the clock of alternating gradient flows, and their jumps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import flint
from sympy import Expr, Order

from agf_theory.closed_form import diagonal as closed_form
from agf_theory.closed_form.diagonal import Convention
from agf_theory.numeric import diagonal as numeric
from agf_theory.problems import DiagonalNetwork, InitScale

__all__ = ["CLOSED_FORM", "Clock", "Jumps", "enclosed_jumps"]


Ratio = Callable[[Convention], Expr]
Jumps = Sequence[tuple[Any, Sequence[Any]]]
"""Time and saddle of each jump."""


@dataclass(frozen=True)
class Clock:
    """What DIAG-07 and DIAG-08 speak of.

    Attributes
    ----------
    ratio : function of the convention
        ρ as an expression in `symbols.alpha`.
    series : function of the number of powers of alpha**4 and the convention
        ρ expanded for small alpha.
    remainder : function of the number of powers
        Order of what the series leaves out.
    coefficient : function of the convention and, by name, `order`
        Of a power in the series, times log(1/alpha); of the power k without an order.
    jumps : function of a problem, an initialisation scale and a convention
        The alternating gradient flows: times and saddles, as balls at the current precision.
    """

    ratio: Ratio
    series: Callable[[int, Convention], Expr]
    remainder: Callable[[int], Order]
    coefficient: Callable[..., Expr]
    jumps: Callable[[DiagonalNetwork, InitScale, Convention], Jumps]


def enclosed_jumps(problem: DiagonalNetwork, init_scale: InitScale, convention: Convention) -> Jumps:
    """Alternating gradient flows by `agf_theory.numeric`, in balls at the current precision."""
    sequence = numeric.alternating_gradient_flows(
        problem, init_scale, convention=convention, arithmetic="ball", precision=flint.ctx.prec
    )
    return list(zip(sequence.jump_times, sequence.saddles, strict=True))


CLOSED_FORM = Clock(
    ratio=closed_form.rho,
    series=lambda order, convention: closed_form.rho_series(order, convention=convention),
    remainder=closed_form.rho_series_remainder,
    coefficient=closed_form.rho_series_coefficient,
    jumps=enclosed_jumps,
)
