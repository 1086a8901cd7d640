"""A table and a figure of a system, made by the commands that are printed with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from agf_theory.tables import JumpTable, QuantityTable

__all__ = ["Exhibit", "inline_svg"]

_SVG = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
_REFERENCE = re.compile(r"url\(#([^)]+)\)")


@dataclass(frozen=True)
class Exhibit:
    """What the two commands made, or why not.

    Attributes
    ----------
    system : str
    table_command, figure_command : str
    table : JumpTable, QuantityTable or None
    figure : Figure or None
    missing : tuple of str
        Why there is no table or no figure.
    """

    system: str
    table_command: str
    figure_command: str
    table: JumpTable | QuantityTable | None = None
    figure: Figure | None = None
    missing: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The problem, in one line."""
        return "" if self.table is None else self.table.title

    @property
    def table_html(self) -> str:
        """The table, escaped, as part of a page."""
        from agf_theory.tables import html_content

        return "" if self.table is None else html_content(self.table)

    @property
    def svg(self) -> str:
        """The figure as part of a page."""
        from agf_theory.figures import figure_bytes

        if self.figure is None:
            return ""
        label = f"Figure of {self.system}: {self.title}; its numbers are those of the table"
        return inline_svg(figure_bytes(self.figure, "svg"), prefix=f"figure-{self.system}-", label=label)


def inline_svg(drawing: bytes, *, prefix: str, label: str) -> str:
    """An SVG drawing as an element of a page, which has other drawings too: every id begins with the prefix.

    What says who made the drawing and when, and the size on paper, are left out; the page gives it its width.
    """
    root = ET.fromstring(drawing)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{{{_SVG}}}metadata":
                parent.remove(child)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
        _rename(element, prefix)
    width = root.attrib.pop("width", "")
    root.attrib.pop("height", None)
    root.attrib |= {"role": "img", "aria-label": label, "class": "figure"}
    if width.endswith("pt"):
        root.set("style", f"max-width: {float(width[:-2]) * 2:.0f}px")  # legible on a screen: twice the size in print
    return ET.tostring(root, encoding="unicode")


def _rename(element: ET.Element, prefix: str) -> None:
    if "id" in element.attrib:
        element.set("id", prefix + element.attrib["id"])
    link = element.attrib.pop(_LINK, None) or element.attrib.pop("href", None)
    if link is not None:
        element.set("href", f"#{prefix}{link[1:]}" if link.startswith("#") else link)
    for name, value in element.attrib.items():
        if "url(#" in value:
            element.set(name, _REFERENCE.sub(rf"url(#{prefix}\1)", value))
