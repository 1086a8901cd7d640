"""Drawn from hand-made content: no claim is verified."""

import pytest

from agf_theory.figures import ClaimCell, EvidenceContent, SystemEvidence, evidence_figure, figure_bytes

VERDICTS = ("formal", "proved", "exact", "certified", "converged", "sampled", "refuted", "inconclusive", "nothing")


def content_of(*counts):
    systems = []
    for k, count in enumerate(counts):
        cells = tuple(ClaimCell(f"{i + 1:02}", "theorem", VERDICTS[i % len(VERDICTS)]) for i in range(count))
        systems.append(SystemEvidence(f"system {k}", f"S{k}", cells, 7))
    return EvidenceContent(tuple(systems))


def texts(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def test_every_claim_has_its_number_and_every_verdict_its_colour_and_its_word():
    figure = evidence_figure(content_of(9, 2))
    shown = texts(figure)
    assert [shown.count(f"{i:02}") for i in (1, 2, 3)] == [2, 2, 1]
    assert {*VERDICTS, "theorem", "9 claims, 7 mutants", "2 claims, 7 mutants"} <= set(shown)
    colors = {patch.get_facecolor() for patch in figure.axes[0].patches if patch.get_fill()}
    assert len(colors) == len(VERDICTS) - 1  # what is inconclusive is told from nothing by its hatches


def test_the_figure_is_a_column_wide_and_everything_in_it_is_inside():
    figure = evidence_figure(content_of(1, 15, 16, 45))
    figure.canvas.draw()
    assert figure.get_figwidth() * 2.54 == pytest.approx(8.5)
    boxes = [each.get_window_extent() for each in (*figure.axes[0].texts, *figure.axes[0].patches)]
    assert all(box.x0 >= 0 and box.y0 >= 0 and box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1 for box in boxes)


def test_a_claim_s_letters_fit_their_cell_and_can_be_read_on_it():
    figure = evidence_figure(content_of(9))
    figure.canvas.draw()
    cells = [patch for patch in figure.axes[0].patches if patch.get_fill()][:9]
    numbers = [text for text in figure.axes[0].texts if text.get_text().isdigit()]
    for cell, number in zip(cells, numbers, strict=True):
        outer, inner = cell.get_window_extent(), number.get_window_extent()
        assert outer.x0 < inner.x0
        assert inner.x1 < outer.x1
        assert abs(_luminance(cell.get_facecolor()) - _luminance(number.get_color())) > 0.35


def _luminance(color):
    from matplotlib.colors import to_rgb

    red, green, blue = to_rgb(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_equal_figures_give_equal_files():
    once, again = (figure_bytes(evidence_figure(content_of(3)), "svg") for _ in range(2))
    assert once == again
