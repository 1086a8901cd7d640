"""Breeding wrong versions of a Python file: one small change each, as a person might make it.

Changed are comparisons, arithmetic, logic, conditions, constants, the order and presence of arguments, and returned
values; calls, raises and updates made for their effect are left out. `None` in the place of arguments and assigned
values, which other tools add, is not bred: it crashes at once and only flatters the figures. Left alone are
annotations, decorators, docstrings and prose (strings with a blank in them, formatted strings): no behaviour hangs on
them. Also left alone are our own invariants, `assert` and the `strict` of `zip`: what never fails cannot be seen to be
weaker.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

__all__ = ["Mutant", "mutants_of"]

COMPARISONS = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OPERATIONS = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
PAIRS = (
    *(("min", "max"), ("argmin", "argmax"), ("any", "all"), ("floor", "ceil")),
    *(("upper", "lower"), ("exp", "expm1"), ("cosh", "sinh")),
)
NAMES = {
    **{a: b for pair in PAIRS for a, b in (pair, pair[::-1])},
    "sorted": "list",
    "log": "log1p",
}


@dataclass(frozen=True)
class Mutant:
    """One changed place.

    Attributes
    ----------
    path : str
        File, relative to the root of the repository.
    where : str
        Function or class the place lies in; empty at the top of the file.
    start, end : (line, column in bytes)
        Of the place; lines count from one.
    old, new : str
    number : int
        Counts equal changes within one function: the third "1 -> 2" is number 2.
    """

    path: str
    where: str
    start: tuple[int, int]
    end: tuple[int, int]
    old: str
    new: str
    number: int = 0

    @property
    def key(self) -> str:
        """What names the mutant as long as its function stays as it is, wherever the function moves."""
        again = f" (again, {self.number})" if self.number else ""
        return f"{self.path} {self.where or 'module'}: {_flat(self.old)} -> {_flat(self.new)}{again}"

    @property
    def module(self) -> str:
        """Dotted name."""
        return self.path.removesuffix(".py").replace("/", ".")

    def applied(self, source: str) -> str:
        """The file with the change made."""
        lines = source.encode().splitlines(keepends=True)
        before = b"".join(lines[: self.start[0] - 1]) + lines[self.start[0] - 1][: self.start[1]]
        after = lines[self.end[0] - 1][self.end[1] :] + b"".join(lines[self.end[0] :])
        return (before + self.new.encode() + after).decode()


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("|", "¦")


def mutants_of(root: Path, path: str) -> list[Mutant]:
    """Every mutant of a file, in the order of its text, without those whose syntax tree is the original's."""
    source = (root / path).read_text(encoding="utf-8")
    count, found = Counter[str](), []
    for mutant in _Breeder(path, source).breed():
        found.append(replace(mutant, number=count[mutant.key]))
        count[mutant.key] += 1
    return found


class _Breeder:
    def __init__(self, path: str, source: str) -> None:
        self._path, self._source = path, source
        # split once: `ast.get_source_segment` would split the file again for every place
        self._lines = source.encode().splitlines(keepends=True)
        self._where: list[str] = []

    def breed(self) -> Iterator[Mutant]:
        for statement in ast.parse(self._source).body:
            yield from self._visit(statement)

    def _mutant(self, node: ast.AST, new: ast.AST | str) -> Mutant:
        text = new if isinstance(new, str) else ast.unparse(ast.fix_missing_locations(new))
        text = text if isinstance(node, ast.stmt) or isinstance(new, str) else f"({text})"
        start, end = (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)
        return Mutant(self._path, ".".join(self._where), start, end, self._text(start, end), text)

    def _text(self, start: tuple[int, int], end: tuple[int, int]) -> str:
        lines = self._lines[start[0] - 1 : end[0]]
        lines[-1] = lines[-1][: end[1]]
        lines[0] = lines[0][start[1] :]
        return b"".join(lines).decode()

    def _visit(self, node: ast.AST) -> Iterator[Mutant]:
        if _left_alone(node):
            return
        yield from (self._mutant(node, new) for new in _distinct(node))
        test = getattr(node, "test", None)
        if isinstance(test, ast.Name | ast.Attribute | ast.Call | ast.NamedExpr):
            yield self._mutant(test, ast.UnaryOp(ast.Not(), test))
        scope = isinstance(node, ast.FunctionDef | ast.ClassDef)
        if scope:
            self._where.append(node.name)
        for name, child in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list"):
                continue
            for item in child if isinstance(child, list) else [child]:
                if isinstance(item, ast.AST):
                    yield from self._visit(item)
        if scope:
            self._where.pop()


