"""The claims of all systems, system by system, in the order of their ids."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from agf_theory.errors import UnknownName
from agf_theory.proofs_check import attention, diagonal, finite_width, framework, linear, modular, neuron
from agf_theory.proofs_check.claims import Claim
from agf_theory.proofs_check.search.regression import with_stored_counterexamples

__all__ = ["all_claims", "claims_of", "get", "selected", "systems", "unknown_name"]

# One room a system: to add a system is to add its room here.
_ROOMS = (framework, diagonal, linear, modular, attention, neuron, finite_width)
_CLAIMS: tuple[Claim, ...] = tuple(with_stored_counterexamples(claim) for room in _ROOMS for claim in room.CLAIMS)
_BY_ID = {claim.id: claim for claim in _CLAIMS}
assert len(_BY_ID) == len(_CLAIMS), "claim ids are never reused"


def all_claims() -> tuple[Claim, ...]:
    """Every claim, system by system, in the order of the ids."""
    return _CLAIMS


def systems() -> tuple[str, ...]:
    """The systems that have claims."""
    return tuple(dict.fromkeys(claim.system for claim in _CLAIMS))


def get(claim_id: str) -> Claim:
    """One claim, with its hypotheses, checks and mutants.

    Parameters
    ----------
    claim_id : str
        "DIAG-04"; case does not matter. `all_claims` and `claims_of` list them.

    Raises
    ------
    UnknownName
        If there is none of that id; ids that come close are suggested.

    Examples
    --------
    >>> get("frm-06")
    Claim(FRM-06: critical points with dormant neurons at zero)
    """
    found = _BY_ID.get(claim_id.upper())
    if found is None:
        raise UnknownName(unknown_name("claim", claim_id, _BY_ID))
    return found


def claims_of(system: str) -> tuple[Claim, ...]:
    """The claims of one system; raises `UnknownName` with the systems there are."""
    found = tuple(claim for claim in _CLAIMS if claim.system == system.lower())
    if not found:
        raise UnknownName(unknown_name("system", system, systems()))
    return found


def selected(names: Iterable[str]) -> tuple[Claim, ...]:
    """The claims meant by ids and names of systems, each once, in the order of `all_claims`; all for no name."""
    wanted: set[str] = set()
    for name in names:
        if name.lower() in systems():
            wanted |= {claim.id for claim in claims_of(name)}
        elif name.upper() in _BY_ID:
            wanted.add(name.upper())
        else:
            raise UnknownName(unknown_name("claim or system", name, [*systems(), *_BY_ID]))
    return tuple(claim for claim in _CLAIMS if claim.id in wanted) if wanted else _CLAIMS


def unknown_name(what: str, name: str, known: Iterable[str]) -> str:
    """The message of an `UnknownName`, with the names that come close, or else all that are known."""
    names = list(known)
    folded = {entry.lower(): entry for entry in names}
    close = [folded[entry] for entry in get_close_matches(name.lower(), folded, n=3)]
    hint = f"did you mean {' or '.join(close)}?" if close else f"known: {', '.join(names)}"
    return f"unknown {what} {name!r}; {hint}"
