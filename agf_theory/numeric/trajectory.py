"""A trajectory of gradient flow, and the jumps read off it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agf_theory.errors import UnknownName
from agf_theory.numeric.sequence_view import in_words, trajectory_html, wrapped

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Jump", "Trajectory"]

Array = NDArray[np.float64]
RULES = ("extrapolated", "half")


@dataclass(frozen=True, eq=False)
class Jump:
    """One jump of a trajectory, between two resolved plateaus.

    Attributes
    ----------
    time : float
        Effective jump time: where the joiner's exponential growth on the plateau before, extrapolated, meets its value
        on the plateau after.
    error : float
        How far `time` moves when it is read off at other instants of the two plateaus, plus the integrator's share.
    half_crossing : float
        First time the joiner reaches half its value on the plateau after.
    entered, left : tuple of int
        Neurons active after and not before, and before and not after.
    coefficients, dual : (d,) arrays
        State in the middle of the plateau after, at time `plateau_time`.
    loss : float
        Loss there.
    """

    time: float
    error: float
    half_crossing: float
    entered: tuple[int, ...]
    left: tuple[int, ...]
    coefficients: Array
    dual: Array
    plateau_time: float
    loss: float

    def __repr__(self) -> str:
        return f"<Jump at t = {self.time:.6g} to loss {self.loss:.6g}: entered {self.entered}, left {self.left}>"


@dataclass(frozen=True, eq=False)
class Trajectory:
    """Gradient flow sampled at the integrator's own steps, with dense output between them.

    Attributes
    ----------
    system, method, clock : str
        Which system, which equations were integrated, and what one unit of time is.
    names : tuple of str
        Names of the neurons.
    times : (T,) increasing
    losses : (T,)
    coefficients : (T, d)
        β.
    dual : (T, d)
        Log-scaled state s: dormant neurons move linearly in it and are active near ±1.
    utilities : (T, d)
        Greatest normalised utility of each neuron at the present residual, |∂_iL|/2.
    at : times -> (..., d) coefficients
        Dense output.
    find_jumps : () -> tuple of Jump
        How this system's jumps are read off; called once, by `jumps`.
    notes : tuple of str
    """

    system: str
    method: str
    clock: str
    names: tuple[str, ...]
    times: Array
    losses: Array
    coefficients: Array
    dual: Array
    utilities: Array
    at: Callable[[ArrayLike], Array]
    find_jumps: Callable[[], tuple[Jump, ...]]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for array in (self.times, self.losses, self.coefficients, self.dual, self.utilities):
            array.flags.writeable = False

    def jumps(self) -> tuple[Jump, ...]:
        """The jumps between resolved plateaus, in order; computed at the first call."""
        if "_jumps" not in self.__dict__:
            object.__setattr__(self, "_jumps", self.find_jumps())
        found: tuple[Jump, ...] = self.__dict__["_jumps"]
        return found

    def jump_times(self, rule: str = "extrapolated") -> Array:
        """Times of the jumps.

        Parameters
        ----------
        rule : {"extrapolated", "half"}
            "extrapolated": the effective jump time, which the corrected sequence predicts. "half": the first crossing
            of half the plateau value, which differs from it by O(1/log(1/α)).

        Raises
        ------
        UnknownName
            If the rule is neither.
        """
        if rule not in RULES:
            raise UnknownName(f"rule for jump times must be one of {', '.join(RULES)}, got {rule!r}")
        return np.array([jump.time if rule == "extrapolated" else jump.half_crossing for jump in self.jumps()])

    def jump_errors(self) -> Array:
        """Error estimates of the extrapolated jump times."""
        return np.array([jump.error for jump in self.jumps()])

    def to_frame(self) -> pd.DataFrame:
        """One row a time: loss and coefficients by name."""
        import pandas as pd

        frame = pd.DataFrame(self.coefficients, columns=list(self.names), index=pd.Index(self.times, name="time"))
        frame.insert(0, "loss", self.losses, allow_duplicates=True)
        return frame

    def __repr__(self) -> str:
        steps = in_words(len(self.times), "step")
        return f"<{type(self).__name__} {self.system}: {steps} by {self.method}, to t = {self.times[-1]:.6g}>"

    def _repr_html_(self) -> str:
        return trajectory_html(self, self.__dict__.get("_jumps"))

    def __str__(self) -> str:
        head = f"{self.system}: gradient flow by {self.method}, {len(self.times)} steps to t = {self.times[-1]:.6g}"
        lines = [head, f"clock: {self.clock}", f"loss {self.losses[0]:.9g} -> {self.losses[-1]:.9g}"]
        for k, jump in enumerate(self.jumps()):
            names = ", ".join(self.names[i] for i in jump.entered)
            left = ", ".join(self.names[i] for i in jump.left)
            tail = f"  - {left}" if left else ""
            lines.append(f"{k + 1:>4}  t = {jump.time:.9g}  loss {jump.loss:.9g}  + {names}{tail}")
        return "\n".join([*lines, *wrapped("note", self.notes)])
