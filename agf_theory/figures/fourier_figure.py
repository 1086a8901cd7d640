"""The figure of modular addition: powers over time, outputs on the way, and the weights at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agf_theory.figures.canvas import PAGE, blank_figure
from agf_theory.figures.flow_panels import draw_flow
from agf_theory.figures.fourier_content import FourierContent
from agf_theory.figures.neuron_panels import draw_phases, draw_spectra
from agf_theory.figures.style import COLORS, GREY, in_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["fourier_figure"]

_HEIGHT = 15.5
_POWER = r"output power $\mathbb{E}\|f^{(\xi)}\|^2$"


def fourier_figure(content: FourierContent) -> Figure:
    """Loss and output power over time, outputs on the plateaus, spectra and phases of the weights; 17.8 cm wide.

    Parameters
    ----------
    content : FourierContent

    Returns
    -------
    matplotlib.figure.Figure
        Without pyplot's knowledge: it needs no closing, no display and changes no global setting.

    Source
    ------
    After Figure 6 of [kunin2025].
    """
    with in_style():
        figure = blank_figure(PAGE, _HEIGHT)
        rows = figure.add_gridspec(3, 1, height_ratios=[1.25, 0.8, 1.1], hspace=0.52)
        rows.update(left=0.075, right=0.93, top=0.955, bottom=0.07)
        upper = rows[0].subgridspec(1, 2, wspace=0.22)
        draw_flow(figure.add_subplot(upper[0]), figure.add_subplot(upper[1]), content, _POWER)
        middle = rows[1].subgridspec(1, len(content.outputs), wspace=0.1)
        _draw_outputs([figure.add_subplot(middle[k]) for k in range(len(content.outputs))], content)
        lower = rows[2].subgridspec(1, 2, width_ratios=[2.6, 1.0], wspace=0.16)
        draw_spectra(figure.add_subplot(lower[0]), content)
        draw_phases(figure.add_subplot(lower[1]), content)
    return figure


def _draw_outputs(panels: list[Axes], content: FourierContent) -> None:
    """What the net answers to the pair (0, 0): bars for what it should, a line with dots for what it does."""
    from matplotlib.ticker import MaxNLocator

    entries = np.arange(len(content.target))
    shown = np.concatenate([content.target, *(output.values for output in content.outputs), [0.0]])
    room = 0.08 * (float(shown.max()) - float(shown.min()))
    for axes, output in zip(panels, content.outputs, strict=True):
        axes.bar(entries, content.target, color=GREY, width=0.8, linewidth=0, zorder=0)
        axes.plot(entries, output.values, color=COLORS[1], marker=".", markersize=2.5, linewidth=0.8, zorder=2)
        axes.set_ylim(float(shown.min()) - room, float(shown.max()) + room)
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
        axes.set_title(output.label, fontsize=7, pad=2)
        axes.set_xlabel("entry")
        if axes is panels[0]:
            axes.set_ylabel("answer to (0, 0)")
        else:
            axes.set_yticklabels([])
