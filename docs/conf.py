"""How the documentation is built: `make docs`. Code on the pages runs; every warning is an error."""

import os
import re
import sys
from importlib.metadata import version as installed_version
from pathlib import Path
from tempfile import TemporaryDirectory

from docutils import nodes
from sphinx.addnodes import pending_xref

sys.path.insert(0, str(Path(__file__).parent))  # the extensions beside this file
_drawn = TemporaryDirectory(ignore_cleanup_errors=True)  # of this build: a figure that two pages show is drawn once
os.environ["AGF_SHOWN"] = _drawn.name

project = "agf_theory"
author = "agf_theory developers"
version = release = installed_version("agf-theory")
copyright = "2026, agf_theory developers"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "mathml", "claim_links"]
html_math_renderer = "mathml"  # made here: MathJax would be a script from elsewhere
html_static_path = ["_static"]
html_css_files = ["mathml.css", "pages.css"]
exclude_patterns = ["_build", "notebooks/*.ipynb", "notebooks/.ipynb_checkpoints"]  # made of the pages beside them
html_theme = "furo"
html_title = "agf_theory"

myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_show_tb = True
nb_execution_timeout = 120
nb_render_markdown_format = "myst"  # what code writes is read as the pages are
# What a page prints is what the reader gets at the terminal, warnings included: none is expected.
nb_output_stderr = "warn"
nb_merge_streams = True

autodoc_member_order = "bysource"
autodoc_typehints = "none"  # shapes, meaning and units stand in the docstrings; `Any` says less
napoleon_numpy_docstring = True
napoleon_google_docstring = False
napoleon_use_rtype = False
# Attributes as a list: several stand on one line, and those that are also properties would be described twice.
napoleon_custom_sections = ["Hypotheses", "Source", ("Attributes", "params_style")]

_KEY = re.compile(r"\[([a-z]+(?:19|20)\d\d[a-z]?)\]")
_UNDERLINED = re.compile(r"^(?P<title>\S.*)\n-{3,}$", re.MULTILINE)
_ALIGNED = re.compile(r"^( *)([A-Z][A-Z_]{2,}  +\S.*)$")
_VERBATIM = re.compile(r"(``.*?``|:\w+:`.*?`)")
_SECTIONS = {
    "Attributes", "Examples", "Hypotheses", "Notes", "Parameters", "Raises", "References", "Returns", "See Also",
    "Source", "Warns", "Yields",
}  # fmt: skip


def _readable(app: object, what: str, name: str, obj: object, options: object, lines: list[str]) -> None:
    """Docstrings are written to be read in a terminal; this makes them reStructuredText before napoleon sees them.

    A bar is an absolute value and no substitution, a key in brackets leads to the bibliography, a heading that is no
    section of a numpy docstring becomes a rubric, a list in columns keeps its lines. Mathematics, literals and examples
    stay as they are.
    """
    text = _UNDERLINED.sub(_heading, "\n".join(lines))
    result = []
    directive, example = None, False  # the indent of the directive we are in; whether we are in an example
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip())
        if directive is not None and line.strip() and indent <= directive:
            directive = None
        if directive is None and (line.lstrip().startswith((".. math::", ".. code")) or line.endswith("::")):
            directive = indent
        example = bool(line.strip()) and (example or line.lstrip().startswith(">>>"))
        result.append(line if directive is not None or example else _markup(line))
    lines[:] = result


def _heading(match: re.Match[str]) -> str:
    title = match["title"]
    return match[0] if title in _SECTIONS else f".. rubric:: {title}\n"


def _markup(line: str) -> str:
    parts = _VERBATIM.split(line)
    parts[::2] = [_KEY.sub(r":ref:`[\1] <\1>`", part.replace("|", r"\|")) for part in parts[::2]]
    return _ALIGNED.sub(r"\1| \2", "".join(parts))


def _letters_of_shapes(app: object, doctree: nodes.document) -> None:
    """The n of a shape (n, d) is a number, and no attribute of some class: types in docstrings become references."""
    for reference in list(doctree.findall(pending_xref)):
        if reference.get("refdomain") == "py" and len(reference["reftarget"]) == 1:
            reference.replace_self(reference.children)


def setup(app: object) -> None:
    """Connect the docstring reader, ahead of napoleon, and what keeps shapes from being references."""
    app.connect("autodoc-process-docstring", _readable, priority=400)  # type: ignore[attr-defined]
    app.connect("doctree-read", _letters_of_shapes)  # type: ignore[attr-defined]
