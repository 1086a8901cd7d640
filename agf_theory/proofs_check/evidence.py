"""What a check hands back: evidence of a stated level, or an outcome that is no evidence."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from fractions import Fraction
from functools import total_ordering
from types import MappingProxyType
from typing import Any

from agf_theory.proofs_check.claim_view import evidence_html, evidence_line, evidence_text

__all__ = ["Evidence", "Level", "Outcome", "weakest"]


@total_ordering
class Level(Enum):
    """How strong a piece of evidence is; `Level.PROVED > Level.EXACT`.

    Members, strongest first
    ------------------------
    FORMAL     the kernel of a proof assistant accepted it
    PROVED     an exact symbolic argument for all values the hypotheses allow
    EXACT      exact arithmetic on the stated instances
    CERTIFIED  balls enclose the statement on the stated instances, each of stated width
    CONVERGED  the limit is observed, with fitted rate and its uncertainty, over decades
    SAMPLED    floating point on random instances, within a tolerance that has a reason
    """

    FORMAL = "formal"
    PROVED = "proved"
    EXACT = "exact"
    CERTIFIED = "certified"
    CONVERGED = "converged"
    SAMPLED = "sampled"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Level):
            return NotImplemented
        order = list(Level)
        return order.index(self) > order.index(other)

    def __str__(self) -> str:
        return self.value

    @property
    def about_instances(self) -> bool:
        """Whether the level speaks of stated instances rather than of every allowed value."""
        return self < Level.PROVED


class Outcome(Enum):
    """What a check can end in without giving evidence; the four are never mixed up, and none is a pass.

    REFUTED       a witness contradicts the statement
    INCONCLUSIVE  no instance met the hypotheses, balls too wide, a simplification gave up
    TIMEOUT       the time limit of the check ran out, and its process was killed
    ERROR         the check crashed; that speaks about us, not about the mathematics
    """

    REFUTED = "refuted"
    INCONCLUSIVE = "inconclusive"
    TIMEOUT = "timeout"
    ERROR = "error"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class Evidence:
    """The result of one check, with what it rests on; deliberately not a boolean.

    Attributes
    ----------
    result : Level or Outcome
    detail : str
        One sentence: what was compared, how, and what came out.
    figures : mapping of str to number, str or list of them
        Residuals, widths, rates with their uncertainty; plain data that JSON can hold. Never a timing.
    witness : plain data or None
        For `Outcome.REFUTED`, the instance that contradicts the statement (required).
    instances : int or None
        How many instances that meet the hypotheses were checked; None if the argument covers all of them.
    command : str
        What to type to repeat the check; filled in by the runner.
    certificates : mapping of str to list
        By kind, what the independent checker re-verifies: plain data in exact numbers (docs/certificates.md). Empty
        unless the run collects them; no part of the record.

    Examples
    --------
    >>> Evidence.of(Level.EXACT, "residual zero", instances=12).result
    <Level.EXACT: 'exact'>
    >>> Evidence.of(Level.EXACT, "residual zero", instances=0).result
    <Outcome.INCONCLUSIVE: 'inconclusive'>
    """

    result: Level | Outcome
    detail: str
    figures: Mapping[str, Any] = field(default_factory=dict)
    witness: Any = None
    instances: int | None = None
    command: str = ""
    certificates: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if isinstance(self.result, Level) and self.result.about_instances and not self.instances:
            raise AssertionError(f"{self.result} evidence needs at least one instance, got {self.instances}")
        if self.result is Outcome.REFUTED and self.witness is None:
            raise AssertionError("a refutation needs a witness")
        object.__setattr__(self, "figures", MappingProxyType({k: plain(v) for k, v in self.figures.items()}))
        object.__setattr__(self, "witness", plain(self.witness))
        frozen = {kind: tuple(plain(items)) for kind, items in self.certificates.items()}
        object.__setattr__(self, "certificates", MappingProxyType(frozen))

    def __repr__(self) -> str:
        return f"<Evidence {evidence_line(self)}>"

    def __str__(self) -> str:
        return evidence_text(self)

    def _repr_html_(self) -> str:
        return evidence_html(self)

    def __bool__(self) -> bool:
        raise TypeError("evidence is not a boolean: look at its level or outcome")

    def __reduce__(self) -> tuple[Any, ...]:
        plain_data = (dict(self.figures), self.witness, self.instances, self.command, dict(self.certificates))
        return Evidence, (self.result, self.detail, *plain_data)

    @classmethod
    def of(cls, level: Level, detail: str, *, instances: int | None = None, **figures: Any) -> Evidence:
        """Evidence of the given level; inconclusive if it would speak of instances and there were none."""
        if level.about_instances and not instances:
            return cls.inconclusive(f"no instance met the hypotheses ({detail})", **figures)
        return cls(level, detail, figures, instances=instances)

    @classmethod
    def refuted(cls, detail: str, witness: Any, *, instances: int | None = None, **figures: Any) -> Evidence:
        return cls(Outcome.REFUTED, detail, figures, witness, instances)

    @classmethod
    def inconclusive(cls, detail: str, **figures: Any) -> Evidence:
        return cls(Outcome.INCONCLUSIVE, detail, figures)

    @classmethod
    def timeout(cls, detail: str) -> Evidence:
        return cls(Outcome.TIMEOUT, detail)

    @classmethod
    def error(cls, detail: str) -> Evidence:
        return cls(Outcome.ERROR, detail)

    @property
    def level(self) -> Level | None:
        """The level, or None if this is no evidence."""
        return self.result if isinstance(self.result, Level) else None

    @property
    def outcome(self) -> Outcome | None:
        """The outcome, or None if this is evidence."""
        return self.result if isinstance(self.result, Outcome) else None

    def by_hand(self, argument: str) -> Evidence:
        """The same evidence, with what was argued by hand and shown by no machine named in its detail.

        Examples
        --------
        >>> Evidence.of(Level.PROVED, "one round").by_hand("induction over the rounds").detail
        'one round; by hand: induction over the rounds'
        """
        return self if self.level is None else replace(self, detail=f"{self.detail}; by hand: {argument}")

    def repeated_by(self, command: str) -> Evidence:
        """The same evidence, with the command that repeats it."""
        return replace(self, command=command)

    def certified_by(self, kind: str, items: Sequence[Any]) -> Evidence:
        """The same evidence with certificates of one kind; none if this is no evidence, or there are no items.

        Examples
        --------
        >>> Evidence.of(Level.PROVED, "a square").certified_by("missing-square", [{"sign": 1}]).certificates
        mappingproxy({'missing-square': ({'sign': 1},)})
        """
        if self.level is None or not items:
            return self
        return replace(self, certificates={**self.certificates, kind: items})

    def as_record(self) -> dict[str, Any]:
        """Plain data, in a fixed order."""
        return {
            "result": str(self.result),
            "detail": self.detail,
            "instances": self.instances,
            "figures": dict(self.figures),
            "witness": self.witness,
            "command": self.command,
        }


def weakest(links: Iterable[Evidence]) -> Evidence:
    """Join the links of one argument: as weak as the weakest of them.

    A refuted link refutes; then an error, a timeout, an inconclusive link; else the lowest level. Instances are the
    fewest that any link had; figures and certificates are joined in order.
    """
    chain = []
    for link in links:
        if link.result is Outcome.REFUTED:
            return link  # the links that are still to come, if they come one by one, are not even computed
        chain.append(link)
    if not chain:
        return Evidence.inconclusive("no link was checked")
    for outcome in (Outcome.ERROR, Outcome.TIMEOUT, Outcome.INCONCLUSIVE):
        for link in chain:
            if link.result is outcome:
                return link
    level = min(link.result for link in chain if isinstance(link.result, Level))
    certificates: dict[str, list[Any]] = {}
    for link in chain:
        for kind, items in link.certificates.items():
            certificates.setdefault(kind, []).extend(items)
    counts = [link.instances for link in chain if link.instances is not None]
    figures = {key: value for link in chain for key, value in link.figures.items()}
    detail = "; ".join(dict.fromkeys(link.detail for link in chain))
    return Evidence(level, detail, figures, instances=min(counts) if counts else None, certificates=certificates)


def plain(value: Any) -> Any:
    """Data that JSON holds and two runs print alike: exact numbers become "p/q", what is not a number its text."""
    if value is None or isinstance(value, bool):
        return value
    # Of the plain types themselves: others, such as numbers with a name, would not come back from JSON.
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, Sequence):
        return [plain(entry) for entry in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    return str(value)
