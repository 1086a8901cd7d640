from agf_theory.figures.canvas import blank_figure


def test_a_figure_shows_itself_in_a_notebook_as_vectors():
    shown = blank_figure(4.0, 3.0)._repr_svg_()
    assert "<svg" in shown
    assert "<script" not in shown
