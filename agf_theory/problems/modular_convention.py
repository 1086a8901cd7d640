"""How a paper or a program normalises modular addition: data only, from which conversion factors are computed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from agf_theory.errors import InputError

__all__ = ["ModularConvention"]

_CHOICES: dict[str, tuple[str | int, ...]] = {
    "pairs": ("mean", "sum"),
    "cross_factor": (2, 1),
    "norm": ("joint", "separate"),
    "dft": ("unnormalised", "unitary"),
    "loss": ("half", "coordinate mean"),
}


@dataclass(frozen=True)
class ModularConvention:
    r"""One choice for each normalisation in which published formulas for modular addition differ.

    Attributes
    ----------
    pairs : "mean" or "sum"
        Over the p² pairs (a, b), in the loss and in the utility.
    cross_factor : 2 or 1
        2 for neurons :math:`(u\cdot x_a+v\cdot x_b)^2w`; 1 for bilinear ones, :math:`(u\cdot x_a)(v\cdot x_b)w`.
    norm : "joint" or "separate"
        Utility is maximised under :math:`\|u\|^2+\|v\|^2+\|w\|^2=1`, or under :math:`\|u\|=\|v\|=\|w\|=1`.
    dft : "unnormalised" or "unitary"
        :math:`\hat x_k=\sum_ax_ae^{-2\pi ika/p}`, or that divided by :math:`\sqrt p`.
    loss : "half" or "coordinate mean"
        :math:`\tfrac12\|\cdot\|^2` of a pair's error, or :math:`\tfrac1p\|\cdot\|^2`, the mean over its p coordinates.

    The default is the convention of every time and every loss in this package.

    Raises
    ------
    InputError
        If a choice is none of those.

    Examples
    --------
    >>> ModularConvention(norm="separate").pairs
    'mean'
    """

    pairs: Literal["mean", "sum"] = "mean"
    cross_factor: Literal[2, 1] = 2
    norm: Literal["joint", "separate"] = "joint"
    dft: Literal["unnormalised", "unitary"] = "unnormalised"
    loss: Literal["half", "coordinate mean"] = "half"

    def __post_init__(self) -> None:
        for field in fields(self):
            chosen, allowed = getattr(self, field.name), _CHOICES[field.name]
            if isinstance(chosen, bool) or chosen not in allowed:
                raise InputError(f"{field.name}: {' or '.join(map(repr, allowed))} is required, got {chosen!r:.40}")
