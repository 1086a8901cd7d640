"""What the attention heads do: their norms over time, and what each contributes in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agf_theory.figures.attention_content import AttentionContent
from agf_theory.figures.side_labels import SideLabel
from agf_theory.figures.style import DARK_GREY, GREY
from agf_theory.figures.time_axis import TimeAxis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_head_norms", "draw_shares"]

_MOST_HEADS = 40
_NAMED = 10
_ROOM = 2.0  # on a logarithmic axis


def draw_head_norms(axes: Axes, content: AttentionContent, time: TimeAxis) -> list[SideLabel]:
    """Norms of all heads in the colour of what they end with, dormant ones grey; returns the names to write beside."""
    colors, norms, carried = content.colors, content.head_norms, content.carried
    for norm, color in zip(content.resting_norms, colors, strict=True):
        axes.axhline(norm, color=color, linewidth=0.6, linestyle=":", zorder=0)
    for i, component in enumerate(carried):
        color = GREY if component is None else colors[component]
        axes.plot(content.flow.times, norms[:, i], color=color, zorder=1 if component is None else 2)
    axes.set_yscale("log")
    positive = norms[norms > 0]
    if len(positive):
        axes.set_ylim(float(positive.min()) / _ROOM, float(max(positive.max(), content.resting_norms.max())) * _ROOM)
    time.apply(axes)
    axes.set_ylabel(r"norms of heads $\|(v_i,k_i,q_i)\|$")
    named = np.argsort(-norms[-1], kind="stable")[:_NAMED]
    return [
        SideLabel(f"head {i + 1}", float(norms[-1, i]), DARK_GREY if component is None else colors[component])
        for i, component in ((int(i), carried[i]) for i in named)
        if norms[-1, i] > 0
    ]


def draw_shares(axes: Axes, content: AttentionContent) -> None:
    """A bar a head: what it adds to each coefficient in the end, over the dotted coefficients of the least loss."""
    shown = min(len(content.shares), _MOST_HEADS)
    places, colors = np.arange(shown), content.colors
    bottom = np.zeros(shown)
    for end, color in zip(content.ends, colors, strict=True):
        axes.axhline(end, color=color, linewidth=0.6, linestyle=":", zorder=0)
    for j in content.order:
        heights = np.maximum(content.shares[:shown, j], 0.0)  # a dormant head may add a trace of the other sign
        axes.bar(places, heights, bottom=bottom, color=colors[j], width=0.7, linewidth=0)
        bottom += heights
    axes.set_xlabel("head" if shown == len(content.shares) else f"head, the first {shown} of {len(content.shares)}")
    axes.set_ylabel(r"$v_i\,(\psi_j\cdot k_i)(q_i\cdot\psi_j)$ at the end")
    axes.set_xlim(-0.7, shown - 0.3)
    axes.set_ylim(0, 1.08 * max(float(content.ends.max()), float(bottom.max())))
    axes.set_xticks(places if shown <= 20 else [])
    axes.set_xticklabels([str(i + 1) for i in places] if shown <= 20 else [])
