from agf_theory.report.exhibit import inline_svg

DRAWING = b"""<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="244.8pt" height="180pt"
 viewBox="0 0 244.8 180">
 <metadata><who xmlns="http://example.org/">made by</who></metadata>
 <defs><path id="glyph" d="M0 0"/><clipPath id="box"><rect width="1" height="1"/></clipPath></defs>
 <g clip-path="url(#box)"><use xlink:href="#glyph"/></g>
</svg>"""


def test_two_drawings_on_a_page_have_ids_of_their_own(read_page):
    page = inline_svg(DRAWING, prefix="a-", label="A") + inline_svg(DRAWING, prefix="b-", label="B")
    found = read_page(page)
    assert found.ids == ["a-glyph", "a-box", "b-glyph", "b-box"]
    assert [target for _, target in found.links] == ["#a-glyph", "#b-glyph"]
    assert 'clip-path="url(#b-box)"' in page


def test_a_drawing_has_a_name_a_width_of_the_page_and_nothing_from_elsewhere():
    svg = inline_svg(DRAWING, prefix="a-", label='say "A" & <B>')
    assert "metadata" not in svg
    assert "http" not in svg
    assert 'aria-label="say &quot;A&quot; &amp; &lt;B&gt;"' in svg
    assert "max-width: 490px" in svg
    assert svg.startswith("<svg viewBox=")
