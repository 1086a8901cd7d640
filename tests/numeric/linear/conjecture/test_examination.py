import subprocess
import sys

import numpy as np
import pytest

from agf_theory.errors import InputError
from agf_theory.numeric.linear import examine_conjecture, limiting_sequence
from agf_theory.problems import LinearNetwork

SCALES = ("1e-10", "1e-20", "1e-40")
REVERSED = LinearNetwork([[4, 0], [0, "1/2"]], [[2, 0], [0, 1]])
GENERIC = LinearNetwork([[2, "1/2"], ["1/2", "1"]], [[2, "1/2"], [0, 1]])


def coupled(rho):
    return LinearNetwork([[4, rho], [rho, "1/2"]], [[2, 0], [0, 1]])


@pytest.fixture(scope="module")
def reversed_order():
    return examine_conjecture(REVERSED, scales=SCALES, seeds=(0, 1))


def test_irreducible_moments_agree_with_the_recursion():
    found = examine_conjecture(GENERIC, scales=("1e-20", "1e-40", "1e-80"), seeds=(0,))
    assert found.verdict == "agrees"
    assert found.worst_error < 1e-3
    assert (np.abs(found.differences) <= 2 * found.measured.uncertainty).all()
    assert found.measured.levels == pytest.approx(found.predicted_levels, abs=1e-3)


def test_counterexample_one_disagrees_and_follows_the_blocks(reversed_order):
    assert reversed_order.verdict == "disagrees"
    assert "blocks merged in time" in reversed_order.reason
    assert reversed_order.measured.slopes == pytest.approx([0.5, 1.0], abs=1e-4)
    assert reversed_order.measured.levels == pytest.approx([1.0, 0.0], abs=1e-6)
    assert reversed_order.worst_error == pytest.approx(0.25, abs=1e-4)


def test_another_start_has_the_same_slopes(reversed_order):
    other = examine_conjecture(REVERSED, scales=SCALES, seeds=(1,))
    gap = np.abs(other.measured.slopes - reversed_order.measured.slopes)
    assert (gap <= reversed_order.measured.uncertainty).all()


def test_the_staircase_of_the_blocks_agrees_there():
    found = examine_conjecture(REVERSED, scales=SCALES, seeds=(0,), predicted=limiting_sequence(REVERSED))
    assert found.verdict == "agrees"


def test_a_crossover_that_is_ahead_is_no_counterexample():
    found = examine_conjecture(coupled("1e-8"), scales=SCALES, seeds=(0,))
    assert found.measured.slopes == pytest.approx([0.5, 1.0], abs=1e-3)
    assert found.verdict == "undecided"
    assert "couplings up to 7.1e-09" in found.reason
    assert found.wanted > 300


def test_what_is_in_the_middle_of_a_crossover_is_undecided():
    found = examine_conjecture(coupled("1/100"), scales=SCALES, seeds=(0,))
    assert found.verdict == "undecided"
    assert found.wanted > found.measured.scales[-1].log_inverse


def test_plateaus_that_are_not_resolved_never_agree():
    close = LinearNetwork([[1, "1/10"], ["1/10", 1]], [["51/50", 0], [0, 1]])
    found = examine_conjecture(close, scales=("1e-4", "1e-5", "1e-6"), seeds=(0,))
    assert found.verdict == "undecided"


@pytest.mark.parametrize(
    "wrong", [([0.5, 1.001], [1.0, 0.0]), ([0.5, 1.0], [0.98, 0.0]), ([0.5], [1.0]), ([0.5, np.inf], [1, 0])]
)
def test_a_staircase_that_is_slightly_wrong_disagrees(wrong):
    found = examine_conjecture(REVERSED, scales=SCALES, seeds=(0,), predicted=tuple(map(np.array, wrong)))
    assert found.verdict == "disagrees"


def test_what_is_off_by_little_more_than_its_uncertainty_is_undecided(reversed_order):
    times = reversed_order.measured.slopes + np.array([0, 4]) * reversed_order.measured.uncertainty
    found = examine_conjecture(REVERSED, scales=SCALES, seeds=(0, 1), predicted=(times, np.array([1.0, 0.0])))
    assert found.verdict == "undecided"
    assert "uncertainties" in found.reason


def test_jumps_that_tie_are_undecided_whatever_the_scale():
    found = examine_conjecture(LinearNetwork([[1, 0], [0, 1]], [[1, 0], [0, 1]]), scales=SCALES, seeds=(0,))
    assert (found.verdict, found.wanted) == ("undecided", np.inf)


def test_fewer_neurons_than_modes_make_fewer_jumps():
    narrow = LinearNetwork([[1, 0], [0, 1]], [[2, 0], [0, 1]], width=1)
    found = examine_conjecture(narrow, scales=SCALES, seeds=(0,))
    assert len(found.measured.slopes) == len(found.predicted_times) == 1
    assert found.verdict == "agrees"


def test_it_prints_in_eighty_columns_with_the_exact_problem(reversed_order):
    text = str(reversed_order)
    assert max(map(len, text.splitlines())) <= 80
    assert "(4, 0), (0, 1/2)" in text
    unresolved = str(examine_conjecture(coupled("1/100"), scales=SCALES, seeds=(0,)))
    assert "it takes" in unresolved
    assert max(map(len, unresolved.splitlines())) <= 80


@pytest.mark.full
def test_its_command_examines_the_same_problem(reversed_order):
    command = reversed_order.command
    assert command.startswith('python -c "')
    assert command.endswith('"')
    code = command.removeprefix('python -c "').removesuffix('"')
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == str(reversed_order)


@pytest.mark.parametrize("scales", [(), ("1e-8", "1e-9"), ("1e-8", "1e-7", "1e-9"), ("1e-8", "1e-8", "1e-9")])
def test_fewer_than_three_descending_scales_are_refused(scales):
    with pytest.raises(InputError, match="scales: three or more, descending"):
        examine_conjecture(REVERSED, scales=scales)


@pytest.mark.parametrize("seeds", [(), (-1,)])
def test_starts_need_seeds(seeds):
    with pytest.raises(InputError, match="seeds: one or more"):
        examine_conjecture(REVERSED, scales=SCALES, seeds=seeds)
