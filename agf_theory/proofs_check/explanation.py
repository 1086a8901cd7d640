"""One claim explained: what it states, everything that was run for and against it, and what that comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agf_theory.markup import preformatted
from agf_theory.proofs_check.claims import Check, Claim, Cost, Origin
from agf_theory.proofs_check.mutation import MutantVerdict, refute_all_mutants
from agf_theory.proofs_check.necessity import NecessityVerdict, show_necessity
from agf_theory.proofs_check.record import Difference, Record
from agf_theory.proofs_check.runner import Progress, Store
from agf_theory.proofs_check.verdict import Verdict
from agf_theory.proofs_check.verification import Run, verify_all

__all__ = ["Explanation", "explain"]


@dataclass(frozen=True, eq=False)
class Explanation:
    """Everything `agf verify --explain` shows.

    Attributes
    ----------
    run : Run
        Of this claim alone.
    record : Record
    mutants : tuple of MutantVerdict
    necessity : tuple of NecessityVerdict
    """

    run: Run
    record: Record
    mutants: tuple[MutantVerdict, ...]
    necessity: tuple[NecessityVerdict, ...]

    def __repr__(self) -> str:
        return f"<Explanation of {self.claim.id}: {self.verdict.result}, {len(self.mutants)} mutants>"

    def __str__(self) -> str:
        from agf_theory.proofs_check.explanation_text import explanation_text

        return explanation_text(self)

    def _repr_html_(self) -> str:
        return preformatted(self)

    @property
    def verdict(self) -> Verdict:
        """The verdict on the claim."""
        return self.run.verdicts[0]

    @property
    def claim(self) -> Claim:
        """The claim that is explained."""
        return self.verdict.claim

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Where the run differs from the record."""
        return self.record.differences(self.run)

    @property
    def left_out(self) -> tuple[Check, ...]:
        """The checks that a run of this cost does not execute."""
        ran = self.claim.checks_within(self.run.cost)
        return tuple(check for check in self.claim.checks if check not in ran)

    @property
    def complaints(self) -> tuple[str, ...]:
        """What is not as it should be, a line each; none if the verdict is as recorded and all else was shown."""
        lines = [str(difference) for difference in self.differences]
        lines += [f"{m.claim.id} mutant survives: {m.mutant.name}" for m in self.mutants if m.survives]
        lines += [n.complaint for n in self.necessity if not n.shown]
        return tuple(lines)


def explain(
    claim: Claim,
    record: Record,
    *,
    cost: Cost = Cost.QUICK,
    seed: int = 0,
    workers: int = 0,
    progress: Progress | None = None,
    store: Store | None = None,
) -> Explanation:
    """Run the checks of a claim, on the claim, on its mutants and at its witnesses of necessity.

    Parameters
    ----------
    claim : Claim
    record : Record
        What the verdict is compared with.
    cost, seed, workers, progress, store
        As for `verify_all`.
    """
    claims: Sequence[Claim] = (claim,)
    return Explanation(
        verify_all(claims, cost=cost, seed=seed, workers=workers, progress=progress, store=store),
        record,
        refute_all_mutants(
            claims,
            cost=cost,
            seed=seed,
            workers=workers,
            progress=progress,
            store=store,
            origins=(Origin.WRITTEN,),
        ),
        show_necessity(claims, seed=seed, workers=workers, progress=progress, store=store),
    )
