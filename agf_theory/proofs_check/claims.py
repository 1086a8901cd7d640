"""The claim: a statement of the theory, its hypotheses, and the checks and mutants that put it to the test."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from typing import Any

from agf_theory.proofs_check.claim_view import claim_html, claim_text
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.evidence import Evidence
from agf_theory.proofs_check.hypotheses import Hypotheses, Hypothesis, Instance
from agf_theory.proofs_check.parts import Part

__all__ = ["Check", "Claim", "Cost", "Kind", "Mutant", "Necessity", "Origin", "Probe", "Source", "Status"]


class Kind(Enum):
    """The kind of statement; it picks the shape of the check."""

    EQUALITY = "equality"
    BOUND = "bound"
    INCLUSION = "inclusion"
    LIMIT = "limit"
    ORDER = "order"
    EXISTENCE = "existence"

    def __str__(self) -> str:
        return self.value


class Status(Enum):
    """What the source holds the statement to be; what we find is the verdict, and is kept apart.

    An open question is stated as what is known of it: a verdict on such a claim is about the bounds, not the answer.
    """

    THEOREM = "theorem"
    LEMMA = "lemma"
    CONJECTURE = "conjecture"
    OBSERVATION = "observation"
    ERRATUM = "erratum"
    OPEN = "open"

    def __str__(self) -> str:
        return self.value


class Cost(Enum):
    """Quick checks run by default; full ones when they are asked for."""

    QUICK = "quick"
    FULL = "full"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class Source:
    """Where a statement comes from.

    Attributes
    ----------
    key : str
        Key of the bibliography, or "this project".
    locator : str
        Section, theorem, equation or algorithm line.
    """

    key: str
    locator: str = ""

    def __str__(self) -> str:
        return f"{self.key}, {self.locator}" if self.locator else self.key


class Origin(Enum):
    """Where a mutant comes from: a human hand, an expression of the formula, or a hypothesis."""

    WRITTEN = "written"
    BRED = "bred"
    HYPOTHESIS = "hypothesis"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class Mutant:
    """A plausible wrong version of a claim; some check must refute it.

    Attributes
    ----------
    name : str
        Unique within its claim, and permanent.
    formula : object
        What takes the place of the claim's formula.
    description : str
        What is wrong with it.
    origin : Origin
    hypotheses : Hypotheses, optional
        What it is stated under, if it claims more than the claim does: the same formula on a wider domain.
    """

    name: str
    formula: Any
    description: str
    origin: Origin = Origin.WRITTEN
    hypotheses: Hypotheses | None = None


@dataclass(frozen=True, eq=False)
class Necessity:
    """A hypothesis that cannot be dropped: an instance that breaks it alone, and at which the statement fails.

    Attributes
    ----------
    dropped : Hypothesis
        The witness breaks it, and that is looked at, not believed.
    witness : mapping of str to plain data
    fails : callable (formula, witness) -> Evidence
        Puts the statement to the test at the witness: evidence of its level if the statement fails there, refuted if it
        holds. See `agf_theory.proofs_check.necessity.failure`.
    kept : tuple of Hypothesis
        What else is assumed and can be read off the witness; it meets them all.
    time_limit : float
        Seconds.
    """

    dropped: Hypothesis
    witness: Mapping[str, Any]
    fails: Callable[[Any, Mapping[str, Any]], Evidence]
    kept: tuple[Hypothesis, ...] = ()
    time_limit: float = 60.0


@dataclass(frozen=True)
class Check:
    """One way to put a claim to the test.

    Attributes
    ----------
    name : str
        Unique within its claim, and permanent: the record refers to it.
    run : callable (formula, context) -> Evidence
        Receives the formula under test as an argument, so that a mutant can take its place.
    cost : Cost
    time_limit : float
        Seconds after which the process of the check is killed.
    """

    name: str
    run: Callable[[Any, Context], Evidence]
    cost: Cost = Cost.QUICK
    time_limit: float = 60.0

    @property
    def purpose(self) -> str:
        """What the check does, in the words of its function: the first paragraph of the docstring."""
        function: Any = self.run
        while isinstance(function, partial):
            function = function.func
        return " ".join((inspect.getdoc(function) or "").partition("\n\n")[0].split())


@dataclass(frozen=True)
class Probe:
    """The statement of a claim at one instance.

    Checks over data call it in their loop and `agf_theory.proofs_check.search` one instance at a time, so that the two
    cannot disagree.

    Attributes
    ----------
    name : str
        Unique within its claim.
    at : callable (formula, instance) -> Evidence
        Refuted with a witness, evidence on the one instance, or inconclusive; `UndecidedError` counts as the last.
    examples : int
        How many instances a search looks at, if nobody says otherwise: fewer where each takes long.
    starts : int
        How often a search begins again for a smaller counterexample, if nobody says otherwise; once where each
        instance takes long.
    """

    name: str
    at: Callable[[Any, Instance], Evidence]
    examples: int = 500
    starts: int = 3


@dataclass(frozen=True, eq=False)
class Claim:
    """A statement of the theory, worth what its evidence is worth.

    Attributes
    ----------
    id : str
        Permanent: never reused, never renumbered.
    system : str
        "framework", "diagonal", ...: the part of the id before the dash belongs to one system.
    title : str
        A few words, for tables.
    statement : str
        One sentence.
    kind, status, source
        What is stated, what the source holds it to be, and where.
    hypotheses : Hypotheses
        Data that guard, print and generate instances.
    formula : object
        What is under test: a function of symbols, of numbers or of a problem.
    checks : tuple of Check
    mutants : tuple of Mutant
    remark : str
        What we now believe, where it differs from the source or goes beyond it.
    necessity : tuple of Necessity
        Hypotheses that were shown to be needed, each with a witness at which the statement fails without it.
    parts : tuple of Part
        The expressions of the formula, from which further mutants are bred.
    equivalent : mapping of str to str
        By the name of a bred or hypothesis mutant, why it is no wrong version, where no simplification shows it: the
        argument, for the reader to follow. A mutant that a check refutes is refuted whatever stands here.
    probes : tuple of Probe
        The statement at one instance of the hypotheses, for claims over data: what a counterexample search tries.
    """

    id: str
    system: str
    title: str
    statement: str
    kind: Kind
    status: Status
    source: Source
    hypotheses: Hypotheses
    formula: Any
    checks: tuple[Check, ...]
    mutants: tuple[Mutant, ...] = ()
    remark: str = ""
    necessity: tuple[Necessity, ...] = ()
    parts: tuple[Part, ...] = ()
    equivalent: Mapping[str, str] = field(default_factory=dict)
    probes: tuple[Probe, ...] = ()

    def __post_init__(self) -> None:
        named = {
            "check": [check.name for check in self.checks],
            "mutant": [mutant.name for mutant in self.mutants],
            "probe": [probe.name for probe in self.probes],
            "dropped hypothesis": [str(necessity.dropped) for necessity in self.necessity],
            "part": [part.name for part in self.parts],
        }
        for role, names in named.items():
            assert len(set(names)) == len(names), f"{self.id}: {role} names must be distinct, got {names}"

    def __repr__(self) -> str:
        return f"Claim({self.id}: {self.title})"

    def __str__(self) -> str:
        return claim_text(self)

    def _repr_html_(self) -> str:
        return claim_html(self)

    def under(self, mutant: Mutant | None) -> Claim:
        """The claim with the hypotheses of a mutant, if that has its own; its formula is not put in here."""
        if mutant is None or mutant.hypotheses is None:
            return self
        return replace(self, hypotheses=mutant.hypotheses)

    def checks_within(self, cost: Cost) -> tuple[Check, ...]:
        """The checks a run at the given cost executes: a full run includes the quick ones."""
        return tuple(check for check in self.checks if cost is Cost.FULL or check.cost is Cost.QUICK)
