"""What the neurons have become: their powers by frequency, stacked, and their phases against the condition on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agf_theory.figures.fourier_content import FourierContent
from agf_theory.figures.style import BLACK, GREY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_phases", "draw_spectra"]

_MOST_NEURONS = 40
_SMALL = 0.01  # of the largest power: smaller parts are no more than a dot, and their phases not yet settled


def draw_spectra(axes: Axes, content: FourierContent) -> None:
    """A bar a neuron, its squared norm split by frequency; grouped by the strongest frequency, then by size."""
    powers, colors = content.portrait.powers, content.colors
    order = _order(content)[:_MOST_NEURONS]
    bottom = np.zeros(len(order))
    places = np.arange(len(order))
    for k in content.order:
        axes.bar(places, powers[order, k], bottom=bottom, color=colors[k], width=0.8, linewidth=0)
        bottom += powers[order, k]
    axes.bar(places, content.portrait.rest[order], bottom=bottom, color=GREY, width=0.8, linewidth=0)
    bottom += content.portrait.rest[order]
    axes.set_xlabel("neuron" if len(order) == len(powers) else f"neuron, the first {_MOST_NEURONS} of {len(powers)}")
    axes.set_ylabel(r"$\|\theta_i^{(\xi)}\|^2$ at the end")
    axes.set_xlim(-0.7, len(order) - 0.3)
    axes.set_ylim(0, 1.05 * float(bottom.max(initial=0.0)) or 1.0)
    axes.set_xticks(places if len(order) <= 20 else [])
    axes.set_xticklabels([str(i + 1) for i in order] if len(order) <= 20 else [])


def draw_phases(axes: Axes, content: FourierContent) -> None:
    r"""Every part of a neuron that is not small: :math:`s_u+s_v` over :math:`s_w+s_x`, the size by its power."""
    found, colors = content.portrait, content.colors
    largest = float(found.powers.max(initial=0.0))
    axes.plot([0, 2 * np.pi], [0, 2 * np.pi], color=BLACK, linewidth=0.6, zorder=0)
    for k, color in enumerate(colors):
        shown = found.powers[:, k] > _SMALL * largest
        outgoing, incoming = _near_the_diagonal(found.outgoing[shown, k], found.incoming[shown, k])
        sizes = 4 + 22 * found.powers[shown, k] / largest if largest else []
        axes.scatter(outgoing, incoming, s=sizes, facecolors="none", edgecolors=color, linewidths=0.8, clip_on=False)
    ticks = [0, np.pi, 2 * np.pi]
    axes.set_xticks(ticks, ["0", "π", "2π"])
    axes.set_yticks(ticks, ["0", "π", "2π"])
    axes.set_xlim(0, 2 * np.pi)
    axes.set_ylim(0, 2 * np.pi)
    axes.set_aspect("equal")
    axes.set_title("area: power", fontsize=6, loc="right", pad=3)
    axes.set_xlabel(r"$s_w+s_x$")
    axes.set_ylabel(r"$s_u+s_v$")


def _near_the_diagonal(outgoing: np.ndarray, incoming: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Incoming phases by a turn closer to the outgoing ones, then both back into the frame where that is possible."""
    turns = np.round((outgoing - incoming) / (2 * np.pi))
    moved = incoming + 2 * np.pi * turns
    return outgoing, np.clip(moved, 0.0, 2 * np.pi) if len(moved) else moved


def _order(content: FourierContent) -> list[int]:
    powers = content.portrait.powers
    rank = np.argsort(content.order, kind="stable")
    return sorted(range(len(powers)), key=lambda i: (rank[int(np.argmax(powers[i]))], -float(powers[i].sum())))
