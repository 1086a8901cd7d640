import pytest

from agf_theory.proofs_check.store.import_graph import ImportGraph

FILES = {
    "__init__.py": '"""Words."""\n',
    "errors.py": "",
    "lib/__init__.py": "from pkg.lib.a import f\nfrom pkg.lib.b import g\nalias = g\nconstant = 7\n",
    "lib/a.py": "from pkg.errors import E\nE",
    "lib/b.py": "",
    "lib/f.py": "",
    "lib/unused.py": "",
    "star.py": "from pkg.lib import *",
    "one.py": "from pkg import lib\nx = lib.f()",
    "renamed.py": "from pkg.lib import alias\nalias()",
    "shadowed.py": "from pkg.lib.f import h\nh()",
    "own.py": "from pkg.lib import constant\nconstant",
    "whole.py": "from pkg import lib\ngetattr(lib, name)",
    "late.py": "def run():\n    from pkg.one import x\n    return x",
    "circle.py": "from pkg.late import run\nimport pkg.circle\nrun, pkg.circle.x",
    "any.py": "from importlib import import_module\nimport_module(name)",
    "lost.py": "from pkg.nowhere import x\nfrom pkg.lib import nothing\nx, nothing",
    "active.py": "print(1)",
}


@pytest.fixture
def graph(tmp_path):
    for name, source in FILES.items():
        path = tmp_path / "pkg" / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(source, encoding="utf-8")
    return ImportGraph(tmp_path / "pkg")


EVERYTHING = {f"pkg.{name.removesuffix('.py').replace('/', '.')}" for name in FILES if "__init__" not in name} | {
    "pkg",
    "pkg.lib",
}
LIB = {"pkg.lib", "pkg.lib.a", "pkg.lib.b", "pkg.lib.f", "pkg.lib.unused", "pkg.errors"}


@pytest.mark.parametrize(
    ("module", "needed"),
    [
        ("one", {"pkg.lib.a", "pkg.errors"}),
        ("renamed", {"pkg.lib.b"}),
        ("shadowed", {"pkg.lib.f"}),
        ("own", {"pkg.lib", "pkg.lib.a", "pkg.lib.b", "pkg.errors"}),
        ("whole", LIB),
        ("star", LIB),
        ("late", {"pkg.one", "pkg.lib.a", "pkg.errors"}),
        ("circle", {"pkg.late", "pkg.one", "pkg.lib.a", "pkg.errors"}),
        ("any", EVERYTHING),
        ("lost", {"pkg.lib", "pkg.lib.a", "pkg.lib.b", "pkg.errors"}),
    ],
)
def test_a_module_needs_what_defines_the_names_it_uses(graph, module, needed):
    assert graph.needed([f"pkg.{module}"]) == needed | {f"pkg.{module}"}


def test_modules_of_others_are_not_looked_for(graph):
    assert graph.needed(["numpy", "pkg.errors"]) == {"pkg.errors"}


def test_what_is_loaded_takes_in_whole_packages(graph):
    assert graph.loaded(["pkg.one"]) == {
        "pkg",
        "pkg.one",
        "pkg.lib",
        "pkg.lib.a",
        "pkg.lib.b",
        "pkg.lib.f",
        "pkg.errors",
    }


def test_what_acts_when_imported_is_known(graph):
    assert graph.active(["pkg.active", "pkg.one"]) == {"pkg.active"}
    assert graph.path("pkg.lib").name == "__init__.py"
