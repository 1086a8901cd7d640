"""A flow of a network on one-dimensional data, and what can be read off it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agf_theory.markup import preformatted
from agf_theory.problems import OneDimensionalNetwork

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["WidthTrajectory"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class WidthTrajectory:
    """All weights at some instants.

    Attributes
    ----------
    problem : OneDimensionalNetwork
    times : (T,)
        Flow time of the loss with one half.
    u : (T, H)
    v : (T, H)
        W n.
    W : (T, H, D), or None if the problem has v alone
    steps : int
        Of the integrator.
    """

    problem: OneDimensionalNetwork
    times: Array
    u: Array
    v: Array
    W: Array | None
    steps: int

    def __post_init__(self) -> None:
        for array in (self.times, self.u, self.v, self.W):
            if array is not None:
                array.flags.writeable = False

    def __repr__(self) -> str:
        return f"<WidthTrajectory: H = {self.problem.width}, {len(self.times)} instants to t = {self.times[-1]:.6g}>"

    def __str__(self) -> str:
        head = f"finite-width: gradient flow of {self.problem.width} neurons, {self.steps} steps"
        loss = f"loss {self.losses[0]:.9g} -> {self.losses[-1]:.9g}"
        output = f"output {self.outputs[0]:.6g} -> {self.outputs[-1]:.6g}"
        return f"{head} to t = {self.times[-1]:.6g}\n{loss}; {output}"

    def _repr_html_(self) -> str:
        return preformatted(self)

    @property
    def outputs(self) -> Array:
        """(T,) output on the effective input, γ √(E a²) u·v."""
        return np.asarray(self.problem.gamma * self.problem.xi * np.einsum("ti,ti->t", self.u, self.v))

    @property
    def losses(self) -> Array:
        """(T,) half the mean square of output minus target, over the data."""
        return (self.outputs - self.problem.y_bar) ** 2 / 2 + float(self.problem.loss_constant)

    @property
    def alignments(self) -> Array:
        """(T,) cosine of the angle between u and v; not a number where one of them is zero."""
        norms = np.linalg.norm(self.u, axis=1) * np.linalg.norm(self.v, axis=1)
        inner = np.einsum("ti,ti->t", self.u, self.v)
        return np.asarray(np.divide(inner, norms, out=np.full_like(inner, np.nan), where=norms > 0))

    @property
    def kernels(self) -> Array:
        """(T,) neural tangent kernel on the effective input: squared derivatives by all weights, times rates."""
        of_u, of_v = self.problem.effective_rates
        by_u, by_v = np.einsum("ti,ti->t", self.v, self.v), np.einsum("ti,ti->t", self.u, self.u)
        return np.asarray((self.problem.gamma * self.problem.xi) ** 2 * (of_u * by_u + of_v * by_v))

    @property
    def kernel_ratio(self) -> float:
        """Tangent kernel at the end over that at the start: how lazy the network is in function space."""
        first, *_, last = self.kernels
        return float(last / first)

    @property
    def alignment_change(self) -> float:
        """Cosine at the end minus cosine at the start: how far the representation turns."""
        first, *_, last = self.alignments
        return float(last - first)

    @property
    def relative_changes(self) -> tuple[float, float]:
        """How far u and v move from the start, over their norms there."""
        moved = [float(np.linalg.norm(x[-1] - x[0]) / np.linalg.norm(x[0])) for x in (self.u, self.v)]
        return moved[0], moved[1]

    def to_frame(self) -> pd.DataFrame:
        """One row an instant: loss, output, alignment, kernel, norms."""
        import pandas as pd

        columns = {
            "loss": self.losses,
            "output": self.outputs,
            "alignment": self.alignments,
            "kernel": self.kernels,
            "norm of u": np.linalg.norm(self.u, axis=1),
            "norm of v": np.linalg.norm(self.v, axis=1),
        }
        return pd.DataFrame(columns, index=pd.Index(self.times, name="time"))
