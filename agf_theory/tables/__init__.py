"""Tables that people and programs read: one model, six formats, for every system."""

from agf_theory.tables.as_html import html_content
from agf_theory.tables.jump_table import JumpTable, Scale, TableBlock, TableRow, jump_table
from agf_theory.tables.method_run import MethodRun, Transition, method_run, unavailable_run
from agf_theory.tables.particulars import Column, Particulars
from agf_theory.tables.quantity_table import QuantityTable
from agf_theory.tables.rendering import FORMATS, render, require_format

__all__ = [
    "FORMATS",
    "Column",
    "JumpTable",
    "MethodRun",
    "Particulars",
    "QuantityTable",
    "Scale",
    "TableBlock",
    "TableRow",
    "Transition",
    "html_content",
    "jump_table",
    "method_run",
    "render",
    "require_format",
    "unavailable_run",
]


def __dir__() -> list[str]:
    return __all__
