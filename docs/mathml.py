"""Formulas as MathML, made when the pages are built: they open from disk, without scripts and without a network.

A formula that cannot be rendered in full is a warning, and with it an error of the build.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from agf_theory.errors import FormulaError
from agf_theory.typesetting import displayed, in_line

logger = logging.getLogger(__name__)


def _visit_math(writer: HTML5Translator, node: nodes.math) -> None:
    writer.body.append(writer.starttag(node, "span", "", CLASS="math notranslate nohighlight"))
    # A browser may break between a formula and the comma or parenthesis after it, but not at a word joiner.
    writer.body.append(_or_warn(in_line, node) + "</span>\N{WORD JOINER}")
    raise nodes.SkipNode


def _visit_math_block(writer: HTML5Translator, node: nodes.math_block) -> None:
    writer.body.append(writer.starttag(node, "div", CLASS="math notranslate nohighlight"))
    if node["number"]:
        writer.body.append(f'<span class="eqno">({get_node_equation_number(writer, node)})')
        writer.add_permalink_ref(node, "Link to this equation")
        writer.body.append("</span>")
    writer.body.append(_or_warn(displayed, node) + "</div>\n")
    raise nodes.SkipNode


def _or_warn(render: Callable[[str], str], node: nodes.Element) -> str:
    latex = node.astext()
    try:
        return render(latex)
    except FormulaError as error:
        logger.warning("formula %r: %s", latex, error, location=node, type="mathml")
        return f"<code>{escape(latex)}</code>"


def setup(app: Sphinx) -> dict[str, bool]:
    """Make MathML the way of rendering formulas: html_math_renderer = "mathml"."""
    app.add_html_math_renderer("mathml", (_visit_math, None), (_visit_math_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
