"""Necessity: a hypothesis earns its place by an instance that breaks it alone, and at which the statement fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agf_theory.proofs_check.child import Job
from agf_theory.proofs_check.claims import Check, Claim, Necessity
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.evidence import Evidence, Level, plain
from agf_theory.proofs_check.runner import Progress, Store, run_jobs

__all__ = ["NecessityVerdict", "as_check", "failure", "show_necessity"]


@dataclass(frozen=True, eq=False)
class NecessityVerdict:
    """How one witness of necessity fared.

    Attributes
    ----------
    claim : Claim
    necessity : Necessity
    evidence : Evidence
        Of a stated level if the statement fails at the witness; refuted if it holds there, if the witness does not
        break the hypothesis, or if it breaks another one too.
    """

    claim: Claim
    necessity: Necessity
    evidence: Evidence

    def __repr__(self) -> str:
        shown = "needed" if self.shown else "not shown to be needed"
        return f"<NecessityVerdict {self.claim.id} {self.necessity.dropped}: {shown}, {self.evidence.result}>"

    @property
    def shown(self) -> bool:
        """Whether the hypothesis was shown to be needed: no outcome without a level shows it."""
        return self.evidence.level is not None

    @property
    def complaint(self) -> str:
        """One line for a hypothesis that was not shown to be needed."""
        return f"{self.claim.id} not shown to be needed: {self.necessity.dropped} ({self.evidence.result})"

    def as_record(self) -> dict[str, Any]:
        """Plain data, in a fixed order."""
        return {
            "claim": self.claim.id,
            "dropped": str(self.necessity.dropped),
            "kept": list(map(str, self.necessity.kept)),
            "at": plain(self.necessity.witness),
            "shown": self.shown,
            "evidence": self.evidence.as_record(),
        }


def failure(fails: bool, level: Level, detail: str, witness: Mapping[str, Any], **figures: Any) -> Evidence:
    """What a `Necessity.fails` returns once it has decided: evidence of a failure, or a refutation of it.

    Examples
    --------
    >>> print(failure(True, Level.EXACT, "a threshold below zero is never met", {"N_0": 2}).result)
    exact
    >>> print(failure(False, Level.EXACT, "a threshold below zero is never met", {"N_0": 2}).result)
    refuted
    """
    if not fails:
        return Evidence.refuted(f"the statement does not fail at the witness, not so: {detail}", witness, **figures)
    return Evidence.of(level, detail, instances=1, **figures)


def show_necessity(
    claims: Sequence[Claim],
    *,
    seed: int = 0,
    workers: int = 0,
    progress: Progress | None = None,
    store: Store | None = None,
) -> tuple[NecessityVerdict, ...]:
    """Put every claim to the test at its witnesses of necessity; parameters as for `verify_all`."""
    pairs = [(claim, necessity) for claim in claims for necessity in claim.necessity]
    jobs = [Job(claim, as_check(necessity), claim.formula, seed, necessity=True) for claim, necessity in pairs]
    findings = run_jobs(jobs, workers=workers, progress=progress, store=store)
    return tuple(
        NecessityVerdict(claim, necessity, found.evidence)
        for (claim, necessity), found in zip(pairs, findings, strict=True)
    )


def as_check(necessity: Necessity) -> Check:
    """The test as a check, so that it has a process of its own and a time limit."""

    def run(formula: Any, context: Context) -> Evidence:
        witness = necessity.witness
        if necessity.dropped.holds(witness):
            return Evidence.refuted("the witness meets the hypothesis that is dropped", witness)
        for hypothesis in necessity.kept:
            if not hypothesis.holds(witness):
                return Evidence.refuted(f"the witness breaks another hypothesis too: {hypothesis}", witness)
        return necessity.fails(formula, witness)

    return Check(f"without {necessity.dropped}", run, time_limit=necessity.time_limit)
