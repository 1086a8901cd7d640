"""What the figure of modular addition shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from agf_theory.figures.flow_content import FlowContent

if TYPE_CHECKING:
    from agf_theory.numeric.modular import ModularTrajectory, Portrait
    from agf_theory.numeric.saddle_sequence import SaddleSequence
    from agf_theory.problems import InitScale, ModularAddition

__all__ = ["FourierContent", "Output"]

Array = NDArray[np.float64]

_MOST_OUTPUTS = 4


@dataclass(frozen=True, eq=False)
class Output:
    """The answer of the net to one pair of inputs.

    Attributes
    ----------
    label : str
        When.
    values : (p,)
    """

    label: str
    values: Array


@dataclass(frozen=True, eq=False)
class FourierContent(FlowContent):
    """A flow on modular addition, what was predicted of it, and what it ended with.

    The coefficients are powers of the output by frequency, and end at the energies of the template's parts.

    Attributes
    ----------
    target : (p,)
        What the net should say.
    outputs : tuple of Output
        What it says, before the first jump and on plateaus.
    portrait : Portrait
        Of the weights at the end.
    """

    target: Array
    outputs: tuple[Output, ...]
    portrait: Portrait

    @classmethod
    def of(
        cls,
        problem: ModularAddition,
        scale: InitScale,
        flow: ModularTrajectory,
        predictions: Mapping[str, SaddleSequence],
    ) -> Self:
        """Put together what is shown of a flow from this scale.

        Parameters
        ----------
        problem : ModularAddition
        scale : InitScale
        flow : ModularTrajectory
            Of `agf_theory.numeric.modular.gradient_flow`.
        predictions : mapping from "formula", "bound" or "agf" to SaddleSequence
        """
        from agf_theory.numeric.modular import frequency_names, portrait

        energies = np.array([problem.energy(k) for k in problem.classes])
        return cls(
            alpha=scale.text,
            names=frequency_names(problem),
            ends=energies,
            drops=energies / 2,
            initial_loss=float(energies.sum()) / 2,
            flow=flow,
            predictions=predictions,
            target=problem.template,
            outputs=_outputs(problem, flow),
            portrait=portrait(problem, *flow.weights_at(float(flow.times[-1]))),
        )


def _outputs(problem: ModularAddition, flow: ModularTrajectory) -> tuple[Output, ...]:
    """Before the first jump, on the plateaus between, and at the end; evenly chosen where there are many."""
    from agf_theory.numeric.modular import frequency_names, network_output

    names, jumps = frequency_names(problem), flow.jumps()
    moments = [("start", 0.0)]
    moments += [(f"after {', '.join(names[k] for k in jump.entered)}", jump.plateau_time) for jump in jumps[:-1]]
    moments.append(("end", float(flow.times[-1])))
    if len(moments) > _MOST_OUTPUTS:
        step = (len(moments) - 1) / (_MOST_OUTPUTS - 1)
        moments = [moments[round(i * step)] for i in range(_MOST_OUTPUTS)]
    return tuple(Output(label, network_output(problem, *flow.weights_at(at), 0, 0)) for label, at in moments)
