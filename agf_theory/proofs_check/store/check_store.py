"""The store of finished checks: one record each, written when it ends and read when a run is resumed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from agf_theory.proofs_check.child import Job
from agf_theory.proofs_check.runner import Finding
from agf_theory.proofs_check.store.atomic_file import UnusableFile, read_own_file, write_atomically
from agf_theory.proofs_check.store.code_version import CodeVersion
from agf_theory.proofs_check.store.description import Indescribable
from agf_theory.proofs_check.store.folder import prune
from agf_theory.proofs_check.store.job_key import JobKey, key_of
from agf_theory.proofs_check.store.kept_finding import NEVER_KEPT, decoded, encoded

__all__ = ["CheckStore"]

LARGEST = 64 * 2**20
"""Bytes of one record; the certificates of a check take less than a tenth."""


class CheckStore:
    """Finished checks in a folder.

    Whatever is wrong with the folder or with a record, the run goes on without, and one notice says so.

    Parameters
    ----------
    folder : Path
        Made when the first check is kept.
    reuse : bool
        Whether `find` finds what earlier runs kept; else they are run anew, and kept again.
    notice : callable of str
        Takes one line for the reader.
    code : CodeVersion, optional
        Of the running package by default.
    """

    def __init__(
        self, folder: Path, *, reuse: bool, notice: Callable[[str], None], code: CodeVersion | None = None
    ) -> None:
        self._folder = folder
        self._reuse = reuse
        self._notice = notice
        self._code = code or CodeVersion.installed()
        self._known: set[str] = set()
        self._said: set[str] = set()

    @property
    def count(self) -> int:
        """How many finished checks of this run lie in the store."""
        return len(self._known)

    def find(self, job: Job) -> Finding | None:
        """What an earlier run found, if that is to be used and rests on the same code, parameters and seed."""
        if not self._reuse or (key := self._key(job)) is None:
            return None
        path = self._folder / key.file_name
        try:
            content = read_own_file(path, most=LARGEST)
            if content is None:
                return None
            evidence, seconds = decoded(content, key)
        except UnusableFile as reason:
            self._say("unread", f"the kept record {path} is not used: {reason}; such checks are run anew")
            return None
        self._known.add(key.file_name)
        return Finding(job, evidence.repeated_by(job.command()), seconds, kept=True)

    def keep(self, finding: Finding) -> None:
        """Write the record of a finished job, unless it ended in a timeout or an error."""
        if finding.evidence.result in NEVER_KEPT or (key := self._key(finding.job)) is None:
            return
        try:
            content = encoded(finding.evidence, finding.seconds, key)
            if len(content) > LARGEST:
                raise ValueError(f"{finding.job} has {len(content)} bytes of evidence")
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_atomically(self._folder / key.file_name, content)
        except OSError as error:
            self._say("unkept", f"finished checks cannot be kept in {self._folder} ({error.strerror}); the run goes on")
        except ValueError as error:
            self._say("unkept", f"a finished check cannot be kept ({error}); the run goes on")
        else:
            self._known.add(key.file_name)

    def tidy(self) -> None:
        """Remove old records of other versions of the code; see `prune`."""
        prune(self._folder, in_use=self._known)

    def _key(self, job: Job) -> JobKey | None:
        try:
            return key_of(job, self._code)
        except Indescribable as reason:
            self._say("unkept", f"{job} cannot be kept ({reason}); the run goes on")
            return None

    def _say(self, what: str, line: str) -> None:
        if what not in self._said:
            self._said.add(what)
            self._notice(line)
