import re

import pytest

from agf_theory.proofs_check import Level, Outcome
from agf_theory.proofs_check.grid import WIDTH, Grid, render


def filled():
    grid = Grid(("claim", 8), ("what it says", 14), ("verdict", 12), coloured=2)
    grid.add("TOY-01", "a sentence that is too long", "proved", result=Level.PROVED)
    grid.add("TOY-02", "short", "refuted", result=Outcome.REFUTED)
    grid.add("TOY-03", "", "", result=None)
    return grid


def test_a_table_of_text_wraps_its_cells_and_underlines_its_titles():
    assert render(filled(), terminal=False).splitlines() == [
        "claim    what it says   verdict",
        "-------- -------------- ------------",
        "TOY-01   a sentence     proved",
        "         that is too",
        "         long",
        "TOY-02   short          refuted",
        "TOY-03",
    ]


def test_a_terminal_shows_the_same_lines_without_the_rule():
    shown = re.sub(r"\x1b\[[0-9;]*m", "", render(filled(), terminal=True))
    plain = render(filled(), terminal=False).splitlines()
    assert [line.rstrip() for line in shown.splitlines()] == [plain[0], *plain[2:]]


def test_on_a_terminal_the_evidence_alone_is_coloured_by_its_kind():
    shown = render(filled(), terminal=True)
    assert re.search(r"\x1b\[32mproved", shown)
    assert re.search(r"\x1b\[1;31mrefuted", shown)
    assert not re.search(r"\x1b\[[0-9;]*mshort", shown)


@pytest.mark.parametrize(("width", "fits"), [(WIDTH - 10, True), (WIDTH - 9, False)])
def test_a_table_wider_than_a_terminal_is_refused(width, fits):
    columns = (("a", 9), ("b", width))
    if fits:
        assert max(map(len, Grid(*columns, coloured=1).plain().splitlines())) == WIDTH
    else:
        with pytest.raises(AssertionError, match="must fit 80 columns"):
            Grid(*columns, coloured=1)
