"""The figures of a single neuron: paths in the space of maps, half-times, kernels and regimes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from agf_theory.figures.canvas import PAGE, blank_figure
from agf_theory.figures.neuron_content import ImbalanceCurves, NeuronPath, RegimeMap
from agf_theory.figures.style import BLACK, COLORS, DASHES, GREY, in_style, shade

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["neuron_path_figure", "neuron_sweep_figure"]

_HEIGHT = 12.5  # cm, of two rows
_IMBALANCE = r"imbalance $\delta=a^2-\|w\|^2$"
_DASHED = ("-", DASHES, (0, (1, 1.2)))  # names and dashes too: colours repeat after ten curves
_NAMED_IN_A_ROW = 8
_ROW = 0.35  # cm, of names above a panel
_MEANING = "lines: gradient flow; dots: closed form; star: goal"


def neuron_sweep_figure(paths: Sequence[NeuronPath], curves: ImbalanceCurves, regimes: RegimeMap) -> Figure:
    """Paths of a sweep of the imbalance, half-times and kernels over it, and the regimes; 17.8 cm wide.

    Parameters
    ----------
    paths : sequence of NeuronPath
    curves : ImbalanceCurves
    regimes : RegimeMap

    Returns
    -------
    matplotlib.figure.Figure
        Without pyplot's knowledge: it needs no closing, no display and changes no global setting.

    Source
    ------
    After Figures 1 and 2 of [kunin2024].
    """
    with in_style():
        rows = -(-len(paths) // _NAMED_IN_A_ROW)
        height = _HEIGHT + rows * _ROW
        figure = blank_figure(PAGE, height)
        ((plane, half), (regime, kernel)) = figure.subplots(2, 2)
        above = (0.45 + rows * _ROW) / height
        figure.subplots_adjust(left=0.085, right=0.975, top=1 - above, bottom=0.085, hspace=0.36, wspace=0.25)
        _draw_paths(plane, paths)
        _name_paths(plane, rows)
        figure.text(0.085, 1 - 0.12 / height, _MEANING, fontsize=6, va="top")
        _draw_half_times(half, curves)
        _draw_kernels(kernel, curves)
        _draw_regimes(regime, regimes, curves.threshold)
        figure.align_ylabels((plane, regime))
        figure.align_ylabels((half, kernel))
    return figure


def neuron_path_figure(path: NeuronPath) -> Figure:
    """One neuron: its path in the plane of its goal, and its loss; 17.8 cm wide.

    Parameters
    ----------
    path : NeuronPath

    Returns
    -------
    matplotlib.figure.Figure
        As `neuron_sweep_figure`.
    """
    with in_style():
        figure = blank_figure(PAGE, _HEIGHT / 2)
        plane, loss = figure.subplots(1, 2)
        figure.subplots_adjust(left=0.075, right=0.975, top=0.88, bottom=0.16, wspace=0.22)
        _draw_paths(plane, [path])
        meaning = _MEANING if len(path.predicted) else _MEANING.replace(" dots: closed form;", "")
        plane.set_title(meaning, fontsize=6, loc="left")
        loss.set_title(f"δ = {_number(path.name)}", fontsize=7, loc="right")
        loss.plot(path.times[1:], path.losses[1:], color=COLORS[0])
        loss.set_xscale("log")
        loss.set_xlabel(r"flow time $t$")
        loss.set_ylabel(r"loss $\frac{1}{2}\|X\beta-y\|^2$")
        if path.losses.min() < 0.5 * path.losses.max():  # else most of the panel would be empty
            loss.set_ylim(bottom=0)
    return figure


def _draw_paths(axes: Axes, paths: Sequence[NeuronPath]) -> None:
    """The flow as curves, the closed form as dots on them, the goal as a star."""
    for k, path in enumerate(paths):
        color, dashes = COLORS[k % len(COLORS)], _DASHED[k // len(COLORS) % len(_DASHED)]
        axes.plot(path.along, path.across, color=color, linestyle=dashes, label=_number(path.name))
        if len(path.predicted):
            axes.plot(*path.predicted.T, color=color, linestyle="none", marker="o", markersize=2.2)
    goal = paths[0].goal
    if goal > 0:
        axes.plot([goal], [0], color=BLACK, marker="*", markersize=7, linestyle="none", zorder=5, clip_on=False)
    axes.axvline(goal / 2, color=GREY, linewidth=0.6, linestyle=":", zorder=0)
    high = max(float(path.across.max()) for path in paths)
    axes.set_ylim(-0.02 * high if high else -0.05, 1.08 * high or 1.0)
    axes.set_xlabel(r"map along the goal $\beta_\parallel$")
    axes.set_ylabel(r"across it $\|\beta_\perp\|$")


def _name_paths(axes: Axes, rows: int) -> None:
    """Above the panel, in which no corner is empty for every sweep."""
    handles, labels = axes.get_legend_handles_labels()
    (blank,) = axes.plot([], [], linestyle="none")
    axes.legend(
        [blank, *handles],
        ["δ =", *labels],
        loc="lower left",
        bbox_to_anchor=(-0.04, 1.0),
        borderaxespad=0.1,
        borderpad=0.0,
        handlelength=1.2,
        handletextpad=0.4,
        columnspacing=0.8,
        ncols=-(-(len(labels) + 1) // rows),
    )


def _number(text: str) -> str:
    return text.replace("-", "−")


def _draw_half_times(axes: Axes, curves: ImbalanceCurves) -> None:
    axes.plot(curves.deltas, curves.half_times, color=COLORS[0], label="closed form")
    axes.plot(curves.deltas, curves.asymptotic, color=COLORS[1], linestyle=DASHES, label="leading order")
    _draw_measured(axes, curves, 1)
    axes.set_ylabel(r"half-time $t_{1/2}$")


def _draw_kernels(axes: Axes, curves: ImbalanceCurves) -> None:
    axes.plot(curves.deltas, curves.kernel_changes, color=COLORS[0], label="closed form")
    _draw_measured(axes, curves, 2)
    axes.set_ylabel(r"$\|K_\infty-K_0\|/\|K_0\|$")


def _draw_measured(axes: Axes, curves: ImbalanceCurves, column: int) -> None:
    """Crosses for the flow, and the axes."""
    axes.plot(
        *curves.measured[:, [0, column]].T,
        color=BLACK,
        marker="x",
        linestyle="none",
        markersize=4,
        clip_on=False,
        zorder=4,
        label="flow",
    )
    _imbalance_axis(axes, curves.deltas, curves.threshold)
    axes.set_yscale("log")
    axes.legend(loc="upper right")


def _draw_regimes(axes: Axes, regimes: RegimeMap, threshold: float) -> None:
    """A colour a regime, named above the panel; a dotted line where the sweep is."""
    from matplotlib.colors import ListedColormap
    from matplotlib.patches import Patch

    # Apart in lightness too, for grey print.
    tones = [shade(COLORS[4], 0.45), shade(GREY, 0.35), shade(COLORS[1], 0.75), shade(COLORS[0], 0.95)]
    colors = tones[: len(regimes.names)]
    shown = np.ma.masked_less(regimes.regimes, 0)
    axes.pcolormesh(
        regimes.delta_edges,
        regimes.cosine_edges,
        shown,
        cmap=ListedColormap(colors),
        vmin=-0.5,
        vmax=len(colors) - 0.5,
        rasterized=True,
    )
    axes.axhline(regimes.cosine, color=BLACK, linewidth=0.6, linestyle=":")
    _imbalance_axis(axes, regimes.delta_edges, threshold)
    axes.set_ylabel(r"cosine $\phi_0$ of $w_0$ and the goal")
    found = [Patch(color=color, label=name) for color, name in zip(colors, regimes.names, strict=True)]
    axes.legend(handles=found, loc="lower left", ncols=len(found), bbox_to_anchor=(0, 1.0), borderaxespad=0.1)


def _imbalance_axis(axes: Axes, deltas: np.ndarray, threshold: float) -> None:
    axes.set_xscale("symlog", linthresh=threshold, linscale=0.6)
    axes.set_xlim(float(deltas[0]), float(deltas[-1]))
    axes.set_xlabel(_IMBALANCE)
