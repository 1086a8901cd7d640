import pytest

from agf_theory.errors import InputError
from agf_theory.problems import DiagonalNetwork, zoo
from agf_theory.problems.description import described, listed, one_line


def test_lines_are_indented_and_wrapped_at_eighty_columns():
    lines = described("Title", ["names: " + "name, " * 40]).splitlines()
    assert lines[0] == "Title"
    assert lines[1].startswith("  names: name, ")
    assert lines[2].startswith("    name, ")
    assert max(map(len, lines)) <= 80


def test_forty_names_are_listed_and_more_are_cut():
    assert listed([str(i) for i in range(40)]).endswith("38, 39")
    assert listed([str(i) for i in range(41)]).endswith("19, ..., 40")


def test_text_of_more_than_one_line_is_refused():
    assert (one_line("text", "title"), one_line(None, "title")) == ("text", "")
    with pytest.raises(InputError, match="title: one line of printable text is required, got 'a.nb'"):
        one_line("a\nb", "title")


def test_a_notebook_shows_the_same_title_and_lines(fragment):
    title, *lines = str(zoo.get("reference-run")).splitlines()
    shown = fragment(zoo.get("reference-run")).text
    assert shown.startswith(title)
    assert " ".join(lines[0].split() + lines[1].split()) in shown  # a line that a terminal wraps is one


def test_names_from_a_file_are_escaped_in_a_notebook(fragment):
    problem = DiagonalNetwork([[1, 2]], [1], names=["<b>", "a & b"], title="<i>", source="a < b")
    shown = fragment(problem).text
    assert all(text in shown for text in ("<b>, a & b", "<i>", "source: a < b"))
