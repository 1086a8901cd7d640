"""The libraries that what a check finds rests on, and their versions."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

__all__ = ["LIBRARIES", "installed_version"]

LIBRARIES = (
    "sympy", "mpmath", "gmpy2", "python-flint", "numpy", "scipy", "hypothesis", "pandas", "scikit-learn",
    "scikit-sundae",
)  # fmt: skip
"""By the names under which they are installed. gmpy2 and the last two are optional, and count where they are there."""


def installed_version(library: str) -> str | None:
    """The version that is installed; None if it is not.

    Examples
    --------
    >>> installed_version("no-such-library") is None
    True
    """
    try:
        return version(library)
    except PackageNotFoundError:
        return None
