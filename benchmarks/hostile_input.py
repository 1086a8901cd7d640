"""Hostile input: how much of it is refused, in one line, without a traceback, a trace or an evaluation.

    python benchmarks/hostile_input.py [--strings 1000] [--cases 500] [--seed 0]

Strings go to the expression parser and, as ``--set U=...``, to `agf derive`; files, arrays and options to the command
line and to the library. The first of each kind are written by hand and must be refused; the others are mutations of
them, of which a few become legal. Exit status 1 if anything is amiss.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from hostile.arrays import calls
from hostile.canary import watched
from hostile.commands import ask
from hostile.files import malformed_archives, malformed_tables
from hostile.options import COMMANDS
from hostile.records import malformed_certificates, malformed_records
from hostile.strings import hostile_strings

from agf_theory import certificate_checker
from agf_theory.closed_form import parse_expression
from agf_theory.errors import AgfTheoryError, InputError
from agf_theory.problems import input_file
from agf_theory.proofs_check import Record, selected, verify_all, write_certificates
from agf_theory.proofs_check.record import VERDICTS_ON_RECORD

__all__ = ["arrays", "certificates", "files", "options", "records", "strings", "strings_to_agf"]

Found = Iterator[tuple[str, str]]
"""What came of each: "refused", "legal" or what is amiss; and which it was."""


def strings(count: int, seed: int) -> Found:
    """Texts to the parser."""
    for text, certain in hostile_strings(count, seed):
        yield _called(lambda text=text: parse_expression(text, "U"), InputError, certain), ascii(text[:80])


def strings_to_agf(count: int, seed: int, folder: Path, *, every: int = 1) -> Found:
    """The same texts on the command line, or every so-manyth of them."""
    for text, certain in islice(hostile_strings(count, seed), 0, None, every):
        # What may be legal is still a value for U, which has to be positive: status 2 or 0.
        command = ("derive", "diagonal.accumulated_utility", f"--set=U={text}")
        yield _asked(command, folder, certain), ascii(text[:80])


def files(count: int, seed: int, folder: Path, *, every: int = 1) -> Found:
    """Three CSV files for every two npz files, or every so-manyth of them."""
    place, input_file.LONGEST_WAIT = folder / "files", 0.05  # for the pipe that stays empty
    place.mkdir()
    for path, certain in islice(malformed_tables(place, count * 3 // 5, seed), 0, None, every):
        yield _asked(("table", "diagonal", f"--data={path}", "--target=outcome"), folder, certain), path.name
    for path, certain in islice(malformed_archives(place, count - count * 3 // 5, seed), 0, None, every):
        yield _asked(("table", "diagonal", f"--data={path}"), folder, certain), path.name


def options(count: int, folder: Path, *, every: int = 1) -> Found:
    """Command lines, or every so-manyth of them."""
    for command in COMMANDS[:count:every]:
        yield _asked(command, folder, True), ascii(" ".join(command)[:80])


def arrays(count: int) -> Found:
    """Arrays, scales and values to the library."""
    for what, call in calls()[:count]:
        yield _called(call, AgfTheoryError, True), what


def records(count: int, seed: int, folder: Path) -> Found:
    """Files in the place of the verdicts on record."""
    for path in malformed_records(folder, VERDICTS_ON_RECORD, count, seed):
        yield _called(lambda path=path: Record.load(path), InputError, True), path.name


def certificates(count: int, seed: int, folder: Path) -> Found:
    """Files for the independent checker, whose status for them is 2, with one line on standard output."""
    true = folder / "true"
    true.mkdir()
    good = write_certificates(verify_all(selected(["DIAG-03"]), workers=0, certificates=True), true)[0]
    for path in malformed_certificates(folder, good, count, seed):
        out = io.StringIO()
        try:
            with watched() as heard, contextlib.redirect_stdout(out):
                status = certificate_checker.main([str(path)])
        except BaseException as error:
            yield f"traceback {error!r:.200}", path.name
            continue
        fine = status == 2 and len(out.getvalue().splitlines()) == 1 and not heard
        yield ("refused" if fine else f"status {status}: {out.getvalue()!r:.200} {heard}"), path.name


def _called(call: Callable[[], Any], refusal: type[Exception], certain: bool) -> str:
    try:
        with watched() as heard:
            call()
    except refusal as error:
        message = str(error)
        fine = message.isprintable() and len(message) < 2000 and not heard
        return "refused" if fine else f"refused, but: {heard} {message!r:.100}"
    except BaseException as error:
        return f"traceback {error!r:.200}"
    return f"heard {heard}" if heard else "accepted" if certain else "legal"


def _asked(command: tuple[str, ...], folder: Path, certain: bool) -> str:
    answer = ask(command, folder)
    if answer.faults or answer.status not in (0, 2):
        return f"status {answer.status}, {'; '.join(answer.faults)}"
    return "refused" if answer.status == 2 else "accepted" if certain else "legal"


def _warm_up(folder: Path) -> None:
    """Import what a command imports, so that the watch hears the input and not the libraries."""
    for command in (
        ("claims",),
        ("derive", "DIAG-03"),
        ("table", "diagonal", "--problem", "ar1"),
        ("verify", "DIAG-03"),
    ):
        ask(command, folder)


def main(arguments: list[str] | None = None) -> int:
    """Print the counts; 1 if anything was not refused that must be, or not in the right way."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--strings", type=int, default=1000)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args(arguments)
    amiss = 0
    with tempfile.TemporaryDirectory() as name:
        folder, n, seed = Path(name), asked.cases, asked.seed
        for part in ("work", "json"):
            (folder / part).mkdir()
        work, data = folder / "work", folder / "json"
        _warm_up(work)
        kinds: list[tuple[str, Found]] = [
            ("strings to the parser", strings(asked.strings, seed)),
            ("strings to agf derive --set", strings_to_agf(asked.strings, seed, work)),
            ("files to agf table", files(n // 2, seed, work)),
            ("arrays to the library", arrays(n)),
            ("options of agf", options(n, work)),
            ("verdicts on record", records(n // 8, seed, data)),
            ("certificates to the checker", certificates(n // 8, seed, data)),
        ]
        for kind, found in kinds:
            counts: Counter[str] = Counter()
            for outcome, which in found:
                known = outcome if outcome in ("refused", "legal") else "amiss"
                counts[known] += 1
                if known == "amiss":
                    print(f"  {which}: {outcome}")
            total = sum(counts.values())
            print(f"{kind}: {total}; refused {counts['refused']}, legal {counts['legal']}, amiss {counts['amiss']}")
            amiss += counts["amiss"]
    print("nothing amiss" if not amiss else f"{amiss} amiss")
    return 1 if amiss else 0


if __name__ == "__main__":
    sys.exit(main())
