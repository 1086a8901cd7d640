"""From a run to a report."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from agf_theory.proofs_check import Difference, MutantVerdict, NecessityVerdict, Record, Run, conclusion
from agf_theory.report.claim_entry import claim_entry
from agf_theory.report.content import Provenance, Report, SystemSection
from agf_theory.report.counterexamples import contradictions
from agf_theory.report.literature import disagreements, errata
from agf_theory.report.mutant_entries import mutant_counts
from agf_theory.report.summary import by_status, by_system, levels_found

__all__ = ["report_of"]


def report_of(
    run: Run,
    record: Record,
    differences: Sequence[Difference],
    necessity: Sequence[NecessityVerdict],
    mutants: Sequence[MutantVerdict] | None,
    made_of: Provenance,
) -> Report:
    """What a run found, section by section.

    Parameters
    ----------
    run, record
    differences : sequence of Difference
        Of the run from the record.
    necessity : sequence of NecessityVerdict
    mutants : sequence of MutantVerdict, or None
        None if no mutants were run.
    made_of : Provenance
    """
    claims = [claim_entry(verdict, run, record, differences, necessity, mutants) for verdict in run.verdicts]
    *complaints, concluded = conclusion(run, differences, mutants or (), necessity).split("\n")
    return Report(
        provenance=made_of,
        conclusion=concluded,
        complaints=tuple(complaints),
        levels=levels_found(run.verdicts),
        by_system=by_system(run.verdicts),
        by_status=by_status(run.verdicts),
        systems=tuple(
            SystemSection(name, tuple(entries)) for name, entries in groupby(claims, lambda entry: entry.system)
        ),
        mutants=mutant_counts(mutants or ()),
        counterexamples=contradictions(run.verdicts, run.seed),
        errata=errata(claims),
        disagreements=disagreements(claims),
    )
