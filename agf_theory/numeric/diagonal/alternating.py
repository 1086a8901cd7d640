"""Alternating gradient flows of a diagonal linear network at finite α: Algorithm 1 with exact clocks."""

from __future__ import annotations

from flint import ctx

from agf_theory.errors import InputError
from agf_theory.numeric.diagonal.ball_alternating import BallAlternatingFlow
from agf_theory.numeric.diagonal.float_alternating import FloatAlternatingFlow
from agf_theory.numeric.framework import run_alternating_gradient_flows
from agf_theory.numeric.saddle_sequence import SaddleSequence
from agf_theory.problems import DiagonalNetwork, InitScale
from agf_theory.problems.required import require_init_scale, require_problem

__all__ = ["alternating_gradient_flows"]


def alternating_gradient_flows(
    problem: DiagonalNetwork,
    init_scale: InitScale,
    *,
    convention: str = "paper",
    arithmetic: str = "float",
    precision: int = 200,
) -> SaddleSequence:
    r"""Algorithm 1 on a diagonal linear network at a finite initialisation scale.

    Parameters
    ----------
    problem : DiagonalNetwork
    init_scale : InitScale
        α < 1/√2 (paper) or α < 1 (slides).
    convention : {"paper", "slides"}
        Initialisation u = √2 α, v = 0 or u = α, v = 0.
    arithmetic : {"float", "ball"}
        "ball": exact saddles, and jump times as rigorous enclosures (`flint.arb`).
    precision : int
        Bits of the balls, 64 to 100000.

    Returns
    -------
    SaddleSequence
        Times are flow time for the loss ‖Xβ − y‖²/(2n) divided by log(1/α).

    Raises
    ------
    InputError
        If the problem or the scale is of another kind, or the arithmetic or the precision is not one of those.
    HypothesisNotMet
        If α is too large for the neurons to be dormant.
    UndecidedError
        In ball arithmetic, if a cost minimisation meets linearly dependent active columns.

    Source
    ------
    [kunin2025], Algorithm 1 and Section 4; the rule of re-dormancy: this project.

    Examples
    --------
    >>> from agf_theory.problems import DiagonalNetwork, InitScale
    >>> problem = DiagonalNetwork([["1", "0"], ["0", "1"]], ["1", "3"])
    >>> sequence = alternating_gradient_flows(problem, InitScale("1/10"))
    >>> sequence.jump_times.round(8).tolist()
    [0.66665219, 1.99995656]
    """
    require_problem(problem, DiagonalNetwork)
    require_init_scale(init_scale)
    if arithmetic == "float":
        system = FloatAlternatingFlow(problem, init_scale, convention=convention)
        return run_alternating_gradient_flows(system, name="diagonal", most_jumps=_most_jumps(problem))
    if arithmetic != "ball":
        raise InputError(f"arithmetic must be 'float' or 'ball', got {arithmetic!r}")
    if not 64 <= precision <= 100_000:
        raise InputError(f"precision must lie between 64 and 100000 bits, got {precision}")
    with ctx.workprec(precision):
        system = BallAlternatingFlow(problem, init_scale, convention=convention)
        return run_alternating_gradient_flows(system, name="diagonal", most_jumps=_most_jumps(problem))


def _most_jumps(problem: DiagonalNetwork) -> int:
    """Every jump lowers the loss, so no sign pattern of the active set repeats: fewer than 3^d jumps."""
    return int(min(3**problem.d, 10**6))
