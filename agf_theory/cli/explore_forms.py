"""The pages of `agf explore`: each system's options, arranged by the places a problem comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Final, get_args

from typer.models import OptionInfo

from agf_theory.cli.commands import Parameters, own_parameters, parameter
from agf_theory.cli.jump_panels import show_option
from agf_theory.cli.system import FIGURE_ONLY, TABLE_ONLY, System
from agf_theory.cli.systems import QUANTITY_SYSTEMS, SYSTEMS

if TYPE_CHECKING:
    from agf_theory.explore import Choice, Field, MethodChoice, SystemForm

__all__ = ["system_forms"]

_EXAMPLE: Final = "x1,x2,x3,y\n2,0,1,4\n1,1,0,3\n0,1,-1,0\n-1,1,0,-1\n0,-1,1,1\n"
_TWO_TARGETS: Final = "x1,x2,x3,y1,y2\n3,0,1,4,1\n1,1,0,2,-1\n0,2,-1,1,2\n-2,1,0,-3,1\n0,-1,2,1,0\n"
_COVARIANCE: Final = "x1,x2,x3\n2,0,0.5\n-2,0.5,0\n0,1,-0.5\n1,-1,0\n-1,-0.5,0\n"


@dataclass(frozen=True)
class _Arrangement:
    """How a system's options are laid out.

    Attributes
    ----------
    sources : mapping from key to (title, names of options)
        An option may go with several; one that is named nowhere goes with all.
    values : mapping from option, or from "source.option", to what stands in it at first
    unasked : tuple of str
        Methods that are not asked for at first: too slow to follow a slider, or one too many for the eye.
    """

    sources: Mapping[str, tuple[str, tuple[str, ...]]]
    values: Mapping[str, str] = field(default_factory=dict)
    unasked: tuple[str, ...] = ()


_ZOO: Final = "a problem of the zoo"
_REAL: Final = "real data"
_CONTEXT: Final = ("context_length", "normalisation")
_ARRANGED: Final = {
    "diagonal": _Arrangement(
        {
            "own": ("your data", ("data", "target", "standardize")),
            "zoo": (_ZOO, ("problem", "standardize")),
            "real": (_REAL, ("dataset", "target", "standardize")),
        },
        {"data": _EXAMPLE, "own.target": "y", "dataset": "diabetes", "problem": "reactivation"},
    ),
    "linear": _Arrangement(
        {
            "own": ("your data", ("data", "targets", "standardize")),
            "zoo": (_ZOO, ("problem",)),
            "real": (_REAL, ("dataset", "standardize")),
        },
        {"data": _TWO_TARGETS, "targets": "y1,y2", "dataset": "linnerud", "problem": "reversed"},
        ("glrl", "agf", "refined"),
    ),
    "modular": _Arrangement(
        {
            "template": ("your template", ("template",)),
            "zoo": (_ZOO, ("problem",)),
            "own": ("a file of numbers", ("data",)),
            "spectrum": ("a spectrum", ("spectrum", "p")),
        },
        {
            "template": "3, 1, -1/2, 0, -2, -3/2",
            "data": "3 1 -1/2\n0 -2 -3/2\n",
            "spectrum": "1=3, 2=1+2i, 3=4",
            "p": "6",
            "problem": "nyquist-dominant",
        },
        ("agf", "gf"),
    ),
    "attention": _Arrangement(
        {
            "eigenvalues": ("eigenvalues", ("eigenvalues", *_CONTEXT)),
            "sigma": ("a covariance", ("sigma", *_CONTEXT)),
            "zoo": (_ZOO, ("problem",)),
            "own": ("your data", ("data", "columns", "standardize", *_CONTEXT)),
            "real": (_REAL, ("dataset", "standardize", *_CONTEXT)),
        },
        {
            "eigenvalues": "1, 0.5, 0.2",
            "sigma": "1, 0.5; 0.5, 1",
            "context_length": "31",
            "data": _COVARIANCE,
            "dataset": "linnerud",
            "problem": "reference-run",
        },
        ("agf",),
    ),
    "neuron": _Arrangement(
        {
            "sweep": ("a sweep of the imbalance", ("delta", "cosine", "size", "goal", "inputs")),
            "own": ("your data", ("data", "target", "a0", "w0", "rates")),
            "zoo": (_ZOO, ("problem",)),
        },
        {
            "delta": "-10,-1,0,1,10",
            "cosine": "0.1",
            "size": "0.001",
            "goal": "1",
            "data": _EXAMPLE,
            "target": "y",
            "a0": "0.1",
            "w0": "0.01",
            "problem": "rich-neuron",
        },
    ),
    "finite-width": _Arrangement(
        {
            "widths": ("Gaussian starts", ("widths", "exponents", "target", "seed")),
            "given": ("one network", ("u", "v", "target", "gamma", "rates")),
            "zoo": (_ZOO, ("problem",)),
        },
        {
            "widths": "10,100,1000",
            "exponents": "1/2",
            "u": "1, 1/2",
            "v": "0.2, -0.4",
            "target": "1",
            "problem": "line-rotation",
        },
    ),
}
_CHOICES: Final = {"convention": ("paper", "slides"), "normalisation": ("sum", "mean")}


def system_forms() -> tuple[SystemForm, ...]:
    """One for each system that the commands know, in their order."""
    return tuple(_form(name, system) for name, system in {**SYSTEMS, **QUANTITY_SYSTEMS}.items())


def _form(name: str, system: Any) -> SystemForm:
    from agf_theory.explore import Source, SystemForm

    arranged = _ARRANGED[name]
    options = {**own_parameters(system.options), **_of_panels(system)}
    titles = {key: title for key, (title, _) in arranged.sources.items()}
    placed = {option for _, names in arranged.sources.values() for option in names}
    sources = tuple(
        Source(key, titles[key], tuple(_field(name, key, options[option]) for option in names))
        for key, (_, names) in arranged.sources.items()
    )
    others = tuple(_field(name, "", each) for option, each in options.items() if option not in placed)
    return SystemForm(name, _title(name, system), sources, others, tuple(_methods(system, arranged.unasked)))


def _of_panels(system: Any) -> Parameters:
    """The option that chooses the panels of a figure, where there is a choice."""
    panels = system.panels if isinstance(system, System) else None
    return {} if panels is None else {"show": parameter("show", Annotated[show_option(panels), FIGURE_ONLY], None)}


def _title(name: str, system: Any) -> str:
    return system.title if isinstance(system, System) else name.replace("-", " ")


def _methods(system: Any, unasked: tuple[str, ...]) -> Iterator[MethodChoice]:
    from agf_theory.explore import MethodChoice

    for key, method in system.methods.items() if isinstance(system, System) else ():
        yield MethodChoice(key, method.meaning, method.needs_scale, key not in unasked)


def _field(name: str, source: str, option: Any) -> Field:
    """The field of one option, which says itself what it is."""
    from agf_theory.explore import Field

    about = next(each for each in get_args(option.annotation) if isinstance(each, OptionInfo))
    values = _ARRANGED[name].values
    choices = _choices(name, option.name)
    first = values.get(f"{source}.{option.name}", values.get(option.name, _first(option.default)))
    return Field(
        key=f"{source}.{option.name}" if source else option.name,
        option=f"--{option.name.replace('_', '-')}",
        kind=_kind(name, option, choices),
        about=about.help or "",
        value=first if source != "real" or option.name != "target" else "",
        default=_first(option.default),
        choices=choices,
        table_only=TABLE_ONLY in get_args(option.annotation),
        figure_only=FIGURE_ONLY in get_args(option.annotation),
    )


def _first(default: Any) -> str:
    return "" if default is None or default is False else str(default)


def _kind(name: str, option: Any, choices: tuple[Choice, ...]) -> Any:
    if choices:
        return "choice"
    if option.name == "data":
        return "numbers" if name == "modular" else "csv"
    kinds = set(get_args(get_args(option.annotation)[0])) or {get_args(option.annotation)[0]}
    return "flag" if bool in kinds else "whole" if int in kinds else "text"


def _choices(name: str, option: str) -> tuple[Choice, ...]:
    from agf_theory.explore import Choice
    from agf_theory.problems import zoo
    from agf_theory.problems.datasets import dataset_names

    if option == "problem":
        return tuple(Choice(each.name, f"{each.name}: {each.title}") for each in zoo.entries(name))
    known = dataset_names() if option == "dataset" else _CHOICES.get(option, ())
    return tuple(Choice(value, value) for value in known)
