"""What is said of an error that is nobody's input."""

from __future__ import annotations

__all__ = ["defect"]


def defect(error: Exception) -> str:
    """The line for the page; the traceback belongs into the terminal.

    >>> defect(ZeroDivisionError("division by zero"))
    'a defect of this program, please report it: ZeroDivisionError: division by zero; its traceback stands in ...'
    """
    return (
        f"a defect of this program, please report it: {type(error).__name__}: {error}; "
        "its traceback stands in the terminal that runs agf explore"
    )
