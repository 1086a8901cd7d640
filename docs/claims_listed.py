"""The page of all claims, written from them and from the verdicts on record when the page is built."""

from __future__ import annotations

from errata_from_claims import escaped, source_of

from agf_theory.proofs_check import Record, claims_of


def claims_listed(system: str) -> str:
    """Every claim of a system, in Markdown; its id is an anchor, to which the other pages link."""
    record = Record.load()
    return "\n".join(
        f'- <span id="{claim.id}"></span>**{claim.id}: {escaped(claim.title)}** '
        f"({claim.status}; on record: *{record.verdict(claim.id)}*; {source_of(claim)}). {escaped(claim.statement)}"
        + (f" *Remark:* {escaped(claim.remark)}" if claim.remark else "")
        for claim in claims_of(system)
    )
