"""The options of a single neuron: a problem of the zoo, a file with a start, or a sweep of the imbalance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from agf_theory.cli.lists import numbers, require_csv
from agf_theory.cli.problem_options import ProblemOption
from agf_theory.errors import InputError

if TYPE_CHECKING:
    from fractions import Fraction

    from agf_theory.problems import SingleNeuron

__all__ = ["NeuronOptions"]

_DELTAS: Final = "-100,-10,-1,0,1,10,100"
_COSINE, _SIZE, _GOAL, _INPUTS = "1/10", "1/1000", "1", 2
_MOST = 25

DeltaOption = Annotated[
    str | None, typer.Option("--delta", metavar="LIST", help=f"Imbalances a² - ‖w‖²; by default {_DELTAS}.")
]
CosineOption = Annotated[
    str | None, typer.Option("--cosine", metavar="X", help=f"Of w and the goal at the start; by default {_COSINE}.")
]
SizeOption = Annotated[
    str | None, typer.Option("--size", metavar="X", help=f"Size a‖w‖ at the start, signed; by default {_SIZE}.")
]
GoalOption = Annotated[str | None, typer.Option("--goal", metavar="B", help=f"Norm of the goal; by default {_GOAL}.")]
InputsOption = Annotated[int | None, typer.Option("--inputs", metavar="D", help=f"Dimension; by default {_INPUTS}.")]

DataOption = Annotated[str | None, typer.Option("--data", metavar="FILE", help="Your data: .csv; with a start.")]
TargetOption = Annotated[str | None, typer.Option("--target", metavar="NAME", help="Column of --data to predict.")]
OuterOption = Annotated[str | None, typer.Option("--a0", metavar="X", help="Outer weight at the start, on --data.")]
InnerOption = Annotated[
    str | None,
    typer.Option("--w0", metavar="LIST", help="Inner weights at the start, on --data; one number stands for all."),
]
RatesOption = Annotated[
    str | None, typer.Option("--rates", metavar="A,W", help="Learning rates of both, on --data; by default 1,1.")
]

_OWN_DATA = ("data", "target", "a0", "w0", "rates")


@dataclass(frozen=True)
class NeuronOptions:
    """A problem of the zoo, a file with a start, or a sweep of the imbalance on whitened data."""

    problem: ProblemOption = None
    delta: DeltaOption = None
    cosine: CosineOption = None
    size: SizeOption = None
    goal: GoalOption = None
    inputs: InputsOption = None

    data: DataOption = None
    target: TargetOption = None
    a0: OuterOption = None
    w0: InnerOption = None
    rates: RatesOption = None

    def require_consistent(self) -> None:
        """Raise `InputError` if a problem has its start given twice, or a file has none."""
        given = [key for key, value in vars(self).items() if value is not None]
        if self.problem is not None and (others := [key for key in given if key != "problem"]):
            raise InputError(f"--{others[0]}: a problem of the zoo has its own start; leave it or --problem out")
        if self.data is None:
            if own := [key for key in given if key in _OWN_DATA]:
                raise InputError(f"--{own[0]} goes with --data FILE, got it without")
            return
        require_csv(self.data)
        if others := [key for key in given if key not in _OWN_DATA]:
            raise InputError(f"--{others[0]}: a file has its own data and start; leave it or --data out")
        if missing := [key for key in ("target", "a0", "w0") if key not in given]:
            raise InputError(f"--{missing[0]} is required with --data: the column to predict, and the start a0, w0")

    @property
    def sweeps(self) -> bool:
        """Whether one row follows another imbalance, on data of our own making."""
        return self.problem is None and self.data is None

    def deltas(self) -> list[Fraction]:
        """The imbalances, in the order given, each once.

        Raises
        ------
        InputError
            If one is no number, or there are too many.
        """
        found = list(dict.fromkeys(numbers(_DELTAS if self.delta is None else self.delta, "--delta")))
        if len(found) > _MOST:
            raise InputError(f"--delta: at most {_MOST} imbalances are required, got {len(found)}")
        return found

    def start(self) -> dict[str, Any]:
        """What all neurons of the sweep share.

        Raises
        ------
        InputError
            If a text is no number.
        """
        given = {
            "cosine": _COSINE if self.cosine is None else self.cosine,
            "size": _SIZE if self.size is None else self.size,
            "goal": _GOAL if self.goal is None else self.goal,
        }
        ((cosine,), (size,), (goal,)) = (_one(text, f"--{key}") for key, text in given.items())
        return {"cosine": cosine, "size": size, "goal": goal, "inputs": _INPUTS if self.inputs is None else self.inputs}

    def read(self) -> dict[str, SingleNeuron]:
        """The problems, by the text of their imbalances.

        Raises
        ------
        InputError
            If a number is out of range.
        """
        from agf_theory.problems import SingleNeuron, imbalanced_neuron, zoo
        from agf_theory.tables.numbers import rational_text

        if self.problem is not None:
            found = zoo.get(self.problem, SingleNeuron)
            return {f"{found.delta:g}": found}
        if self.data is not None:
            found = self._from_file(self.data)
            return {f"{found.delta:g}": found}
        start = self.start()
        return {rational_text(delta): imbalanced_neuron(delta, **start) for delta in self.deltas()}

    def _from_file(self, data: str) -> SingleNeuron:
        from agf_theory.problems import SingleNeuron

        target, outer_text, inner_text = self.target or "", self.a0 or "", self.w0 or ""
        (outer,) = _one(outer_text, "--a0")
        inner = numbers(inner_text, "--w0")
        rates = (1, 1) if self.rates is None else numbers(self.rates, "--rates")
        found = SingleNeuron.from_csv(data, target, rates=rates)
        return found.with_start(outer, inner * found.d if len(inner) == 1 else inner)


def _one(text: str, option: str) -> list[Fraction]:
    found = numbers(text, option)
    if len(found) != 1:
        raise InputError(f"{option}: one number is required, got {len(found)}")
    return found
