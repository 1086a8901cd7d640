"""Exact points meet what is asked of them, and are the same on every call."""

from sympy import Derivative, Function, Ne, Symbol, sqrt

from agf_theory.closed_form.witnesses import edge_points, exact_points, probe, with_example_functions

positive, real, whole = Symbol("p", positive=True), Symbol("r", real=True), Symbol("k", integer=True, positive=True)
f, h = Function("f"), Function("h")


def test_points_meet_the_assumptions_and_relations():
    points = exact_points((positive, real, whole), (positive < 1, real < positive))
    assert points
    for point in points:
        assert 0 < point[positive] < 1
        assert point[real] < point[positive]
        assert point[whole].is_Integer
        assert point[whole] > 0


def test_real_symbols_take_both_signs():
    signs = {point[real] > 0 for point in exact_points((real,), count=12)}
    assert len(signs) == 2


def test_points_are_the_same_on_every_call():
    assert exact_points((positive, real)) == exact_points((real, positive))


def test_relations_that_cannot_be_met_give_no_point():
    assert exact_points((positive,), (positive > 100,)) == []


def test_example_functions_are_told_apart_and_differentiated():
    expression = with_example_functions(Derivative(f(real), real) - h(real))
    assert expression.free_symbols == {real}
    assert with_example_functions(f(real) - h(real)) != 0


def test_a_probe_counts_the_points_where_the_expression_has_a_value():
    points = exact_points((real,), count=10)
    seen = probe(sqrt(real), points, refuting_signs=())
    assert seen.counterexample is None
    positives = [point for point in points if point[real].is_positive]
    assert 0 < seen.defined == len(positives) < len(points)


def test_a_probe_stops_at_the_first_point_that_refutes():
    points = exact_points((real,), count=10)
    seen = probe(real, points, refuting_signs=(-1,))
    assert seen.counterexample == next(point for point in points if point[real] < 0)


def test_at_an_edge_what_may_be_zero_is_zero():
    other = Symbol("s", nonnegative=True)
    edges = edge_points((positive, real, other, whole))
    assert [{symbol for symbol, value in point.items() if value == 0} for point in edges] == [
        {real},
        {other},
        {real, other},
    ]
    assert all(point.keys() == {positive, real, other, whole} for point in edges)


def test_edges_that_the_relations_exclude_are_left_out():
    assert edge_points((real,), (Ne(real, 0),)) == []
    (edge,) = edge_points((positive, real), (positive < real + 1,))
    assert edge[positive] < 1
