"""Evidence on file: all that the quick checks of a claim hand back under seed 0, as plain data, and how two differ.

Exact numbers, counts, names and words must agree. Floats and decimals in a text agree up to what another machine may
change: integrators and fits keep a relative 1e-3 and an absolute 1e-6; what is smaller than that is a rounding error or
the width of a ball, whose size is held to a factor of ten.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from agf_theory import certificate_checker
from agf_theory.proofs_check import Check, Claim, Cost, Evidence, Hypotheses, certificates
from agf_theory.proofs_check.attempt import attempted
from agf_theory.proofs_check.child import Job, run_here
from agf_theory.proofs_check.context import Context, seed_of
from agf_theory.proofs_check.evidence import plain
from agf_theory.proofs_check.necessity import as_check
from agf_theory.proofs_check.verification import Run

FOLDER = Path(__file__).parent
SECTIONS = ("claim", "checks", "without instances", "necessity", "mutants")
SEED = 0
RELATIVE, NOISE, ORDER_OF_MAGNITUDE = 1e-3, 1e-6, 10
SLOW = 1.5
"""CPU seconds beyond which an entry is left to the surveys; decided once, when it is first recorded."""

STORED = "stored counterexamples"

DECIMAL = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?")


@dataclass(frozen=True)
class Entry:
    """One thing that is on file: what to run, and where its result stands.

    Attributes
    ----------
    section, name : str
        "checks" and the name of the check; "mutants", "mutant / check"; ...
    take : callable
        Runs it.
    """

    section: str
    name: str
    take: Callable[[], Any]


def entries(claim: Claim) -> Iterator[Entry]:
    """Everything that is put on file of a claim, the cheapest first."""
    yield Entry("claim", "statement", partial(_statement, claim))
    yield Entry("claim", "instances", partial(_instances, claim))
    # the stored counterexamples have files of their own, and more may come
    quick = [check for check in claim.checks_within(Cost.QUICK) if check.name != STORED]
    for check in quick:
        yield Entry("checks", check.name, partial(_evidence, Job(claim, check, claim.formula, SEED, certificates=True)))
    for check in quick:
        yield Entry("without instances", check.name, partial(_without_instances, claim, check))
    for check in map(as_check, claim.necessity):
        yield Entry("necessity", check.name, partial(_evidence, Job(claim, check, claim.formula, SEED, necessity=True)))
    for mutant in claim.mutants:
        for check in quick:
            job = Job(claim, check, mutant.formula, SEED, mutant.name)
            yield Entry("mutants", f"{mutant.name} / {check.name}", partial(_evidence, job))


def _statement(claim: Claim) -> dict[str, Any]:
    """What the claim says of itself; of its prose, whether there is any."""
    return {
        "system": claim.system,
        "kind": str(claim.kind),
        "status": str(claim.status),
        "source": [claim.source.key, claim.source.locator],
        "hypotheses": [str(condition) for condition in claim.hypotheses.conditions],
        "drawn": list(claim.hypotheses.ranges_drawn),
        "checks": {check.name: _described(check) for check in claim.checks if check.name != STORED},
        "mutants": {mutant.name: mutant.description for mutant in claim.mutants},
        "necessity": [
            {
                "dropped": str(n.dropped),
                "kept": list(map(str, n.kept)),
                "at": plain(n.witness),
                "time limit": n.time_limit,
            }
            for n in claim.necessity
        ],
        "parts": {part.name: _part(part) for part in claim.parts},
        "equivalent": {name: bool(reason) for name, reason in sorted(claim.equivalent.items())},
        "remark": bool(claim.remark),
        "probes": {probe.name: [_function(probe.at), probe.examples] for probe in claim.probes},
    }


def _described(check: Check) -> dict[str, Any]:
    return {"cost": str(check.cost), "time limit": check.time_limit, "runs": _function(check.run)}


def _part(part: Any) -> dict[str, Any]:
    within = {str(symbol): plain(ends) for symbol, ends in part.within.items()}
    values = {str(symbol): plain(list(taken)) for symbol, taken in part.values.items()}
    return {
        "expression": str(part.expression),
        "within": within,
        "values": values,
        "up to factor": part.up_to_factor,
    }


def _function(run: Any) -> str:
    """A function by its name, with the arguments that were given it beforehand."""
    given: dict[str, Any] = {}
    while isinstance(run, partial):
        given, run = {**run.keywords, **given}, run.func
    arguments = (f"{name}={_shown(value)}" for name, value in given.items())
    return f"{getattr(run, '__qualname__', type(run).__qualname__)}({', '.join(arguments)})"


def _shown(value: Any) -> str:
    return _function(value) if callable(value) else str(value)


def _instances(claim: Claim) -> list[Any]:
    """The first instances that a check would draw."""
    context = Context(claim.hypotheses, seed_of(SEED, claim.id, "evidence on file"))
    return [plain(claim.hypotheses.encode(instance)) for instance in context.instances(12)]


def _evidence(job: Job) -> dict[str, Any]:
    """The evidence of a job; the independent checker has to accept its certificates, if it has any.

    Of a check on its claim it is told from which ranges it drew, and how often: what is drawn leaves no other trace if
    all is well.
    """
    context = _Counting(job.claim.hypotheses, job.context().seed, job.certificates)
    found = attempted(lambda: job.check.run(job.formula, context), "the check")
    for kind, items in found.certificates.items():
        run = Run((), Cost.QUICK, job.seed, {})
        document = certificates._document(run, job.claim.id, job.check.name, kind, items)
        certificate_checker.check_document(json.loads(json.dumps(document)))
    draws = {} if job.mutant or not context.draws else {"draws": dict(sorted(context.draws.items()))}
    return {**as_entry(found), **draws}


class _CountingRandom(Random):
    """The same numbers; the calls are counted by their arguments."""

    def __init__(self, seed: int, draws: Counter[str]) -> None:
        self._draws = draws
        super().__init__(seed)

    def getrandbits(self, k: int) -> int:  # defined, so that a `random` of our own changes no other method
        return super().getrandbits(k)

    def random(self) -> float:
        self._draws["random()"] += 1
        return super().random()

    def randint(self, a: int, b: int) -> int:
        self._draws[f"randint({a}, {b})"] += 1
        return super().randint(a, b)

    def choice(self, seq: Any) -> Any:
        self._draws[f"choice of {len(seq)}"] += 1
        return super().choice(seq)

    def sample(self, population: Any, k: int, **options: Any) -> Any:
        self._draws[f"sample of {k} from {len(population)}"] += 1
        return super().sample(population, k, **options)


@dataclass(frozen=True)
class _Counting(Context):
    draws: Counter[str] = field(default_factory=Counter)

    def random(self) -> Random:
        return _CountingRandom(self.seed, self.draws)


def as_entry(evidence: Evidence) -> dict[str, Any]:
    """Evidence as it is put on file, with the number of certificates of each kind; what is empty is left out."""
    record = {
        **evidence.as_record(),
        "certificates": {kind: len(items) for kind, items in evidence.certificates.items()},
    }
    return {key: value for key, value in record.items() if key != "command" and value not in (None, {})}


def _without_instances(claim: Claim, check: Check) -> dict[str, Any]:
    """The evidence of a check to which the hypotheses give no instance; empty if it asks for none."""
    asked: list[int] = []

    class NoInstances(Hypotheses):
        def instances(self, random: Any, count: int) -> Iterator[dict[str, Any]]:
            asked.append(count)
            return iter(())

    bare = NoInstances(claim.hypotheses.conditions, claim.hypotheses.drawn)
    found = run_here(Job(replace(claim, hypotheses=bare), check, claim.formula, SEED))
    return as_entry(found) if asked else {}


def taken(
    claim: Claim, known: Mapping[str, Any] | None = None, *, sections: Collection[str] = SECTIONS
) -> dict[str, Any]:
    """The entries of a claim; what agrees with what is known is kept to the letter, and so are other sections."""
    known = known or {}
    file: dict[str, Any] = {"slow": [], **{name: dict(known[name]) for name in SECTIONS if name in known}}
    file["slow"] = [place for place in known.get("slow", ()) if place.split(": ")[0] not in sections]
    for section in sections:
        file.pop(section, None)
    for entry in entries(claim):
        if entry.section not in sections:
            continue
        started = time.process_time()
        found = json.loads(json.dumps(entry.take()))
        seconds = time.process_time() - started
        if entry.section == "without instances" and not found:
            continue
        place = f"{entry.section}: {entry.name}"
        before = known.get(entry.section, {}).get(entry.name)
        # what the check has computed once it may have kept, so that it is quick the second time
        again = entry.section == "without instances" and f"checks: {entry.name}" in file["slow"]
        if (place in known["slow"]) if before is not None else again or seconds > SLOW:
            file["slow"].append(place)
        agrees = before is not None and not differences(before, found)
        file.setdefault(entry.section, {})[entry.name] = before if agrees else rounded(found)
    file["slow"].sort()
    return {name: file[name] for name in ("slow", *SECTIONS) if name in file}


def on_file(claim_id: str) -> dict[str, Any] | None:
    """What is on file of a claim; None if nothing is."""
    path = FOLDER / f"{claim_id}.json"
    found: dict[str, Any] | None = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    return found


def written(file: Mapping[str, Any]) -> str:
    """As JSON with a line an entry, so that the difference of two versions is short."""
    sections = []
    for section, found in file.items():
        lines = found.items() if isinstance(found, dict) else [(None, entry) for entry in found]
        rows = (f"  {_text(name) + ': ' if name is not None else ''}{_text(entry)}" for name, entry in lines)
        inner = ",\n".join(rows)
        left, right = "{}" if isinstance(found, dict) else "[]"
        sections.append(
            f" {_text(section)}: {left}\n{inner}\n {right}" if inner else f" {_text(section)}: {left}{right}"
        )
    return "{\n" + ",\n".join(sections) + "\n}\n"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def rounded(value: Any) -> Any:
    """The data with floats of six digits."""
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {key: rounded(entry) for key, entry in value.items()}
    return [rounded(entry) for entry in value] if isinstance(value, list) else value


def differences(recorded: Any, found: Any, where: str = "") -> list[str]:
    """Where two pieces of plain data differ, a line each."""
    if isinstance(recorded, dict) and isinstance(found, dict):
        missing = [f"{where}/{key}: only {who}" for key, who in _alone(recorded, found)]
        common = (key for key in recorded if key in found)
        return missing + [line for key in common for line in differences(recorded[key], found[key], f"{where}/{key}")]
    if isinstance(recorded, list) and isinstance(found, list) and len(recorded) == len(found):
        pairs = enumerate(zip(recorded, found, strict=True))
        return [line for k, pair in pairs for line in differences(*pair, f"{where}/{k}")]
    return [] if _agree(recorded, found) else [f"{where}: on file {recorded!r}, found {found!r}"]


def _alone(recorded: dict[str, Any], found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((key, "on file") for key in recorded if key not in found)
    yield from ((key, "found") for key in found if key not in recorded)


def _agree(recorded: Any, found: Any) -> bool:
    if isinstance(recorded, str) and isinstance(found, str):
        decimals = [list(map(float, DECIMAL.findall(text))) for text in (recorded, found)]
        words = [DECIMAL.sub("#", text) for text in (recorded, found)]
        return words[0] == words[1] and all(map(_close, *decimals))
    if isinstance(recorded, float) or isinstance(found, float):
        numbers = (recorded, found)
        return all(type(number) in (int, float) for number in numbers) and _close(*numbers)
    return type(recorded) is type(found) and bool(recorded == found)


def _close(recorded: float, found: float) -> bool:
    small, large = sorted((abs(recorded), abs(found)))
    if large < NOISE:
        return large <= ORDER_OF_MAGNITUDE * small
    return abs(recorded - found) <= NOISE + RELATIVE * large
