"""One mutant against its tests, in a forked copy of a process that has the large libraries loaded already."""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import os
import resource
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

import pytest
from operators import Mutant

__all__ = ["QUICK", "QUIETLY", "Outcome", "Workshop", "libraries"]

QUICK = ("-m", "not full")  # without tests of more than ten seconds
# the libraries are loaded already, which pytest remarks upon
QUIETLY = (
    "-q",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
)
NO_IMPORT = 90  # an exit status that pytest does not use
PARTS = ("agf_theory", "tests", "docs", "benchmarks", "pyproject.toml", "README.md")


@dataclass(frozen=True)
class Outcome:
    """How a trial ended.

    Attributes
    ----------
    word : {"killed", "survived", "timeout", "error"}
    detail : str
        The test that failed, or where the process was when its time ran out.
    seconds : float
    """

    word: str
    detail: str
    seconds: float


class Workshop:
    """A copy of the repository in which files may be spoilt; a context manager.

    Attributes
    ----------
    root : Path
        Of the copy.
    """

    def __init__(self, repository: Path) -> None:
        self._folder = TemporaryDirectory(prefix="code_mutants_")
        self.root = Path(self._folder.name).resolve()
        for part in PARTS:
            source = repository / part
            if source.is_dir():
                shutil.copytree(source, self.root / part, ignore=shutil.ignore_patterns("__pycache__", "_build"))
            else:
                shutil.copy2(source, self.root / part)

    def __enter__(self) -> Workshop:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._folder.cleanup()

    def load(self, modules: list[str]) -> None:
        """Import what every trial would import again."""
        for name in modules:
            with contextlib.suppress(Exception):
                import_module(name)
        # what is loaded now is never freed: the collector need not look at it in every copy
        gc.collect()
        gc.freeze()

    def loaded_by(self, *modules: str) -> list[str]:
        """Modules of installed packages that importing these loads; found out in a copy, where it does no harm."""
        names = self.root / "modules.txt"

        def work() -> int:
            for name in modules:
                import_module(name)
            names.write_text("\n".join(libraries()))
            return 0

        self.in_copy(work, cpu_seconds=120)
        return names.read_text().splitlines()

    def in_copy(self, work: Callable[[], int], *, cpu_seconds: float) -> tuple[int, float]:
        """Exit status (negative: the signal) and wall seconds of a piece of work in a forked process."""
        started = time.monotonic()
        child = os.fork()
        if not child:
            self._become_copy(work, cpu_seconds)
        # CPU time is what counts, since others use the machine; the wall only ends what sleeps for ever
        deadline = started + 20 * cpu_seconds
        while True:
            pid, status = os.waitpid(child, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > deadline:
                os.kill(child, signal.SIGXCPU)
                deadline += 3600
            time.sleep(0.02)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        return os.waitstatus_to_exitcode(status), time.monotonic() - started

    def _become_copy(self, work: Callable[[], int], cpu_seconds: float) -> None:
        os.setsid()
        os.chdir(self.root)
        sys.path.insert(0, str(self.root))
        os.environ["PYTHONPATH"] = str(self.root)
        report = (self.root / "output.txt").open("w")
        os.dup2(report.fileno(), 1)
        os.dup2(report.fileno(), 2)
        faulthandler.register(signal.SIGXCPU, file=(self.root / "stack.txt").open("w"), all_threads=False, chain=True)
        soft = int(time.process_time() + cpu_seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft, soft + 5))
        status = 70
        try:
            status = work()
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

    def run_tests(self, tests: list[str], module: str, marks: Sequence[str]) -> int:
        """Pytest's exit status, or another if the module cannot be imported; the tests that failed are left in a file.

        Pytest takes a test that cannot be collected for one that does not exist, which must not look like a kill.
        """
        assert module not in sys.modules, f"{module} is loaded already: the mutant would not be seen"
        try:
            spoilt = import_module(module)
        except Exception:
            return NO_IMPORT
        assert Path(str(spoilt.__file__)).is_relative_to(self.root), f"{module} is loaded from {spoilt.__file__}"
        failed = self.root / "failed.txt"
        failed.write_text("")

        class Notes:
            def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
                if report.failed:
                    failed.write_text(report.nodeid)

        plain = ["-x", "-p", "no:faulthandler", "--timeout=0", "--tb=line", "--no-header"]
        return int(pytest.main([*tests, *marks, *QUIETLY, *plain], plugins=[Notes()]))

    def failing(self, tests: Sequence[str], *, cpu_seconds: float) -> set[str]:
        """Those of the tests that fail on the code as it is, so that no failure of theirs says anything."""
        listed = self.root / "failing.txt"
        listed.write_text("")

        class Notes:
            def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
                if report.failed:
                    with listed.open("a") as file:
                        file.write(f"{report.nodeid}\n")

        plain = ["-p", "no:faulthandler", "--timeout=0", "--tb=no", "--no-header"]
        status, _ = self.in_copy(
            lambda: int(pytest.main([*tests, *QUIETLY, *plain], plugins=[Notes()])), cpu_seconds=cpu_seconds
        )
        if status not in (0, pytest.ExitCode.TESTS_FAILED):
            return set(tests)  # not known of any of them that it passes
        return set(listed.read_text().splitlines())

    def tries(self, mutant: Mutant, tests: list[str], *, cpu_seconds: float, marks: Sequence[str] = QUICK) -> Outcome:
        """Put the mutant in the place of the original, run the tests, and put the original back."""
        file = self.root / mutant.path
        source = file.read_text(encoding="utf-8")
        try:
            _replace(file, mutant.applied(source))
            status, seconds = self.in_copy(lambda: self.run_tests(tests, mutant.module, marks), cpu_seconds=cpu_seconds)
        finally:
            _replace(file, source)
        if status == 0:
            return Outcome("survived", f"{len(tests)} tests", seconds)
        if status in (-signal.SIGXCPU, -signal.SIGKILL):
            return Outcome("timeout", self._innermost(), seconds)
        if status == NO_IMPORT:
            return Outcome("killed", "the module cannot be imported", seconds)
        if status in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED) or status < 0:
            return Outcome("killed", (self.root / "failed.txt").read_text() or f"pytest ended with {status}", seconds)
        return Outcome("error", f"pytest ended with {status}: {(self.root / 'output.txt').read_text()[-300:]}", seconds)

    def _innermost(self) -> str:
        stack = (self.root / "stack.txt").read_text().splitlines()
        return " < ".join(line.split("/")[-1].strip() for line in stack if "agf_theory" in line)[:300] or "no stack"


def libraries() -> list[str]:
    """Modules of installed packages that are loaded."""
    return [
        name
        for name, module in sys.modules.items()
        if "site-packages" in (getattr(module, "__file__", None) or "") and not name.startswith(("_", "agf_theory"))
    ]


def _replace(file: Path, text: str) -> None:
    """A new text with no stale bytecode beside it: equal sizes within one second would look unchanged."""
    for cached in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
        cached.unlink()
    file.write_text(text, encoding="utf-8")
