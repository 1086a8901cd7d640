import pytest

from agf_theory.errors import InputError, UnknownName
from agf_theory.tables import FORMATS, render, require_format


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_ends_in_one_line_break(four_methods, name):
    text = render(four_methods, name)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_text_and_json_know_the_readers_encoding(four_methods):
    assert render(four_methods, "text", encoding="ascii").isascii()
    assert render(four_methods, "json", encoding="ISO-8859-1").isascii()
    assert not render(four_methods, "json", encoding="UTF-8").isascii()


def test_an_unknown_format_lists_the_known_ones(four_methods):
    with pytest.raises(UnknownName, match="one of text, markdown, latex, csv, json, html, got 'pdf'"):
        render(four_methods, "pdf")
    with pytest.raises(InputError, match="one of text, markdown, latex, csv, json, html, got ''"):
        require_format("")
