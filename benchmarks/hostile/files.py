"""Malformed tables and archives, each a file that `agf table` and `agf plot` must refuse."""

from __future__ import annotations

import gzip
import io
import os
import pickle
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

__all__ = ["BOMB", "malformed_archives", "malformed_tables"]

BOMB = "unpickled"
HEAD = "age,bmi,outcome\n"
GOOD = HEAD + "1,0,1\n0,1,3\n1/2,0.5,0\n"

_CELLS = (
    "", " ", "nan", "NaN", "NA", "N/A", "null", "None", "-", "inf", "-Infinity", "1e999", "1e-999", "1e99999999999999999999",
    "1_000", "0x10", "1j", "1+2", "2*3", "1/0", "1/2/3", "--1", "1e", "1 2", "1;2", "TRUE", "true", "é", "１", "½", "−1",
    "1\x0c", "x" * 5000, "9" * 5000, "1/" + "7" * 5000, "=1+1", "=cmd|' /C calc'!A0", "@SUM(1)", "+cmd", "-2+3", "$(id)",
    "`id`", "__import__('os').mkdir('exploded')", "log(2)", "sqrt(2)", "pi", "1e400", "#REF!", "12:30", "2024-01-01", "1%",
)  # fmt: skip
_TABLES: tuple[str | bytes, ...] = (
    b"", b"\n", b"\n\n\n", b"\xef\xbb\xbf", b"\0", b"\0" * 1000, GOOD.encode("utf-16"), GOOD.encode("utf-32"),
    GOOD.encode().replace(b"bmi", b"\xff\xfe"), GOOD.encode().replace(b"0.5", b"\x80"), b"\xed\xa0\x80," + GOOD.encode(),
    GOOD.encode().replace(b"0.5", b"0\x005"), gzip.compress(GOOD.encode()), bytes(range(256)) * 4, b"PK\x03\x04" + bytes(99),
    b"\x89PNG\r\n\x1a\n" + bytes(50), b"%PDF-1.7\n", pickle.dumps({"a": 1}), b"\x93NUMPY\x01\x00", b"{\"a\": 1}",
    b"<html><table></table></html>", HEAD, HEAD + "\n\n", "1,2,3\n4,5,6\n", "outcome\n1\n2\n", "a,b\n1,2\n",
    "age,age,outcome\n1,2,3\n", "age,outcome,outcome\n1,2,3\n", "outcome, outcome ,x\n1,2,3\n", ",bmi,outcome\n1,2,3\n",
    "age,,outcome\n1,2,3\n", "age,bmi,outcome,\n1,2,3,4\n", "age,b\x01mi,outcome\n1,2,3\n", "age,b\u202emi,outcome\n1,2,3\n",
    "a" * 300 + ",outcome\n1,2\n", HEAD + "1,2\n", HEAD + "1,2,3,4\n", HEAD + "1,2,3\n1\n", HEAD + "1\n", HEAD + "1,2,3,\n",
    HEAD + '1,"2,3\n', HEAD + '1,2"x"2,3\n', HEAD + '"1"2,3,4\n', HEAD + "1,'2',3\n", HEAD + '1,"2\n3",4\n',
    HEAD + '1,"' + "2" * 200_000 + '",3\n', HEAD.replace(",", ";") + "1;2;3\n", HEAD.replace(",", "\t") + "1\t2\t3\n",
    HEAD + "1;2;3\n", HEAD + "1,5;2,5;3\n", HEAD + "1 2 3\n", HEAD + "1,2,3\r4,5\r", "\r".join(["age,bmi,outcome", "1,2"]),
    "outcome\t,x\n", "\u2028".join([HEAD, "1,2,3"]), "sep=,\n" + GOOD, "# comment\n" + GOOD, "\n".join(["a"] * 1000),
    "age,bmi,outcome," * 400 + "\n1,2,3\n", HEAD + "1,2,3\n" * 3 + "total,6,9\n", HEAD + "mean,2,3\n",
)  # fmt: skip


class _Bomb:
    """Unpickling it makes a folder."""

    def __reduce__(self) -> Any:
        return (os.mkdir, (BOMB,))


