"""What a sequence that ends before its last mode has to say about it."""

from __future__ import annotations

__all__ = ["unfinished"]


def unfinished(learned: int, wanted: int, slow: float) -> tuple[str, ...]:
    """A note if fewer modes were learned than there are, and neurons to learn them; nothing otherwise.

    Parameters
    ----------
    learned, wanted : int
    slow : float
        Part of σ_1 below which a rate counts as none.

    Examples
    --------
    >>> unfinished(1, 2, 1e-7)
    ('1 of 2 modes learned: what is left grows nothing faster than 1e-07 of the first rate, and is not followed',)
    >>> unfinished(2, 2, 1e-7)
    ()
    """
    if learned >= wanted:
        return ()
    left = f"what is left grows nothing faster than {slow:g} of the first rate, and is not followed"
    return (f"{learned} of {wanted} modes learned: {left}",)