def _left_alone(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom | ast.Assert)
        or (isinstance(node, ast.keyword) and node.arg == "strict")
        or (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__")
        or (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
        or _is_prose(node)
    )


def _is_prose(node: ast.AST) -> bool:
    """Docstrings and messages."""
    if isinstance(node, ast.Expr):
        node = node.value
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and (" " in node.value or "\n" in node.value)


def _distinct(node: ast.AST) -> Iterator[ast.AST | str]:
    seen = {ast.dump(node)}
    for new in (*_changed_expression(node), *_changed_in_parts(node), *_changed_statement(node)):
        tree = new if isinstance(new, str) else ast.dump(new)
        if tree not in seen:
            yield new
            seen.add(tree)


def _changed_expression(node: ast.AST) -> Iterator[ast.AST | str]:
    match node:
        case ast.BinOp() if type(node.op) in OPERATIONS:
            yield _with(node, op=OPERATIONS[type(node.op)]())
        case ast.BoolOp():
            yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.USub() | ast.Not()):
            yield node.operand
        case ast.Lambda() if not _is_none(node.body):
            yield _with(node, body=ast.Constant(None))
        case ast.Name(id=name, ctx=ast.Load()) if name in NAMES:
            yield NAMES[name]
        case ast.Attribute(attr=name, ctx=ast.Load()) if name in NAMES:
            yield _with(node, attr=NAMES[name])


def _changed_in_parts(node: ast.AST) -> Iterator[ast.AST | str]:
    match node:
        case ast.Compare():
            for k, operator in enumerate(node.ops):
                for other in COMPARISONS[type(operator)]:
                    yield _with(node, ops=[*node.ops[:k], other(), *node.ops[k + 1 :]])
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            yield from _without_filters(node)
        case ast.Constant():
            yield from _other_constants(node.value)
        case ast.Call():
            yield from _other_arguments(node)


def _without_filters(node: ast.AST) -> Iterator[ast.AST]:
    for k, clause in enumerate(node.generators):
        for j in range(len(clause.ifs)):
            bare = _with(clause, ifs=clause.ifs[:j] + clause.ifs[j + 1 :])
            yield _with(node, generators=[*node.generators[:k], bare, *node.generators[k + 1 :]])


def _other_constants(value: object) -> Iterator[str]:
    if isinstance(value, bool):
        yield repr(not value)
    elif isinstance(value, int):
        yield from (repr(value + 1), repr(value - 1) if value > 0 else "(-1)")
    elif isinstance(value, float):
        yield repr(value + 1)
    elif isinstance(value, str):
        yield repr(f"XX{value}XX")


def _other_arguments(node: ast.Call) -> Iterator[ast.AST]:
    plain = [k for k, argument in enumerate(node.args) if not isinstance(argument, ast.Starred)]
    if len(plain) > 1 and plain[:2] == [0, 1]:
        yield _with(node, args=[node.args[1], node.args[0], *node.args[2:]])
    for k, keyword in enumerate(node.keywords):
        if keyword.arg not in (None, "strict"):
            yield _with(node, keywords=node.keywords[:k] + node.keywords[k + 1 :])


def _changed_statement(node: ast.AST) -> Iterator[ast.AST | str]:
    match node:
        case ast.AugAssign():
            if type(node.op) in OPERATIONS:
                yield _with(node, op=OPERATIONS[type(node.op)]())
            yield "pass"
        case ast.Return(value=value) if value is not None and not _is_none(value):
            yield ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Call()) | ast.Raise():
            yield "pass"
        case ast.Break():
            yield "continue"
        case ast.Continue():
            yield "break"


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _with(node: ast.AST, **changed: object) -> ast.AST:
    new = copy.copy(node)
    for name, value in changed.items():
        setattr(new, name, value)
    return new
