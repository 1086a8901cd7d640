"""What one source file of a package refers to, read from its syntax tree; nothing is imported or run."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

__all__ = ["Reference", "SourceFile"]

_TYPES_ONLY = "TYPE_CHECKING"
_TELLING = (ast.Import, ast.ImportFrom, ast.Name, ast.Attribute, ast.Constant)
_QUIET = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assert, ast.Pass)


class Reference(NamedTuple):
    """A module, and names taken of it one after the other: `from a.b import c` and then `c.d` is a.b, (c, d).

    The module is one whatever its package exports under the same name; the names are looked up as attributes.
    """

    module: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourceFile:
    """One module of a package.

    Attributes
    ----------
    name : str
        Dotted, without "__init__" for a package.
    is_package : bool
    digest : str
        Of the source.
    uses : frozenset of Reference
        What of the package the source refers to: an imported name with the attributes taken of it.
    exports : dict of str to Reference
        Names that an import or a plain renaming at the top binds, and what they stand for.
    names_modules_at_run_time : bool
        Whether it imports by computed names: then it may need any module.
    acts_on_import : bool
        Whether it does more than define names when it is imported: it may then change what other modules compute.
    texts : frozenset of str
        Its string literals, among which are the names of the data files it reads.
    """

    name: str
    is_package: bool
    digest: str
    uses: frozenset[Reference]
    exports: dict[str, Reference]
    names_modules_at_run_time: bool
    acts_on_import: bool
    texts: frozenset[str]

    @classmethod
    def read(cls, path: Path, name: str) -> SourceFile:
        """Read one file; raises `SyntaxError` if it is no Python."""
        return _parsed(path.read_bytes(), path, name)

    @classmethod
    def of(cls, source: bytes, path: Path, name: str) -> SourceFile:
        """What a source says that was read from a file."""
        tree = ast.parse(source, filename=str(path))
        is_package = path.name == "__init__.py"
        nodes = [node for node in _at_run_time(tree) if isinstance(node, _TELLING)]
        here, root = name if is_package else name.rpartition(".")[0], name.partition(".")[0]
        bound, at_top = dict(_bound(nodes, here, root)), dict(_bound(tree.body, here, root))
        return cls(
            name,
            is_package,
            hashlib.sha256(source).hexdigest(),
            frozenset(_uses(nodes, bound)),
            at_top | _renamed(tree.body, at_top),
            any(map(_names_a_module, nodes)),
            not all(_is_quiet(k, statement) for k, statement in enumerate(tree.body)),
            frozenset(n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)),
        )


@cache
def _parsed(source: bytes, path: Path, name: str) -> SourceFile:
    """A file that is read again and has not changed says the same."""
    return SourceFile.of(source, path, name)


def _at_run_time(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node, but for what stands under `if TYPE_CHECKING`."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.If) and _is_for_types(node.test):
            waiting += node.orelse
            continue
        # As `ast.iter_child_nodes`, without the thousands of nodes that say whether a name is read or written.
        for value in node.__dict__.values():
            if type(value) is list:
                waiting += [child for child in value if isinstance(child, ast.AST)]
            elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
                waiting.append(value)


def _is_for_types(test: ast.expr) -> bool:
    return (isinstance(test, ast.Name) and test.id == _TYPES_ONLY) or (
        isinstance(test, ast.Attribute) and test.attr == _TYPES_ONLY
    )


def _bound(nodes: Sequence[ast.AST], here: str, root: str) -> Iterator[tuple[str, Reference]]:
    """Names that imports bind, with what of the package they stand for."""
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                if _within(alias.name, root):
                    yield alias.asname or alias.name, Reference(alias.name)
        elif isinstance(node, ast.ImportFrom):
            source = _absolute(node, here)
            if _within(source, root):
                for alias in node.names:
                    # A star is left in the name, which nothing is called: the whole of the source is then needed.
                    yield alias.asname or alias.name, Reference(source, (alias.name,))


def _absolute(node: ast.ImportFrom, here: str) -> str:
    if not node.level:
        return node.module or ""
    above = here.rsplit(".", node.level - 1)[0] if node.level > 1 else here
    return f"{above}.{node.module}" if node.module else above


def _within(name: str, root: str) -> bool:
    return name == root or name.startswith(f"{root}.")


def _uses(nodes: Sequence[ast.AST], bound: dict[str, Reference]) -> Iterator[Reference]:
    inner = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
    chains = {_chain(node) for node in nodes if isinstance(node, (ast.Name, ast.Attribute)) and id(node) not in inner}
    seen = set()
    for chain in chains:
        # `import a.b.c` binds the name a, and what follows is written out: the longest name that is bound counts.
        known = next((n for n in (".".join(chain[:k]) for k in range(len(chain), 0, -1)) if n in bound), None)
        if known is not None:
            seen.add(known)
            module, names = bound[known]
            yield Reference(module, (*names, *chain[known.count(".") + 1 :]))
    # What is imported and not mentioned is imported for what it does, or re-exported: all of it counts.
    yield from (target for name, target in bound.items() if name not in seen)


def _chain(node: ast.expr) -> tuple[str, ...]:
    """The names of `a.b.c`; of anything else that attributes are taken of, nothing."""
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Attribute):
        before = _chain(node.value)
        return (*before, node.attr) if before else ()
    return ()


def _renamed(body: Sequence[ast.stmt], bound: dict[str, Reference]) -> dict[str, Reference]:
    return {
        target.id: bound[statement.value.id]
        for statement in body
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Name) and statement.value.id in bound
        for target in statement.targets
        if isinstance(target, ast.Name)
    }


def _names_a_module(node: ast.AST) -> bool:
    return isinstance(node, (ast.Name, ast.Attribute)) and _chain(node)[-1:] in (
        ("import_module",),
        ("__import__",),
    )


def _is_quiet(position: int, statement: ast.stmt) -> bool:
    """Whether a statement at the top only defines names of its own module."""
    if isinstance(statement, _QUIET):
        return True
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        return all(isinstance(target, (ast.Name, ast.Tuple)) for target in targets)
    return isinstance(statement, ast.If) and (_is_for_types(statement.test) or _is_main(statement.test))


def _is_main(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id == "__name__"
