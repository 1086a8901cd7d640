import pytest

from agf_theory.errors import InputError, UnknownName
from agf_theory.figures import figure_bytes, jump_figure, require_format

MAGIC = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}


@pytest.mark.parametrize("kind", MAGIC)
def test_each_format_is_what_it_says_and_the_same_twice(sequence, kind):
    content = figure_bytes(jump_figure(sequence), kind)
    assert content.startswith(MAGIC[kind])
    assert figure_bytes(jump_figure(sequence), kind) == content


@pytest.mark.parametrize(("path", "kind"), [("a.svg", "svg"), ("dir.x/b.PDF", "pdf"), ("a.b.png", "png")])
def test_the_ending_chooses_the_format(path, kind):
    assert require_format(path) == kind


def test_an_unknown_ending_is_refused():
    with pytest.raises(UnknownName, match=r"svg, png, pdf, got the ending .jpg"):
        require_format("a.jpg")
    with pytest.raises(InputError, match=r"must end in .svg, .png, .pdf"):
        require_format("dir.svg/figure")


def test_names_in_scripts_the_font_lacks_and_with_dollars_are_drawn(sequence_of):
    figure = jump_figure(sequence_of([1.0], [2.0, 1.0], [[1, 2, 3]], names=("中文", "a$b", "$\\frac")))
    assert figure_bytes(figure, "png").startswith(MAGIC["png"])


def test_vector_formats_hold_no_picture(sequence, scales):
    svg = figure_bytes(jump_figure(sequence, scales), "svg")
    assert b"<image" not in svg