def malformed_tables(folder: Path, count: int, seed: int = 0) -> Iterator[tuple[Path, bool]]:
    """CSV files, the ones by hand first; with each whether it must be refused, or may have become legal."""
    random = Random(seed)
    by_hand = [*_TABLES, *(f"{HEAD}1,{cell},3\n0,1,2\n" for cell in _CELLS)]
    special = _special_tables(folder)
    for made in range(count):
        if made < len(special):
            yield special[made], True
            continue
        path = folder / f"table-{made}.csv"
        index = made - len(special)
        certain = index < len(by_hand)
        content = by_hand[index] if certain else _damaged(GOOD.encode(), random)
        path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
        yield path, certain


def _special_tables(folder: Path) -> list[Path]:
    (folder / "folder.csv").mkdir()
    os.mkfifo(folder / "pipe.csv")
    (folder / "loop.csv").symlink_to("loop.csv")
    (folder / "dangling.csv").symlink_to("nowhere.csv")
    (folder / "device.csv").symlink_to("/dev/zero")
    (folder / "null.csv").symlink_to("/dev/null")
    (folder / "file.txt").write_text("", encoding="utf-8")
    names = (
        "folder",
        "pipe",
        "loop",
        "dangling",
        "device",
        "null",
        "missing",
        "x" * 300,
        "file.txt/inside",
        "a\0b",
        "a\nb",
    )
    return [folder / f"{name}.csv" for name in names]


def _damaged(content: bytes, random: Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(damaged))
        action = random.randrange(4)
        if action == 0:
            damaged[at] = random.randrange(256)
        elif action == 1:
            del damaged[at : at + random.randint(1, 8)]
        elif action == 2:
            damaged[at:at] = bytes(random.randrange(256) for _ in range(random.randint(1, 8)))
        else:
            damaged[at:at] = random.choice([b",", b'"', b"\n", b"\0", b"\r", b"e999", b"nan", b";", b"/0"])
        damaged = damaged or bytearray(b"x")
    return bytes(damaged)


def _saved(**arrays: Any) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def _zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _npy(header: str, data: bytes = b"", version: bytes = b"\x01\x00") -> bytes:
    encoded = header.encode("latin1") + b"\n"
    return b"\x93NUMPY" + version + struct.pack("<H" if version[0] == 1 else "<I", len(encoded)) + encoded + data


def _header(descr: str = "'<f8'", order: str = "False", shape: str = "(3, 2)") -> str:
    return f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}"


