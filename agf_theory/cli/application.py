"""The application `agf`: its verbs, and the one place where an error becomes one line and an exit status.

Exit status: 0 all is well; 1 a verdict differs from the record, or a mutant survives; 2 the input is wrong;
130 interrupted; 141 the reader of our output went away. A verb is a function that returns its exit status, or None.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from agf_theory.cli.claims import claims
from agf_theory.cli.completion import completion
from agf_theory.cli.derive import derive
from agf_theory.cli.examples import GroupWithExamples, VerbWithExamples
from agf_theory.cli.explore import explore
from agf_theory.cli.search import search
from agf_theory.cli.systems import add_verbs
from agf_theory.cli.verify import verify
from agf_theory.errors import AgfTheoryError

__all__ = ["app", "main", "run"]

INPUT_WRONG = 2
INTERRUPTED = 130
READER_GONE = 141
LONGEST_COMPLAINT = 2000  # characters; the longest list of known names has a thousand


class Interruption(Exception):
    """Ctrl-C, with what the verb has to say about it, if anything."""


class Verbs(GroupWithExamples):
    """Keeps interruptions apart from usage errors: the library beneath would turn a closed pipe into status 1."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The verbs in the order in which they are added, what helps the shell last."""
        return sorted(super().list_commands(ctx), key=lambda name: name == "completion")

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as interruption:
            raise Interruption(*interruption.args) from None
        except BrokenPipeError:
            return READER_GONE


app = typer.Typer(
    cls=Verbs,
    name="agf",
    help="Alternating gradient flows: the theory, verified; predictions for your data.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("verify", cls=VerbWithExamples, short_help="Check claims, and compare with the record.")(verify)
app.command("claims", cls=VerbWithExamples, short_help="List the claims, with the evidence on record.")(claims)
app.command("derive", cls=VerbWithExamples, short_help="Print a formula, or a derivation with its steps.")(derive)
app.command("search", cls=VerbWithExamples, short_help="Look for a counterexample to a claim.")(search)
add_verbs(app)
app.command("explore", cls=VerbWithExamples, short_help="Move problem and scale, on a page of your own.")(explore)
app.command("completion", cls=VerbWithExamples, short_help="Let your shell complete names after TAB.")(completion)


@app.callback(invoke_without_command=True)
def _without_verb(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"agf {installed('agf-theory')}")
        raise typer.Exit(0)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `agf` with the given arguments (those of the process by default) and return the exit status."""
    return run(app, arguments)


def run(application: typer.Typer, arguments: Sequence[str] | None) -> int:
    """Run an application and return the exit status; whatever is wrong becomes one line on standard error."""
    # One BLAS thread, unless the user says otherwise: two threads on small matrices spend their time waiting for one
    # another, and a sum is then added in the same order on every machine. Read by NumPy when a verb first imports it.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        status = application(
            args=None if arguments is None else list(arguments), prog_name="agf", standalone_mode=False
        )
        sys.stdout.flush()
    except (AgfTheoryError, TyperException) as error:
        return _complain(error.format_message() if isinstance(error, TyperException) else str(error), INPUT_WRONG)
    except (KeyboardInterrupt, Interruption) as interruption:
        return _complain("; ".join(("interrupted", *map(str, interruption.args))), INTERRUPTED)
    except BrokenPipeError:
        status = READER_GONE
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _complain(f"{where}{error.strerror or error}", INPUT_WRONG)
    if status == READER_GONE:
        _discard_output()
    return status if isinstance(status, int) else 0


def _complain(message: str, status: int) -> int:
    line = " ".join(message.split())
    # What the user gave may be of any length, and messages repeat it.
    shown = line if len(line) <= LONGEST_COMPLAINT else f"{line[:LONGEST_COMPLAINT]}..."
    print(f"agf: {shown}", file=sys.stderr)
    return status


def _discard_output() -> None:
    # What is still buffered would raise again when the interpreter shuts down, with a message nobody can use.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
