"""What the linear problems of the zoo claim, recomputed here from their exact moments."""

import flint
import numpy as np
import pytest

from agf_theory.problems import LinearNetwork, zoo


def exact_moments(name):
    problem = zoo.get(name, LinearNetwork)
    return problem.rational_sigma_xx, problem.rational_sigma_yx


def growth(name):
    """Singular values of the cross moments, largest first."""
    return np.linalg.svd(zoo.get(name, LinearNetwork).sigma_yx, compute_uv=False)


def falls(name):
    """Eigenvalues of Σ_yx Σ_xx⁺ Σ_yxᵀ, largest first."""
    problem = zoo.get(name, LinearNetwork)
    best = problem.sigma_yx @ np.linalg.pinv(problem.sigma_xx, hermitian=True)
    return np.linalg.eigvalsh(best @ problem.sigma_yx.T)[::-1]


def recursion(sigma_xx, sigma_yx):
    """The conjectured jump times, written down once more."""
    best = sigma_yx @ np.linalg.inv(sigma_xx)
    top = np.linalg.eigh(best @ sigma_yx.T)[1][:, ::-1]
    rates = [
        np.linalg.svd(sigma_yx - top[:, :i] @ top[:, :i].T @ sigma_yx, compute_uv=False) for i in range(len(sigma_yx))
    ]
    durations = []
    for k in range(len(sigma_yx)):
        left = 1 - sum(rates[i][k - i] * durations[i] for i in range(k))
        durations.append(left / rates[k][0])
    return np.cumsum(durations)


def commute(name):
    inputs, cross = exact_moments(name)
    normal = cross.transpose() * cross
    return inputs * normal == normal * inputs


COMMUTING = (
    "whitened",
    "co-ordered",
    "reversed",
    "close-growth",
    "repeated-growth",
    "one-mode",
    "noise-floor",
    "no-signal",
)


@pytest.mark.parametrize("name", zoo.names("linear"))
def test_moments_commute_exactly_where_they_should(name):
    assert commute(name) is (name in COMMUTING)


@pytest.mark.parametrize("name", ["whitened", "co-ordered"])
def test_three_rotated_modes_have_the_singular_values_they_state(name):
    assert growth(name) == pytest.approx([2, 1.2, 0.7], rel=1e-14)
    assert 1 / growth(name) == pytest.approx([1 / 2, 5 / 6, 10 / 7], rel=1e-14)
    inputs, cross = exact_moments(name)
    squares = cross.transpose() * cross
    for value in (flint.fmpq(4), flint.fmpq(36, 25), flint.fmpq(49, 100)):
        identity = flint.fmpq_mat(3, 3, [value if i == j else 0 for i in range(3) for j in range(3)])
        assert (squares - identity).det() == 0
    assert (inputs == flint.fmpq_mat(3, 3, [int(i == j) for i in range(3) for j in range(3)])) is (name == "whitened")


def test_in_the_co_ordered_problem_growth_and_falls_rank_the_modes_alike():
    inputs, cross = exact_moments("co-ordered")
    best = cross * inputs.inv()
    values, vectors = np.linalg.eigh(
        zoo.get("co-ordered", LinearNetwork).sigma_yx @ zoo.get("co-ordered", LinearNetwork).sigma_yx.T
    )
    assert (np.diff(values) > 0).all()
    total = np.array([[int(e.p) / int(e.q) for e in row] for row in (best * cross.transpose()).tolist()])
    in_order_of_growth = np.diag(vectors.T @ total @ vectors)
    assert (np.diff(in_order_of_growth) > 0).all()
    assert recursion(*(np.array([[int(e.p) / int(e.q) for e in r] for r in m.tolist()]) for m in (inputs, cross))) == (
        pytest.approx([1 / 2, 5 / 6, 10 / 7], rel=1e-12)
    )


def test_in_the_reversed_problem_the_recursion_says_three_quarters_and_a_half():
    problem = zoo.get("reversed", LinearNetwork)
    assert recursion(problem.sigma_xx, problem.sigma_yx) == pytest.approx([1 / 2, 3 / 4], rel=1e-14)
    assert falls("reversed") == pytest.approx([2, 1], rel=1e-14)
    assert (falls("reversed")[1:].sum() / 2, falls("reversed")[0] / 2) == pytest.approx((1 / 2, 1))
    # The faster mode is e1, sigma 2; it takes sigma^2/lambda/2 = 1/2 off the loss 3/2 and leaves 1.
    assert (1 / problem.sigma_yx[1, 1], 3 / 2 - problem.sigma_yx[0, 0] ** 2 / problem.sigma_xx[0, 0] / 2) == (1, 1)


@pytest.mark.parametrize(
    ("rho", "second", "level"), [("0.01", 0.750, 0.500), ("0.1", 0.751, 0.498), ("0.5", 0.765, 0.453)]
)
def test_coupled_reversed_problems_have_the_conjectured_times_and_levels_of_the_table(rho, second, level):
    name = f"nearly-reversed-{rho}"
    problem = zoo.get(name, LinearNetwork)
    assert problem.sigma_xx[0, 1] == float(rho)
    assert recursion(problem.sigma_xx, problem.sigma_yx) == pytest.approx([0.5, second], abs=5e-4)  # three decimals
    assert falls(name)[1] / 2 == pytest.approx(level, abs=5e-4)


