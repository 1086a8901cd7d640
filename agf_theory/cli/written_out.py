"""The numbers of a zoo's problem, as options that hold them: where `agf explore` lets them be changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from agf_theory.errors import InputError

if TYPE_CHECKING:
    from agf_theory.problems import (
        DiagonalNetwork,
        LinearAttention,
        ModularAddition,
        OneDimensionalNetwork,
        SingleNeuron,
    )

__all__ = ["written_out"]

_MOST_NEURONS: Final = 50  # more weights than that nobody changes by hand


def written_out(system: str, problem: str) -> Mapping[str, str]:
    """Fields of the page, with the source they belong to.

    Raises
    ------
    UnknownName
        If the zoo has no such problem of this system.
    InputError
        If its numbers are not what an option takes.
    """
    from agf_theory.problems import (
        DiagonalNetwork,
        LinearAttention,
        ModularAddition,
        OneDimensionalNetwork,
        SingleNeuron,
        zoo,
    )

    writers: Mapping[str, tuple[Any, Callable[[Any], Mapping[str, str]]]] = {
        "diagonal": (DiagonalNetwork, _diagonal),
        "modular": (ModularAddition, _modular),
        "attention": (LinearAttention, _attention),
        "neuron": (SingleNeuron, _neuron),
        "finite-width": (OneDimensionalNetwork, _network),
    }
    if system not in writers:
        raise InputError(
            f"problem {problem}: a {system} problem of the zoo is given by its moments, which no option takes; "
            "nothing to change"
        )
    kind, write = writers[system]
    return write(zoo.get(problem, kind))


def _diagonal(problem: DiagonalNetwork) -> Mapping[str, str]:
    target = next(name for name in ("y", "target", "y_target") if name not in problem.names)
    data = _csv((*problem.names, target), problem.rational_X.tolist(), problem.rational_y.tolist())
    return {"source": "own", "own.data": data, "own.data.name": "data.csv", "own.target": target}


def _neuron(problem: SingleNeuron) -> Mapping[str, str]:
    inputs = [f"x{i}" for i in range(1, problem.d + 1)]
    return {
        "source": "own",
        "own.data": _csv((*inputs, "y"), problem.rational_X.tolist(), problem.rational_y.tolist()),
        "own.data.name": "data.csv",
        "own.target": "y",
        "own.a0": str(problem.rational_a0),
        "own.w0": _list(weight for (weight,) in problem.rational_w0.tolist()),
        "own.rates": _list(problem.rational_rates),
    }


def _network(problem: OneDimensionalNetwork) -> Mapping[str, str]:
    if problem.width > _MOST_NEURONS:
        raise InputError(f"{problem.title}: at most {_MOST_NEURONS} neurons are written out, got {problem.width}")
    scaled = problem.rational_xi2 != 1 or problem.rational_yy != problem.rational_ay**2
    if problem.rational_W0 is not None or scaled:
        raise InputError(
            f"{problem.title}: weights v and one sample are required, as --u and --v take them; got others"
        )
    return {
        "source": "given",
        "given.u": _list(problem.rational_u0),
        "given.v": _list(problem.rational_v0),
        "given.target": str(problem.rational_ay),
        "given.gamma": str(problem.rational_gamma),
        "given.rates": _list(problem.rational_rates),
    }


def _csv(names: Iterable[str], inputs: Iterable[Iterable[Any]], goals: Iterable[Iterable[Any]]) -> str:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(names)
    rows.writerows([str(value) for value in (*row, *goal)] for row, goal in zip(inputs, goals, strict=True))
    return out.getvalue()


def _list(numbers: Iterable[Any]) -> str:
    return ", ".join(map(str, numbers))


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
