"""A page on this machine alone, on which problem, initialisation scale and data are moved, and table and figure follow.

Flask is imported when a page is served, and not before.
"""

from agf_theory.explore.admission import Admission
from agf_theory.explore.answer import Answer, Part, Shelf
from agf_theory.explore.defect import defect
from agf_theory.explore.form import Choice, Field, MethodChoice, Source, SystemForm
from agf_theory.explore.given import MOST_BYTES, Given, Upload
from agf_theory.explore.inquiry import Inquiry, inquiry
from agf_theory.explore.memory_limit import MOST_MEMORY
from agf_theory.explore.moved_column import moved_column
from agf_theory.explore.server import serve
from agf_theory.explore.worker import Compute, Computer, Superseded, Worker

__all__ = [
    "MOST_BYTES",
    "MOST_MEMORY",
    "Admission",
    "Answer",
    "Choice",
    "Compute",
    "Computer",
    "Field",
    "Given",
    "Inquiry",
    "MethodChoice",
    "Part",
    "Shelf",
    "Source",
    "Superseded",
    "SystemForm",
    "Upload",
    "Worker",
    "defect",
    "inquiry",
    "moved_column",
    "serve",
]
