"""A single linear neuron in time: its weights, its map and its loss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agf_theory.markup import preformatted

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["NeuronTrajectory"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class NeuronTrajectory:
    """Gradient flow of a single linear neuron at the integrator's own steps, with dense output between them.

    Attributes
    ----------
    method : str
        Which integrator.
    times : (T,) increasing
        Flow time of the loss 1/2 ‖Xβ − y‖².
    losses : (T,)
    outer : (T,)
        The outer weight a.
    inner : (T, d)
        The inner weights w.
    imbalance : float
        What is conserved, η_w a² − η_a‖w‖², at the start.
    weights_at : times -> (...), (..., d)
        Outer and inner weights, by dense output.
    settled : bool
        Whether the flow ended because nothing moved any more.
    """

    method: str
    times: Array
    losses: Array
    outer: Array
    inner: Array
    imbalance: float
    weights_at: Callable[[ArrayLike], tuple[Array, Array]]
    settled: bool

    def __post_init__(self) -> None:
        for array in (self.times, self.losses, self.outer, self.inner):
            array.flags.writeable = False

    @property
    def maps(self) -> Array:
        """(T, d): β = a w."""
        return np.asarray(self.outer[:, None] * self.inner)

    def at(self, times: ArrayLike) -> Array:
        """The map β at given times, (..., d), by dense output.

        Raises
        ------
        InputError
            If a time lies outside the trajectory.
        """
        outer, inner = self.weights_at(times)
        return np.asarray(outer[..., None] * inner)

    def to_frame(self) -> pd.DataFrame:
        """One row a time: loss, a, w1 ... wd."""
        import pandas as pd

        frame = pd.DataFrame(
            self.inner,
            columns=[f"w{i + 1}" for i in range(self.inner.shape[1])],
            index=pd.Index(self.times, name="time"),
        )
        frame.insert(0, "a", self.outer)
        frame.insert(0, "loss", self.losses)
        return frame

    def __repr__(self) -> str:
        return f"<NeuronTrajectory: {len(self.times)} steps by {self.method}, to t = {self.times[-1]:.6g}>"

    def _repr_html_(self) -> str:
        return preformatted(self)

    def __str__(self) -> str:
        end = "settled" if self.settled else "ended"
        norm = float(np.linalg.norm(self.inner[-1]))
        return (
            f"neuron: gradient flow by {self.method}, {len(self.times)} steps, {end} at t = {self.times[-1]:.6g}\n"
            f"loss {self.losses[0]:.9g} -> {self.losses[-1]:.9g}; a = {self.outer[-1]:.6g}, ‖w‖ = {norm:.6g}"
        )
