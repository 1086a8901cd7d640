"""The two conventions for the initialisation; every other formula depends on them through one scale."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Literal, get_args

from sympy import Expr

from agf_theory.closed_form import symbols as sym
from agf_theory.errors import UnknownName

__all__ = ["CONVENTIONS", "Convention", "convention_is_paper", "product_scale"]

Convention = Literal["paper", "slides"]
CONVENTIONS: tuple[Convention, ...] = get_args(Convention)


def product_scale(convention: Convention = "paper") -> Expr:
    r"""The scale `m` of the hyperbolic coordinates.

    .. math:: u^2-v^2 = 2m,\quad \beta = m\sinh2\varphi,\quad \|\theta\|^2 = 2m\cosh2\varphi;\qquad
              m = \alpha^2\ \text{(paper)},\quad m = \alpha^2/2\ \text{(slides)}

    Parameters
    ----------
    convention : {"paper", "slides"}
        Start at u = sqrt(2)*alpha, v = 0 (paper) or at u = alpha, v = 0 (slides).

    Returns
    -------
    Expr in alpha

    Raises
    ------
    UnknownName
        If the convention is neither.

    Source
    ------
    [kunin2025], diagonal linear networks (paper); the authors' slides (slides).

    Examples
    --------
    >>> product_scale("paper"), product_scale("slides")
    (alpha**2, alpha**2/2)
    """
    if convention not in CONVENTIONS:
        close = get_close_matches(str(convention), CONVENTIONS, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise UnknownName(f"convention must be 'paper' or 'slides', got {convention!r}{hint}")
    return sym.alpha**2 if convention == "paper" else sym.alpha**2 / 2


def convention_is_paper(convention: Convention) -> bool:
    """Whether the convention is the paper's; raises `UnknownName` if it is neither."""
    return bool(product_scale(convention) == product_scale("paper"))
