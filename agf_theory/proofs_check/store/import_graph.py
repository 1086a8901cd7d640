"""Which modules of a package a module needs, through everything it imports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from agf_theory.proofs_check.store.source_file import Reference, SourceFile

__all__ = ["ImportGraph"]


class ImportGraph:
    """The modules of a package and what each needs, read from the sources.

    A name that a package re-exports leads to the module that defines it, not to the package: else whoever needs one
    name would need all. In doubt more is needed, not less: a package that is handed on as a value counts whole, and so
    does everything where modules are imported by computed names. Modules that do more than define names when they are
    imported are `active`, and whoever keeps results should count them for all.

    Parameters
    ----------
    root : Path
        Folder of the package; its name is that of the package.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._paths = dict(_modules(root))
        self._needed = cache(self._find_needed)
        self._source = cache(self._read)

    @property
    def modules(self) -> tuple[str, ...]:
        """The dotted name of every module."""
        return tuple(self._paths)

    def path(self, module: str) -> Path:
        """Its source file."""
        return self._paths[module]

    def source(self, module: str) -> SourceFile:
        """What it refers to."""
        return self._source(module)

    def needed(self, modules: Iterable[str]) -> frozenset[str]:
        """The modules themselves, and those that they need, directly or not."""
        reached: set[str] = set()
        waiting = [module for module in modules if module in self._paths]
        while waiting:
            module = waiting.pop()
            if module not in reached:
                reached.add(module)
                waiting += self._needed(module) - reached
        return frozenset(reached)

    def loaded(self, modules: Iterable[str]) -> frozenset[str]:
        """What the interpreter may load when these modules are imported: whole packages, re-exports and all."""
        reached: set[str] = set()
        waiting = [module for module in modules if module in self._paths]
        while waiting:
            module = waiting.pop()
            if module in reached:
                continue
            reached.add(module)
            above = module.rpartition(".")[0]
            waiting += [above] if above else []
            for used in (*self.source(module).uses, *self.source(module).exports.values()):
                waiting += [part for part in _prefixes(used) if part in self._paths]
        return frozenset(reached)

    def active(self, modules: Iterable[str]) -> frozenset[str]:
        """Those among them that do more than define names when they are imported."""
        return frozenset(module for module in modules if self.source(module).acts_on_import)

    def _read(self, module: str) -> SourceFile:
        return SourceFile.read(self._paths[module], module)

    def _find_needed(self, module: str) -> frozenset[str]:
        source = self.source(module)
        if source.names_modules_at_run_time:
            return frozenset(self._paths)
        return frozenset(found for used in source.uses for found in self._resolved(used) if found != module)

    def _resolved(self, reference: Reference) -> frozenset[str]:
        """The modules that a reference leads to."""
        module, names = reference
        if module not in self._paths:
            return frozenset()
        if not self.source(module).is_package:
            return frozenset({module})
        if not names:
            return self._whole(module)
        first, *rest = names
        exported = self.source(module).exports.get(first)
        if exported is not None and exported != Reference(module, (first,)):
            return self._resolved(Reference(exported.module, (*exported.names, *rest)))
        if f"{module}.{first}" in self._paths:
            return self._resolved(Reference(f"{module}.{first}", tuple(rest)))
        # Defined in the package's own file: what that needs is needed. Or a star.
        return self._whole(module) if first == "*" else frozenset({module})

    def _whole(self, package: str) -> frozenset[str]:
        return frozenset(name for name in self._paths if name == package or name.startswith(f"{package}."))


def _modules(root: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root.parent).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def _prefixes(reference: Reference) -> Iterator[str]:
    parts = [*reference.module.split("."), *reference.names]
    return (".".join(parts[: k + 1]) for k in range(len(parts)))
