"""What tells one job from another: equal keys, equal evidence."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from agf_theory.proofs_check.child import Job
from agf_theory.proofs_check.store.code_version import CodeVersion, environment
from agf_theory.proofs_check.store.description import Description

__all__ = ["JobKey", "key_of"]


@dataclass(frozen=True)
class JobKey:
    """Everything that the evidence of a job rests on.

    Attributes
    ----------
    task : dict
        Claim, check, mutant, seed and parameters: what was asked.
    version : dict
        The code and the environment: what answered.
    """

    task: dict[str, Any]
    version: dict[str, Any]

    @property
    def task_digest(self) -> str:
        """Thirty-two hexadecimal digits."""
        return _digest(self.task)[:32]

    @property
    def file_name(self) -> str:
        """Name of the record: that of its task, then that of its version."""
        return f"{self.task_digest}-{_digest(self.version)[:16]}.json"

    def as_record(self) -> dict[str, Any]:
        """Plain data."""
        return {"task": self.task, "version": self.version}


def key_of(job: Job, code: CodeVersion) -> JobKey:
    """The key of a job; raises `Indescribable` for one that no text can stand for."""
    # The context is all that a check is told; a claim has more, which takes no part.
    made_of = Description(job.check.run, job.formula, job.context())
    task = {
        "claim": job.claim.id,
        "check": job.check.name,
        "mutant": job.mutant,
        "necessity": job.necessity,
        "seed": job.seed,
        "certificates": job.certificates,
        "parameters": hashlib.sha256(made_of.text.encode("utf-8", "backslashreplace")).hexdigest(),
    }
    return JobKey(task, {"code": code.of(made_of.modules), "environment": dict(environment())})


def _digest(data: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
