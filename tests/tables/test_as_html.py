from html.parser import HTMLParser

from agf_theory.tables import Column, Particulars, QuantityTable
from agf_theory.tables.as_html import as_html

VOID = {"meta"}


class Reader(HTMLParser):
    """Collects cells, and insists that every tag is closed in order."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.rows, self.titles = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.titles.append(dict(attrs).get("title"))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.rows and self.open and {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data


def read(page):
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def test_the_page_stands_alone_and_every_tag_is_closed(four_methods):
    page = as_html(four_methods)
    reader = read(page)
    assert page.startswith("<!DOCTYPE html>")
    assert {"html", "head", "meta", "title", "style", "body", "table", "caption"} <= set(reader.tags)
    assert reader.rows[0] == ["jump", "pf", "agf", "corrected", "gf", "loss", "who"]
    assert reader.rows[-1] == ["4", "40.0000", "40.0000", "41.0000", "40.900", "0.200000", "+bp −bmi"]


def test_names_and_notes_are_escaped(hostile):
    page = as_html(hostile)
    reader = read(page)
    assert "script" not in reader.tags
    assert "<b>notes</b>" not in page
    assert "+a_b&%$#{}~^\\" in reader.rows[2][-1]


def test_a_shortened_number_is_whole_in_its_tooltip(hostile):
    titles = read(as_html(hostile)).titles
    assert "1000000007/3000000000" not in titles  # short enough to be printed
    assert any(title and title.startswith("0.333333333333333") and "±" in title for title in titles)
    assert f"1/1{'0' * 300}" in titles


def test_a_table_without_notes_has_no_empty_list(table_of, run_of, sequence_of):
    assert "<ul>" not in as_html(table_of(run_of("pf", sequence_of([(1.0, [0], [])]))))


def test_a_notebook_shows_the_same_rows_without_a_page_around_them(four_methods, fragment):
    found = fragment(four_methods)
    assert found.rows == read(as_html(four_methods)).rows
    assert "<body" not in four_methods._repr_html_()
    assert repr(four_methods).startswith("<JumpTable ")
    assert str(four_methods).startswith(f"{four_methods.system}: {four_methods.title}")


def test_a_table_without_jumps_shows_itself_too(fragment):
    rows = Particulars("δ", ("1", "2"), (Column("a", "<b>", "meaning", (1.5, 2.5)),))
    table = QuantityTable("toy", "A sweep", {"d": 3}, {}, "seconds", rows, ("note & more",))
    assert fragment(table).rows == [["δ", "<b>"], ["1", "1.50000"], ["2", "2.50000"]]
    assert "note & more" in fragment(table).text
    assert repr(table) == "<QuantityTable toy: A sweep>"
    assert "A sweep" in str(table)
