import matplotlib as mpl
import numpy as np
import pytest

from agf_theory.figures import ScaleResults, Symbols, jump_figure
from agf_theory.figures.canvas import COLUMN
from agf_theory.figures.content import clock_label


def texts(figure):
    return [text.get_text() for axes in figure.axes for text in axes.texts] + [text.get_text() for text in figure.texts]


def legend(figure):
    return [text.get_text() for text in figure.axes[0].get_legend().get_texts()]


def test_two_panels_share_the_time_axis_in_one_column(figure):
    upper, lower = figure.axes
    assert figure.get_figwidth() == pytest.approx(8.5 / 2.54)
    assert upper.get_xlim() == lower.get_xlim()
    assert upper.get_position().y0 > lower.get_position().y1


def test_axes_carry_the_symbols_and_the_clock(sequence):
    figure = jump_figure(sequence, symbols=Symbols(loss="loss L", coefficient="beta"), title="A $1 title")
    upper, lower = figure.axes
    assert upper.get_ylabel() == "loss L"
    assert lower.get_ylabel() == "beta"
    assert lower.get_xlabel() == clock_label(sequence.clock)
    assert "A $1 title" in texts(figure)


def test_the_limit_is_drawn_with_its_levels_and_times(figure, sequence):
    (stairs,) = [line for line in figure.axes[0].lines if line.get_label().startswith("limit")]
    x, y = stairs.get_data()
    assert y.tolist() == [3, 3, 2, 2, 1, 1, 0.9, 0.9]
    assert x[1:-1].tolist() == [0.5, 0.5, 1, 1, 2.5, 2.5]


def marks_of(figure, marker):
    return [line for line in figure.axes[0].lines if line.get_marker() == marker and len(line.get_xdata())]


def test_every_scale_has_its_flow_with_its_jumps_on_it_and_predictions_half_way_down_each_drop(figure, scales):
    flows, predictions = marks_of(figure, "x"), marks_of(figure, "o")
    assert len(flows) == len(predictions) == len(scales)
    assert flows[0].get_xdata() == pytest.approx([0.525, 1.05, 2.625])
    flow = scales[0].flow
    assert flows[0].get_ydata() == pytest.approx(np.interp([0.525, 1.05, 2.625], flow.times, flow.losses))
    assert predictions[0].get_xdata() == pytest.approx([0.5, 1.0, 2.5])
    assert predictions[0].get_ydata() == pytest.approx([2.5, 1.5, 0.95])
    assert legend(figure) == [
        r"limit $\alpha\to0$",
        r"$\alpha=10^{-2}$",
        r"$\alpha=10^{-8}$",
        "corrected jump",
        "flow's jump",
    ]


def test_smaller_scales_are_drawn_stronger(figure):
    colors = [mpl.colors.to_rgb(line.get_color()) for line in figure.axes[0].lines if r"$\alpha=" in line.get_label()]
    assert sum(colors[0]) > sum(colors[1])


def test_coefficients_are_named_at_their_ends_and_dormant_ones_are_not(sequence_of):
    figure = jump_figure(sequence_of([1.0], [2.0, 1.0], [[1, 0, -1]], names=("rise", "never", "$fall$")))
    assert [text.get_text() for text in figure.axes[1].texts] == ["rise", "$fall$"]


def test_only_the_largest_coordinates_are_named(sequence_of):
    figure = jump_figure(sequence_of([1.0], [2.0, 1.0], [np.arange(1, 31)]))
    assert len(figure.axes[1].texts) == 14
    assert figure.axes[1].texts[-1].get_text() == "x30"


def test_jump_times_are_ruled_unless_they_would_make_a_wall(sequence_of):
    for count, ruled in ((39, 39), (40, 0)):
        figure = jump_figure(sequence_of(np.arange(1.0, count + 1), np.ones(count + 1), np.ones((count, 1))))
        upright = [line for line in figure.axes[0].lines if len(set(line.get_xdata())) == 1]
        assert len(upright) == ruled


def test_a_coordinate_that_only_the_flow_moves_is_drawn_grey(sequence, flow_after):
    flow = flow_after(sequence)
    quiet = type(sequence)(**{**vars(sequence), "saddles": sequence.saddles * [1, 1, 0]})
    with_flow = jump_figure(quiet, [ScaleResults("1e-3", flow)])
    assert len(with_flow.axes[1].lines) > len(jump_figure(quiet).axes[1].lines)
    assert [text.get_text() for text in with_flow.axes[1].texts] == ["x1", "x2"]


