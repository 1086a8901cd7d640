import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agf_theory.figures.canvas import blank_figure
from agf_theory.figures.side_labels import SideLabel, spread_apart, width_of_names, write_side_labels

places = st.lists(st.floats(0, 1), min_size=1, max_size=12).map(np.array)


@given(places, st.floats(0.01, 0.2))
def test_labels_keep_their_distance_order_and_room(wanted, distance):
    placed = spread_apart(wanted, distance, low=0.0, high=1.0)
    order = np.argsort(wanted, kind="stable")
    gaps = np.diff(placed[order])
    possible = min(distance, 1 / max(len(wanted) - 1, 1))
    assert np.all(gaps >= possible - 1e-9)
    assert placed.min() >= -1e-9
    assert placed.max() <= 1 + 1e-9


@given(places)
def test_labels_already_apart_stay_where_they_are(wanted):
    unique = np.unique(wanted.round(2))
    assert spread_apart(unique, 0.005) == pytest.approx(unique)


@given(places, st.floats(0.01, 0.2))
def test_no_other_placing_is_nearer(wanted, distance):
    placed = spread_apart(wanted, distance)
    rng = np.random.default_rng(0)
    order = np.argsort(wanted, kind="stable")
    cost = np.sum((placed - wanted) ** 2)
    for _ in range(20):
        other = placed + rng.normal(scale=0.05, size=len(placed))
        if np.all(np.diff(other[order]) >= distance):
            assert np.sum((other - wanted) ** 2) >= cost - 1e-9


def test_a_long_name_takes_no_more_room_than_its_shortened_form():
    assert width_of_names(["x" * 100], size=6) == width_of_names(["xxxxxx…xxxx"], size=6)
    assert width_of_names(["WW"], size=6) > width_of_names(["ii"], size=6) > width_of_names([], size=6)


def test_a_greek_letter_with_a_number_is_written_with_an_index_and_a_name_as_it_is():
    figure = blank_figure(8.5, 5)
    axes = figure.subplots()
    write_side_labels(axes, [SideLabel(name, 0.5, "black") for name in ("λ1", "μ12", "s5", "ξ=1")], size=6)
    assert [text.get_text() for text in axes.texts] == ["λ₁", "μ₁₂", "s5", "ξ=1"]
