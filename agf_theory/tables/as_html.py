"""The table as a page of HTML that stands alone, or as a part of one; a cell's complete value is its tooltip."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from agf_theory.tables.characters import visible
from agf_theory.tables.display import DisplayRow, block_heading, display_rows, footnotes, subtitle
from agf_theory.tables.jump_table import JumpTable, TableBlock
from agf_theory.tables.particulars import Particulars, cells, complete_cell, statements
from agf_theory.tables.quantity_table import QuantityTable

__all__ = ["as_html", "html_content", "jump_fragment", "quantities_as_html", "quantity_fragment"]

_WIDTH_OF_RATIONALS = 24
_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; color: #222; }
table { border-collapse: collapse; margin: 1em 0; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: .3em 0; }
th, td { padding: .15em .8em; text-align: right; vertical-align: top; }
th:last-child, td:last-child { text-align: left; }
thead th { border-top: 2px solid; border-bottom: 1px solid; }
tbody tr:last-child td { border-bottom: 2px solid; }
td { border-bottom: 1px solid #eee; }
ul { padding-left: 1.2em; }
"""
_STYLE_OF_FRAGMENT = """
.agf-table { overflow-x: auto; }
.agf-table table { border-collapse: collapse; margin: .6em 0; font-variant-numeric: tabular-nums; }
.agf-table caption { text-align: left; font-weight: 600; }
.agf-table th, .agf-table td { padding: .15em .8em .15em 0; text-align: left; vertical-align: top; }
.agf-table tr > * { border-bottom: 1px solid rgba(128, 128, 128, .35); }
.agf-table dt, .agf-table dd { display: inline; margin: 0; }
.agf-table dd::after { content: ""; display: block; }
.agf-table dt::after { content: ": "; }
"""


def as_html(table: JumpTable) -> str:
    """One page: heading, clock, legend, a table per initialisation scale with its notes. Everything is escaped."""
    return _page(table, _jump_body(table))


def quantities_as_html(table: QuantityTable) -> str:
    """A table without jumps: one page that stands alone."""
    return _page(table, _quantity_body(table))


def jump_fragment(table: JumpTable) -> str:
    """The same for a notebook: without a page around it, in the colours of the one that it is put into."""
    return _fragment(table, _jump_body(table))


def quantity_fragment(table: QuantityTable) -> str:
    """A table without jumps, for a notebook."""
    return _fragment(table, _quantity_body(table))


def html_content(table: JumpTable | QuantityTable) -> str:
    """What stands on the page below its heading, for a page that has a style of its own and allows no other."""
    body = _quantity_body(table) if isinstance(table, QuantityTable) else _jump_body(table)
    return "\n".join([*_introduction(table), *body])


def _quantity_body(table: QuantityTable) -> list[str]:
    return [_particulars(table.particulars, table.notes)]


def _introduction(table: JumpTable | QuantityTable) -> list[str]:
    return [f"<p>{_text(subtitle(table))}</p>", f"<p>Clock: {_text(table.clock)}</p>"]


def _jump_body(table: JumpTable) -> list[str]:
    meanings = {run.key: run.meaning for block in table.blocks for run in block.runs}
    legend = "".join(f"<dt><b>{_text(key)}</b></dt><dd>{_text(meaning)}</dd>" for key, meaning in meanings.items())
    return [
        f"<dl>{legend}</dl>",
        *([] if table.particulars is None else [_particulars(table.particulars)]),
        *(_section(block, table) for block in table.blocks),
    ]


def _fragment(table: JumpTable | QuantityTable, body: Sequence[str]) -> str:
    top = f"<p><strong>{_title(table)}</strong><br>{_text(subtitle(table))}<br>Clock: {_text(table.clock)}</p>"
    return f'<div class="agf-table"><style>{_STYLE_OF_FRAGMENT}</style>{top}{"".join(body)}</div>'


def _title(table: JumpTable | QuantityTable) -> str:
    return _text(f"{table.system}: {table.title}")


def _page(table: JumpTable | QuantityTable, body: Sequence[str]) -> str:
    title = _title(table)
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            f'<head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style></head>',
            "<body>",
            f"<h1>{title}</h1>",
            *_introduction(table),
            *body,
            "</body>",
            "</html>",
            "",
        ]
    )


def _particulars(particulars: Particulars, remarks: Sequence[str] = ()) -> str:
    titles = [particulars.subject, *(column.head for column in particulars.columns)]
    heads = "".join(f'<th scope="col">{_text(title)}</th>' for title in titles)
    full = zip(*(map(complete_cell, column.values) for column in particulars.columns), strict=True)
    rows = [
        "<tr>" + "".join(map(_cell, row, (row[0], *complete))) + "</tr>"
        for row, complete in zip(cells(particulars, width=_WIDTH_OF_RATIONALS), full, strict=True)
    ]
    notes = "".join(f"<li>{_text(statement)}</li>" for statement in (*statements(particulars), *remarks))
    return "\n".join(
        [
            f"<table><thead><tr>{heads}</tr></thead>",
            "<tbody>",
            *rows,
            "</tbody></table>",
            *([f"<ul>{notes}</ul>"] if notes else []),
        ]
    )


def _section(block: TableBlock, table: JumpTable) -> str:
    heads = "".join(f'<th scope="col">{_text(h)}</th>' for h in ("jump", *(r.key for r in block.runs), "loss", "who"))
    rows = [_row(row) for row in display_rows(block, table.names, width=_WIDTH_OF_RATIONALS)]
    notes = "".join(
        f"<li>{f'<b>[{letter}]</b> ' if letter else ''}{_text(text)}</li>"
        for letter, text in footnotes(block, width=_WIDTH_OF_RATIONALS)
    )
    return "\n".join(
        [
            f"<table><caption>{_text(block_heading(block, table))}</caption>",
            f"<thead><tr>{heads}</tr></thead>",
            "<tbody>",
            *rows,
            "</tbody></table>",
            *([f"<ul>{notes}</ul>"] if notes else []),
        ]
    )


def _row(row: DisplayRow) -> str:
    values = "".join(map(_cell, (*row.times, row.loss), row.complete))
    marks = "".join(f" <sup>[{letter}]</sup>" for letter in row.marks)
    return f"<tr><td>{row.number}</td>{values}<td>{_text(' '.join(row.tokens))}{marks}</td></tr>"


def _cell(shown: str, full: str) -> str:
    tooltip = f' title="{_text(full)}"' if full and full != shown else ""
    return f"<td{tooltip}>{_text(shown)}</td>"


def _text(text: str) -> str:
    return escape(visible(text))
