"""Certificates on disk: one JSON file for each check whose evidence carries some."""

from __future__ import annotations

import json
import os
import re
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from agf_theory.errors import InputError, MissingInput
from agf_theory.proofs_check.claims import Cost
from agf_theory.proofs_check.verification import Run

__all__ = ["require_new_folder", "write_certificates"]

SCHEMA = "agf-certificates"
VERSION = 1


def require_new_folder(name: str) -> Path:
    """The folder, made if it is missing: empty, so that what lies there afterwards is of one run.

    Raises
    ------
    InputError
        If it is no folder, not empty, or cannot be made or written to; `MissingInput` if the folder above is missing.
    """
    path = Path(name)
    if not name or "\0" in name:
        raise InputError(f"--certificates: the name of a folder is required, got {name!a}")
    try:
        path.mkdir(exist_ok=True)
        entries = len(list(path.iterdir()))
    except FileNotFoundError:
        raise MissingInput(f"--certificates {name}: the folder {path.parent} does not exist; create it first") from None
    except OSError as error:
        raise InputError(f"--certificates {name}: a folder is required, but: {error.strerror}") from None
    if entries:
        raise InputError(f"--certificates {name}: a new or empty folder is required, this one has {entries} entries")
    if not os.access(path, os.W_OK | os.X_OK):
        raise InputError(f"--certificates {name}: the folder may not be written to")
    return path


def write_certificates(run: Run, folder: Path) -> list[Path]:
    """Write the certificates of a run into a folder, one file for each check and kind, and return the files.

    A file appears whole or not at all. What the run found no evidence for, and what an exact check of this kind cannot
    re-verify, has no certificate; see docs/certificates.md.
    """
    return [
        _write(
            folder / f"{verdict.claim.id}.{_slug(name)}.{kind}.json", _document(run, verdict.claim.id, name, kind, e)
        )
        for verdict in run.verdicts
        for name, evidence in verdict.evidence.items()
        for kind, e in evidence.certificates.items()
    ]


def _document(run: Run, claim: str, check: str, kind: str, items: Any) -> dict[str, Any]:
    full = " --full" if run.cost is Cost.FULL else ""
    origin = {"program": "agf_theory", "version": version("agf-theory")}
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "claim": claim,
        "check": check,
        "kind": kind,
        "seed": run.seed,
        "made_by": {**origin, "command": f"agf verify {claim}{full} --seed {run.seed}"},
        "count": len(items),
        "items": list(items),
    }


def _write(path: Path, document: dict[str, Any]) -> Path:
    # One item a line: small, and a difference between two runs is easy to see.
    head = json.dumps({**document, "items": []}, ensure_ascii=False, indent=1, allow_nan=False)
    items = ",\n".join(json.dumps(item, ensure_ascii=False, allow_nan=False) for item in document["items"])
    text = head.removesuffix("[]\n}") + f"[\n{items}\n]}}\n"
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
