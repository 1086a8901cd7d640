"""Counts: how many claims there are of each system and status, by evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from agf_theory.proofs_check import Level, Outcome, Status, Verdict
from agf_theory.proofs_check.explanation_text import MEANING
from agf_theory.report.content import Count

__all__ = ["RESULTS", "by_status", "by_system", "levels_found"]

RESULTS: tuple[Level | Outcome, ...] = (*Level, *Outcome)
"""Every level, strongest first, then every outcome that is no evidence."""


def levels_found(verdicts: Sequence[Verdict]) -> tuple[tuple[str, str], ...]:
    """The levels and outcomes that occur, in order, with what each says: the columns of the counts."""
    found = {verdict.result for verdict in verdicts}
    return tuple((str(result), MEANING[result]) for result in RESULTS if result in found)


def by_system(verdicts: Sequence[Verdict]) -> tuple[Count, ...]:
    """One row a system, in the order of the claims."""
    return _counts(verdicts, dict.fromkeys(verdict.claim.system for verdict in verdicts), lambda v: v.claim.system)


def by_status(verdicts: Sequence[Verdict]) -> tuple[Count, ...]:
    """One row a status that occurs."""
    present = {verdict.claim.status for verdict in verdicts}
    labels = [str(status) for status in Status if status in present]
    return _counts(verdicts, labels, lambda v: str(v.claim.status))


def _counts(
    verdicts: Sequence[Verdict], labels: Iterable[str], label_of: Callable[[Verdict], str]
) -> tuple[Count, ...]:
    columns = [result for result in RESULTS if any(verdict.result is result for verdict in verdicts)]
    return tuple(
        Count(label, tuple(sum(label_of(v) == label and v.result is result for v in verdicts) for result in columns))
        for label in labels
    )
