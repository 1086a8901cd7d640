"""The numbers of a zoo's problem, as options that hold them: where `agf explore` lets them be changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from agf_theory.errors import InputError

if TYPE_CHECKING:
    from agf_theory.problems import DiagonalNetwork, LinearAttention, ModularAddition

__all__ = ["written_out"]


def written_out(system: str, problem: str) -> Mapping[str, str]:
    """Fields of the page, with the source they belong to.

    Raises
    ------
    UnknownName
        If the zoo has no such problem of this system.
    InputError
        If its numbers are not what an option takes.
    """
    from agf_theory.problems import DiagonalNetwork, LinearAttention, ModularAddition, zoo

    writers: Mapping[str, tuple[Any, Callable[[Any], Mapping[str, str]]]] = {
        "diagonal": (DiagonalNetwork, _diagonal),
        "modular": (ModularAddition, _modular),
        "attention": (LinearAttention, _attention),
    }
    if system not in writers:
        raise InputError(f"problem {problem}: a {system} problem is not given by numbers in a file; nothing to change")
    kind, write = writers[system]
    return write(zoo.get(problem, kind))


def _diagonal(problem: DiagonalNetwork) -> Mapping[str, str]:
    target = next(name for name in ("y", "target", "y_target") if name not in problem.names)
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow([*problem.names, target])
    for inputs, (goal,) in zip(problem.rational_X.tolist(), problem.rational_y.tolist(), strict=True):
        rows.writerow([str(value) for value in (*inputs, goal)])
    return {"source": "own", "own.data": out.getvalue(), "own.data.name": "data.csv", "own.target": target}


def _modular(problem: ModularAddition) -> Mapping[str, str]:
    if problem.rational_template is None:
        raise InputError(f"{problem.title}: a template of fractions is required, got an irrational one")
    return {"source": "template", "template.template": ", ".join(map(str, problem.rational_template))}


def _attention(problem: LinearAttention) -> Mapping[str, str]:
    rows = [", ".join(map(str, row)) for row in problem.rational_sigma.tolist()]
    return {
        "source": "sigma",
        "sigma.sigma": "; ".join(rows),
        "sigma.context_length": str(problem.N),
        "sigma.normalisation": problem.normalisation,
    }
