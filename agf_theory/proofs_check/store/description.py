"""What a check is made of, in plain text that two processes write alike: functions, their settings, and data."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from functools import partial
from types import BuiltinFunctionType, CellType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any

__all__ = ["Description", "Indescribable"]


_PLAIN = (bool, int, float, complex, str, bytes)
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


class Indescribable(Exception):
    """An object that no text can stand for."""


class Description:
    """The parts of some objects: a text, equal for equal parts, and the modules whose code they run.

    Functions are told apart by module, name, code, and by the values they carry along; expressions by their structure;
    anything else by its type and its attributes.

    Raises
    ------
    Indescribable
        If an object is neither.

    Examples
    --------
    >>> Description([1, Fraction(1, 2), "α"]).text
    "[int 1, Fraction 1/2, str 'α']"
    """

    def __init__(self, *objects: Any) -> None:
        self.modules: set[str] = set()
        self._open: list[int] = []
        self.text = "; ".join(map(self._described, objects))

    def _described(self, value: Any) -> str:
        if value is None:
            return "None"
        if type(value) in _PLAIN:
            return f"{type(value).__name__} {value!r}"
        if isinstance(value, Fraction):
            return f"Fraction {value}"
        if id(value) in self._open:
            return f"above {len(self._open) - self._open.index(id(value))}"  # a function that calls itself
        self._open.append(id(value))
        try:
            return self._composed(value)
        finally:
            self._open.pop()

    def _composed(self, value: Any) -> str:
        if isinstance(value, type):
            return self._named(value)
        if isinstance(value, Enum):
            return f"{self._named(type(value))}.{value.name}"
        if isinstance(value, partial):
            return f"partial({self._listed(value.func, value.args, value.keywords)})"
        if isinstance(value, MethodType):
            return f"method({self._listed(value.__self__, value.__func__)})"
        if isinstance(value, FunctionType):
            return self._function(value)
        if isinstance(value, ModuleType):
            self.modules.add(value.__name__)
            return f"module {value.__name__}"
        return self._data(value)

    def _data(self, value: Any) -> str:
        if isinstance(value, (list, tuple)):
            return f"[{self._listed(*value)}]"
        if isinstance(value, (set, frozenset)):
            return f"{{{', '.join(sorted(map(self._described, value)))}}}"
        if isinstance(value, Mapping):
            entries = [f"{self._described(key)}: {self._described(entry)}" for key, entry in value.items()]
            return f"{{{', '.join(entries)}}}"
        return self._object(value)

    def _object(self, value: Any) -> str:
        name = self._named(type(value))
        if name.startswith("sympy."):
            from sympy import srepr

            return f"{name} {srepr(value)}"
        if is_dataclass(value):
            return f"{name}({self._listed(*(getattr(value, field.name) for field in fields(value)))})"
        if hasattr(value, "tolist"):
            return f"{name}({self._described(value.tolist())})"
        if getattr(value, "__dict__", None):
            return f"{name}({self._described(vars(value))})"
        if isinstance(value, BuiltinFunctionType) and not isinstance(value.__self__, (ModuleType, type(None))):
            return f"method({self._listed(value.__self__)}).{value.__name__}"
        if callable(value) and isinstance(getattr(value, "__module__", None), str):
            return self._named(value)
        if _ADDRESS.search(text := repr(value)):
            raise Indescribable(f"{name}: nothing tells two of them apart")
        return f"{name} {text}"

    def _function(self, function: FunctionType) -> str:
        cells = [_content(cell) for cell in function.__closure__ or ()]
        carried = self._listed(cells, function.__defaults__, function.__kwdefaults__)
        return f"{self._named(function)}[{_digest(function.__code__)}]({carried})"

    def _listed(self, *values: Any) -> str:
        return ", ".join(map(self._described, values))

    def _named(self, value: Any) -> str:
        module = getattr(value, "__module__", None) or "builtins"
        self.modules.add(module)
        return f"{module}.{getattr(value, '__qualname__', type(value).__qualname__)}"


def _content(cell: CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # not yet filled
        return "nothing"


def _digest(code: CodeType) -> str:
    """Tells two functions of one name apart, such as two lambdas of a module."""
    inner = [_digest(part) if isinstance(part, CodeType) else repr(part) for part in code.co_consts]
    # A set among the constants has no order of its own.
    constants = [
        str(sorted(map(repr, part))) if isinstance(part, frozenset) else text
        for part, text in zip(code.co_consts, inner, strict=True)
    ]
    text = "\n".join((code.co_code.hex(), *code.co_names, *code.co_varnames, *code.co_freevars, *constants))
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]
