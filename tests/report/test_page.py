import base64
import hashlib
import re
from itertools import pairwise

import pytest

from agf_theory.report.page import page_of

HOSTILE = [
    "<script>alert(1)</script>",
    "</title></style></script><img src=x onerror=alert(1)>",
    "\"><a href='javascript:alert(1)'>x</a>",
    "' onmouseover='alert(1)",
    "]]><!-- {{ 7 * 7 }} {% raw %} &lt;b&gt; &#60;i&#62;",
    "</pre></code></math><svg onload=alert(1)>",
    "a\x00b\x1b[31mc\u202ed\u2028e",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_markup_gets_through_whatever_a_text_says(text, every_text_is, read_page):
    plain, hostile = (read_page(page_of(every_text_is(each))) for each in ("plain", text))
    assert hostile.tags == plain.tags
    assert {(tag, name) for tag, name, _ in hostile.attributes} == {(tag, name) for tag, name, _ in plain.attributes}


def test_a_text_is_shown_as_it_is_and_control_characters_as_escapes(every_text_is, read_page):
    assert "{{ 7 * 7 }}" in read_page(page_of(every_text_is("{{ 7 * 7 }} < & >"))).text
    page = page_of(every_text_is("a\x00b\u202ec"))
    assert "\x00" not in page
    assert "\u202e" not in page
    assert r"a\x00b\u202ec" in page


def test_the_page_loads_nothing_and_every_link_leads_somewhere(every_text_is, read_page):
    page = page_of(every_text_is("plain"))
    found = read_page(page)
    assert len(found.ids) == len(set(found.ids))
    assert found.links
    assert {tag for tag, _ in found.links} == {"a"}
    assert [target for _, target in found.links if target.removeprefix("#") not in found.ids] == []
    assert not re.search(r"url\(|@import|https?:", page)


def test_the_page_is_accessible_in_its_outline(every_text_is, read_page):
    page = page_of(every_text_is("plain"))
    found = read_page(page)
    assert ("html", "lang", "en") in found.attributes
    assert found.unscoped == 0
    levels = [int(tag[1]) for tag in found.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert found.tags.count("label") == 4
    assert found.tags.count("main") == 1


def test_without_script_everything_is_visible(every_text_is, read_page):
    found = read_page(page_of(every_text_is("plain")))
    opened = [name for tag, name, _ in found.attributes if tag == "details" and name == "open"]
    # Lists of hundreds of bred mutants stay closed; they open without the script too.
    long = [value for tag, name, value in found.attributes if tag == "details" and value == "bred"]
    assert len(opened) == found.tags.count("details") - len(long) > 0
    assert len(long) == 1
    # What does nothing without the script is hidden until it has run.
    assert [tag for tag, name, _ in found.attributes if name == "hidden"] == ["form"]


def test_only_our_script_is_allowed_to_run(every_text_is):
    page = page_of(every_text_is("plain"))
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in page
    assert "default-src 'none'" in page


def test_what_was_not_run_is_said_to_be_not_run(every_text_is, read_page):
    text = read_page(page_of(every_text_is("plain"))).text
    assert "not run, plain" in text
    assert "None were made for these claims." in text


def test_systems_and_ids_with_odd_signs_still_make_one_page(every_text_is):
    assert page_of(every_text_is("finite-width")).count('id="system-finite-width"') == 1