def _plain(array: Any) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def _archives() -> list[bytes]:
    X, y, objects = np.eye(3, 2), np.ones(3), np.array([[_Bomb()]], dtype=object)
    good_y = _plain(y)
    headers = [
        _npy(_header(shape="(10**9, 10**9)")), _npy(_header(shape="(1000000000, 1000000000)")), _npy(_header(shape="(-1, 2)")),
        _npy(_header(shape="(3, 2.0)")), _npy(_header(shape="3")), _npy(_header(shape="()"), bytes(8)),
        _npy(_header(descr="'|O'"), pickle.dumps(_Bomb())), _npy(_header(descr="[('a', '<f8')]"), bytes(48)),
        _npy(_header(descr="'nonsense'"), bytes(48)), _npy(_header(order="'maybe'"), bytes(48)), _npy("not a header", bytes(48)),
        _npy("__import__('os').mkdir('exploded')", bytes(48)), _npy(_header(), bytes(47)), _npy(_header(), bytes(49)),
        _npy(_header(descr="'<V16'"), bytes(96)), _npy(_header(descr="'<M8[s]'"), bytes(48)), _npy(_header(), bytes(48), b"\x03\x00"),
        _npy(_header(), bytes(48), b"\x09\x00"), _npy("{" * 5000, b""), _npy(_header(shape="(" * 3000), b""), b"\x93NUMPY", b"", b"x" * 99,
        _npy("{'descr': '<f8'}", bytes(48)), _npy(_header(shape="(0, 2)")), _npy(_header(shape="(3, 0)")),
        _npy(_header(descr="'<m8[D]'"), bytes(48)), _npy(_header(descr="'<c16'"), bytes(96)), _npy(_header(descr="'|b1'"), bytes(6)),
    ]  # fmt: skip
    arrays: list[dict[str, Any]] = [
        {"X": X}, {"y": y}, {}, {"x": X, "Y": y}, {"X": X, "y": np.ones(4)}, {"X": X, "y": np.ones((3, 1))}, {"X": y, "y": y},
        {"X": np.ones((2, 3, 2)), "y": np.ones(2)}, {"X": np.float64(1), "y": y}, {"X": X, "y": np.float64(1)},
        {"X": np.ones((0, 2)), "y": np.ones(0)}, {"X": np.ones((3, 0)), "y": y}, {"X": X * np.nan, "y": y},
        {"X": X, "y": y * np.inf}, {"X": X * 1j, "y": y}, {"X": X, "y": y * 1j}, {"X": X > 0, "y": y},
        {"X": X.astype(str), "y": np.array(["a", "b", "c"])}, {"X": np.array([["1", "x"]] * 3), "y": y},
        {"X": X.astype("S3"), "y": y}, {"X": X.astype("M8[s]"), "y": y}, {"X": X.astype("m8[s]"), "y": y}, {"X": objects, "y": np.ones(1)},
        {"X": X, "y": np.array([_Bomb()] * 3, dtype=object)}, {"X": np.zeros(3, dtype=[("a", float)]), "y": y},
        {"X": X, "y": y, "names": np.array([1, 2])}, {"X": X, "y": y, "names": np.array(["a"])},
        {"X": X, "y": y, "names": np.array(["a", "a"])}, {"X": X, "y": y, "names": np.array(["a", ""])},
        {"X": X, "y": y, "names": np.array([["a", "b"]])}, {"X": X, "y": y, "names": np.array([_Bomb(), _Bomb()], dtype=object)},
        {"X": X, "y": y, "names": np.array(["a", "b\nc"])}, {"X": X, "y": y, "names": np.array("ab")},
        {"X": X * 1e-320, "y": np.array(["1e-400", "1", "2"])}, {"X": np.array([["1e400"] * 2] * 3), "y": y},
    ]  # fmt: skip
    whole = _saved(X=X, y=y)
    return [
        *(_saved(**named) for named in arrays),
        *(_zipped({"X.npy": header, "y.npy": good_y}) for header in headers),
        *(_zipped({"X.npy": _plain(X), "y.npy": header}) for header in headers[::3]),
        *(whole[: len(whole) * part // 12] for part in range(12)),
        _zipped({}), _zipped({"../X.npy": _plain(X), "y.npy": good_y}), _zipped({"/X.npy": _plain(X), "y.npy": good_y}),
        _zipped({"X": _plain(X), "y": good_y}), _zipped({"X.npy": bytes(10**7), "y.npy": good_y}),
        _zipped({"X.npy": _npy(_header(shape="(1000, 1000)"), bytes(10**6)), "y.npy": good_y}),
        _understated(whole), pickle.dumps(_Bomb()), _plain(X), gzip.compress(whole), b"", b"\0" * 100, GOOD.encode(),
        _zipped({"X.npy": _plain(X), "y.npy": good_y}, zipfile.ZIP_STORED).replace(b"NUMPY", b"numpy"),
    ]  # fmt: skip


def _understated(whole: bytes) -> bytes:
    """An archive whose directory says that its members are four bytes long."""
    at = whole.find(b"PK\x01\x02")
    return whole[: at + 24] + struct.pack("<I", 4) + whole[at + 28 :]


def malformed_archives(folder: Path, count: int, seed: int = 0) -> Iterator[tuple[Path, bool]]:
    """npz files, the ones by hand first; with each whether it must be refused, or may have become legal."""
    random = Random(seed)
    by_hand = _archives()
    whole = _saved(X=np.eye(3, 2), y=np.ones(3))
    for made in range(count):
        path = folder / f"archive-{made}.npz"
        path.write_bytes(by_hand[made] if made < len(by_hand) else _damaged(whole, random))
        yield path, made < len(by_hand)
