"""Input that means harm is refused in one line: no evaluation, no traceback, no trace, status 2.

The whole of it, with its counts: `python benchmarks/hostile_input.py`.
"""

import os
import sys
import tracemalloc

import hostile_input
import pytest
import sympy
from hostile.canary import watched
from hostile.commands import ask
from hostile.options import COMMANDS
from hostile.strings import NASTY, hostile_strings
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agf_theory.closed_form import parse_expression
from agf_theory.closed_form.expression_names import FUNCTIONS, THEORY_SYMBOLS
from agf_theory.errors import InputError

MOST_CALLS = 3_000_000  # of Python functions for one text; a second or two, and no text here needs half of them
MOST_MEMORY = 200 * 2**20  # bytes; the longest texts have one million characters


def amiss(found):
    return [(which, outcome) for outcome, which in found if outcome not in ("refused", "legal")]


@pytest.fixture(scope="module", autouse=True)
def _libraries_imported(tmp_path_factory):
    hostile_input._warm_up(tmp_path_factory.mktemp("warm"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("agf_theory.problems.input_file.LONGEST_WAIT", 0.05)
    return tmp_path


@pytest.fixture
def evaluators_that_tell(monkeypatch):
    """What SymPy and Python evaluate text with, replaced by what only remembers that it was asked."""
    asked = []
    for module, name in (
        ("sympy.parsing.sympy_parser", "parse_expr"),
        ("sympy.parsing.sympy_parser", "eval_expr"),
        ("sympy.parsing.sympy_parser", "stringify_expr"),
        ("os", "system"),
        ("os", "popen"),
        ("subprocess", "Popen"),
        ("pickle", "loads"),
    ):
        monkeypatch.setattr(f"{module}.{name}", lambda *_, name=name, **__: asked.append(name))
    return asked


class TooManyCalls(BaseException):
    pass


def with_a_call_budget(function, *arguments):
    calls = 0

    def count(*_):
        nonlocal calls
        calls += 1
        if calls > MOST_CALLS:
            raise TooManyCalls

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        return function(*arguments)
    finally:
        sys.setprofile(before)


def test_a_thousand_strings_are_refused_and_none_is_evaluated(folder, evaluators_that_tell):
    assert len(NASTY) > 300
    assert amiss(hostile_input.strings(1000, seed=0)) == []
    assert evaluators_that_tell == []
    assert list(folder.iterdir()) == []


def test_every_string_is_refused_in_a_moderate_number_of_steps(folder):
    for text, certain in hostile_strings(500, seed=1):
        try:
            with_a_call_budget(parse_expression, text)
        except InputError:
            continue
        assert not certain, text[:80]


def test_memory_stays_small(folder):
    tracemalloc.start()
    try:
        assert amiss(hostile_input.strings(len(NASTY), seed=0)) == []
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()


def test_strings_on_the_command_line_end_with_status_two(folder):
    assert amiss(hostile_input.strings_to_agf(len(NASTY) + 60, seed=2, folder=folder, every=10)) == []


@pytest.mark.parametrize("number", [120, pytest.param(240, marks=pytest.mark.survey)])
def test_malformed_files_are_refused(folder, number):
    assert amiss(hostile_input.files(number, seed=3, folder=folder, every=4)) == []


def test_malformed_arrays_are_refused(folder):
    assert amiss(hostile_input.arrays(500)) == []


@pytest.mark.parametrize("every", [16, pytest.param(8, marks=pytest.mark.survey)])
def test_impossible_options_are_refused(folder, every):
    assert len(COMMANDS) > 300
    assert amiss(hostile_input.options(len(COMMANDS), folder, every=every)) == []


def test_malformed_records_are_refused(folder):
    assert amiss(hostile_input.records(80, seed=4, folder=folder)) == []


def test_malformed_certificates_are_refused_by_the_independent_checker(folder):
    assert amiss(hostile_input.certificates(80, seed=5, folder=folder)) == []


def test_the_strings_are_the_same_for_the_same_seed():
    assert list(hostile_strings(600, seed=7)) == list(hostile_strings(600, seed=7))
    assert list(hostile_strings(600, seed=7)) != list(hostile_strings(600, seed=8))


def test_the_watch_hears_what_it_is_there_for(tmp_path):
    with watched() as heard:
        eval("1 + 1")  # noqa: S307
        sympy.sympify("1 + 1")  # noqa: TID251
        (tmp_path / "file").write_text("x")
        os.system("true")
    assert [noise.split()[0] for noise in heard].count("compiled") >= 2
    assert any(noise.startswith("opened") for noise in heard)
    assert any(noise.startswith("os.system") for noise in heard)
    with watched() as heard:
        pass
    assert heard == []
    eval("1 + 1")  # noqa: S307
    assert heard == []


def test_a_traceback_a_second_line_and_a_trace_would_be_noticed(tmp_path, monkeypatch, capsys):
    def crash(_):
        raise ZeroDivisionError

    def chat(_):
        sys.stdout.write("agf: two\n")
        sys.stderr.write("agf: one\nagf: two\n")
        (tmp_path / "trace").mkdir()
        return 2

    monkeypatch.setattr("hostile.commands.main", crash)
    assert ask((), tmp_path).faults == ("traceback ZeroDivisionError()",)
    monkeypatch.setattr("hostile.commands.main", chat)
    faults = " ".join(ask((), tmp_path).faults)
    for fault in ("something on standard output", "not one line", "left trace"):
        assert fault in faults


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=60))
@example("1\N{LINE SEPARATOR}")
def test_any_text_is_an_expression_or_refused(text):
    try:
        assert isinstance(parse_expression(text), sympy.Expr)
    except InputError:
        return


_LEAVES = st.sampled_from([*THEORY_SYMBOLS, "pi", "E", "0", "1", "0.1", "10**300", "1e-5000", "(-1)", "1/3"])


def _grown(children):
    return st.one_of(
        st.tuples(children, st.sampled_from(["+", "-", "*", "/", "**"]), children).map(lambda t: f"({''.join(t)})"),
        st.tuples(st.sampled_from(sorted(FUNCTIONS)), children).map(lambda t: f"{t[0]}({t[1]})"),
        children.map(lambda text: f"-{text}"),
    )


@settings(deadline=None, max_examples=200)
@given(st.recursive(_LEAVES, _grown, max_leaves=6))
def test_any_text_of_the_grammar_is_built_soon_or_refused(text):
    try:
        expression = with_a_call_budget(parse_expression, text)
    except InputError:
        return
    assert not expression.has(sympy.oo, sympy.zoo, sympy.nan, sympy.I)
