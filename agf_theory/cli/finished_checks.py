"""Where `agf verify` keeps finished checks, and what it says when it is interrupted."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from agf_theory.cli.verify_options import VerifyOptions

if TYPE_CHECKING:
    from agf_theory.proofs_check import CheckStore, Claim

__all__ = ["finished_checks"]


@contextmanager
def finished_checks(claims: Sequence[Claim], options: VerifyOptions) -> Iterator[CheckStore | None]:
    """The store of a run over the claims; None with --no-cache, or where there is no place for one.

    An interruption in the block says how many checks are kept, and how to go on.
    """
    store = None if options.no_cache else _store(options)
    try:
        yield store
    except KeyboardInterrupt:
        raise KeyboardInterrupt(_what_is_kept(store, claims, options)) from None
    if store is not None:
        store.tidy()


def _store(options: VerifyOptions) -> CheckStore | None:
    from agf_theory.proofs_check import CheckStore, cache_folder

    notice = _silence if options.quiet else _notice
    try:
        return CheckStore(cache_folder(), reuse=options.resume, notice=notice)
    except RuntimeError as error:  # no home
        notice(f"finished checks are not kept ({error}); set AGF_THEORY_CACHE to a folder")
        return None


def _notice(line: str) -> None:
    print(f"agf: {line}", file=sys.stderr)


def _silence(_: str) -> None:
    return None


def _what_is_kept(store: CheckStore | None, claims: Sequence[Claim], options: VerifyOptions) -> str:
    if store is None or not store.count:
        return "no finished check is kept"
    planned = sum(len(claim.checks_within(options.cost)) + len(claim.necessity) for claim in claims)
    # How many checks the mutants take is known when they are refuted.
    total = "" if options.mutants or options.explain is not None else f" of {planned}"
    checks = "check is" if store.count == 1 and not total else "checks are"
    return f"{store.count}{total} {checks} kept; `agf verify … --resume` goes on"
