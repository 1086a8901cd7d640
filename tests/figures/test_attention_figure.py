"""Drawn from hand-made content: no flow is integrated."""

from types import SimpleNamespace

import numpy as np
import pytest

from agf_theory.figures import AttentionContent, attention_figure, figure_bytes
from agf_theory.figures.content import clock_label
from agf_theory.figures.style import COLORS, GREY

CLOCK = "t α for loss E(y_q − ŷ)²/2"


def content_of(ends, drops, jump_times, *, heads=5):
    """Component j is taken by head j at its jump time; further heads stay dormant."""
    ends, drops, jump_times = (np.array(each, dtype=float) for each in (ends, drops, jump_times))
    count = len(ends)
    times = np.linspace(0, 1.2 * jump_times.max(), 200)
    rise = 1 / (1 + np.exp(-np.clip(50 * (times[:, None] / jump_times - 1), -60, 60)))
    order = np.argsort(jump_times)
    jumps = tuple(SimpleNamespace(time=jump_times[j], half_crossing=jump_times[j], entered=(int(j),)) for j in order)
    flow = SimpleNamespace(
        times=times, losses=1 - rise @ drops, coefficients=ends * rise, clock=CLOCK, jumps=lambda: jumps
    )
    sequence = SimpleNamespace(
        jump_times=jump_times[order] * 0.95,
        events=tuple(SimpleNamespace(entered=(int(j),)) for j in order),
        initial_loss=1.0,
        loss_levels=1 - np.cumsum(drops[order]),
    )
    norms = np.full((len(times), heads), 1e-3)
    norms[:, :count] += np.sqrt(3) * np.cbrt(ends) * rise
    shares = np.zeros((heads, count))
    shares[:count] = np.diag(ends)
    return AttentionContent(
        "1e-3",
        tuple(f"λ{j + 1}" for j in range(count)),
        ends,
        drops,
        1.0,
        flow,
        {"limit": sequence, "bound": sequence, "agf": sequence},
        norms,
        shares,
    )


@pytest.fixture(scope="module")
def paper():
    return content_of([0.0297, 0.0561, 0.0796, 0.1008], [0.438, 0.207, 0.130, 0.093], [0.043, 0.125, 0.37, 0.73])


def test_equal_figures_give_equal_files(paper):
    assert figure_bytes(attention_figure(paper), "svg") == figure_bytes(attention_figure(paper), "svg")


def test_levels_and_singular_values_stand_where_they_were_predicted(paper):
    loss, singular = attention_figure(paper).axes[:2]
    dotted = [
        sorted(float(line.get_ydata()[0]) for line in axes.lines if line.get_linestyle() == ":")
        for axes in (loss, singular)
    ]
    assert dotted[0] == pytest.approx([0.132, 0.225, 0.355, 0.562, 1.0])
    assert dotted[1] == pytest.approx(paper.ends.tolist())
    assert [text.get_text() for text in loss.get_legend().get_texts()] == [
        "gradient flow",
        r"limit $\alpha\to0$",
        "lower bound",
        "AGF",
    ]


def test_a_head_has_the_colour_of_its_component_and_a_dormant_one_is_grey(paper):
    assert paper.carried == [0, 1, 2, 3, None]
    norms = attention_figure(paper).axes[2]
    colors = [line.get_color() for line in norms.lines if len(line.get_xdata()) > 100]
    assert colors == [*COLORS[:4], GREY]


def test_many_heads_are_counted_and_the_first_are_drawn():
    figure = attention_figure(content_of([0.1, 0.2], [0.5, 0.3], [1, 2], heads=60))
    assert "head, the first 40 of 60" in [axes.get_xlabel() for axes in figure.axes]


def test_the_component_that_takes_most_off_the_loss_has_the_first_colour():
    assert content_of([0.1, 0.2], [0.3, 0.5], [2, 1]).colors == [COLORS[1], COLORS[0]]


def test_the_clock_of_the_axis_is_mathematics():
    assert clock_label(CLOCK) == r"$t\,\alpha$ for loss $\frac{1}{2}\mathbb{E}(y_q-\hat{y})^2$"
