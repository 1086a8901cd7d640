"""What a run was made with and of, so that somebody else can make it again; nothing that names a machine or a user."""

from __future__ import annotations

import hashlib
import platform
import shlex
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from agf_theory.proofs_check import Claim, Cost, Run, all_claims
from agf_theory.proofs_check.libraries import LIBRARIES, installed_version
from agf_theory.report.content import Provenance
from agf_theory.report.shown_value import shown_seconds

__all__ = ["code_digest", "provenance", "versions"]

_ROOT = Path(__file__).parents[1]
_DRAWING = "matplotlib"


def provenance(
    run: Run, names: Sequence[str], *, mutants: bool, made: datetime, elapsed: float, figures: bool
) -> Provenance:
    """What was run, and what was not.

    Parameters
    ----------
    run : Run
    names : sequence of str
        The ids and systems asked for; empty for all.
    mutants : bool
        Whether mutants were run.
    made : datetime
        In UTC.
    elapsed : float
        Seconds that the run took, with what was kept of earlier ones.
    figures : bool
        Whether the page has tables and figures.
    """
    full = run.cost is Cost.FULL
    options = (*names, "--full" if full else "--quick", *(["--mutants"] if mutants else []), "--seed", str(run.seed))
    return Provenance(
        command=f"agf verify {shlex.join(options)} --report DIR",
        made=f"{made:%Y-%m-%d %H:%M} UTC",
        elapsed=shown_seconds(elapsed),
        cost="all checks, quick and full" if full else "the quick checks",
        mutants="every mutant, written and bred, and those of the hypotheses" if mutants else "no mutants",
        seed=run.seed,
        code=code_digest(),
        versions=versions(),
        not_run=tuple(_not_run([verdict.claim for verdict in run.verdicts], full, mutants, figures)),
    )


def _not_run(claims: Sequence[Claim], full: bool, mutants: bool, figures: bool) -> list[str]:
    said = []
    others = len(all_claims()) - len(claims)
    if others > 0:
        said.append(f"Other claims of the package, {others} of them: name no claim to have all.")
    costly = sum(len(claim.checks) - len(claim.checks_within(Cost.QUICK)) for claim in claims)
    if not full and costly:
        said.append(f"Costly checks of these claims, {costly} of them: add --full.")
    if not mutants and claims:
        written = sum(len(claim.mutants) for claim in claims)
        said.append(f"Mutants, of which {written} are written by hand and many more are bred: add --mutants.")
    if not figures:
        said.append("Tables and figures: no system of these claims has any.")
    return said


def versions() -> tuple[tuple[str, str], ...]:
    """Of this package, the interpreter, the libraries that results rest on, and the one that draws."""
    found = [(name, installed_version(name) or "not installed") for name in ("agf-theory", *LIBRARIES, _DRAWING)]
    return (found[0], ("python", platform.python_version()), *found[1:])


@cache
def code_digest() -> str:
    """The first twelve signs of the SHA-256 digest of the package's sources and data files, in the order of names."""
    digest = hashlib.sha256()
    for path in sorted(_ROOT.rglob("*"), key=lambda path: path.relative_to(_ROOT).parts):
        if path.is_file() and path.parent.name != "__pycache__":
            digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
