import re

from markdown_it import MarkdownIt

from agf_theory.tables.as_markdown import as_markdown


def cells(text):
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows]


def test_the_pipe_table_has_one_cell_a_column(four_methods):
    head, rule, *rows = cells(as_markdown(four_methods))
    assert head == ["jump", "pf", "agf", "corrected", "gf", "loss", "who"]
    assert all(re.fullmatch(r":?-+:?", mark) for mark in rule)
    assert rows[-1] == ["4", "40.0000", "40.0000", "41.0000", "40.900", "0.200000", "+bp −bmi"]
    assert rows[4][1] == "—"


def test_hostile_names_neither_break_cells_nor_become_markup(hostile):
    text = as_markdown(hostile)
    assert {len(row) for row in cells(text)} == {5}
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert "<script" not in html
    assert "<b>" not in html
    assert html.count("<tr>") == 5
    assert "a_b&amp;%$#{}~^\\" in html
    assert "<em>" not in html


def test_notes_follow_the_table(four_methods):
    assert r"- [a] corrected: takes jumps 2–3 of pf in another order: +age, then +s5" in as_markdown(four_methods)
