"""What the figure of linear attention shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from agf_theory.figures.flow_content import FlowContent

if TYPE_CHECKING:
    from agf_theory.numeric.attention import AttentionTrajectory
    from agf_theory.numeric.saddle_sequence import SaddleSequence
    from agf_theory.problems import InitScale, LinearAttention

__all__ = ["AttentionContent"]

Array = NDArray[np.float64]

_ACTIVE = 0.5  # of all that components end with: a head that carries more is no longer dormant
_TAIL = 1.7  # of the time of the last jump: a little more than the axis shows


@dataclass(frozen=True, eq=False)
class AttentionContent(FlowContent):
    r"""A flow of linear attention, what was predicted of it, and what its heads do.

    The coefficients are the parts :math:`\psi_j^\top M\psi_j` of :math:`M=\sum_iv_ik_iq_i^\top` along the principal
    components, which become its singular values.

    Attributes
    ----------
    head_norms : (T, H)
        Of (v, k, q), at the times of the flow.
    shares : (H, C)
        What each head adds to each coefficient in the end, :math:`v_i(\psi_j\cdot k_i)(q_i\cdot\psi_j)`.
    """

    head_norms: Array
    shares: Array

    @classmethod
    def of(
        cls,
        problem: LinearAttention,
        scale: InitScale,
        flow: AttentionTrajectory,
        predictions: Mapping[str, SaddleSequence],
    ) -> Self:
        """Put together what is shown of a flow from this scale.

        Parameters
        ----------
        problem : LinearAttention
        scale : InitScale
        flow : AttentionTrajectory
            Of `agf_theory.numeric.attention.gradient_flow`.
        predictions : mapping from "limit", "bound" or "agf" to SaddleSequence
        """
        from agf_theory.numeric.attention import component_names, components, initial_level

        shown = _at_rest(flow)
        known = components(problem, arithmetic="float")[: problem.rank]
        return cls(
            alpha=scale.text,
            names=component_names(problem)[: problem.rank],
            ends=np.array([each.strength for each in known]),
            drops=np.array([each.fall for each in known]),
            initial_loss=float(initial_level(problem)),
            flow=shown,
            predictions=predictions,
            head_norms=np.exp(np.asarray(shown.dual) * scale.log_inverse),
            shares=_shares(problem, flow),
        )

    @property
    def resting_norms(self) -> Array:
        """Norm of a balanced head that carries a component alone, (C,)."""
        return np.asarray(np.sqrt(3) * np.cbrt(self.ends))

    @property
    def carried(self) -> list[int | None]:
        """The component that each head carries in the end, None for a head that is still dormant.

        In an eigenspace of several dimensions it may carry parts of all: then the one of which it has most.
        """
        parts = self.shares / self.ends
        return [int(np.argmax(part)) if part.sum() > _ACTIVE else None for part in parts]


def _at_rest(flow: AttentionTrajectory) -> AttentionTrajectory:
    """The flow with its last state drawn out after the last jump: below some scale it ends there to rounding."""
    jumps = flow.jumps()
    if not jumps or flow.notes:  # which say that it does not rest
        return flow
    end = max(float(flow.times[-1]), _TAIL * jumps[-1].time)
    rows = (flow.losses, flow.coefficients, flow.dual, flow.utilities)
    losses, coefficients, dual, utilities = (np.concatenate([values, values[-1:]]) for values in rows)
    return replace(
        flow,
        times=np.append(flow.times, end),
        losses=losses,
        coefficients=coefficients,
        dual=dual,
        utilities=utilities,
    )


def _shares(problem: LinearAttention, flow: AttentionTrajectory) -> Array:
    weights, basis = flow.weights_at(float(flow.times[-1])), problem.eigenvectors[:, : problem.rank]
    return np.asarray(weights.v[:, None] * (weights.k @ basis) * (weights.q @ basis))
