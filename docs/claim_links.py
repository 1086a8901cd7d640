"""Sphinx extension: the identifier of a claim, as DIAG-10, leads to that claim on the page of all claims."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes

PAGE = "claims"
IDENTIFIER = re.compile(r"\b((?:FRM|DIAG|LIN|MOD|ATT|SN|TM)-\d\d)\b")
# Code is copied as it stands, a link has its goal already, and headings are repeated in the margins.
_LEFT_ALONE = (nodes.FixedTextElement, nodes.literal, nodes.reference, nodes.raw, nodes.title, nodes.math)


def link_claims(app: Any, page: nodes.document, name: str) -> None:
    """Turn identifiers in the running text of a page into links; the page of all claims itself needs none."""
    if name == PAGE or app.builder.format != "html":
        return
    goal = app.builder.get_relative_uri(name, PAGE)
    for text in list(page.findall(nodes.Text)):
        if IDENTIFIER.search(text) and not _left_alone(text):
            parts = [_part(part, goal) for part in IDENTIFIER.split(text) if part]
            text.parent.replace(text, parts)


def _left_alone(node: nodes.Node) -> bool:
    parent = node.parent
    while parent is not None:
        if isinstance(parent, _LEFT_ALONE):
            return True
        parent = parent.parent
    return False


def _part(text: str, goal: str) -> nodes.Node:
    if not IDENTIFIER.fullmatch(text):
        return nodes.Text(text)
    return nodes.reference("", "", nodes.Text(text), refuri=f"{goal}#{text}", internal=True, classes=["claim"])


def setup(app: Any) -> dict[str, bool]:
    """Go over every page once its own links are resolved."""
    app.connect("doctree-resolved", link_claims)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
