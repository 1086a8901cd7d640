"""Greedy low-rank learning: its order, its saddles, and where it leaves gradient flow."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from agf_theory.numeric.linear import greedy_low_rank, limiting_sequence
from agf_theory.problems import LinearNetwork, zoo


@pytest.mark.parametrize("name", ["whitened", "co-ordered", "irreducible", "noise-floor", "singular-inputs"])
def test_saddles_are_those_of_the_limit_where_the_orders_agree(name: str) -> None:
    found, limit = greedy_low_rank(zoo.get(name)), limiting_sequence(zoo.get(name))
    assert found.saddles == pytest.approx(limit.saddles, abs=1e-7)
    assert found.loss_levels == pytest.approx(limit.loss_levels, abs=1e-9)


def test_levels_of_the_third_counterexample_are_not_those_of_the_flow(greedy_differs: LinearNetwork) -> None:
    assert greedy_low_rank(greedy_differs).loss_levels == pytest.approx([0.6981, 0.2450, 0], abs=5e-5)


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_it_stops_at_the_saddle_that_is_not_the_best_of_its_rank_and_says_so(
    reversed_order: LinearNetwork, rotated: Callable[[LinearNetwork, int], LinearNetwork], seed: int | None
) -> None:
    found = greedy_low_rank(reversed_order if seed is None else rotated(reversed_order, seed))
    assert found.loss_levels == pytest.approx([1, 0], abs=1e-9)
    assert "g = 0.203768" in found.notes[1]


def test_it_has_no_times() -> None:
    found = greedy_low_rank(zoo.get("whitened"))
    assert np.isnan(found.jump_times).all()
    assert found.notes == ("greedy low-rank learning has an order and levels, no times",)


def test_a_top_direction_that_is_not_unique_is_marked() -> None:
    assert greedy_low_rank(zoo.get("repeated-growth")).unique == (False, True, True)


def test_no_more_neurons_are_appended_than_there_are() -> None:
    assert len(greedy_low_rank(zoo.get("narrow"))) == 2


def test_nothing_to_learn_is_an_empty_sequence() -> None:
    assert greedy_low_rank(zoo.get("no-signal")).saddles.shape == (0, 2, 2)
