"""The report of a run: one page that needs nothing else, and the same run for programs."""

from agf_theory.report.bibliography import OURS, bibliography, reference
from agf_theory.report.content import Provenance, Report
from agf_theory.report.exhibit import Exhibit
from agf_theory.report.folder import require_report_folder, write_report
from agf_theory.report.literature import PUBLISHED
from agf_theory.report.machine_readable import machine_readable
from agf_theory.report.page import page_of
from agf_theory.report.provenance import provenance
from agf_theory.report.report import report_of

__all__ = [
    "OURS",
    "PUBLISHED",
    "Exhibit",
    "Provenance",
    "Report",
    "bibliography",
    "machine_readable",
    "page_of",
    "provenance",
    "reference",
    "report_of",
    "require_report_folder",
    "write_report",
]
