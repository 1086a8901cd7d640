"""The panels of a figure of jumps that share the time axis: what they have in common, and which is which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from agf_theory.figures.coefficient_panel import draw_coefficients
from agf_theory.figures.content import ScaleResults, Staircase, Symbols, alpha_label, staircase
from agf_theory.figures.coordinate_colors import coordinate_colors
from agf_theory.figures.loss_panel import draw_losses, draw_rules
from agf_theory.figures.side_labels import SideLabel
from agf_theory.figures.style import BLACK, scale_color
from agf_theory.figures.time_axis import TimeAxis, time_axis
from agf_theory.figures.utility_panel import draw_utilities

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from agf_theory.numeric.accumulated_utilities import AccumulatedUtilities
    from agf_theory.numeric.saddle_sequence import SaddleSequence

__all__ = ["TIME_PANELS", "TimePanels"]

TIME_PANELS: Final = ("loss", "excess", "coefficients", "utilities")
_EXCESS: Final = r"excess loss $\mathcal{L}-\mathcal{L}_\infty$"


class TimePanels:
    """What the panels over time show, and how each is drawn.

    Parameters
    ----------
    limit : SaddleSequence
    scales : sequence of ScaleResults
    symbols : Symbols
    rivals : mapping from label to SaddleSequence
        Shown where they are not the limit's own staircase.
    utilities : AccumulatedUtilities or None
        Of the limit.
    """

    def __init__(
        self,
        limit: SaddleSequence,
        scales: Sequence[ScaleResults],
        symbols: Symbols,
        rivals: Mapping[str, SaddleSequence],
        utilities: AccumulatedUtilities | None,
    ) -> None:
        self.names, self.scales, self.symbols, self.utilities = limit.names, scales, symbols, utilities
        self.stairs = staircase(limit)
        others = {label: staircase(rival) for label, rival in rivals.items()}
        self.others = {label: other for label, other in others.items() if not other.agrees(self.stairs)}
        self.time = _common_axis(limit, scales, self.others.values())
        self.colors = coordinate_colors(self.stairs)

    def draw(self, name: str, axes: Axes) -> list[SideLabel]:
        """Draw one panel; returns the names to write beside it."""
        if name in ("loss", "excess"):
            floor = float(self.stairs.losses[-1]) if name == "excess" else 0.0
            draw_losses(axes, self.stairs, self.scales, self.time, self.others, floor=floor)
            axes.set_ylabel(_EXCESS if name == "excess" else self.symbols.loss)
            return []
        _label_scales(axes, self.scales)
        if name == "utilities":
            assert self.utilities is not None, "required before"
            draw_rules(axes, self.stairs)
            return draw_utilities(axes, self.utilities, self.scales, self.time, self.colors)
        axes.set_ylabel(self.symbols.coefficient)
        return draw_coefficients(
            axes, self.stairs, self.scales, self.time, self.names, list(self.others.values()), self.colors
        )


def _label_scales(axes: Axes, scales: Sequence[ScaleResults]) -> None:
    """The legend's entries of limit and scales, where no panel of losses gives them."""
    flows = any(scale.flow is not None for scale in scales)
    axes.plot([], [], color=BLACK, linewidth=0.8, linestyle=":" if flows else "-", label=r"limit $\alpha\to0$")
    for position, scale in enumerate(scales):
        axes.plot([], [], color=scale_color(position, len(scales)), label=alpha_label(scale.alpha))


def _common_axis(limit: SaddleSequence, scales: Sequence[ScaleResults], others: Iterable[Staircase]) -> TimeAxis:
    times = [float(time) for time in limit.jump_times]
    times += [float(time) for other in others for time in other.times[1:]]
    for scale in scales:
        for sequence in scale.predictions.values():
            times += [float(time) for time in sequence.jump_times]
        if scale.flow is not None:
            times += [float(jump.time) for jump in scale.flow.jumps()]
    return time_axis(times)
