"""Finished checks, kept on disk so that a run that was killed goes on where it stopped."""

from agf_theory.proofs_check.store.check_store import CheckStore
from agf_theory.proofs_check.store.code_version import CodeVersion
from agf_theory.proofs_check.store.folder import cache_folder
from agf_theory.proofs_check.store.job_key import JobKey, key_of

__all__ = ["CheckStore", "CodeVersion", "JobKey", "cache_folder", "key_of"]
