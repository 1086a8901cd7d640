"""Malformed JSON for the two readers of it: the verdicts on record, and the independent checker of certificates."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

__all__ = ["malformed_certificates", "malformed_records"]

_ANY: tuple[bytes, ...] = (
    b"", b" ", b"\0", b"null", b"1", b"[]", b'"x"', b"{}", b"{", b"[" * 100_000, b'{"a":' * 50_000, b"{'a': 1}", b'{"a": NaN}',
    b"\xef\xbb\xbf{}", b"\xff\xfe{\x00}\x00", b'{"a": 1, "a": 2}', b"1e999", b"9" * 5000, b"Infinity", b"[1,]", b"PK\x03\x04",
    b"\x80\x04\x95", b"<xml/>", b'{"\\ud800": 1}', b'"\\ud800"', b"true", b"[[]]", b"{}{}", b"// comment", bytes(range(256)),
)  # fmt: skip


def malformed_records(folder: Path, good: Path, count: int, seed: int = 0) -> Iterator[Path]:
    """Files in the place of verdicts.json."""
    yield from _written(folder, "record", good, count, seed, required=True)


def malformed_certificates(folder: Path, good: Path, count: int, seed: int = 0) -> Iterator[Path]:
    """Files in the place of a certificate."""
    yield from _written(folder, "certificate", good, count, seed, required=False)


def _written(folder: Path, kind: str, good: Path, count: int, seed: int, *, required: bool) -> Iterator[Path]:
    random, whole = Random(seed), good.read_bytes()
    document = json.loads(whole)
    for made in range(count):
        path = folder / f"{kind}-{made}.json"
        if made < len(_ANY):
            content = _ANY[made]
        elif made % 2:
            content = whole[: random.randrange(1, len(whole) - 2)]
        else:
            content = json.dumps(_with_a_wrong_place(document, random, required=required)).encode()
        path.write_bytes(content)
        yield path


def _with_a_wrong_place(value: Any, random: Random, *, required: bool, depth: int = 0) -> Any:
    """The document with one part, not far from its root, replaced by something of another type."""
    if depth < 2 and isinstance(value, dict) and value and (depth == 0 or random.random() < 0.7):
        keys = [key for key in value if not required or depth or key in ("format", "claims")]
        key = random.choice(keys)
        return {**value, key: _with_a_wrong_place(value[key], random, required=required, depth=depth + 1)}
    others: list[Any] = [None, 1.5, -1, True, "x", [], [[]], {"x": {}}, "1/0", [None], 10**30]
    return random.choice([other for other in others if type(other) is not type(value)])
