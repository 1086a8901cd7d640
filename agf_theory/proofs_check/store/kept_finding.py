"""One finished check as a record: plain JSON with its key and a checksum, and nothing of it is believed unseen."""

from __future__ import annotations

import hashlib
import json
import math
from typing import Any

from agf_theory.proofs_check.evidence import Evidence, Level, Outcome
from agf_theory.proofs_check.store.atomic_file import UnusableFile
from agf_theory.proofs_check.store.job_key import JobKey

__all__ = ["FORMAT", "NEVER_KEPT", "decoded", "encoded"]

FORMAT = 1

NEVER_KEPT = (Outcome.TIMEOUT, Outcome.ERROR)
"""They speak about a run, not about the claim: another run may do better."""

_RESULTS: dict[str, Level | Outcome] = {str(r): r for r in (*Level, *Outcome) if r not in NEVER_KEPT}


def encoded(evidence: Evidence, seconds: float, key: JobKey) -> bytes:
    """The record of one finding; raises `ValueError` for data that JSON does not hold."""
    found = {
        "result": str(evidence.result),
        "detail": evidence.detail,
        "figures": dict(evidence.figures),
        "witness": evidence.witness,
        "instances": evidence.instances,
        "certificates": {kind: list(items) for kind, items in evidence.certificates.items()},
    }
    record = {"format": FORMAT, "key": key.as_record(), "seconds": seconds, "evidence": found}
    text = _text({"checksum": _checksum(record), "record": record})
    return text.encode("ascii")


def decoded(content: bytes, key: JobKey) -> tuple[Evidence, float]:
    """Evidence and seconds of a record of that very key.

    Raises
    ------
    UnusableFile
        If it is damaged, in another format or of another key, or holds no finding.
    """
    try:
        whole = json.loads(content, parse_constant=_refuse)
        record = whole["record"]
        if whole["checksum"] != _checksum(record):
            raise UnusableFile("its checksum does not fit")
        if record["format"] != FORMAT:
            raise UnusableFile(f"its format is {record['format']!a:.20}, not {FORMAT}")
        if record["key"] != key.as_record():
            raise UnusableFile("it is the record of something else")
        return _evidence(record["evidence"]), _seconds(record["seconds"])
    except (ValueError, KeyError, TypeError, AttributeError, AssertionError, RecursionError) as error:
        raise UnusableFile(f"it is damaged ({type(error).__name__})") from None


def _evidence(found: dict[str, Any]) -> Evidence:
    detail, instances, certificates = found["detail"], found["instances"], found["certificates"]
    if not isinstance(detail, str) or not isinstance(found["figures"], dict):
        raise TypeError("text and figures are required")
    if instances is not None and (type(instances) is not int or instances < 0):
        raise TypeError("a count is required")
    if not all(isinstance(items, list) for items in certificates.values()):
        raise TypeError("lists of certificates are required")
    return Evidence(
        _RESULTS[found["result"]],
        detail,
        found["figures"],
        found["witness"],
        instances,
        certificates=certificates,
    )


def _seconds(value: Any) -> float:
    if not isinstance(value, float) or not math.isfinite(value) or value < 0:
        raise TypeError("seconds are required")
    return value


def _checksum(record: Any) -> str:
    return hashlib.sha256(_text(record).encode("ascii")).hexdigest()


def _text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")
