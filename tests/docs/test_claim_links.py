"""An identifier of a claim in running text leads to it on the page of all claims, which has every one."""

import re
from pathlib import Path
from types import SimpleNamespace

import claims_listed
from claim_links import IDENTIFIER, link_claims
from docutils import nodes
from docutils.utils import new_document

from agf_theory.proofs_check import all_claims, systems

DOCS = Path(__file__).parents[2] / "docs"


def _linked(*children, name="tutorial"):
    page = new_document("page")
    page += nodes.paragraph("", "", *children)
    builder = SimpleNamespace(format="html", get_relative_uri=lambda here, there: f"{there}.html")
    link_claims(SimpleNamespace(builder=builder), page, name)
    return [(link.astext(), link["refuri"]) for link in page.findall(nodes.reference)], page.astext()


def test_identifiers_in_text_are_links_and_the_text_stays():
    links, text = _linked(nodes.Text("see DIAG-10, and LIN-14"))
    assert links == [("DIAG-10", "claims.html#DIAG-10"), ("LIN-14", "claims.html#LIN-14")]
    assert text == "see DIAG-10, and LIN-14"


def test_code_and_the_page_of_claims_are_left_alone():
    assert _linked(nodes.literal("", "agf verify DIAG-10"))[0] == []
    assert _linked(nodes.Text("DIAG-10"), name="claims")[0] == []


def test_the_page_has_an_anchor_for_every_claim_and_every_identifier_on_a_page_is_a_claim():
    page = (DOCS / "claims.md").read_text(encoding="utf-8")
    assert [*systems()] == re.findall(r'claims_listed\("([\w-]+)"\)', page)
    anchors = {
        found for system in systems() for found in re.findall(r'id="([\w-]+)"', claims_listed.claims_listed(system))
    }
    assert anchors == {claim.id for claim in all_claims()}
    named = {
        found
        for path in DOCS.glob("**/*.md")
        if "_build" not in path.parts
        for found in IDENTIFIER.findall(path.read_text())
    }
    assert named <= anchors
