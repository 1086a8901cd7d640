"""What a check is told besides the formula: whose hypotheses it draws from, and from which seed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from agf_theory.proofs_check.hypotheses import Hypotheses

__all__ = ["Context", "seed_of"]


@dataclass(frozen=True)
class Context:
    """Everything that may vary between two runs of a check.

    Attributes
    ----------
    hypotheses : Hypotheses
        Those of the claim: the source of instances.
    seed : int
        Of this check alone; see `seed_of`.
    certificates : bool
        Whether the evidence should carry certificates; by default no check spends time on them.
    """

    hypotheses: Hypotheses
    seed: int
    certificates: bool = False

    def random(self) -> Random:
        """A fresh generator; every call starts over."""
        return Random(self.seed)

    def instances(self, count: int) -> Iterator[dict[str, Any]]:
        """Up to `count` instances that meet the hypotheses, small ones first."""
        return self.hypotheses.instances(self.random(), count)


def seed_of(seed: int, claim_id: str, check_name: str) -> int:
    """The seed of one check: a hash, so that it depends neither on the order of checks nor on the number of workers.

    Examples
    --------
    >>> seed_of(0, "DIAG-01", "symbolic") == seed_of(0, "DIAG-01", "symbolic") != seed_of(1, "DIAG-01", "symbolic")
    True
    """
    digest = hashlib.sha256(f"{seed}\n{claim_id}\n{check_name}".encode()).digest()
    return int.from_bytes(digest[:8], "big")
