"""What a report says, apart from how it looks: plain text in frozen records, and nothing that is markup already."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "CheckEntry",
    "ClaimEntry",
    "Contradiction",
    "Count",
    "ErratumEntry",
    "FormulaEntry",
    "HypothesisEntry",
    "LeftOut",
    "MutantCount",
    "MutantEntry",
    "NecessityEntry",
    "Provenance",
    "Report",
    "SystemSection",
]


@dataclass(frozen=True)
class HypothesisEntry:
    """One condition, and whether this run showed that it cannot be dropped."""

    text: str
    needed: bool


@dataclass(frozen=True)
class FormulaEntry:
    """One expression under test: MathML made by us, or a text where there is no expression."""

    label: str
    mathml: str
    text: str


@dataclass(frozen=True)
class CheckEntry:
    """One check and what it found; `figures` and `witness` are cut where they grow too long for a reader."""

    name: str
    result: str
    means: str
    does: str
    detail: str
    instances: str
    figures: tuple[tuple[str, str], ...]
    witness: str
    cost: str
    command: str


@dataclass(frozen=True)
class LeftOut:
    """A check that this run did not execute, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class NecessityEntry:
    """A hypothesis that cannot be dropped, or was not shown to be needed."""

    claim: str
    dropped: str
    shown: bool
    result: str
    detail: str
    witness: str
    figures: tuple[tuple[str, str], ...]
    command: str


@dataclass(frozen=True)
class MutantEntry:
    """One mutant: `fate` is refuted, equivalent, survives or not run.

    Where `brief` it has one line: a bred mutant that is refuted, of which there are more than ten thousand.
    """

    claim: str
    name: str
    origin: str
    description: str
    fate: str
    by: str
    witness: str
    reason: str
    command: str
    brief: bool = False


@dataclass(frozen=True)
class ClaimEntry:
    """Everything the page says of one claim."""

    id: str
    system: str
    title: str
    statement: str
    kind: str
    status: str
    source: str
    references: tuple[str, ...]
    remark: str
    hypotheses: tuple[HypothesisEntry, ...]
    drawn_from: tuple[str, ...]
    formulas: tuple[FormulaEntry, ...]
    result: str
    means: str
    on_record: str
    rests_on: tuple[str, ...]
    differences: tuple[str, ...]
    checks: tuple[CheckEntry, ...]
    left_out: tuple[LeftOut, ...]
    necessity: tuple[NecessityEntry, ...]
    mutants: tuple[MutantEntry, ...]
    mutants_command: str
    command: str

    @property
    def as_recorded(self) -> bool:
        """Whether no check differs from the record."""
        return not self.differences


@dataclass(frozen=True)
class Count:
    """How many claims of one kind there are, by evidence: one number a column."""

    label: str
    numbers: tuple[int, ...]

    @property
    def total(self) -> int:
        """Of the row."""
        return sum(self.numbers)


@dataclass(frozen=True)
class SystemSection:
    """The claims of one system, in the order of their ids."""

    name: str
    claims: tuple[ClaimEntry, ...]


@dataclass(frozen=True)
class MutantCount:
    """How the mutants of one claim fared."""

    claim: str
    refuted: int
    equivalent: int
    surviving: int

    @property
    def total(self) -> int:
        """Every mutant is one of the three."""
        return self.refuted + self.equivalent + self.surviving


@dataclass(frozen=True)
class Contradiction:
    """A counterexample and the commands that reproduce it."""

    claim: str
    against: str
    contradicted: str
    witness: str
    commands: tuple[str, ...]


@dataclass(frozen=True)
class ErratumEntry:
    """Where the record and the literature part: the claim, and what was published in its place, as mutants."""

    claim: ClaimEntry
    published: tuple[MutantEntry, ...]


@dataclass(frozen=True)
class Provenance:
    """What was run, with what, and what was not.

    Attributes
    ----------
    command : str
        What to type to run the same again.
    made : str
        Date and time in UTC, to the minute.
    elapsed : str
        How long the run took.
    cost, mutants : str
        Which checks, and whether mutants, were run, in words.
    seed : int
    code : str
        Digest of the package's sources and data.
    versions : tuple of (name, version)
        Of this package, the interpreter and the libraries; nothing that names the machine.
    not_run : tuple of str
        What a reader might look for and does not find.
    """

    command: str
    made: str
    elapsed: str
    cost: str
    mutants: str
    seed: int
    code: str
    versions: tuple[tuple[str, str], ...]
    not_run: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """A report: what the page shows, section by section."""

    provenance: Provenance
    conclusion: str
    complaints: tuple[str, ...]
    levels: tuple[tuple[str, str], ...]
    by_system: tuple[Count, ...]
    by_status: tuple[Count, ...]
    systems: tuple[SystemSection, ...]
    mutants: tuple[MutantCount, ...]
    counterexamples: tuple[Contradiction, ...]
    errata: tuple[ErratumEntry, ...]
    disagreements: tuple[ErratumEntry, ...]

    @property
    def claims(self) -> tuple[ClaimEntry, ...]:
        """All claims, system by system."""
        return tuple(claim for system in self.systems for claim in system.claims)
