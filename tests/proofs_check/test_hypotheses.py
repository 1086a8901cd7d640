from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agf_theory.errors import HypothesisNotMet, InputError
from agf_theory.proofs_check import Hypotheses, Integer, Quantity, Relation, all_claims, get

INTERVALS = [
    Quantity("x"),
    Quantity("x", nonzero=True),
    Quantity("x", 0),
    Quantity("x", 0, low_included=True),
    Quantity("x", None, -1),
    Quantity("x", None, -1, high_included=True),
    Quantity("x", -1, 1, low_included=True, high_included=True, nonzero=True),
    Quantity("x", Fraction(1, 3), Fraction(1, 2)),
]


@pytest.mark.parametrize("quantity", INTERVALS, ids=str)
def test_what_a_quantity_draws_meets_it(quantity):
    random = Random(0)
    assert all(quantity.holds({"x": quantity.draw(random, size)}) for size in range(5) for _ in range(40))


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (Quantity("x"), "x real"),
        (Quantity("x", 0, nonzero=True), "0 < x, x ≠ 0"),
        (Quantity("x", 0, 1, low_included=True), "0 ≤ x < 1"),
        (Quantity("x", None, 2, high_included=True), "x ≤ 2"),
    ],
)
def test_a_quantity_prints_as_an_inequality(quantity, text):
    assert str(quantity) == text


def test_an_integer_without_end_draws_small_ones_first():
    integer, random = Integer("k", 1), Random(0)
    assert {integer.draw(random, 0) for _ in range(40)} == {1, 2}
    assert {integer.draw(random, 2) for _ in range(80)} == {1, 2, 3, 4}


def test_ends_of_an_interval_belong_to_it_only_if_included():
    quantity = Quantity("x", 0, 1, low_included=True)
    assert quantity.holds({"x": 0})
    assert not quantity.holds({"x": 1})


def test_an_integer_draws_within_its_ends_and_small_first():
    integer = Integer("k", 2, 9)
    assert {integer.draw(Random(i), 0) for i in range(30)} == {2, 3}
    assert not integer.holds({"k": 10})
    assert str(integer) == "k in {2, …, 9}"


def test_hypotheses_guard_and_name_the_condition_that_fails():
    with pytest.raises(HypothesisNotMet, match="needs x < y, got x=2, y=1"):
        Hypotheses((Relation("x < y", lambda i: i["x"] < i["y"]),)).guard({"x": 2, "y": 1})


def test_hypotheses_let_pass_what_meets_them():
    positive = Hypotheses((Quantity("x", 0),))
    positive.guard({"x": 1})
    assert positive.holds({"x": 1})


def test_a_relation_filters_what_the_variables_draw():
    ordered = Hypotheses((Quantity("x", 0), Quantity("y", 0), Relation("x < y", lambda i: i["x"] < i["y"])))
    instances = list(ordered.instances(Random(3), 20))
    assert len(instances) == 20
    assert all(i["x"] < i["y"] for i in instances)


def test_a_relation_that_nothing_meets_yields_no_instance():
    impossible = Hypotheses((Quantity("x", 0), Relation("x < 0", lambda i: i["x"] < 0)))
    assert list(impossible.instances(Random(0), 5)) == []


def test_a_relation_generates_nothing_itself():
    with pytest.raises(NotImplementedError, match="generates nothing"):
        Relation("x < y", lambda i: True).draw(Random(0), 0)


def test_no_hypotheses_print_as_none():
    assert str(Hypotheses()) == "none"


@pytest.mark.parametrize("claim", all_claims(), ids=lambda claim: claim.id)
def test_instances_of_a_claim_meet_its_hypotheses(claim):
    instances = list(claim.hypotheses.instances(Random(1), 10))
    assert instances
    for instance in instances:
        claim.hypotheses.guard(instance)


@pytest.mark.parametrize("claim", all_claims(), ids=lambda claim: claim.id)
def test_the_strategy_of_a_claim_meets_its_hypotheses(claim):
    @settings(max_examples=5, deadline=None, database=None)
    @given(claim.hypotheses.strategy(), st.none())
    def run(instance, _):
        assert claim.hypotheses.holds(instance)

    run()


DRAWN = Quantity("x", 0, low_included=True, nonzero=True, drawn=(0, 3))


def test_a_quantity_holds_beyond_the_range_it_is_drawn_from():
    assert DRAWN.holds({"x": 1000})
    assert all(0 < DRAWN.draw(Random(i), i % 5) < 3 for i in range(60))


def test_the_range_a_quantity_is_drawn_from_is_printed_apart_from_the_condition():
    assert (str(DRAWN), DRAWN.range_drawn) == ("0 ≤ x, x ≠ 0", "0 < x < 3")
    assert Quantity("x", 0).range_drawn == ""


