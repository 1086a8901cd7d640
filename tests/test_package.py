"""What the package offers when it is explored: floors on demand, names to complete, an import that costs nothing."""

import subprocess
import sys

import pytest

import agf_theory
from agf_theory import closed_form, numeric, problems, proofs_check, tables
from agf_theory.problems import zoo

ROOMS = [getattr(floor, name) for floor in (closed_form,) for name in ("framework", "diagonal", "linear", "neuron")]


def test_every_floor_is_there_when_it_is_asked_for():
    assert agf_theory.problems is problems
    assert set(agf_theory.__all__) <= set(dir(agf_theory))
    assert all(getattr(agf_theory, name).__name__ == f"agf_theory.{name}" for name in agf_theory.__all__)


def test_a_floor_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(AttributeError, match="no attribute 'plots'; it has closed_form, figures, numeric, "):
        _ = agf_theory.plots


def test_the_package_alone_imports_no_floor_and_no_library():
    program = "import sys, agf_theory; dir(agf_theory); print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not {"numpy", "sympy", "flint", "matplotlib", "agf_theory.problems", "agf_theory.closed_form"} & set(loaded)


@pytest.mark.parametrize("package", [closed_form, numeric, problems, zoo, proofs_check, tables, *ROOMS])
def test_what_is_completed_after_a_dot_is_what_is_meant_to_be_used(package):
    assert sorted(dir(package)) == sorted(package.__all__)
    assert all(hasattr(package, name) for name in package.__all__)
