"""The notebooks of the documentation: text that Sphinx executes and jupytext turns into notebooks."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
NOTEBOOKS = sorted((DOCS / "notebooks").glob("*.md"))


def test_there_are_three_and_the_index_lists_them():
    listed = re.findall(r"^notebooks/(\w+)$", (DOCS / "index.md").read_text(), re.MULTILINE)
    assert sorted(listed) == [page.stem for page in NOTEBOOKS]
    assert len(NOTEBOOKS) == 3


@pytest.mark.parametrize("page", NOTEBOOKS, ids=lambda page: page.stem)
def test_a_notebook_can_be_read_by_both_and_links_so_that_both_follow(page):
    text = page.read_text()
    assert text.startswith("---\njupytext:\n  text_representation:\n    extension: .md\n    format_name: myst\n")
    assert text.count("```{code-cell} python\n") >= 8
    assert "{doc}" not in text  # Jupyter would show the role as it is written
    assert all((page.parent / link).exists() for link in re.findall(r"\]\((\.\./[\w/]+\.md)", text))
