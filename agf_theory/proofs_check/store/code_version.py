"""The version of the code that a check runs: of its modules, the data files they read, and the libraries beneath."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from agf_theory.proofs_check.libraries import LIBRARIES, installed_version
from agf_theory.proofs_check.store.description import Indescribable
from agf_theory.proofs_check.store.import_graph import ImportGraph

__all__ = ["CodeVersion", "environment"]

ROOT = Path(__file__).parents[2]
ALWAYS = "proofs_check.child"
"""What runs every check, and gives it its seed."""

FOR_READERS = "typesetting"
"""What sets formulas for readers is no part of what a check finds, though what prints itself imports it."""

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""They change the order of sums in floating point."""


class CodeVersion:
    """The version of everything that some modules of a package need, read when it is first asked for.

    Parameters
    ----------
    root : Path
        Folder of the package.
    """

    def __init__(self, root: Path = ROOT) -> None:
        self._graph = ImportGraph(root)
        self._always = f"{root.name}.{ALWAYS}"
        self._for_readers = frozenset(_within(root / FOR_READERS, self._graph, self._graph.modules))
        # What acts when it is imported may change what any check computes: it counts for all that may be loaded.
        self._loaded = self._graph.loaded([f"{root.name}.proofs_check"])
        self._active = self._graph.needed(self._graph.active(self._loaded))
        self._data = _data_files(self._graph, self._loaded)
        self._digest_of = cache(_digest_of)
        self._versions: dict[frozenset[str], str] = {}

    @classmethod
    @cache
    def installed(cls) -> CodeVersion:
        """That of the running package, read once: what is edited while a run goes on does not count."""
        return cls()

    def needed(self, modules: Iterable[str]) -> frozenset[str]:
        """The modules of the package that count for a check whose functions come from the given ones."""
        found = self._graph.needed((*modules, self._always)) | self._active
        return found - self._for_readers

    def of(self, modules: Iterable[str]) -> str:
        """Digest of the sources of what is needed, of its data files, and of modules outside the package."""
        given = frozenset(modules)
        if given not in self._versions:
            self._versions[given] = self._found(given)
        return self._versions[given]

    def _found(self, given: frozenset[str]) -> str:
        strangers = {name: found for name in given if (found := self._stranger(name)) is not None}
        # What a stranger imports is not looked at: it may need anything.
        inside = self._loaded if strangers else self.needed(given)
        parts = strangers | {name: self._graph.source(name).digest for name in inside}
        parts |= {str(path): self._digest_of(self._graph.root / path) for n in inside for path in self._data.get(n, ())}
        return hashlib.sha256("\n".join(f"{k} {v}" for k, v in sorted(parts.items())).encode()).hexdigest()

    def _stranger(self, module: str) -> str | None:
        """Digest of a module that is neither ours nor a library's, such as one of a test; None for those that are."""
        package = module.partition(".")[0]
        if package == self._graph.root.name or package in _LIBRARY_MODULES or package in sys.stdlib_module_names:
            return None
        file = getattr(sys.modules.get(module), "__file__", None)
        if file is None:
            raise Indescribable(f"the module {module} has no source file")
        return self._digest_of(Path(file))


_LIBRARY_MODULES = frozenset({"sympy", "mpmath", "gmpy2", "flint", "numpy", "scipy", "hypothesis", "pandas", "sklearn"})


@cache
def environment() -> Mapping[str, str]:
    """What else results rest on: the libraries, the interpreter, the machine, the number of threads."""
    found = {name: installed_version(name) or "none" for name in LIBRARIES}
    found |= {name: os.environ.get(name, "") for name in THREADS}
    return found | {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "assertions": "off" if sys.flags.optimize else "on",
    }


def _digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _data_files(graph: ImportGraph, modules: Iterable[str]) -> dict[str, list[Path]]:
    """By module the data files that count for it, relative to the package.

    A file counts for the modules that name it, or the folder of data it lies in; where none does, for all modules in
    the package around it and beneath.
    """
    found: dict[str, list[Path]] = {}
    packages = {graph.path(module).parent for module in graph.modules}
    texts = {module: "\n".join(graph.source(module).texts) for module in modules}
    parts = {module: frozenset(text.replace("\n", "/").split("/")) for module, text in texts.items()}
    for path in sorted(graph.root.rglob("*")):
        if not _is_data(path):
            continue
        package = next(folder for folder in path.parents if folder in packages)
        folders = frozenset(path.relative_to(package).parts[:-1])
        naming = [m for m in modules if path.name in texts[m] or folders & parts[m]]
        for module in naming or _within(package, graph, modules):
            found.setdefault(module, []).append(path.relative_to(graph.root))
    return found


def _within(package: Path, graph: ImportGraph, modules: Iterable[str]) -> list[str]:
    name = ".".join(package.relative_to(graph.root.parent).parts)
    return [module for module in modules if module == name or module.startswith(f"{name}.")]


def _is_data(path: Path) -> bool:
    return path.is_file() and path.suffix not in (".py", ".typed") and path.parent.name != "__pycache__"
