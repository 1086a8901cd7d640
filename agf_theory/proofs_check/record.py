"""The verdicts on record, and how a run differs from them."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agf_theory.errors import InputError
from agf_theory.proofs_check.claims import Claim, Cost
from agf_theory.proofs_check.evidence import Evidence, Level, Outcome
from agf_theory.proofs_check.verdict import joint_result
from agf_theory.proofs_check.verification import Run

__all__ = ["VERDICTS_ON_RECORD", "Difference", "Record"]

VERDICTS_ON_RECORD = Path(__file__).with_name("verdicts.json")
"""The file in the repository that holds the verdicts on record."""

FORMAT = 1

NEVER_ON_RECORD = (Outcome.TIMEOUT, Outcome.ERROR)
"""They speak about a run, not about a claim: recorded, they would let the next such run pass."""

FEWER = 2
"""A check whose evidence rests on fewer instances than those on record divided by this has lost its ground."""


@dataclass(frozen=True)
class Difference:
    """One check whose result is not the one on record."""

    claim_id: str
    check: str
    recorded: str
    found: str

    def __str__(self) -> str:
        return f"{self.claim_id} {self.check}: recorded {self.recorded}, found {self.found}"


@dataclass(frozen=True)
class Record:
    """Verdicts on record, down to the single check, so that a quick run is compared with what quick checks attain.

    Attributes
    ----------
    checks : dict of claim id to dict of check name to record
        A record is plain data: cost, result, instances, detail.
    """

    checks: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path = VERDICTS_ON_RECORD) -> Record:
        """Read a record; a missing file is an empty one, a malformed one raises `InputError`."""
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if type(content["format"]) is not int or content["format"] != FORMAT:  # true is 1 to Python
                raise InputError(f"verdicts on record in {path} have format {content['format']}, expected {FORMAT}")
            checks = {claim: dict(entry["checks"]) for claim, entry in content["claims"].items()}
            for entry in checks.values():
                for name, check in entry.items():
                    Cost(check["cost"])
                    if _result(check["result"]) in NEVER_ON_RECORD:
                        raise InputError(f"verdicts on record in {path}: {name} is recorded as {check['result']}")
            for claim, entry in content["claims"].items():
                if entry["verdict"] != str(cls(checks).verdict(claim)):
                    raise InputError(f"verdicts on record in {path}: {claim} does not follow from its checks")
        except FileNotFoundError:
            return cls()
        except InputError:
            raise
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise InputError(
                f"verdicts on record in {path} cannot be read ({type(error).__name__}: {error}); "
                "restore the file, or delete it and run `agf verify --full --record`"
            ) from error
        return cls(checks)

    def save(self, path: Path = VERDICTS_ON_RECORD) -> None:
        """Write the record in one step: a reader sees the old file or the new one."""
        claims = {
            claim: {"verdict": str(self.verdict(claim)), "checks": {name: dict(e) for name, e in entry.items()}}
            for claim, entry in self.checks.items()
        }
        text = json.dumps({"format": FORMAT, "claims": claims}, indent=1, ensure_ascii=False, allow_nan=False)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text + "\n")
            Path(temporary).chmod(0o644)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink()
            raise

    def verdict(self, claim_id: str, cost: Cost = Cost.FULL) -> Level | Outcome | None:
        """The verdict on record, as a run at the given cost would find it; None if there is none."""
        found = [_result(check["result"]) for check in self._within(claim_id, cost).values()]
        return joint_result(found) if found else None

    def updated(self, run: Run, claims: Sequence[Claim]) -> Record:
        """The record after a run, which takes the place of what it repeated.

        `claims` are all there are: claims and checks that they no longer contain are dropped. Raises `InputError` if a
        check of the run timed out or failed.
        """
        ran = {verdict.claim.id: verdict.evidence for verdict in run.verdicts}
        checks: dict[str, dict[str, Mapping[str, Any]]] = {}
        for claim in claims:
            entry: dict[str, Mapping[str, Any]] = {}
            for check in claim.checks:
                found = ran.get(claim.id, {}).get(check.name)
                known = self.checks.get(claim.id, {}).get(check.name)
                if found is not None:
                    if found.result in NEVER_ON_RECORD:
                        raise InputError(
                            f"cannot put {claim.id} on record: its check '{check.name}' ended in {found.result} "
                            f"({found.detail}); mend it, or run it again on an idle machine"
                        )
                    entry[check.name] = _entry(check.cost, found)
                elif known is not None:
                    entry[check.name] = known
            if entry:
                checks[claim.id] = entry
        return Record(checks)

    def differences(self, run: Run) -> tuple[Difference, ...]:
        """The checks of a run that differ from the record in their result, or rest on far fewer instances."""
        return tuple(
            Difference(verdict.claim.id, name, recorded, found)
            for verdict in run.verdicts
            for name, recorded, found in self._pairs(verdict.claim.id, verdict.evidence, run.cost)
            if recorded != found
        )

    def vanished(self, claims: Sequence[Claim]) -> tuple[Difference, ...]:
        """The claims on record that are not among `claims`, all there are: no run would miss them."""
        there = {claim.id for claim in claims}
        return tuple(
            Difference(claim_id, "every check", str(self.verdict(claim_id)), "no such claim")
            for claim_id in self.checks
            if claim_id not in there
        )

    def _pairs(self, claim_id: str, evidence: Mapping[str, Evidence], cost: Cost) -> list[tuple[str, str, str]]:
        recorded, found = {}, {name: str(e.result) for name, e in evidence.items()}
        for name, check in self._within(claim_id, cost).items():
            recorded[name] = str(check["result"])
            known, now = check["instances"], evidence[name].instances if name in evidence else None
            if known is not None and now is not None and now * FEWER < known:
                recorded[name] += f" on {known} instances"
                found[name] += f" on {now}"
        names = dict.fromkeys((*found, *recorded))
        return [(name, recorded.get(name, "nothing"), found.get(name, "nothing")) for name in names]

    def _within(self, claim_id: str, cost: Cost) -> dict[str, Mapping[str, Any]]:
        checks = self.checks.get(claim_id, {})
        return {name: c for name, c in checks.items() if cost is Cost.FULL or Cost(c["cost"]) is Cost.QUICK}


def _entry(cost: Cost, evidence: Evidence) -> dict[str, Any]:
    return {
        "cost": str(cost),
        "result": str(evidence.result),
        "instances": evidence.instances,
        "detail": evidence.detail,
    }


def _result(text: str) -> Level | Outcome:
    return Level(text) if text in {str(level) for level in Level} else Outcome(text)
