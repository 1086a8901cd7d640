"""Accumulated utilities and phase portraits, from content made by hand."""

import numpy as np
import pytest

from agf_theory.errors import InputError, UnknownName
from agf_theory.figures import PhasePortrait, ScaleResults, figure_bytes, jump_figure, portrait_figure
from agf_theory.figures.portrait_panel import _numbers
from agf_theory.numeric import AccumulatedUtilities


def utilities_of(times, values, dormant, *, at_rest=True):
    values = np.asarray(values, dtype=float)
    return AccumulatedUtilities(
        clock="t",
        names=tuple(f"x{i + 1}" for i in range(values.shape[1])),
        times=np.asarray(times, dtype=float),
        values=values,
        thresholds=np.ones(values.shape[1]),
        dormant=np.asarray(dormant, dtype=bool).reshape(values.shape),
        at_rest=at_rest,
    )


@pytest.fixture
def utilities():
    """x1 activates and returns, x2 activates for good, x3 never does."""
    values = [[0, 0, 0], [1, 0.5, 0.1], [1, 1, 0.2], [0.5, 1, 0.3]]
    return utilities_of([0, 0.5, 1.0, 2.5], values, [[1, 1, 1], [0, 1, 1], [1, 0, 1], [1, 0, 1]])


@pytest.fixture
def portrait():
    path = np.array([[0.0, 0.0], [0.1, 0.8], [1.0, 1.0]])
    return PhasePortrait(
        names=("x$1", "x2"),
        loss=lambda points: ((points - 1) ** 2).sum(-1),
        saddles=np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 1.0]]),
        paths=(("1e-2", path), ("1e-8", path)),
    )


def marks(axes, marker):
    lines = [line for line in axes.lines if line.get_marker() == marker and len(line.get_xdata())]
    return sorted((float(line.get_xdata()[0]), float(line.get_ydata()[0])) for line in lines)


def legend(figure):
    return [text.get_text() for text in figure.axes[0].get_legend().get_texts()]


def test_dots_mark_who_activates_and_triangles_who_returns(sequence, utilities):
    figure = jump_figure(sequence, panels=("utilities",), utilities=utilities)
    (axes,) = figure.axes
    assert marks(axes, "o") == [(0.5, 1.0), (1.0, 1.0)]
    assert marks(axes, "v") == [(1.0, 1.0)]
    assert legend(figure) == [r"limit $\alpha\to0$", "activates", "returns to dormancy"]
    assert [text.get_text() for text in axes.texts] == ["x3", "x1", "x2"]


def test_one_that_never_activates_is_drawn_to_the_end_only_if_the_sequence_is_complete(sequence, utilities):
    ends = []
    for at_rest in (True, False):
        shown = type(utilities)(**{**vars(utilities), "at_rest": at_rest})
        axes = jump_figure(sequence, panels=("utilities",), utilities=shown).axes[0]
        ends.append(max(line.get_xdata()[-1] for line in axes.lines if line.get_linewidth() == 0.9))
    assert ends == [pytest.approx(2.8), 2.5]


def test_flows_of_several_scales_are_drawn_over_the_limit(sequence, flow_after, utilities):
    scales = [ScaleResults(alpha, flow_after(sequence), {}, utilities) for alpha in ("1e-2", "1e-8")]
    figure = jump_figure(sequence, scales, panels=("utilities",), utilities=utilities)
    assert legend(figure)[:3] == [r"limit $\alpha\to0$", r"$\alpha=10^{-2}$", r"$\alpha=10^{-8}$"]
    assert ":" in {line.get_linestyle() for line in figure.axes[0].lines}


def test_a_portrait_shows_numbered_saddles_paths_and_levels(portrait):
    figure = portrait_figure(portrait)
    (axes,) = figure.axes
    assert [text.get_text() for text in axes.texts] == ["0", "1", "2"]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("β (x$1)", "β (x2)")
    assert legend(figure) == [
        r"$\alpha=10^{-2}$",
        r"$\alpha=10^{-8}$",
        r"limit $\alpha\to0$",
        r"levels of $\mathcal{L}$",
    ]
    assert figure_bytes(figure, "svg") == figure_bytes(portrait_figure(portrait), "svg")


def test_saddles_that_lie_on_one_another_are_numbered_together():
    saddles = np.array([[0, 0], [0, 1], [0, 1.001], [0, 1.002], [1, 1], [0, 0]])
    assert [text for _, text in _numbers(saddles, np.array([1.0, 1.0]))] == ["0, 5", "1–3", "4"]


def test_a_portrait_without_jumps_and_with_a_constant_loss_is_drawn():
    still = PhasePortrait(("a", "b"), lambda points: 0 * points[..., 0] + 2, np.zeros((1, 2)))
    assert figure_bytes(portrait_figure(still), "png").startswith(b"\x89PNG")


def test_panels_stand_above_one_another_and_nothing_is_cut_off(sequence, scales, utilities, portrait):
    figure = jump_figure(
        sequence,
        scales,
        panels=("phase", "utilities", "loss", "coefficients"),
        utilities=utilities,
        portrait=portrait,
        title="A title",
    )
    figure.canvas.draw()
    tops = [axes.get_position().y1 for axes in figure.axes]
    assert tops == sorted(tops, reverse=True)
    assert [axes.get_ylabel()[:4] for axes in figure.axes] == ["loss", "coef", "accu", "β (x"]
    for artist in (*figure.axes, figure.axes[0].get_legend(), *figure.texts):
        box = artist.get_tightbbox(figure.canvas.get_renderer())
        assert figure.bbox.x0 <= box.x0
        assert box.x1 <= figure.bbox.x1
        assert figure.bbox.y0 <= box.y0
        assert box.y1 <= figure.bbox.y1


def test_no_text_is_smaller_than_six_points(sequence, scales, utilities, portrait):
    from matplotlib.text import Text

    figure = jump_figure(sequence, scales, panels=("utilities", "phase"), utilities=utilities, portrait=portrait)
    assert min(text.get_size() for text in figure.findobj(Text) if text.get_text()) >= 6


def test_the_excess_loss_shows_drops_far_above_zero(sequence_of, flow_after):
    sequence = sequence_of([1.0, 2.0, 3.0], [1100.0, 1001.0, 1000.01, 1000.0], [[1, 0], [1, 1], [2, 1]])
    scales = [ScaleResults("1e-9", flow_after(sequence), {"corrected": sequence})]
    plain, excess = jump_figure(sequence, scales, panels=("excess", "loss")).axes
    assert (plain.get_yscale(), excess.get_yscale()) == ("linear", "log")
    limit = next(line for line in excess.lines if line.get_label().startswith("limit"))
    assert limit.get_ydata() == pytest.approx([100, 100, 1, 1, 0.01, 0.01, 0, 0])
    flow = max(excess.lines, key=lambda line: len(line.get_xdata()))
    assert flow.get_ydata()[0] == pytest.approx(100, rel=1e-3)


def test_panels_are_known_and_have_something_to_show(sequence):
    with pytest.raises(UnknownName, match="panels are loss, excess, coefficients, utilities, phase, got 'fourier'"):
        jump_figure(sequence, panels=("fourier",))
    with pytest.raises(InputError, match="one panel or more"):
        jump_figure(sequence, panels=())
    for name, argument in (("utilities", "utilities"), ("phase", "portrait")):
        with pytest.raises(InputError, match=f"needs what it shows: {argument}="):
            jump_figure(sequence, panels=(name,))
