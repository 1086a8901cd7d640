import csv
import io
import json
from dataclasses import replace
from fractions import Fraction

import pytest

from agf_theory.tables import FORMATS, Column, Particulars, render

COLUMNS = (
    Column("kind", "kind", "", ("one|two", "plain", "plain", "plain", "plain")),
    Column("size", "size", "squared_norm", (Fraction(1, 3), 0.25, 1e-12, None, 7)),
    Column("count", "of", "neurons", (6, 4, 2, 1, None)),
)


@pytest.fixture
def table(sequence_of, run_of, table_of):
    sequence = sequence_of([(0.5, [0], []), (1.5, [1, 2], [])])
    made = table_of(run_of("limit", sequence))
    return replace(made, particulars=Particulars("coordinate", made.names, COLUMNS))


def test_the_text_has_a_line_a_name_and_says_what_the_columns_mean(table):
    lines = render(table).splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("coordinate"))
    assert lines[at].split() == ["coordinate", "kind", "size", "of"]
    assert set(lines[at + 1]) == {"-"}
    assert [line.split() for line in lines[at + 2 : at + 7]] == [
        ["age", "one|two", "1/3", "6"],
        ["bmi", "plain", "0.250000", "4"],
        ["s1", "plain", "1.00000e-12", "2"],
        ["s5", "plain", "—", "1"],
        ["bp", "plain", "7", "—"],
    ]
    assert lines[at + 7 : at + 9] == ["- size: squared_norm", "- of: neurons"]


def test_digits_give_way_where_the_width_is_short(table):
    wide = tuple(Column(f"c{i}", f"c{i}", "", (1.23456789e-10,) * 5) for i in range(6))
    narrow = replace(table, particulars=Particulars("coordinate", table.names, wide))
    lines = render(narrow, width=80).splitlines()
    assert max(map(len, lines)) <= 80
    assert any("1.235e-10" in line for line in lines)


def test_json_has_them_by_name(table):
    found = json.loads(render(table, "json"))["particulars"]
    assert found["subject"] == "coordinate"
    assert found["meanings"] == {"kind": "kind", "size": "squared_norm", "count": "neurons"}
    assert found["of"]["age"] == {"kind": "one|two", "size": "1/3", "count": 6}
    assert found["of"]["s5"] == {"kind": "plain", "size": None, "count": 1}


def test_csv_has_those_of_who_enters(table):
    rows = list(csv.DictReader(io.StringIO(render(table, "csv"))))
    assert [(row["kind"], row["size"], row["count"]) for row in rows] == [
        ("one|two", "1/3", "6"),
        ("plain;plain", "0.25;1e-12", "4;2"),
    ]


def test_markup_is_escaped(table):
    assert r"one\|two" in render(table, "markdown")
    assert "squared\\_norm" in render(table, "latex")
    assert "$10^{-12}$" not in render(table, "latex")
    assert r"$1.00000\times10^{-12}$" in render(table, "latex")
    hostile = Column("kind", "<b>", "a & b", ("<i>",) * 5)
    page = render(replace(table, particulars=Particulars("coordinate", table.names, (hostile,))), "html")
    assert "<td>&lt;i&gt;</td>" in page
    assert "&lt;b&gt;: a &amp; b" in page


def test_html_has_the_complete_value_as_a_tooltip(table):
    assert '<td title="1e-12">1.00000e-12</td>' in render(table, "html")


@pytest.mark.parametrize("form", FORMATS)
def test_a_table_without_particulars_does_not_speak_of_them(table, form):
    assert "coordinate" in render(table, form) or form == "csv"
    assert "coordinate" not in render(replace(table, particulars=None), form)


def test_a_column_that_is_too_short_is_a_mistake():
    with pytest.raises(AssertionError, match="one value a name"):
        Particulars("coordinate", ("a", "b"), COLUMNS)
