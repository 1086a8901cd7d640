"""The API reference is complete: every public name of every floor and room stands on a page."""

import importlib
import pkgutil
import re
from pathlib import Path
from types import FunctionType, ModuleType

import pytest

API = Path(__file__).parents[2] / "docs" / "api"
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in sorted(API.glob("*.md")))
# Modules whose public names a page lists with their docstrings, and constants, which have none, one by one.
LISTED = set(re.findall(r"^\.\. automodule:: (\S+)\n   :members:$", TEXT, re.MULTILINE))
CONSTANTS = set(re.findall(r"^\.\. py:data:: (\S+)\n\n   \S", TEXT, re.MULTILINE))
FLOORS = ("closed_form", "explore", "figures", "numeric", "problems", "proofs_check", "report", "tables", "typesetting")


def _public_modules():
    """Floors and rooms; claims are listed by `agf claims`, derivations by `agf derive`."""
    for floor in FLOORS:
        package = importlib.import_module(f"agf_theory.{floor}")
        yield package
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(found.name)
            room_of_claims = "CLAIMS" in getattr(module, "__all__", ())
            reexported = {"agf_theory.proofs_check.store", "agf_theory.proofs_check.mutation"}
            if found.ispkg and not room_of_claims and found.name not in reexported:
                yield module


MODULES = list(_public_modules())


def _undocumented(module):
    for name in module.__all__:
        value = getattr(module, name)
        if isinstance(value, ModuleType):
            if value.__name__ not in LISTED:
                yield value.__name__
        elif isinstance(value, type | FunctionType):
            if not value.__doc__:
                yield f"{module.__name__}.{name}: no docstring"
        elif f"{module.__name__}.{name}" not in CONSTANTS and not callable(value):
            yield f"{module.__name__}.{name}"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_public_name_of_a_room_is_on_a_page(module):
    assert module.__name__ in LISTED
    assert list(_undocumented(module)) == []


def test_rooms_of_every_floor_are_looked_at():
    names = {module.__name__ for module in MODULES}
    assert {"agf_theory.closed_form.finite_width", "agf_theory.numeric.neuron", "agf_theory.problems.zoo"} <= names
    assert "agf_theory.errors" in LISTED


def test_no_page_lists_what_is_not_there():
    for name in CONSTANTS:
        module, _, attribute = name.rpartition(".")
        assert attribute in importlib.import_module(module).__all__
