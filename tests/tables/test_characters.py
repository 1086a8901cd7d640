import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agf_theory.tables.characters import cell_len, ellipsised, padded, spelled, visible, wrapped


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("+bmi −s1", "utf-8", "+bmi −s1"),
        ("+bmi −s1", "ascii", "+bmi -s1"),
        ("α ≈ 1e−3 ± ½", "ascii", "alpha ~ 1e-3 +/- 1/2"),
        ("naïve α", "latin-1", "naïve alpha"),
        ("中", "ascii", r"\u4e2d"),
        ("a\tb", "utf-8", r"a\tb"),
    ],
)
def test_signs_an_encoding_lacks_are_spelled_out(text, encoding, expected):
    assert spelled(text, encoding) == expected


@settings(deadline=None)
@given(st.text())
def test_visible_text_has_nothing_a_terminal_would_obey(text):
    assert visible(text).isprintable()


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z", "M"]), max_size=40), st.integers(6, 30))
def test_an_ellipsised_name_fits(text, width):
    assert cell_len(ellipsised(text, width)) <= width


def test_padding_counts_terminal_cells():
    assert padded("中", 4, right=True) == "  中"
    assert padded("ab", 4, right=False) == "ab  "


@settings(deadline=None)
@given(st.lists(st.text("ab中", min_size=1, max_size=70), max_size=20), st.integers(20, 60))
def test_wrapped_lines_fit_and_keep_every_character(words, width):
    lines = wrapped(" ".join(words), width, first="- ", then="  ")
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(line.split()) for line in lines).removeprefix("-") == "".join(words)


def test_a_word_longer_than_a_line_is_broken_inside():
    assert wrapped("ab" * 10 + " c", 8, first="- ", then="  ") == ["- ababab", "  ababab", "  ababab", "  ab c"]
    assert wrapped("中中中", 5) == ["中中", "中"]
    assert wrapped("", 5) == [""]
