"""What running a part of the verification comes to: whatever it raises becomes an outcome."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

from agf_theory.errors import UndecidedError
from agf_theory.proofs_check.evidence import Evidence

__all__ = ["attempted"]


def attempted(run: Callable[[], object], what: str) -> Evidence:
    """The evidence that `run` returns; undecided is inconclusive, any other exception or result an error.

    Parameters
    ----------
    run : callable
    what : str
        "the check", "the probe": who is to blame if what comes back is no evidence.

    Examples
    --------
    >>> print(attempted(lambda: 1 / 0, "the check").result)
    error
    """
    try:
        found = run()
    except UndecidedError as undecided:
        return Evidence.inconclusive(f"undecided: {undecided}")
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        return Evidence.error(f"{type(error).__name__} at {where}: {error}")
    if not isinstance(found, Evidence):
        return Evidence.error(f"{what} returned {type(found).__name__} instead of Evidence")
    return found