@pytest.mark.parametrize(
    ("drawn", "why"), [((-1, 3), "inside 0 < x < 8, got"), ((0, 9), "inside"), ((3, 3), "an interval, got")]
)
def test_what_is_drawn_lies_inside_the_condition(drawn, why):
    with pytest.raises(AssertionError, match=f"x is to be drawn from {why}"):
        Quantity("x", 0, 8, drawn=drawn)


def test_an_integer_holds_beyond_the_largest_that_is_drawn():
    integer = Integer("k", 1, drawn=3)
    assert {integer.draw(Random(i), 9) for i in range(40)} == {1, 2, 3}
    assert integer.holds({"k": 10**6})
    assert not integer.holds({"k": 0})
    assert (str(integer), integer.range_drawn) == ("k in {1, …}", "k ≤ 3")
    assert Integer("k", 1, 2).range_drawn == ""


def test_what_restricts_only_the_drawing_filters_instances_but_guards_nothing():
    small = Hypotheses((Quantity("x", 0),), drawn=(Relation("x < 2", lambda i: i["x"] < 2),))
    instances = list(small.instances(Random(0), 10))
    assert len(instances) == 10
    assert all(i["x"] < 2 for i in instances)
    small.guard({"x": 5})
    assert (str(small), small.ranges_drawn) == ("0 < x", ("x < 2",))


def test_the_strategy_keeps_to_what_restricts_the_drawing():
    small = Hypotheses((Quantity("x", 0),), drawn=(Relation("x < 2", lambda i: i["x"] < 2),))

    @settings(max_examples=20, deadline=None, database=None)
    @given(small.strategy())
    def run(instance):
        assert instance["x"] < 2

    run()


@pytest.mark.parametrize(
    ("claim", "printed"),
    [
        ("FRM-01", "utility homogeneous of degree κ, 0 < κ, and differentiable at θ ≠ 0"),
        ("FRM-04", "0 < N_0; 0 < η; 2 ≤ κ"),
        ("DIAG-02", "g real; φ_0 real; 0 < η; 0 ≤ t; residual frozen"),
        ("DIAG-04", "g real, g ≠ 0; φ_0 real; 0 < η; 0 < α; ‖θ‖ < 1; residual frozen"),
        ("DIAG-07", "problem: any X, y"),
    ],
)
def test_a_claim_prints_its_hypotheses_and_not_the_range_its_instances_are_drawn_from(claim, printed):
    assert str(get(claim).hypotheses) == printed


@pytest.mark.parametrize("claim", all_claims(), ids=lambda claim: claim.id)
def test_an_instance_of_a_claim_is_read_back_as_it_was_written(claim):
    for instance in claim.hypotheses.instances(Random(2), 3):
        plain = claim.hypotheses.encode(instance)
        assert claim.hypotheses.encode(claim.hypotheses.decode(plain)) == plain


def test_an_integer_is_read_from_text_alone_and_must_be_whole():
    integer = Integer("k", 1)
    assert integer.decode("12") == 12
    with pytest.raises(InputError, match="k: an integer is required, got 1/2"):
        integer.decode("1/2")


@pytest.mark.parametrize("plain", [None, [], "x", 3])
def test_an_instance_is_an_object(plain):
    with pytest.raises(InputError, match="instance: an object that names its variables is required"):
        Hypotheses((Quantity("x"),)).decode(plain)


def test_an_instance_that_is_read_has_to_meet_the_hypotheses():
    with pytest.raises(HypothesisNotMet, match="the claim needs 0 < x, got x=-1"):
        Hypotheses((Quantity("x", 0),)).decode({"x": "-1"})


@pytest.mark.parametrize("method", ["strategy", "encode", "decode"])
def test_a_relation_has_no_value_to_search_or_store(method):
    relation = Relation("x < y", lambda i: True)
    with pytest.raises(NotImplementedError, match="x < y"):
        getattr(relation, method)(*([] if method == "strategy" else [None]))


@pytest.mark.parametrize("quantity", INTERVALS, ids=str)
def test_the_strategy_of_a_quantity_meets_it(quantity):
    @settings(max_examples=15, deadline=None, database=None)
    @given(quantity.strategy())
    def run(value):
        assert quantity.holds({"x": value})

    run()


@pytest.mark.parametrize(("low", "high"), [(None, 0), (-3, 0), (0, None), (0, 3)])
def test_a_nonzero_quantity_is_drawn_on_its_own_side_where_zero_is_the_end_that_is_included(low, high):
    quantity = Quantity("x", low, high, low_included=True, high_included=True, nonzero=True)
    assert all(quantity.holds({"x": quantity.draw(Random(seed), 0)}) for seed in range(100))


def test_an_end_is_drawn_if_and_only_if_it_is_included():
    for low_included, high_included in ((True, False), (False, True), (True, True)):
        quantity = Quantity("x", 0, 1, low_included=low_included, high_included=high_included)
        drawn = {quantity.draw(Random(seed), 0) for seed in range(300)}
        assert ((0 in drawn), (1 in drawn)) == (low_included, high_included)
