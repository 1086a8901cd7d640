from agf_theory.figures.canvas import blank_figure


def test_a_figure_shows_itself_in_a_notebook_as_vectors():
    shown = blank_figure(4.0, 3.0)._repr_svg_()
    assert "<svg" in shown
    assert "<script" not in shown


def test_it_is_enlarged_on_the_screen_and_its_content_scales_with_it():
    shown = blank_figure(2.54, 2.54)._repr_svg_()
    assert 'width="100.8pt" height="100.8pt" viewBox="0 0 72 72"' in shown
