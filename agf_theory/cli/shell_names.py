"""Names the shell offers after TAB, found without the libraries that the commands themselves need.

Each key press is a process of its own. SymPy takes a second to import, so names of claims and formulas are read where
they are written down: the verdicts on record, and the source of the catalogue.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import typer

__all__ = [
    "SYSTEMS_WITH_CLAIMS",
    "claim_ids",
    "claims_and_systems",
    "datasets",
    "formats_of_formulas",
    "formats_of_tables",
    "formulas_and_derivations",
    "problems_of_zoo",
    "systems_with_claims",
]

SYSTEMS_WITH_CLAIMS: Final = ("framework", "diagonal", "linear", "modular", "attention", "neuron", "finite-width")
_PACKAGE: Final = Path(__file__).parents[1]
_CATALOGUE: Final = "closed_form/catalogue.py"


def claim_ids(incomplete: str) -> list[str]:
    """Ids of the claims on record."""
    record = json.loads((_PACKAGE / "proofs_check" / "verdicts.json").read_text(encoding="utf-8"))
    return _beginning_with(incomplete, record["claims"])


def systems_with_claims(incomplete: str) -> list[str]:
    """Systems that `agf claims` and `agf verify` know."""
    return _beginning_with(incomplete, SYSTEMS_WITH_CLAIMS)


def claims_and_systems(incomplete: str) -> list[str]:
    """What `agf verify` takes."""
    return [*systems_with_claims(incomplete), *claim_ids(incomplete)]


def formulas_and_derivations(incomplete: str) -> list[str]:
    """What `agf derive` takes: the names of `closed_form.names()`."""
    catalogue = _parsed(_CATALOGUE)
    formulas = (
        f"{room}.{name}"
        for room in _keys(catalogue, "_ROOMS")
        for name in _exports(_parsed(f"closed_form/{room}/__init__.py"))
        if name[0].islower()
    )
    return _beginning_with(incomplete, dict.fromkeys([*_keys(catalogue, "_DERIVATIONS"), *formulas]))


def problems_of_zoo(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Problems of the system whose command is typed, each with its title."""
    from agf_theory.problems import zoo

    of_system = [entry for entry in zoo.entries() if entry.system == context.info_name]
    return [(e.name, e.title) for e in of_system or zoo.entries() if e.name.startswith(incomplete)]


def datasets(incomplete: str) -> list[str]:
    """Real data with a name."""
    from agf_theory.problems.datasets import dataset_names

    return _beginning_with(incomplete, dataset_names())


def formats_of_tables(incomplete: str) -> list[str]:
    """Formats that tables are written in."""
    from agf_theory.tables import FORMATS

    return _beginning_with(incomplete, FORMATS)


def formats_of_formulas(incomplete: str) -> list[str]:
    """Formats that formulas are written in."""
    return _beginning_with(incomplete, ("unicode", "latex", "python", "mathml"))


def _beginning_with(incomplete: str, names: Iterable[str]) -> list[str]:
    """Those that begin so in any case of letters, in the case that is typed: a shell compares letter by letter."""
    found = (name for name in names if name.lower().startswith(incomplete.lower()))
    return [name if name.startswith(incomplete) else name.lower() for name in found]


def _parsed(module: str) -> ast.Module:
    return ast.parse((_PACKAGE / module).read_text(encoding="utf-8"))


def _assigned(module: ast.Module, name: str) -> Iterator[ast.expr]:
    for statement in module.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
            yield from (statement.value for target in targets if isinstance(target, ast.Name) and target.id == name)


def _keys(module: ast.Module, name: str) -> list[str]:
    """Keys of the one dictionary that is assigned to a name, inside of a mapping or not."""
    (value,) = _assigned(module, name)
    dictionary = next(node for node in ast.walk(value) if isinstance(node, ast.Dict))
    return [str(key.value) for key in dictionary.keys if isinstance(key, ast.Constant)]


def _exports(module: ast.Module) -> list[str]:
    (value,) = _assigned(module, "__all__")
    return [str(node.value) for node in ast.walk(value) if isinstance(node, ast.Constant)]
