"""Which tests a mutant of proofs_check meets, read off names and imports: nothing is run beforehand.

Coverage by test would say more, but takes an hour of integration; what this misses only lets more mutants survive.
A room is met by the evidence on file of the claims that need the module: an entry a test, the slow ones last.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

__all__ = ["LOADED_ONCE", "TestsByName"]

# what proofs_check stands on and never imports it: loaded before the trials, so that no trial has to
LOADED_ONCE = ("agf_theory.closed_form", "agf_theory.numeric.diagonal", "agf_theory.problems")

ROOMS = ("agf_theory/proofs_check/framework/", "agf_theory/proofs_check/diagonal/")
EVIDENCE = "tests/proofs_check/evidence"
ON_FILE = "tests/proofs_check/test_evidence_on_file.py::test_what_is_found_is_what_is_on_file"
SECTIONS = {
    "claim": "says",
    "checks": "finds",
    "without instances": "without instances",
    "necessity": "fails",
    "mutants": "mutant",
}
"""Of a file of evidence, and how the names of their tests begin."""

ON_RECORD = "tests/proofs_check/test_verdicts_on_record.py::test_a_run_of_the_quick_checks_finds_what_is_on_record"
FALSE_WITNESSES = "tests/proofs_check/test_necessity.py::test_a_false_witness_at_which_the_statement_holds_is_caught"
ON_FALSEHOODS = (
    "tests/proofs_check/mutation/test_refutation.py"
    "::test_every_mutant_of_every_claim_is_refuted_with_a_witness_and_crashes_no_check"
)
# tests of one module that do not bear its name
FURTHER = {
    "agf_theory/proofs_check/child.py": [
        "tests/proofs_check/test_runner.py",
        "tests/proofs_check/test_interruption.py",
    ],
    "agf_theory/proofs_check/claims.py": [
        "tests/proofs_check/test_registry.py",
        "tests/proofs_check/test_explanation.py",
    ],
    "agf_theory/proofs_check/discharged.py": [f"{ON_RECORD}[FRM-01]", f"{ON_FALSEHOODS}[FRM-06]"],
    "agf_theory/proofs_check/explanation_text.py": ["tests/proofs_check/test_explanation.py"],
    "agf_theory/proofs_check/formula_text.py": ["tests/proofs_check/test_explanation.py"],
    "agf_theory/proofs_check/grid.py": ["tests/proofs_check/test_rendering.py"],
    "agf_theory/proofs_check/mutant_rendering.py": ["tests/proofs_check/test_rendering.py", "tests/cli/test_verify.py"],
    "agf_theory/proofs_check/mutation/operators.py": ["tests/proofs_check/mutation/test_sites.py"],
    "agf_theory/proofs_check/parts.py": ["tests/proofs_check/mutation/test_breeding.py"],
    "agf_theory/proofs_check/repetition.py": ["tests/cli/test_verify.py"],
    "agf_theory/proofs_check/verdict.py": ["tests/proofs_check/test_runner.py"],
    "agf_theory/proofs_check/verification.py": ["tests/proofs_check/test_runner.py"],
    "agf_theory/proofs_check/search/report.py": ["tests/cli/test_search.py"],
}


class TestsByName:
    """The tests of a module: those of its own file, of its folder, and the claims whose checks it is part of.

    Parameters
    ----------
    root : Path
        Of the repository.
    """

    __test__ = False  # for pytest: no class of tests, in spite of its name

    def __init__(self, root: Path) -> None:
        # here, and in a process of its own: what the trials spoil must not be loaded when they begin
        from agf_theory.proofs_check.store.import_graph import ImportGraph

        self.root = root
        self._graph = ImportGraph(root / "agf_theory")

    def tests_for(self, path: str) -> list[str]:
        """Those of a file, the most likely to notice first."""
        tests = [path] if ">>>" in (self.root / path).read_text(encoding="utf-8") else []
        mirror = Path("tests", *Path(path).parts[1:-1], f"test_{Path(path).name}")
        tests += [str(mirror)] if (self.root / mirror).exists() else []
        tests += FURTHER.get(path, [])
        if path.startswith(ROOMS):
            tests += self._of_a_room(path, str(mirror.parent))
        if "/strategies/" in path:
            tests.append("tests/proofs_check/strategies/test_strategies.py")
        tests += self._that_import(path, mirror.parent)
        return list(dict.fromkeys(tests))

    def _of_a_room(self, path: str, folder: str) -> list[str]:
        claims = self._claims_with(path)
        files = {claim: self.root / f"{EVIDENCE}/{claim}.json" for claim in claims}
        entries = [entry for claim, file in files.items() if file.exists() for entry in _entries_on_file(claim, file)]
        # what every claim says and finds, before what becomes of the mutants of the first
        entries.sort(key=lambda entry: (entry[0], list(SECTIONS).index(entry[1])))
        own = [test for long, section, test in entries if not long and section != "mutants"]
        undecided = f"{folder}/test_checks_undecided.py"
        own += [FALSE_WITNESSES] if "necessity" in path else []
        own += [undecided] if (self.root / undecided).exists() else []
        tests = [*own, *(test for _, _, test in entries)]
        without = [claim for claim, file in files.items() if not file.exists()]
        tests += [f"{ON_RECORD}[{claim}]" for claim in without]
        falsehoods = f"{folder}/test_checks_on_falsehoods.py"
        tests += [falsehoods] if (self.root / falsehoods).exists() else []
        return [*tests, *(f"{ON_FALSEHOODS}[{claim}]" for claim in without)]

    def _that_import(self, path: str, folder: Path) -> list[str]:
        """Test files of the same folder that import the module by its full name."""
        name = re.compile(rf"\b{re.escape(path.removesuffix('.py').replace('/', '.'))}\b|import {Path(path).stem}\b")
        files = sorted((self.root / folder).glob("test_*.py"))
        return [str(f.relative_to(self.root)) for f in files if name.search(f.read_text(encoding="utf-8"))]

    def _claims_with(self, path: str) -> list[str]:
        """Ids of the claims whose own module needs this one, those that it states itself first."""
        module = path.removesuffix(".py").replace("/", ".")
        found: list[tuple[bool, str]] = []
        for file in sorted((self.root / path).parent.glob("*.py")):
            ids = re.findall(r'^    id="([A-Z]+-\d+)"', file.read_text(encoding="utf-8"), re.MULTILINE)
            own = str(file.relative_to(self.root)).removesuffix(".py").replace("/", ".")
            if ids and module in self._graph.needed([own]):
                found += [(own != module, claim) for claim in ids]
        return [claim for _, claim in sorted(found)]


def _entries_on_file(claim: str, path: Path) -> Iterator[tuple[bool, str, str]]:
    """Of a claim's evidence on file: whether it takes long, the section, and the test."""
    file = json.loads(path.read_text(encoding="utf-8"))
    for section, prefix in SECTIONS.items():
        for number, name in enumerate(file.get(section, {}), start=1):
            title = f"{prefix} {name if name.isascii() else number}"
            yield f"{section}: {name}" in file["slow"], section, f"{ON_FILE}[{claim} {title}]"
