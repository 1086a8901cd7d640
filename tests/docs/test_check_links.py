"""A link that leads nowhere, and a page that needs a network, are found in the built documentation."""

import check_links
import pytest

PAGE = '<html><head>{head}</head><body><h1 id="top">x</h1>{body}</body></html>'


def _faults(folder, *, head="", body=""):
    (folder / "other.html").write_text(PAGE.format(head="", body='<p id="here">'), encoding="utf-8")
    (folder / "index.html").write_text(PAGE.format(head=head, body=body), encoding="utf-8")
    return check_links.problems(folder)


def test_links_that_lead_somewhere_are_no_faults(tmp_path):
    links = (
        '<a href="other.html#here"><a href="#top"><a href="https://example.org/x"><img src="data:image/png;base64,AA">'
    )
    assert _faults(tmp_path, body=links) == []
    assert check_links.external_links(tmp_path) == ["https://example.org/x"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<a href="none.html">', "no such file"),
        ('<a href="other.html#there">', "no such anchor"),
        ('<a href="#bottom">', "no such anchor"),
        ('<a href="/other.html">', "absolute"),
        ('<a href="../outside.html">', "no such file"),
        ('<img src="https://example.org/x.png">', "loaded from outside"),
        ('<script src="//example.org/x.js"></script>', "loaded from outside"),
        ('<p style="background: url(http://example.org/x.png)">', "loaded from outside"),
        ("<style>@import 'https://example.org/x.css';</style>", "loaded from outside"),
    ],
)
def test_a_dead_link_and_a_thing_from_outside_are_told(tmp_path, body, reason):
    (fault,) = _faults(tmp_path, body=body)
    assert fault.startswith("index.html: ")
    assert reason in fault


def test_a_style_sheet_and_a_font_from_outside_are_told(tmp_path):
    (tmp_path / "a.css").write_text("@font-face{src:url('https://example.org/f.woff')}", encoding="utf-8")
    faults = _faults(tmp_path, head='<link rel="stylesheet" href="https://example.org/a.css">')
    assert len(faults) == 2


def test_the_exit_status_says_whether_there_are_faults(tmp_path, capsys):
    assert check_links.main([str(tmp_path)]) == 2
    _faults(tmp_path)
    assert check_links.main([str(tmp_path)]) == 0
    _faults(tmp_path, body='<a href="none.html">')
    assert check_links.main([str(tmp_path), "--external"]) == 1
    assert "none.html: no such file" in capsys.readouterr().err
