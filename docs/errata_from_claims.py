"""The page on errata and new results, written from the claims when the page is built."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from agf_theory.proofs_check import Claim, Cost, MutantVerdict, Origin, Record, Status, all_claims, refute_all_mutants
from agf_theory.report import OURS, PUBLISHED
from agf_theory.report.typography import with_scripts

_MARKUP = re.compile(r"([\\`*_\[\]$#~|])")
_KEY = re.compile(r"\b([a-z]+(?:19|20)\d\d[a-z]?)\b")
_LONGEST_WITNESS = 400


def disagreements(*, errata: bool) -> str:
    """The claims that contradict a source, in Markdown: those of status erratum, or the others."""
    chosen = [claim for claim in all_claims() if claim.id in PUBLISHED or claim.status is Status.ERRATUM]
    record = Record.load()
    return "\n\n".join(_disagreement(c, record) for c in chosen if (c.status is Status.ERRATUM) is errata)


def _disagreement(claim: Claim, record: Record) -> str:
    lines = [
        f"**{claim.id}: {escaped(claim.title)}**",
        "",
        f"- *where:* {source_of(claim)}",
        *(f"- *says:* {escaped(verdict.mutant.description)}" for verdict in refutations(claim)),
        f"- *holds:* {escaped(claim.statement)}",
        *([f"- *remark:* {escaped(claim.remark)}"] if claim.remark else ()),
        f"- *on record:* {record.verdict(claim.id)}",
        *(line for verdict in refutations(claim) for line in _counterexample(verdict)),
    ]
    return "\n".join(lines)


def refutations(claim: Claim) -> tuple[MutantVerdict, ...]:
    """What the checks make of the published versions of a claim; computed once."""
    if claim.id not in _REFUTED:
        names = PUBLISHED.get(claim.id, ())
        alone = replace(claim, mutants=tuple(mutant for mutant in claim.mutants if mutant.name in names))
        _REFUTED[claim.id] = refute_all_mutants([alone], cost=Cost.QUICK, seed=0, origins=(Origin.WRITTEN,))
    return _REFUTED[claim.id]


_REFUTED: dict[str, tuple[MutantVerdict, ...]] = {}


def _counterexample(verdict: MutantVerdict) -> list[str]:
    if verdict.refuted_by is None:
        raise AssertionError(f"{verdict.claim.id} {verdict.mutant.name}: not refuted, so no erratum")
    return [f"- *counterexample:* `{_in_words(verdict.witness)}`", f"- *repeat:* `{verdict.command}`"]


def _in_words(witness: Any) -> str:
    parts = [f"{key} = {_plain(value)}" for key, value in dict(witness).items()]
    text = "; ".join(parts).replace("`", "'")
    return text if len(text) <= _LONGEST_WITNESS else text[:_LONGEST_WITNESS].rpartition("; ")[0] + "; …"


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str).replace('"', "")


def new_results(system: str) -> str:
    """The claims of a system whose source is this project, errata aside, in Markdown."""
    record = Record.load()
    ours = [c for c in all_claims() if c.system == system and OURS in str(c.source) and c.status is not Status.ERRATUM]
    return "\n".join(
        f"- **{c.id}** ({c.status}, {record.verdict(c.id)}; {source_of(c)}). {escaped(c.statement)}" for c in ours
    )


def source_of(claim: Claim) -> str:
    return _KEY.sub(r"[\1](#\1)", escaped(re.sub(r"\[(\w+)\]", r"\1", str(claim.source))))


def escaped(text: str) -> str:
    """Plain text in Markdown, with indices below and exponents above the line, as in the report."""
    html = str(with_scripts(text)).replace("&#39;", "'").replace("&#34;", '"')
    return _MARKUP.sub(r"\\\1", html)
