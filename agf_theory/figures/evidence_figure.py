"""The overview of the evidence: a cell a claim, coloured by its verdict, lettered by its status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from agf_theory.figures.canvas import COLUMN, blank_figure
from agf_theory.figures.evidence_content import ClaimCell, EvidenceContent, SystemEvidence
from agf_theory.figures.style import BLACK, COLORS, DARK_GREY, in_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["evidence_figure"]

_MARGIN: Final = 0.15  # cm, as all lengths here
_CELL, _ROW, _GAP = 0.5466, 0.66, 0.05
_IN_A_ROW: Final = 15
_IN_A_LEGEND: Final = 5
_HEADING, _BETWEEN = 0.36, 0.17
_LEGEND_LINE: Final = 0.4
_SIZE: Final = 6
_FAINT: Final = "#d9d9d9"  # hatches behind letters

# One hue, the stronger the darker: told apart in grey print and by every eye. What is no evidence is not blue: a
# refutation, hatches for what is inconclusive, and nothing for nothing.
_FILL: Final = {
    "formal": "#08204a",
    "proved": "#08519c",
    "exact": "#3182bd",
    "certified": "#7fb8dc",
    "converged": "#bcd7ec",
    "sampled": "#e6eff8",
    "refuted": COLORS[1],
    "inconclusive": "white",
    "nothing": "white",
}
_ON_DARK: Final = ("formal", "proved", "exact", "refuted")
_LETTERS: Final = {
    "theorem": "T",
    "lemma": "L",
    "conjecture": "C",
    "observation": "O",
    "erratum": "E",
    "open": "?",
}


def evidence_figure(content: EvidenceContent) -> Figure:
    """All claims by system: colour for the verdict, a letter for the status, and how many mutants; 8.5 cm wide.

    Parameters
    ----------
    content : EvidenceContent
        At least one system.

    Returns
    -------
    matplotlib.figure.Figure
        Without pyplot's knowledge: it needs no closing, no display and changes no global setting.
    """
    verdicts = _present(list(_FILL), [claim.verdict for system in content.systems for claim in system.claims])
    statuses = _present(list(_LETTERS), [claim.status for system in content.systems for claim in system.claims])
    rows = [-(-len(system.claims) // _IN_A_ROW) for system in content.systems]
    lines = _lines(verdicts) + _lines(statuses)
    height = sum(_HEADING + n * _ROW + _BETWEEN for n in rows) + lines * _LEGEND_LINE + 2 * _MARGIN
    with in_style():
        figure = blank_figure(COLUMN, height)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, COLUMN)
        axes.set_ylim(height, 0)  # centimetres from the top
        axes.axis("off")
        top = _MARGIN
        for system, count in zip(content.systems, rows, strict=True):
            _draw_system(axes, system, top)
            top += _HEADING + count * _ROW + _BETWEEN
        _draw_legend(axes, verdicts, statuses, top)
    return figure


def _present(known: list[str], found: list[str]) -> list[str]:
    """The words that occur, in the known order, and then the unknown ones."""
    return [word for word in dict.fromkeys([*known, *found]) if word in found]


def _lines(words: list[str]) -> int:
    return -(-len(words) // _IN_A_LEGEND)


def _draw_system(axes: Axes, system: SystemEvidence, top: float) -> None:
    middle = top + _HEADING / 2 - 0.03
    count = f"{len(system.claims)} claim{'s' * (len(system.claims) != 1)}"
    axes.text(_MARGIN, middle, f"{system.name} ({system.letters})", fontsize=7, va="center", weight="bold")
    axes.text(COLUMN - _MARGIN, middle, f"{count}, {system.mutants_in_words}", fontsize=_SIZE, va="center", ha="right")
    rows = -(-len(system.claims) // _IN_A_ROW)
    for k, claim in enumerate(system.claims):
        row, column = divmod(k, -(-len(system.claims) // rows))
        _draw_claim(axes, claim, _MARGIN + column * _CELL, top + _HEADING + row * _ROW)


def _draw_claim(axes: Axes, claim: ClaimCell, left: float, top: float) -> None:
    _draw_patch(axes, claim.verdict, left, top, _CELL - _GAP, _ROW - _GAP)
    color = "white" if claim.verdict in _ON_DARK else BLACK
    middle = left + (_CELL - _GAP) / 2
    axes.text(middle, top + 0.19, claim.number, color=color, fontsize=_SIZE, ha="center", va="center")
    letter = _LETTERS.get(claim.status, claim.status[:1].upper())
    axes.text(middle, top + 0.44, letter, color=color, fontsize=_SIZE, ha="center", va="center", weight="bold")


def _draw_patch(axes: Axes, verdict: str, left: float, top: float, width: float, height: float) -> None:
    from matplotlib.patches import Rectangle

    fill = _FILL.get(verdict, "white")
    axes.add_patch(Rectangle((left, top), width, height, facecolor=fill, edgecolor=DARK_GREY, linewidth=0.3))
    if verdict == "inconclusive":
        axes.add_patch(Rectangle((left, top), width, height, fill=False, edgecolor=_FAINT, linewidth=0, hatch="//////"))


def _draw_legend(axes: Axes, verdicts: list[str], statuses: list[str], top: float) -> None:
    """Patches for the verdicts, then letters for the statuses."""
    for k, verdict in enumerate(verdicts):
        left, middle = _legend_place(k, top)
        _draw_patch(axes, verdict, left, middle - 0.12, 0.3, 0.24)
        axes.text(left + 0.38, middle, verdict, fontsize=_SIZE, va="center")
    top += _lines(verdicts) * _LEGEND_LINE
    for k, status in enumerate(statuses):
        left, middle = _legend_place(k, top)
        letter = _LETTERS.get(status, status[:1].upper())
        axes.text(left + 0.09, middle, letter, fontsize=_SIZE, ha="center", va="center", weight="bold")
        axes.text(left + 0.25, middle, status, fontsize=_SIZE, va="center")


def _legend_place(k: int, top: float) -> tuple[float, float]:
    """Left end and middle of the k-th word."""
    line, column = divmod(k, _IN_A_LEGEND)
    return _MARGIN + column * (COLUMN - 2 * _MARGIN) / _IN_A_LEGEND, top + (line + 0.5) * _LEGEND_LINE