def test_decades_of_loss_are_shown_logarithmically_and_a_zero_level_stays_in_sight(sequence_of, flow_after):
    sequence = sequence_of([1.0, 30.0, 1000.0], [100.0, 10.0, 0.1, 0.0], [[1, 0], [1, 1], [2, 1]])
    figure = jump_figure(sequence, [ScaleResults("1e-9", flow_after(sequence), {"corrected": sequence})])
    upper = figure.axes[0]
    assert upper.get_yscale() == upper.get_xscale() == "log"
    (marks,) = marks_of(figure, "o")
    low, high = upper.get_ylim()
    assert marks.get_ydata() == pytest.approx([np.sqrt(1000), 1.0, 0.01])
    assert high > 100
    assert low <= 0.1 / 3


@pytest.mark.parametrize("loss", [0.0, 5.0])
def test_a_sequence_without_jumps_is_drawn(sequence_of, loss):
    figure = jump_figure(sequence_of([], [loss], np.zeros((0, 2)), names=("a", "b")))
    assert figure.axes[1].texts == [] or not figure.axes[1].texts
    figure.canvas.draw()


@pytest.mark.parametrize("title", ["", "A title"])
@pytest.mark.parametrize("count", [0, 1, 5, 9])
def test_the_legend_lies_above_the_panel_and_inside_the_figure(sequence, flow_after, count, title):
    scales = [ScaleResults(f"1e-{2**k}", flow_after(sequence)) for k in range(count)]
    figure = jump_figure(sequence, scales, title=title)
    figure.canvas.draw()
    legend, panel = figure.axes[0].get_legend().get_window_extent(), figure.axes[0].get_window_extent()
    top = figure.texts[0].get_window_extent().y0 if title else figure.bbox.y1
    assert panel.y1 <= legend.y0
    assert legend.y1 <= top
    assert legend.x1 <= figure.bbox.x1


def dashed(axes):
    return [line for line in axes.lines if line.get_linestyle() == "--"]


def test_another_account_of_the_limit_is_dashed_in_both_panels(sequence, sequence_of):
    rival = sequence_of([0.5, 0.75], [3.0, 0.5, 0.1], [[0, 4, 0], [1, 4, 0]])
    figure = jump_figure(sequence, rivals={"recursion": rival})
    assert "recursion" in legend(figure)
    (loss,) = dashed(figure.axes[0])
    assert 0.5 in loss.get_ydata()
    assert max(line.get_ydata().max() for line in dashed(figure.axes[1])) == 4
    assert figure.axes[1].get_ylim()[1] > 4


def test_another_account_that_says_the_same_is_left_out(sequence):
    figure = jump_figure(sequence, rivals={"recursion": sequence})
    assert "recursion" not in legend(figure)
    assert not dashed(figure.axes[1])


def test_jumps_without_a_time_are_not_marked(sequence, sequence_of):
    timeless = sequence_of([np.nan] * 3, [3.0, 2.0, 1.0, 0.9], np.eye(3))
    figure = jump_figure(sequence, [ScaleResults("1e-8", None, {"agf": timeless})])
    assert "AGF jump" not in legend(figure)


def test_every_name_lies_inside_the_figure(sequence_of):
    names = ("WWWWWWWWWWWWWWW", "mmmmmmmmmm", "i")
    figure = jump_figure(sequence_of([1.0], [2.0, 1.0], [[1, 1, 1]], names=names))
    figure.canvas.draw()
    width = figure.bbox.width
    boxes = [text.get_window_extent() for text in figure.axes[1].texts]
    assert all(box.x1 <= width for box in boxes)
    assert figure.get_figwidth() == pytest.approx(COLUMN / 2.54)


def test_drawing_changes_no_setting_of_the_reader_and_ignores_theirs(sequence):
    with mpl.rc_context({"lines.linewidth": 17.0, "font.size": 31.0, "axes.grid": True}):
        before = dict(mpl.rcParams)
        figure = jump_figure(sequence)
        assert dict(mpl.rcParams) == before
    assert figure.axes[0].xaxis.label.get_size() == 7
    assert max(line.get_linewidth() for line in figure.axes[0].lines) < 2


def test_predictions_without_a_flow_are_marked(sequence):
    figure = jump_figure(sequence, [ScaleResults("1e-8", None, {"agf": sequence})])
    assert legend(figure)[-1] == "AGF jump"
    assert {line.get_linestyle() for line in figure.axes[1].lines} == {"-"}


def test_pyplot_knows_nothing_of_the_figure(sequence):
    import matplotlib.pyplot as plt

    before = plt.get_fignums()
    jump_figure(sequence)
    assert plt.get_fignums() == before
