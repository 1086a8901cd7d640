"""`agf search`: look for a counterexample to a claim, or to one of its mutants, and try a stored one again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agf_theory.cli.output import to_stdout, write_whole
from agf_theory.cli.progress import QuietOption, shown_steps
from agf_theory.cli.shell_names import claim_ids
from agf_theory.cli.verify_options import Format, require_seed
from agf_theory.errors import InputError

if TYPE_CHECKING:
    from agf_theory.proofs_check import Claim
    from agf_theory.proofs_check.search import Counterexample

__all__ = ["search"]

FOLDER = "counterexamples"


def search(
    claim_id: Annotated[
        str, typer.Argument(metavar="ID", help="A claim over data.", show_default=False, autocompletion=claim_ids)
    ],
    mutant: Annotated[
        str | None, typer.Option("--mutant", metavar="NAME", help="Put this mutant in the place of the formula.")
    ] = None,
    examples: Annotated[
        int | None, typer.Option("--examples", help="Instances to try; by default what the claim says.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Of the instances.")] = 0,
    time_limit: Annotated[
        float | None, typer.Option("--time-limit", metavar="SECONDS", help="Try no further instance after so long.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print what was found.")] = Format.TEXT,
    out: Annotated[
        str | None, typer.Option("--out", metavar="DIR", help=f"Store it in this folder; by default {FOLDER}.")
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Store it in the package: every verification replays it from then on.")
    ] = False,
    replay: Annotated[
        str | None,
        typer.Option("--replay", metavar="FILE", help="Try a stored counterexample again, and nothing else."),
    ] = None,
    quiet: QuietOption = False,
) -> int:
    """Look for an instance at which a claim, or a mutant of it, fails; make it small, and store it.

    Exit status: 0 none was found; 1 one was found, an instance ended in an error, or none was decided; 2 the input is
    wrong.
    """
    from agf_theory.proofs_check import get

    claim = get(claim_id)
    if replay is not None:
        _exclude("--replay", {"--mutant": mutant, "--examples": examples, "--out": out, "--keep": keep})
        return _replay(claim, replay, form)
    if keep and out is not None:
        raise InputError("--keep and --out exclude one another")
    require_seed(seed)
    if examples is not None and examples < 1:
        raise InputError(f"--examples: a positive number is required, got {examples}")
    if time_limit is not None and not time_limit > 0:
        raise InputError(f"--time-limit: a positive number of seconds is required, got {time_limit}")
    return _search(claim, mutant, examples, seed, time_limit, form, _folder(out, keep), quiet)


def _search(
    claim: Claim,
    mutant: str | None,
    examples: int | None,
    seed: int,
    seconds: float | None,
    form: Format,
    folder: Path,
    quiet: bool,
) -> int:
    from agf_theory.proofs_check.search import named_mutant, result_json, result_text
    from agf_theory.proofs_check.search import search as search_claim

    formula = None if mutant is None else named_mutant(claim, mutant)
    with shown_steps(f"searching {claim.id}", quiet=quiet) as begin:
        tell = partial(_tell, begin, claim.id)
        result = search_claim(claim, formula=formula, examples=examples, seed=seed, seconds=seconds, progress=tell)
    replay = ""
    if result.counterexample is not None:
        path = _stored(result.counterexample, folder)
        replay = f"agf search {claim.id} --replay {path}"
    text = result_json(result) if form is Format.JSON else result_text(result, replay=replay)
    to_stdout(f"{text}\n")
    return 0 if result.clean else 1


def _tell(begin: Callable[[str], None], claim_id: str, tried: int, found: bool) -> None:
    begin(f"searching {claim_id}: {tried} instances tried{', a counterexample found; shrinking it' if found else ''}")


def _replay(claim: Claim, file: str, form: Format) -> int:
    from agf_theory.proofs_check import Outcome
    from agf_theory.proofs_check.search import load, named_mutant, replay_json, replay_text, trial

    stored = load(file)
    if stored.claim_id != claim.id:
        raise InputError(f"{file}: a counterexample to {claim.id} is required, got one to {stored.claim_id[:40]!r}")
    mutant = None if stored.mutant is None else named_mutant(claim, stored.mutant)
    instance = claim.under(mutant).hypotheses.decode(stored.instance)
    tried = {}
    if claim.hypotheses.holds(instance):
        tried["the claim"] = trial(claim, claim.formula, instance)
    if mutant is not None:
        tried[mutant.name] = trial(claim, mutant.formula, instance)
    to_stdout(f"{replay_json(stored, tried) if form is Format.JSON else replay_text(claim, stored, tried)}\n")
    return 1 if any(found.result in (Outcome.REFUTED, Outcome.ERROR) for found in tried.values()) else 0


def _folder(out: str | None, keep: bool) -> Path:
    from agf_theory.proofs_check.search import STORED

    folder = STORED if keep else Path(FOLDER if out is None else out)
    if out is not None and (not out or "\0" in out):
        raise InputError(f"--out: the name of a folder is required, got {out!a}")
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: a folder is required, got a file")
    return folder


def _stored(counterexample: Counterexample, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / counterexample.file_name
    write_whole(path, counterexample.text().encode("utf-8"))
    return path


def _exclude(option: str, others: dict[str, object]) -> None:
    for other, value in others.items():
        if value not in (None, False):
            raise InputError(f"{option} tries one stored instance and excludes {other}")
