"""What a page asks about one system: where the problem comes from, its options, its methods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

__all__ = ["Choice", "Field", "MethodChoice", "Source", "SystemForm"]


@dataclass(frozen=True)
class Choice:
    """One value of a field that has a few.

    Attributes
    ----------
    value : str
        As the option takes it.
    label : str
        As the page shows it.
    """

    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """One option of a command, as a field of the page.

    Attributes
    ----------
    key : str
        Its name among what the page sends.
    option : str
        "--target".
    kind : {"flag", "whole", "text", "choice", "csv", "numbers"}
        The last two are the contents of a file: with columns that have names, or numbers in any arrangement.
    about : str
        What ``--help`` says of it.
    value : str
        What stands in it at first.
    default : str
        What the option is when it is not given; a field that says the same adds nothing to the command.
    choices : tuple of Choice
    table_only, figure_only : bool
        Whether figures, or tables, have no such option.
    """

    key: str
    option: str
    kind: Literal["flag", "whole", "text", "choice", "csv", "numbers"]
    about: str
    value: str = ""
    default: str = ""
    choices: tuple[Choice, ...] = ()
    table_only: bool = False
    figure_only: bool = False

    @property
    def is_file(self) -> bool:
        """Whether its value is the contents of a file."""
        return self.kind in ("csv", "numbers")

    @property
    def label(self) -> str:
        """Its name on the page."""
        return self.option.removeprefix("--").replace("-", " ")


@dataclass(frozen=True)
class Source:
    """One of the places a problem comes from, with the fields that go with it alone."""

    key: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class MethodChoice:
    """A method, and whether it is asked for at first."""

    key: str
    meaning: str
    needs_scale: bool
    ticked: bool = True


@dataclass(frozen=True)
class SystemForm:
    """A system on its page.

    Attributes
    ----------
    name : str
        As the command line has it: "diagonal".
    title : str
    sources : tuple of Source
        The first is chosen at first.
    fields : tuple of Field
        Those that go with every source.
    methods : tuple of MethodChoice
        Empty for a system in which nothing jumps.
    """

    name: str
    title: str
    sources: tuple[Source, ...]
    fields: tuple[Field, ...]
    methods: tuple[MethodChoice, ...] = ()

    @property
    def has_scale(self) -> bool:
        """Whether some method is about a finite initialisation scale."""
        return any(method.needs_scale for method in self.methods)

    def source(self, key: str) -> Source:
        """The source of this key; the first if there is none."""
        return next((source for source in self.sources if source.key == key), self.sources[0])

    def all_fields(self) -> Iterator[Field]:
        """Those of every source, then those that go with all."""
        for source in self.sources:
            yield from source.fields
        yield from self.fields
