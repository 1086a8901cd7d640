from importlib.metadata import requires, version

from agf_theory.proofs_check.libraries import LIBRARIES, installed_version
from agf_theory.proofs_check.store.code_version import environment
from agf_theory.report.provenance import versions


def test_the_version_is_that_of_the_library_and_none_without_it():
    assert installed_version("sympy") == version("sympy")
    assert installed_version("no-such-library") is None


def test_what_is_kept_and_what_is_reported_name_the_same_libraries():
    assert set(LIBRARIES) <= environment().keys()
    assert {name for name, _ in versions()} == {"agf-theory", "python", "matplotlib", *LIBRARIES}


def test_the_libraries_are_those_that_the_package_asks_for():
    asked = {line.split(";")[0].split("[")[0].rstrip("<>=.,0123456789 ~!") for line in requires("agf-theory") or ()}
    assert set(LIBRARIES) - asked == {"gmpy2"}  # mpmath computes with it where it is installed
