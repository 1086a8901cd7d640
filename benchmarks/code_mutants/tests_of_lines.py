"""Which tests run which lines, and how long each takes: measured once, on the code as it is."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import coverage
import pytest
from operators import Mutant
from trial import QUICK, QUIETLY, libraries

__all__ = ["Selection", "measure"]


class Stopwatch:
    """A pytest plugin: seconds a test, and the coverage context named after it."""

    def __init__(self, cover: coverage.Coverage) -> None:
        self.cover = cover
        self.seconds: dict[str, float] = defaultdict(float)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.cover.switch_context(nodeid)

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.seconds[report.nodeid] += report.duration


def measure(root: Path, tests: list[str], store: Path) -> int:
    """Run the tests once and store their seconds and lines as JSON; pytest's exit status. Needs a fresh process."""
    cover = coverage.Coverage(data_file=None, config_file=False, source_pkgs=["agf_theory"])
    cover.start()
    watch = Stopwatch(cover)
    status = pytest.main([*tests, *QUICK, *QUIETLY], plugins=[watch])
    cover.stop()
    if status:
        return int(status)
    data = cover.get_data()
    lines = {
        str(Path(file).relative_to(root)): {str(line): tests for line, tests in data.contexts_by_lineno(file).items()}
        for file in data.measured_files()
    }
    store.write_text(json.dumps({"seconds": watch.seconds, "lines": lines, "libraries": libraries()}))
    return 0


@dataclass(frozen=True)
class Selection:
    """The tests that can tell a mutant from the original.

    Attributes
    ----------
    seconds : dict from test to seconds
    lines : dict from file to dict from line to tests
    libraries : list of str
        Modules that are worth loading before the first trial.
    """

    seconds: dict[str, float]
    lines: dict[str, dict[str, list[str]]]
    libraries: list[str]

    @classmethod
    def read(cls, store: Path) -> Selection:
        return cls(**json.loads(store.read_text()))

    def tests_for(self, mutant: Mutant) -> list[str]:
        """Those that run one of its lines and those of the file that mirrors its own, the quickest first.

        A line that no test runs by itself (at import, in a child process) falls to every test that runs its file.
        """
        by_line = self.lines.get(mutant.path, {})
        own = {test for k in range(mutant.start[0], mutant.end[0] + 1) for test in by_line.get(str(k), ()) if test}
        if not own:
            own = {test for tests in by_line.values() for test in tests if test}
        parts = Path(mutant.path).parts
        mirror = str(Path("tests", *parts[1:-1], f"test_{parts[-1]}"))
        own |= {test for test in self.seconds if test.startswith((mirror + "::", mutant.path + "::"))}
        return self.in_order(own & set(self.seconds), first=mirror)

    def in_order(self, tests: Iterable[str], first: str = "tests") -> list[str]:
        """The quickest first; among the quick ones those of one file, which are the most likely to notice."""
        return sorted(tests, key=lambda test: (self.seconds[test] > 1, not test.startswith(first), self.seconds[test]))

    def within(self, budget: float, tests: list[str]) -> list[str]:
        """As many of the tests, from the first on, as take no longer than so many seconds together; one at least."""
        ends = accumulate(self.seconds[test] for test in tests)
        return [test for k, (test, end) in enumerate(zip(tests, ends, strict=True)) if end <= budget or not k]
