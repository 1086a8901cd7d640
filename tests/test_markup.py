from agf_theory import markup


def test_text_is_escaped_wherever_it_goes(fragment):
    nasty = "<script>a</script> & 'b'"
    for html in (
        markup.heading(nasty, nasty),
        markup.paragraph(nasty),
        markup.bullets([nasty]),
        markup.preformatted(nasty),
        markup.table([nasty], []),
        markup.fields([(nasty, markup.escaped(nasty))]),
    ):
        assert "<script" not in html
        assert nasty in fragment.of(html).text


def test_what_is_empty_leaves_nothing():
    assert markup.bullets([]) == ""
    assert markup.block("", "") == "<div></div>"
    assert "small" not in markup.heading("a", "")


def test_no_colour_is_set_that_could_vanish_on_a_dark_page():
    html = markup.block(markup.heading("a", "b"), markup.table(["c"], [["d"]]), markup.preformatted("e"))
    assert "color:#" not in html
    assert "background:none" in html
