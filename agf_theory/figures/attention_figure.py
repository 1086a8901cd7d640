"""The figure of linear attention: loss and singular values over time, and what the heads do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agf_theory.figures.attention_content import AttentionContent
from agf_theory.figures.canvas import PAGE, blank_figure
from agf_theory.figures.content import clock_label
from agf_theory.figures.flow_panels import LABEL_SIZE, draw_flow
from agf_theory.figures.head_panels import draw_head_norms, draw_shares
from agf_theory.figures.side_labels import write_side_labels
from agf_theory.figures.style import in_style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["attention_figure"]

_HEIGHT = 11.5
_SINGULAR = r"singular values of $\sum v_ik_iq_i^\top$"


def attention_figure(content: AttentionContent) -> Figure:
    """Loss and singular values over time with what was predicted; norms of the heads, and their shares; 17.8 cm wide.

    Parameters
    ----------
    content : AttentionContent

    Returns
    -------
    matplotlib.figure.Figure
        Without pyplot's knowledge: it needs no closing, no display and changes no global setting.

    Source
    ------
    After Figure 5 of [kunin2025].
    """
    with in_style():
        figure = blank_figure(PAGE, _HEIGHT)
        (loss, singular), (norms, shares) = figure.subplots(2, 2)
        figure.subplots_adjust(left=0.075, right=0.935, top=0.94, bottom=0.085, hspace=0.34, wspace=0.42)
        time = draw_flow(loss, singular, content, _SINGULAR)
        heads = draw_head_norms(norms, content, time)
        norms.set_xlabel(clock_label(content.flow.clock))
        write_side_labels(norms, heads, size=LABEL_SIZE)
        draw_shares(shares, content)
        figure.align_ylabels((loss, norms))
        figure.align_ylabels((singular, shares))
    return figure
