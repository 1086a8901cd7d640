from dataclasses import replace

import pytest

from agf_theory.errors import InputError, UndecidedError
from agf_theory.proofs_check import Evidence, Hypotheses, Level, Probe, Quantity, Relation, get
from agf_theory.proofs_check.search import search


def size(result):
    problem = result.counterexample.instance["problem"]
    return len(problem["X"]), len(problem["X"][0])


def below(limit):
    def at(formula, instance):
        if formula(instance["x"]) > limit:
            return Evidence.refuted("too large", {"x": instance["x"]}, instances=1)
        return Evidence.of(Level.EXACT, "small", instances=1)

    return at


@pytest.fixture
def numbers(toy):
    """A claim about one number."""

    def build(at, **fields):
        hypotheses = Hypotheses((Quantity("x", drawn=(-5, 5)),))
        return replace(toy.claim(formula=lambda x: x), hypotheses=hypotheses, probes=(Probe("probe", at),), **fields)

    return build


def test_a_counterexample_shrinks_to_the_simplest_number(numbers):
    result = search(numbers(below(2)))
    assert dict(result.counterexample.instance) == {"x": "3"}
    assert result.witness == {"x": "3"}
    assert not result.clean


def test_a_counterexample_to_another_formula_names_no_command_that_would_not_find_it(numbers):
    claim = numbers(below(2))
    own, other = (search(claim, formula=formula, examples=30, starts=1) for formula in (None, lambda x: 2 * x))
    assert own.counterexample.found_by == "agf search TOY-01 --examples 30 --seed 0"
    assert other.counterexample.found_by == "search of TOY-01 with another formula: --examples 30 --seed 0"


def test_nothing_is_found_where_the_statement_holds(numbers):
    result = search(numbers(below(100)), examples=30)
    assert result.clean
    assert result.counterexample is None
    assert 0 < result.tried <= 30


def test_the_same_seed_tries_the_same_instances(numbers):
    runs = [search(numbers(below(4)), seed=7, starts=1) for _ in range(2)]
    assert runs[0].tried == runs[1].tried
    assert runs[0].counterexample == runs[1].counterexample


def test_what_a_probe_leaves_undecided_is_no_counterexample(numbers):
    def cannot(formula, instance):
        raise UndecidedError("too close")

    result = search(numbers(cannot), examples=10)
    assert not result.found
    assert result.undecided == result.tried > 0
    assert not result.clean


def test_an_error_is_no_counterexample_and_is_told(numbers):
    def crashes(formula, instance):
        raise ZeroDivisionError("a bug of ours")

    result = search(numbers(crashes), examples=10)
    assert not result.found
    assert result.errors == result.tried > 0
    assert result.error.startswith("ZeroDivisionError at test_engine.py:")
    assert not result.clean


def test_a_search_ends_with_its_time(numbers):
    result = search(numbers(below(2)), seconds=1e-9)
    assert result.stopped
    assert (result.tried, result.found) == (0, False)


def test_hypotheses_that_nothing_meets_yield_no_instance(numbers):
    nowhere = Hypotheses((Quantity("x", drawn=(-1, 1)), Relation("x > 1", lambda instance: instance["x"] > 1)))
    result = search(replace(numbers(below(2)), hypotheses=nowhere))
    assert (result.tried, result.found, result.clean) == (0, False, False)


def test_every_probe_is_asked(numbers):
    both = replace(numbers(below(100)), probes=(Probe("first", below(100)), Probe("second", below(2))))
    assert search(both).found


def test_a_claim_without_probes_cannot_be_searched(toy):
    with pytest.raises(InputError, match="TOY-01 has no probe"):
        search(toy.claim())


def test_the_number_of_examples_is_positive(numbers):
    with pytest.raises(InputError, match="positive number of examples is required, got 0"):
        search(numbers(below(2)), examples=0)


@pytest.mark.parametrize("name", ["clip-once"])
def test_a_wrong_minimiser_is_found_and_shrunk_to_two_coordinates(name):
    claim = get("DIAG-05")
    (mutant,) = (one for one in claim.mutants if one.name == name)
    result = search(claim, formula=mutant, starts=1)
    assert result.counterexample.mutant == name
    assert result.tried <= 100
    assert size(result) == (2, 2)
    assert result.counterexample.found_by == f"agf search DIAG-05 --mutant {name} --examples 500 --seed 0"


@pytest.mark.parametrize(
    ("holds", "rows", "columns"),
    [
        ("at_most_d_jumps", 2, 2),
        pytest.param("never_leaves", 2, 2, marks=pytest.mark.survey),
        pytest.param("joins_in_the_order_of_the_first_gradient", 3, 3, marks=pytest.mark.survey),
        ("ends_at_least_euclidean_norm", 1, 2),
    ],
)
def test_a_false_conjecture_is_found_to_be_false_and_shrunk(conjectures, holds, rows, columns):
    claim = conjectures.conjecture(holds.replace("_", " "), getattr(conjectures, holds))
    result = search(claim, starts=1)
    assert result.found
    n, d = size(result)
    assert n <= rows
    assert d <= columns


def test_a_true_statement_about_paths_survives_the_search(conjectures):
    claim = conjectures.conjecture("losses fall", lambda problem, path: len({knot.time for knot in path}) == len(path))
    assert search(claim, examples=40).clean
