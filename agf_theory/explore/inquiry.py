"""The commands that a page stands for: what it shows is what they would print and draw."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from agf_theory.errors import InputError, UnknownName
from agf_theory.explore.form import Field, SystemForm
from agf_theory.explore.given import Given, first_name
from agf_theory.explore.moved_column import moved_column

__all__ = ["Inquiry", "inquiry"]

_LONGEST_NAME = 100


@dataclass(frozen=True)
class Inquiry:
    """Two commands, and the files they read.

    Attributes
    ----------
    table, plot : tuple of str
        What follows ``agf`` on the command line.
    files : tuple of (name, content)
        There on the command line, and here in memory.
    """

    table: tuple[str, ...]
    plot: tuple[str, ...]
    files: tuple[tuple[str, bytes], ...] = ()

    @property
    def commands(self) -> tuple[str, str]:
        """Both, to paste into a shell whose folder holds the files."""
        return shlex.join(("agf", *self.table)), shlex.join(("agf", *self.plot))


def inquiry(form: SystemForm, given: Given) -> Inquiry:
    """What is asked.

    Raises
    ------
    InputError
        If something is too long, a file's name is none, or a column cannot be moved.
    """
    given.require_small()
    fields = [*form.source(given.text("source")).fields, *form.fields]
    files = tuple(_file(field, given) for field in fields if field.is_file)
    about_jumps = tuple(_about_jumps(form, given))
    table = [word for field in fields if not field.figure_only for word in _words(field, given)]
    plot = [word for field in fields if not field.table_only for word in _words(field, given)]
    return Inquiry(("table", form.name, *table, *about_jumps), ("plot", form.name, *plot, *about_jumps), files)


def _words(field: Field, given: Given) -> Sequence[str]:
    if field.kind == "flag":
        return (field.option,) if given.text(field.key) else ()
    value = _file_name(field, given) if field.is_file else given.text(field.key)
    return _option(field.option, value) if value not in ("", field.default) else ()


def _option(option: str, value: str) -> Sequence[str]:
    # A value that begins with a dash is no option of its own.
    return (f"{option}={value}",) if value.startswith("-") or not value else (option, value)


def _about_jumps(form: SystemForm, given: Given) -> Iterator[str]:
    """The scales are given if a method that is asked for needs one."""
    if not form.methods:
        return
    known = {method.key: method for method in form.methods}
    for key in given.methods:
        if key not in known:
            raise UnknownName(f"--methods takes {', '.join(known)}, got {key!a:.40}")
    keys = [key for key in known if key in given.methods]
    if any(known[key].needs_scale for key in keys):
        for alpha in (given.text("alpha"), *given.text("more").replace(",", " ").split()):
            yield from _option("--alpha", alpha)
    if len(keys) < len(known):
        yield from _option("--methods", ",".join(keys))


def _file(field: Field, given: Given) -> tuple[str, bytes]:
    name, text = _file_name(field, given), given.values.get(field.key, "")
    if field.kind == "csv":
        text = moved_column(
            text,
            file=name,
            column=given.text(f"{field.key}.column"),
            factor=given.text(f"{field.key}.factor"),
            toward=given.text(f"{field.key}.toward"),
            share=given.text(f"{field.key}.share"),
        )
    return name, text.encode(errors="surrogatepass")


def _file_name(field: Field, given: Given) -> str:
    """The last part of what was sent: the browser of one system may run beside the paths of another."""
    sent = given.text(f"{field.key}.name")
    name = PureWindowsPath(PurePosixPath(sent).name).name or first_name(field.kind)
    if len(name) > _LONGEST_NAME or not name.isprintable():
        raise InputError(
            f"name of the data: at most {_LONGEST_NAME} printable characters are allowed, got {name!a:.60}"
        )
    return name
