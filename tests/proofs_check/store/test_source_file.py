import pytest

from agf_theory.proofs_check.store.source_file import Reference, SourceFile


@pytest.fixture
def read(tmp_path):
    def run(source, name="pkg.room.module", file="module.py"):
        path = tmp_path / file
        path.write_text(source, encoding="utf-8")
        return SourceFile.read(path, name)

    return run


@pytest.mark.parametrize(
    ("source", "uses"),
    [
        ("import os\nfrom math import pi\nos.path, pi", set()),
        ("from pkg.a import f\nf(1)", {Reference("pkg.a", ("f",))}),
        ("from pkg import a as b\nb.c.d(1)", {Reference("pkg", ("a", "c", "d"))}),
        ("from pkg import a\ng(a)", {Reference("pkg", ("a",))}),
        ("import pkg.a\npkg.a.f()", {Reference("pkg.a", ("f",))}),
        ("import pkg.a as b\nb.f().g", {Reference("pkg.a", ("f",))}),
        ("from pkg.a import f", {Reference("pkg.a", ("f",))}),
        ("from pkg.a import *", {Reference("pkg.a", ("*",))}),
        ("def f():\n    from pkg.late import g\n    return g", {Reference("pkg.late", ("g",))}),
        ("from .near import f\nf", {Reference("pkg.room.near", ("f",))}),
        ("from ..far import f\nf", {Reference("pkg.far", ("f",))}),
        ("from . import near\nnear.f", {Reference("pkg.room", ("near", "f"))}),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from pkg.a import T\nx: T", set()),
        ("import typing\nif typing.TYPE_CHECKING:\n    from pkg.a import T\nelse:\n    from pkg.b import T",
         {Reference("pkg.b", ("T",))}),
        ("from package.a import f\nf", set()),
    ],
)  # fmt: skip
def test_what_of_the_package_a_source_refers_to(read, source, uses):
    assert read(source).uses == uses


def test_a_package_exports_what_it_imports_and_renames(read):
    source = read("from pkg.a import f\ng = f\nh = 1\n", "pkg.room", "__init__.py")
    assert source.is_package
    assert source.exports == {"f": Reference("pkg.a", ("f",)), "g": Reference("pkg.a", ("f",))}


def test_relative_imports_of_a_package_start_from_itself(read):
    assert read("from .a import f", "pkg.room", "__init__.py").uses == {Reference("pkg.room.a", ("f",))}


@pytest.mark.parametrize(
    ("source", "acts"),
    [
        ('"""Words."""\nimport os\nx, y = 1, 2\nz: int = 3\nx += 1\ndef f(): g()\nclass A: pass\nassert x', False),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import os", False),
        ('if __name__ == "__main__":\n    print(1)', False),
        ("import numpy as np\nnp.seterr(all='raise')", True),
        ("import flint\nflint.ctx.prec = 100", True),
        ("table = {}\ntable['a'] = 1", True),
        ("for x in range(3):\n    pass", True),
        ("if True:\n    x = 1", True),
    ],
)
def test_a_module_that_does_more_than_define_names_is_told_apart(read, source, acts):
    assert read(source).acts_on_import is acts


@pytest.mark.parametrize(
    "source",
    [
        "from importlib import import_module\nimport_module(x)",
        "import importlib\nimportlib.import_module(x)",
        "__import__(name)",
    ],
)
def test_imports_by_computed_names_are_seen(read, source):
    assert read(source).names_modules_at_run_time


def test_another_source_has_another_digest(read):
    assert read("x = 1").digest != read("x = 2").digest
    assert "data.csv" in read("open('data.csv')").texts


def test_what_is_no_python_is_named_with_its_file(read, tmp_path):
    with pytest.raises(SyntaxError) as raised:
        read("def f(:")
    assert raised.value.filename == str(tmp_path / "module.py")
