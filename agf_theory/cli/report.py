"""`agf verify --report DIR`: where the report goes, looked at before the run, and written after it."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from agf_theory.cli.exhibits import exhibits_of
from agf_theory.cli.verify_options import VerifyOptions

if TYPE_CHECKING:
    from agf_theory.proofs_check import Difference, MutantVerdict, NecessityVerdict, Record, Run

__all__ = ["PlannedReport", "planned_report"]


@dataclass(frozen=True)
class PlannedReport:
    """A report that is to be written when the run has ended.

    Attributes
    ----------
    folder : Path
    options : VerifyOptions
    begun : float
        On the clock of `time.monotonic`.
    """

    folder: Path
    options: VerifyOptions
    begun: float = field(default_factory=time.monotonic)

    def write(
        self,
        run: Run,
        record: Record,
        differences: Sequence[Difference],
        necessity: Sequence[NecessityVerdict],
        mutants: Sequence[MutantVerdict] | None,
    ) -> None:
        """Write the page and the data, whatever the run found, and say where; `mutants` is None if none were run."""
        from agf_theory.report import machine_readable, page_of, provenance, report_of, write_report

        elapsed = time.monotonic() - self.begun
        exhibits = exhibits_of(dict.fromkeys(verdict.claim.system for verdict in run.verdicts))
        made_of = provenance(
            run,
            self.options.names,
            mutants=mutants is not None,
            made=datetime.now(UTC),
            elapsed=elapsed,
            figures=bool(exhibits),
        )
        found = (run, record, differences, necessity, mutants, made_of)
        write_report(self.folder, page_of(report_of(*found), exhibits), machine_readable(*found))
        if not self.options.quiet:
            print(f"report in {self.folder / 'index.html'}", file=sys.stderr)


def planned_report(options: VerifyOptions) -> PlannedReport:
    """The report that ``--report`` asks for.

    Raises
    ------
    InputError, MissingInput
        If it cannot be written there.
    """
    from agf_theory.report import require_report_folder

    return PlannedReport(require_report_folder(options.report or ""), options)
