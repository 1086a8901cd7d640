"""Numpy archives, read without pickle: the arrays X, y and, if there, names."""

from __future__ import annotations

import io
import lzma
import math
import struct
import tokenize
import zipfile
import zlib
from os import PathLike
from pathlib import Path
from typing import Any

from numpy.lib import format as npy
from numpy.typing import NDArray

from agf_theory.errors import InputError, MissingInput
from agf_theory.problems.input_file import printable, read_bytes
from agf_theory.problems.labelled_data import LabelledData
from agf_theory.problems.names import did_you_mean

__all__ = ["read_npz"]

_MOST_BYTES = 2**30
# What a damaged archive makes zipfile raise: a wrong offset is a ValueError, a wrong method a NotImplementedError.
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, LookupError, MemoryError, NotImplementedError, OSError, OverflowError, RuntimeError, ValueError),
)
# What a damaged header makes numpy raise: it is taken apart as Python's own literals are.
_DAMAGED_HEADER = (ValueError, tokenize.TokenError, SyntaxError, TypeError, OverflowError, MemoryError, RecursionError)


def read_npz(path: str | PathLike[str], *, target: str = "y") -> LabelledData:
    """Read the design ``X``, the target and optional ``names`` (a text array) from an npz archive.

    Nothing in the file is executed: pickled objects are refused, and an array is only allocated once the archive has
    been seen to hold as many bytes as its header claims.

    Raises
    ------
    MissingInput
        If the file, X or the target is not there.
    InputError
        If the file is no npz archive, is damaged, exceeds 1 GiB unpacked, or holds objects or records.
    """
    file, name = printable(path), printable(Path(path).name)
    content = read_bytes(path, most=_MOST_BYTES)
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise InputError(f"{file}: an npz archive (numpy.savez) is required, got another format")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [name.removesuffix(".npy") for name in archive.namelist() if name.endswith(".npy")]
            X, y = (_array(archive, key, members, file) for key in ("X", target))
            names = _names(_array(archive, "names", members, file), file) if "names" in members else None
    except InputError:
        raise
    except _DAMAGED as error:
        raise InputError(f"{file}: an intact npz archive is required, got: {error}") from None
    return LabelledData(X, y, names, f"{name}: {target}", f"{name}, target {target}")


def _array(archive: zipfile.ZipFile, key: str, members: list[str], file: str) -> NDArray[Any]:
    if key not in members:
        held = ", ".join(repr(name) for name in members[:20]) or "none"
        raise MissingInput(f"{file}: no array {key!r}; its arrays are {held}{did_you_mean(key, members)}")
    if archive.getinfo(f"{key}.npy").file_size > _MOST_BYTES:
        raise InputError(f"{file}, array {key!r}: at most {_MOST_BYTES // 2**20} MiB are allowed, got more")
    data = archive.read(f"{key}.npy")
    try:
        _check_header(data, f"{file}, array {key!r}")
        return npy.read_array(io.BytesIO(data), allow_pickle=False)
    except InputError:
        raise
    except _DAMAGED_HEADER as error:
        raise InputError(
            f"{file}, array {key!r}: an intact numpy array is required, got: {_first_line(error)}"
        ) from None


def _check_header(data: bytes, what: str) -> None:
    stream = io.BytesIO(data)
    version = npy.read_magic(stream)
    if version not in {(1, 0), (2, 0)}:  # version 3 exists for records with non-Latin field names
        raise InputError(f"{what}: npy format 1.0 or 2.0 is required, got {version[0]}.{version[1]}")
    read_header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, _, dtype = read_header(stream)
    if dtype.hasobject:
        raise InputError(
            f"{what}: plain numbers or text are required, got pickled objects; save it with a numeric dtype"
        )
    if dtype.names is not None:
        raise InputError(f"{what}: plain numbers or text are required, got records; save one array a column set")
    held = len(data) - stream.tell()
    if min(shape, default=0) < 0 or math.prod(shape) * dtype.itemsize != held:
        raise InputError(f"{what}: an intact numpy array is required, got {held} bytes for shape {shape} of {dtype}")


def _names(array: NDArray[Any], file: str) -> tuple[str, ...]:
    if array.ndim != 1 or array.dtype.kind != "U":
        raise InputError(
            f"{file}, array 'names': a one-dimensional text array is required, got shape {array.shape} of {array.dtype}"
        )
    return tuple(array.tolist())


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
