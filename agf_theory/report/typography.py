"""Plain text for a page: indices and exponents as such, as in Σ_yx and 2^(−1/6), and commands with whole options."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from agf_theory.tables.characters import visible

__all__ = ["with_scripts", "with_whole_options"]

_LETTER = r"(?:(?<![A-Za-z_.])[A-Za-zℓ]|[Α-Ωα-ω∇⊥∂∫])"
_SIGNS = r"[A-Za-z]{1,5}[0-9]*|[0-9]+|[Α-Ωα-ω⊥∥∞±*]"
# One letter, with what may stand on it: in names of files and functions an underscore joins words.
_INDEX = re.compile(rf"({_LETTER}[\u0300-\u036f]?[*⁺⊥]?)_(?:\{{([^{{}}]{{1,30}})\}}|({_SIGNS})(?![A-Za-z0-9_]|\.\w))")
_EXPONENT = re.compile(r"\^(?:\(([^()]{1,30})\)|\{([^{}]{1,30})\}|([-−]?[0-9A-Za-zα-ω]{1,4}(?:/[0-9]+)?)(?![\w(]))")
_OPTION = re.compile(r"--[a-z][a-z-]*(?: [0-9]+(?![\w.]))?")


def with_scripts(text: str) -> Markup:
    """The text, escaped, with its indices below and its exponents above the line.

    Examples
    --------
    >>> print(with_scripts("P_{U_k} B* is < 2^(−1/6) |x_k|, see modular_jump_times.py"))
    P<sub>U<sub>k</sub></sub> B* is &lt; 2<sup>−1/6</sup> |x<sub>k</sub>|, see modular_jump_times.py
    """
    # Escaping first: what the patterns find is text of ours or of a claim, and no longer markup.
    shown = str(escape("\n".join(map(visible, text.split("\n")))))
    shown = _INDEX.sub(_indexed, shown)
    return Markup(_EXPONENT.sub(lambda found: f"<sup>{found[1] or found[2] or found[3]}</sup>", shown))


def _indexed(found: re.Match[str]) -> str:
    """An index may have one of its own, as in P_{U_k}."""
    return f"{found[1]}<sub>{_INDEX.sub(_indexed, found[2] or found[3])}</sub>"


def with_whole_options(command: str) -> Markup:
    """The command, escaped, with marks around its options: a line may end before one, not after its dashes.

    Examples
    --------
    >>> print(with_whole_options("agf verify FRM-06 --check 'no force' --seed 0"))
    agf verify FRM-06 <span class="option">--check</span> &#39;no force&#39; <span class="option">--seed 0</span>
    """
    shown = str(escape("\n".join(map(visible, command.split("\n")))))
    return Markup(_OPTION.sub(r'<span class="option">\g<0></span>', shown))
