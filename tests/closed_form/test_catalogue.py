"""Names: every formula and derivation is found by its name, and a wrong name says what is near."""

import subprocess
import sys

import pytest
from sympy import Basic

from agf_theory import closed_form as cf
from agf_theory.closed_form import Derivation
from agf_theory.errors import UnknownName


def _printed():
    """Every formula as MathML, which is made of its LaTeX, and in one more format; the others are surveys."""
    for k, name in enumerate(cf.formula_names()):
        one_more = cf.FORMATS[k % len(cf.FORMATS)]
        others = [form for form in cf.FORMATS if form not in ("mathml", one_more)]
        yield pytest.param(name, {"mathml", one_more}, id=name)
        yield pytest.param(name, others, id=f"{name}-{'-'.join(others)}", marks=pytest.mark.survey)


@pytest.mark.parametrize(("name", "forms"), list(_printed()))
def test_every_formula_is_found_by_its_name_and_prints_in_every_format(name, forms):
    formula = cf.lookup(name)()
    assert isinstance(formula, Basic)
    assert all(cf.render(formula, form) for form in forms)


def test_every_public_formula_has_a_docstring_with_its_sections():
    for name in cf.names():
        found = cf.lookup(name)
        if not isinstance(found, Derivation):
            sections = [found.__doc__.find(title) for title in ("Returns\n", "Source\n", "Examples\n")]
            assert sections == sorted(sections), name
            assert min(sections) > 0, name


@pytest.mark.parametrize(
    "claim", ["FRM-02", "FRM-03", "FRM-04", "DIAG-01", "DIAG-02", "DIAG-03", "DIAG-04", "DIAG-08", "DIAG-10"]
)
def test_claims_have_derivations_by_their_id(claim):
    assert cf.derivation(claim).name == claim
    assert cf.lookup(claim.lower()).name == claim


def test_derivations_come_in_the_order_of_their_names():
    listed = [derivation.name for derivation in cf.derivations()]
    assert listed == list(cf.names()[: len(listed)])


def test_a_formula_of_one_system_needs_no_system():
    assert cf.lookup("jump_time") is cf.diagonal.jump_time
    assert cf.lookup("Diagonal.Jump_Time") is cf.diagonal.jump_time


def test_a_formula_of_two_systems_needs_its_system():
    with pytest.raises(UnknownName, match=r"framework\.accumulated_utility, diagonal\.accumulated_utility"):
        cf.lookup("accumulated_utility")


def test_an_unknown_name_lists_close_ones():
    with pytest.raises(UnknownName, match=r"got 'diagonal.jump_tim'; did you mean diagonal\.jump_time"):
        cf.lookup("diagonal.jump_tim")
    with pytest.raises(UnknownName, match=r"derivation must be .* got 'DIAG-05'; did you mean .*DIAG-0"):
        cf.derivation("DIAG-05")


def test_a_name_close_to_nothing_lists_what_is_known():
    with pytest.raises(UnknownName, match="known are FRM-01, FRM-02"):
        cf.derivation("§§§")


def test_the_symbolic_route_is_imported_without_the_numeric_one():
    program = (
        "import sys, agf_theory.closed_form; "
        "heavy = ('agf_theory.numeric', 'scipy', 'pandas', 'sklearn', 'matplotlib'); "
        "bad = [m for m in sys.modules if m.startswith(heavy)]; "
        "sys.exit(', '.join(bad) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
