"""The figure of networks on one-dimensional data: output, cosine and kernel over time, and the phase diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agf_theory.figures.canvas import PAGE, blank_figure
from agf_theory.figures.phase_panel import draw_order_parameters, draw_scaling_phases
from agf_theory.figures.style import COLORS, GREY, in_style
from agf_theory.figures.width_content import WidthContent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["width_figure"]

Array = NDArray[np.float64]

_HEIGHT = 11.5
_LITTLE = 1e-2  # a kernel that changes by less is shown as its change: its own ticks would be ones and an offset
_MARKERS = "os^Dv<>phX"  # as many as widths: curves are told apart without colours
_BEFORE = 1e-2  # of the time at which a tenth of the way is done: what a logarithmic axis shows before it
_AFTER = 3.0  # times that at which all but a hundredth is done


def width_figure(content: WidthContent) -> Figure:
    """Curves of the flow with marks of the exact solution, and the phase diagram with this sweep in it; 17.8 cm wide.

    Parameters
    ----------
    content : WidthContent

    Returns
    -------
    matplotlib.figure.Figure
        Without pyplot's knowledge: it needs no closing, no display and changes no global setting.
    """
    with in_style():
        figure = blank_figure(PAGE, _HEIGHT)
        panels = figure.subplots(2, 2)
        figure.subplots_adjust(left=0.075, right=0.98, top=0.93, bottom=0.085, hspace=0.36, wspace=0.22)
        (output, cosine), (kernel, phases) = panels
        little = all(np.abs(curve.kernels - 1).max() < _LITTLE for curve in content.curves)
        _draw(output, content, "outputs")
        _draw(cosine, content, "cosines")
        _draw(kernel, content, "kernels", origin=1.0 if little else 0.0)
        output.axhline(content.target, color=GREY, linewidth=0.6, linestyle=":", zorder=0)
        output.set_ylabel(r"output $f$")
        cosine.axhline(0.0, color=GREY, linewidth=0.6, linestyle=":", zorder=0)
        cosine.set_ylim(-1.05 if _lowest(content) < -0.05 else -0.05, 1.05)
        cosine.set_ylabel(r"$\zeta=\cos(u,v)$")
        kernel.set_ylabel(r"tangent kernel $K/K(0)" + ("-1$" if little else "$"))
        for axes in (cosine, kernel):
            axes.set_xlabel(r"time $t$")
        if _wide(content):
            kernel.set_yscale("log")
        output.legend(
            loc="lower left",
            bbox_to_anchor=(0.0, 1.0),
            borderaxespad=0.2,
            borderpad=0.0,
            handlelength=1.8,
            columnspacing=1.0,
            ncols=5,
        )
        cosine.set_title("lines: gradient flow, marks: exact solution", loc="right", fontsize=6)
        if content.phases is None:
            draw_order_parameters(phases, content)
        else:
            draw_scaling_phases(phases, content.phases)
    return figure


def _draw(axes: Axes, content: WidthContent, name: str, *, origin: float = 0.0) -> None:
    first, last = _range(content)
    for curve, color, marker in zip(content.curves, COLORS, _MARKERS, strict=False):
        axes.plot(curve.times, getattr(curve, name) - origin, color=color, zorder=1)
        axes.plot(
            curve.marked_times,
            getattr(curve, f"marked_{name}") - origin,
            marker,
            color=color,
            markersize=3,
            markerfacecolor="white",
            markeredgewidth=0.7,
            zorder=2,
        )
        axes.plot([], [], f"{marker}-", color=color, markersize=3, markerfacecolor="white", label=f"H = {curve.width}")
    axes.set_xscale("log")
    axes.set_xlim(first, last)


def _range(content: WidthContent) -> tuple[float, float]:
    first = min(float(curve.marked_times[0]) for curve in content.curves)
    settled = []
    for curve in content.curves:
        done = np.abs(curve.outputs - curve.outputs[-1]) <= 1e-2 * abs(curve.outputs[0] - curve.outputs[-1])
        settled.append(float(curve.times[np.argmax(done)]))
    return _BEFORE * first, _AFTER * max(settled)


def _lowest(content: WidthContent) -> float:
    return float(min(np.nanmin(curve.cosines) for curve in content.curves))


def _wide(content: WidthContent) -> bool:
    values = np.concatenate([curve.kernels for curve in content.curves])
    return bool(values.min() > 0 and values.max() > 10 * values.min())
