import pytest

from agf_theory.numeric.linear.conjecture import commutant, number_of_blocks
from agf_theory.problems import LinearNetwork

ROTATED = [["97/25", "-36/25"], ["-36/25", "76/25"]]  # diag(5, 2) in the basis (3/5, 4/5)


def test_modes_that_do_not_feel_one_another_are_blocks():
    assert number_of_blocks(LinearNetwork([[4, 0], [0, "1/2"]], [[2, 0], [0, 1]])) == 2


def test_any_coupling_however_small_joins_them():
    assert number_of_blocks(LinearNetwork([[4, "1e-30"], ["1e-30", "1/2"]], [[2, 0], [0, 1]])) == 1


def test_blocks_are_found_in_any_basis():
    # Σ_yx has the singular vectors of Σ_xx, which are no coordinate axes.
    assert number_of_blocks(LinearNetwork(ROTATED, ROTATED)) == 2
    assert number_of_blocks(LinearNetwork(ROTATED, [[2, 0], [0, 1]])) == 1


def test_one_mode_is_one_block_whatever_else_there_is():
    assert number_of_blocks(LinearNetwork([[1, 0, 0], [0, 2, 0], [0, 0, 3]], [[1, 0, 0], [0, 0, 0]])) == 1


def test_nothing_to_learn_is_no_block():
    assert number_of_blocks(LinearNetwork([[1, 0], [0, 1]], [[0, 0]])) == 0


def test_a_coupling_through_an_input_without_a_mode_joins_two_modes():
    inputs = [[2, 0, 1], [0, 2, 1], [1, 1, 2]]
    assert number_of_blocks(LinearNetwork(inputs, [[2, 0, 0], [0, 1, 0]])) == 1


def test_large_moments_are_not_decided_exactly(monkeypatch):
    monkeypatch.setattr(commutant, "LARGEST", 3)
    assert number_of_blocks(LinearNetwork([[4, 0], [0, "1/2"]], [[2, 0], [0, 1]])) is None


@pytest.mark.parametrize("copies", [2, 3])
def test_copies_of_a_block_count_for_more_than_themselves_but_never_for_one(copies):
    unit = [[int(i == j) for j in range(copies)] for i in range(copies)]
    assert number_of_blocks(LinearNetwork(unit, unit)) == copies * (copies + 1) // 2
