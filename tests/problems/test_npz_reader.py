import io
import pickle
import struct
import zipfile

import numpy as np
import pytest
from numpy.lib import format as npy

from agf_theory.errors import InputError, MissingInput
from agf_theory.problems import npz_reader
from agf_theory.problems.npz_reader import read_npz


class Bomb:
    def __reduce__(self):
        return (pytest.fail, ("an object in the archive was unpickled",))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data.npz"


def archived(path, **members):
    """Write raw bytes as members of a zip archive."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.npy", content)


def as_npy(array):
    stream = io.BytesIO()
    npy.write_array(stream, array, allow_pickle=False)
    return stream.getvalue()


Y = as_npy(np.array([1.0]))


def test_arrays_and_names_are_read(path):
    np.savez(path, X=[[1.0, 2.0]], y=[3], names=["a", "b"])
    arrays = read_npz(path)
    assert (arrays.X.tolist(), arrays.y.tolist(), arrays.names) == ([[1.0, 2.0]], [3], ("a", "b"))
    assert (arrays.title, arrays.source) == ("data.npz: y", "data.npz, target y")


def test_names_are_optional_and_the_target_may_have_another_name(path):
    np.savez_compressed(path, X=[[1.0]], price=["1/3"])
    arrays = read_npz(path, target="price")
    assert (arrays.y.tolist(), arrays.names) == (["1/3"], None)


@pytest.mark.parametrize("version", [(1, 0), (2, 0)])
def test_both_numeric_format_versions_are_read(path, version):
    stream = io.BytesIO()
    npy.write_array(stream, np.array([[1.0, 2.0], [3.0, 4.0]], order="F"), version=version)
    archived(path, X=stream.getvalue(), y=Y)
    assert read_npz(path).X.tolist() == [[1.0, 2.0], [3.0, 4.0]]


def test_format_version_three_is_refused(path):
    archived(path, X=b"\x93NUMPY\x03\x00" + b"\0" * 100, y=Y)
    with pytest.raises(InputError, match="npy format 1.0 or 2.0 is required, got 3.0"):
        read_npz(path)


@pytest.mark.parametrize("missing", ["X", "y"])
def test_a_missing_array_is_named_with_those_there(path, missing):
    np.savez(path, **{key: [[1.0]] for key in {"X", "y", "why"} - {missing}})
    with pytest.raises(MissingInput, match=rf"data\.npz: no array '{missing}'; its arrays are .*'why'"):
        read_npz(path)


def test_an_empty_archive_has_no_arrays(path):
    np.savez(path)
    with pytest.raises(MissingInput, match="no array 'X'; its arrays are none"):
        read_npz(path)


@pytest.mark.parametrize("key", ["X", "y", "names"])
def test_pickled_objects_are_refused_and_not_unpickled(path, key):
    arrays = {"X": np.array([[1.0]]), "y": np.array([1.0]), "names": np.array(["a"])}
    np.savez(path, **(arrays | {key: np.array([Bomb()], dtype=object)}))
    with pytest.raises(InputError, match=rf"data\.npz, array '{key}': .* required, got pickled objects"):
        read_npz(path)


def test_a_bare_pickle_is_refused_and_not_unpickled(path):
    path.write_bytes(pickle.dumps(Bomb()))
    with pytest.raises(InputError, match="an npz archive .* is required, got another format"):
        read_npz(path)


def test_a_single_npy_file_is_refused(path):
    path.write_bytes(Y)
    with pytest.raises(InputError, match="an npz archive .* is required, got another format"):
        read_npz(path)


def test_a_member_that_is_no_array_is_refused(path):
    archived(path, X=b"hello", y=Y)
    with pytest.raises(InputError, match=r"array 'X': an intact numpy array is required, got"):
        read_npz(path)


def header_claiming(shape):
    text = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode()


@pytest.mark.parametrize("shape", ["(10**12,)", "(1000000000000,)", "(-1,)", "(2, 2)", "(__import__('os'),)"])
def test_a_header_that_lies_about_the_size_is_refused_before_anything_is_allocated(path, shape):
    archived(path, X=header_claiming(shape) + b"\0" * 8, y=Y)
    with pytest.raises(InputError, match="array 'X': an intact numpy array is required, got"):
        read_npz(path)


def test_records_are_refused(path):
    np.savez(path, X=np.array([(1.0, 2.0)], dtype=[("a", float), ("b", float)]), y=[1.0])
    with pytest.raises(InputError, match="array 'X': plain numbers or text are required, got records"):
        read_npz(path)


@pytest.mark.parametrize("names", [[1, 2], [["a", "b"]], "ab", [b"a", b"b"]])
def test_names_that_are_no_list_of_text_are_refused(path, names):
    np.savez(path, X=[[1.0, 2.0]], y=[3.0], names=names)
    with pytest.raises(InputError, match="array 'names': a one-dimensional text array is required, got shape"):
        read_npz(path)


def test_a_damaged_archive_is_refused(path):
    np.savez(path, X=np.ones((50, 2)), y=np.ones(50))
    content = bytearray(path.read_bytes())
    content[300] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(InputError, match="an intact npz archive is required, got: Bad CRC"):
        read_npz(path)


def test_a_truncated_archive_is_refused(path):
    np.savez(path, X=np.ones((50, 2)), y=np.ones(50))
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(InputError, match="an npz archive|an intact npz archive"):
        read_npz(path)


def test_an_encrypted_archive_is_refused(path):
    np.savez(path, X=[[1.0]], y=[1.0])
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = content.find(signature)
        content[start + offset] |= 1  # the flag bit that says "encrypted"
    path.write_bytes(content)
    with pytest.raises(InputError, match="an intact npz archive is required, got: .*encrypted"):
        read_npz(path)


def test_an_array_that_unpacks_beyond_the_limit_is_refused(path, monkeypatch):
    np.savez_compressed(path, X=np.zeros((1000, 1000)), y=[1.0])
    monkeypatch.setattr(npz_reader, "_MOST_BYTES", 2**20)
    with pytest.raises(InputError, match="array 'X': at most 1 MiB are allowed, got more"):
        read_npz(path)


def test_a_missing_file_is_refused(path):
    with pytest.raises(MissingInput, match="no such file"):
        read_npz(path)
