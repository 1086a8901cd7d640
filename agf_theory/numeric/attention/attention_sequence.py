"""A saddle-to-saddle sequence by principal component, with the heads behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agf_theory.numeric.saddle_sequence import SaddleSequence

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["AttentionSequence"]


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class AttentionSequence(SaddleSequence):
    """A `SaddleSequence` whose names, events and active sets are components, and whose saddles are their strengths.

    Attributes
    ----------
    winners : tuple of tuple of int
        At each jump the heads (from zero) that activate.
    dormant_norms : (K, H) read-only array
        Row k: the norms of the heads, over α, at the beginning of the plateau that jump k ends, nan for active ones;
        row 0 is the start.
    margins : (K,) read-only array
        By how much later the next head would have won, relative to the length of the plateau; inf if none would.
    """

    winners: tuple[tuple[int, ...], ...]
    dormant_norms: NDArray[np.float64]
    margins: NDArray[np.float64]

    def __post_init__(self) -> None:
        super().__post_init__()
        assert {len(self.winners), len(self.dormant_norms), len(self.margins)} == {len(self)}, "one entry a jump"
        for array in (self.dormant_norms, self.margins):
            array.flags.writeable = False

    def to_frame(self) -> pd.DataFrame:
        """One row a jump, as of any sequence, and the heads that activated, from one on."""
        frame = super().to_frame()
        heads = [", ".join(str(head + 1) for head in heads) for heads in self.winners]
        frame.insert(2, "head", heads)
        return frame