def test_the_blocks_of_the_reducible_problem_merge_to_other_times_than_the_recursion():
    problem = zoo.get("reducible", LinearNetwork)
    inside = recursion(problem.sigma_xx[:2, :2], problem.sigma_yx[:2, :2])
    assert inside == pytest.approx([0.829513, 1.615970], abs=1e-6)
    assert recursion(problem.sigma_xx, problem.sigma_yx) == pytest.approx([0.5, 0.69862, 1.5932], abs=1e-4)
    assert falls("reducible").sum() / 2 == pytest.approx(2.425)
    assert not problem.sigma_xx[2, :2].any()
    assert not problem.sigma_yx[2, :2].any()
    assert not problem.sigma_yx[:2, 2].any()


def test_growth_that_is_remembered_brings_the_second_block_before_the_end_of_the_first():
    problem = zoo.get("greedy-differs", LinearNetwork)
    first = recursion(problem.sigma_xx[:2, :2], problem.sigma_yx[:2, :2])
    assert first == pytest.approx([0.5, 0.76497], abs=1e-5)
    second = 1 / problem.sigma_yx[2, 2]
    assert first[0] < second < first[1]
    top = np.linalg.eigh(
        problem.sigma_yx[:2, :2] @ np.linalg.inv(problem.sigma_xx[:2, :2]) @ problem.sigma_yx[:2, :2].T
    )[1]
    left = problem.sigma_yx[:2, :2] - np.outer(top[:, 1], top[:, 1]) @ problem.sigma_yx[:2, :2]
    assert np.linalg.norm(left, 2) == pytest.approx(1.8870, abs=1e-4)  # more than 1.4: a greedy rule goes there
    assert problem.sigma_yx[2, 2] == 1.4


@pytest.mark.parametrize("name", ["irreducible", "nearly-reversed-0.5", "singular-inputs", "linnerud-all-targets"])
def test_all_modes_are_coupled(name):
    problem = zoo.get(name, LinearNetwork)
    right = np.linalg.svd(problem.sigma_yx)[2][: problem.rank]
    couplings = right @ problem.sigma_xx @ right.T
    sizes = np.sqrt(np.outer(np.diag(couplings), np.diag(couplings)))
    assert (np.abs(couplings) > 1e-3 * sizes).all()


def test_close_values_are_as_close_as_they_say():
    first, second, _ = growth("close-growth")
    assert (1 / first, 1 / second) == pytest.approx((1, 1000 / 999), rel=1e-14)
    assert 1 - falls("close-falls")[1] / falls("close-falls")[0] == pytest.approx(1e-3, rel=1e-2)


def test_a_singular_value_occurs_twice():
    assert growth("repeated-growth").tolist() == [2, 2, 1]


def test_one_mode_has_the_formula_it_states():
    inputs, cross = exact_moments("one-mode")
    assert (1 / cross[0, 0], cross[0, 0] / inputs[0, 0]) == (flint.fmpq(1, 3), flint.fmpq(3, 2))


def test_inputs_that_depend_on_one_another_are_singular():
    inputs, cross = exact_moments("singular-inputs")
    assert (inputs.rank(), cross.rank(), inputs.nrows()) == (2, 2, 4)
    assert inputs * flint.fmpq_mat(4, 1, [1, 1, -1, 0]) == flint.fmpq_mat(4, 1)
    assert inputs * flint.fmpq_mat(4, 1, [0, 0, 0, 1]) == flint.fmpq_mat(4, 1)


def test_the_narrow_network_has_fewer_neurons_than_modes():
    problem = zoo.get("narrow", LinearNetwork)
    assert (problem.width, problem.rank) == (2, 3)
    assert problem.with_width(3) == zoo.get("irreducible", LinearNetwork)
    assert falls("narrow")[2] / 2 > 0.7


def test_the_noise_floor_is_three_quarters():
    inputs, cross = exact_moments("noise-floor")
    outputs = zoo.get("noise-floor", LinearNetwork).rational_sigma_yy
    left = outputs - cross * inputs.inv() * cross.transpose()
    assert (left[0, 0] + left[1, 1]) / 2 == flint.fmpq(3, 4)


def test_without_signal_there_is_nothing_to_learn():
    problem = zoo.get("no-signal", LinearNetwork)
    assert problem.rank == 0
    assert sum(problem.rational_sigma_yy[i, i] for i in range(2)) / 2 == 1


def test_real_data_have_the_sizes_they_state():
    linnerud, digits = (zoo.get(name, LinearNetwork) for name in ("linnerud-all-targets", "digits-one-hot"))
    assert (linnerud.c, linnerud.d, linnerud.rank) == (3, 3, 3)
    assert np.diag(linnerud.sigma_xx) == pytest.approx(1, rel=1e-14)
    assert (digits.c, digits.d, digits.rank, digits.rational_sigma_xx.rank()) == (10, 64, 10, 61)
    assert int((np.diag(digits.sigma_xx) == 0).sum()) == 3
