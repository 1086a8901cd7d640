import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from agf_theory.errors import UnknownName
from agf_theory.numeric.diagonal import Corrections, corrected_sequence, gradient_flow, pesme_flammarion
from agf_theory.problems import DiagonalNetwork, InitScale, zoo

# Plateau states that the integrator (tolerance 1e-10, some thousand steps) resolves.
RESOLVED = 2e-8
# The announced error is a first-order estimate of the shortest plateau's share; half an order of magnitude is a margin.
ESTIMATE = 3.0


def plateau_error(problem, trajectory, corrected):
    """Largest difference of √G_ii β_i, and of s, in the middle of any plateau."""
    lengths = np.sqrt((problem.X**2).mean(0))
    worst = 0.0
    for jump, start, dual, saddle in zip(
        trajectory.jumps(), corrected.jump_times, corrected.duals, corrected.saddles, strict=True
    ):
        gradient = problem.X.T @ (problem.X @ saddle - problem.y) / problem.n
        line = dual - (jump.plateau_time - start) * gradient
        line[saddle != 0] = dual[saddle != 0]
        worst = max(worst, (lengths * np.abs(jump.coefficients - saddle)).max(), np.abs(jump.dual - line).max())
    return worst


def events_of(trajectory):
    return tuple((jump.entered, jump.left) for jump in trajectory.jumps())


def compared(problem, text, **options):
    scale = InitScale(text)
    trajectory = gradient_flow(problem, scale)
    corrected = corrected_sequence(problem, scale, **options)
    assert events_of(trajectory) == tuple((event.entered, event.left) for event in corrected.events)
    return plateau_error(problem, trajectory, corrected), corrected, trajectory


@pytest.mark.parametrize("convention", ["paper", "slides"])
def test_one_coordinate_is_the_logistic_curve_s_time(convention):
    # t = (1 + log(|β|/a) / (2 log(1/α))) / |b|, a = 1/2 or 1/4
    scale = InitScale("1e-30")
    sequence = corrected_sequence(zoo.get("one-coordinate"), scale, convention=convention)
    amplitude = {"paper": 0.5, "slides": 0.25}[convention]
    pinned = 1 + np.log(7 / 5 / amplitude) / (2 * scale.log_inverse)
    assert sequence.jump_times == pytest.approx([2 / 7 * pinned], rel=1e-14)
    assert sequence.duals[0] == pytest.approx([pinned], rel=1e-14)


def test_orthogonal_coordinates_do_not_know_of_each_other():
    scale = InitScale("1e-100")
    sequence = corrected_sequence(zoo.get("orthogonal-design"), scale)
    problem = zoo.get("orthogonal-design")
    b, beta = problem.X.T @ problem.y / problem.n, problem.X.T @ problem.y / (problem.X**2).sum(0)
    expected = np.sort((1 + np.log(2 * np.abs(beta)) / (2 * scale.log_inverse)) / np.abs(b))
    assert sequence.jump_times == pytest.approx(expected, rel=1e-13)


CASES = [
    ("gaussian", "1e-16"),
    ("gaussian", "1e-32"),
    ("gaussian", "1e-1000"),
    ("deactivation-2d", "1e-4"),
    ("deactivation-2d", "1e-8"),
    ("deactivation-2d", "1e-100"),
    ("sign-change", "1e-4"),
    ("sign-change", "1e-16"),
    ("reactivation", "1e-8"),
    ("reactivation", "1e-32"),
    ("two-leavers", "1e-16"),
    ("two-leavers", "1e-100"),
    ("non-unique-face", "1e-8"),
    ("non-unique-face", "1e-100"),
    ("duplicate-columns", "1e-8"),
    ("opposite-columns", "1e-32"),
    ("zero-column", "1e-16"),
    ("wide", "1e-100"),
    ("linnerud", "1e-16"),
]


@pytest.mark.parametrize(("name", "text"), CASES)
def test_the_flow_s_plateaus_are_as_predicted_to_the_announced_error(name, text):
    error, corrected, _ = compared(zoo.get(name), text)
    assert corrected.complete
    assert error <= ESTIMATE * corrected.jump_errors.max() + RESOLVED


@pytest.mark.parametrize("name", ["deactivation-2d", "gaussian", "reactivation"])
def test_effective_times_are_those_read_off_the_flow(name):
    _, corrected, trajectory = compared(zoo.get(name), "1e-100")
    assert (np.abs(trajectory.jump_times() - corrected.jump_times) <= trajectory.jump_errors() + 1e-9).all()


@pytest.mark.parametrize(
    ("name", "exponents"),
    [("deactivation-2d", (4, 5, 6, 7)), ("non-unique-face", (6, 8, 10, 12)), ("reactivation", (10, 14, 18, 22))],
)
def test_the_error_falls_as_a_power_of_the_initialisation_scale(name, exponents):
    errors = np.log10([compared(zoo.get(name), f"1e-{k}")[0] for k in exponents])
    (power, _), covariance = np.polyfit(-np.array(exponents), errors, 1, cov=True)
    assert power > 0.1
    # a straight line over decades; an error like 1/log(1/α) would fall by a factor of two at most
    assert np.sqrt(covariance[0, 0]) < power / 5
    assert errors[0] - errors[-1] > 1.5


@pytest.mark.parametrize(
    ("name", "mutant"),
    [
        ("gaussian", Corrections(old_active_move=False)),
        ("gaussian", Corrections(kick=False)),
        ("reactivation", Corrections(kick_by_leavers=False)),
        ("gaussian", Corrections(pin_factor=1.0)),
        ("one-coordinate", Corrections(pin_factor=1.0)),
    ],
)
def test_leaving_a_term_out_is_seen_at_the_first_order_in_one_over_the_logarithm(name, mutant):
    problem = zoo.get(name)
    right, _, _ = compared(problem, "1e-100")
    wrong, half = (compared(problem, text, corrections=mutant)[0] for text in ("1e-100", "1e-200"))
    assert right < RESOLVED
    assert wrong > 1000 * RESOLVED
    assert wrong / half == pytest.approx(2, rel=0.1)


@settings(max_examples=12)
@given(seed=st.integers(0, 10_000))
def test_random_designs_in_order_agree_with_the_flow(seed):
    rng = np.random.default_rng(seed)
    n, d = rng.integers(3, 9), rng.integers(2, 5)
    X = rng.integers(-9, 10, size=(n, d)) / 4
    # the integrator's errors in β grow with the condition: coefficients in the hundreds are not resolved to 1e-8
    assume(np.linalg.cond(X) < 20)
    problem, scale = DiagonalNetwork(X, rng.integers(-9, 10, size=n) / 4), InitScale("1e-300")
    corrected = corrected_sequence(problem, scale)
    limit = pesme_flammarion(problem)
    if not corrected.complete or corrected.events != limit.events or max(corrected.jump_errors, default=0) > 1e-3:
        return
    trajectory = gradient_flow(problem, scale)
    if len(limit):
        assert events_of(trajectory) == tuple((event.entered, event.left) for event in limit.events)
        error = plateau_error(problem, trajectory, corrected)
        assert error <= ESTIMATE * corrected.jump_errors.max() + RESOLVED


def test_all_levels_tend_to_the_limit():
    for name in ("gaussian", "deactivation-2d", "two-leavers"):
        limit, sequence = pesme_flammarion(zoo.get(name)), corrected_sequence(zoo.get(name), InitScale("1e-1000000"))
        assert sequence.events == limit.events
        assert sequence.loss_levels == pytest.approx([float(v) for v in limit.loss_levels], abs=1e-12)
        assert sequence.jump_times == pytest.approx([float(t) for t in limit.jump_times], rel=1e-4)
        assert sequence.unique == limit.unique


def test_a_face_is_met_at_the_flow_s_own_point():
    sequence = corrected_sequence(zoo.get("non-unique-face"), InitScale("1e-100"))
    assert sequence.saddles[-1][2] == pytest.approx(2 * (np.sqrt(13) - 2) / 3, rel=1e-12)
    assert sequence.unique == (True, False)


def test_a_change_of_order_is_said_and_followed():
    problem = zoo.get("order-change")
    late = corrected_sequence(problem, InitScale("1e-20"))
    assert [event.entered for event in late.events] == [(1,), (0,)]
    assert any("x2" in note and "x1" in note for note in late.notes)
    early = corrected_sequence(problem, InitScale("1e-1000"))
    assert [event.entered for event in early.events] == [(0,), (1,)]
    assert early.notes == ()


def test_short_plateaus_are_said():
    sequence = corrected_sequence(zoo.get("deactivation-2d"), InitScale("1e-4"))
    assert any("shortest plateau: before jump" in note for note in sequence.notes)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("badly-scaled", "1e-8", "no plateau before this jump"),
        ("exact-tie", "1e-100", "2 coordinates join together in the limit; the expansion needs one joiner"),
        ("two-leavers-degenerate", "1e-100", "a bound coordinate's gradient vanishes"),
        ("waits-at-threshold", "1e-100", "an active coordinate's coefficient vanishes"),
    ],
)
def test_a_hypothesis_that_fails_ends_the_sequence_with_its_name(name, text, reason):
    sequence = corrected_sequence(zoo.get(name), InitScale(text))
    assert not sequence.complete
    assert reason in sequence.undecided[0].reason
    assert sequence.undecided[0].jump == len(sequence)


@pytest.mark.parametrize("name", ["orthogonal-target", "zero-target", "zero-design"])
def test_nothing_to_learn_gives_no_jump(name):
    sequence = corrected_sequence(zoo.get(name), InitScale("1e-8"))
    assert (len(sequence), sequence.complete, sequence.saddles.shape) == (0, True, (0, zoo.get(name).d))


def test_permuted_and_flipped_columns_permute_and_flip_the_states():
    problem, scale = zoo.get("gaussian"), InitScale("1e-16")
    signs, order = np.array([1, -1, 1, 1, -1]), [3, 1, 4, 0, 2]
    straight = corrected_sequence(problem, scale)
    changed = corrected_sequence(DiagonalNetwork((problem.X * signs)[:, order], problem.y), scale)
    assert changed.jump_times == pytest.approx(straight.jump_times, rel=1e-12)
    assert changed.duals == pytest.approx((straight.duals * signs)[:, order], abs=1e-12)


def test_an_unknown_convention_is_named():
    with pytest.raises(UnknownName, match="convention must be one of paper, slides"):
        corrected_sequence(zoo.get("gaussian"), InitScale("1e-8"), convention="book")


@pytest.mark.parametrize("scale", ["1e-8", "1e-1000"])
def test_a_coordinate_that_arrives_with_a_joiner_and_stays_at_zero_stops_the_expansion(scale):
    sequence = corrected_sequence(zoo.get("tie-one-stays-at-zero"), InitScale(scale))
    assert len(sequence) == 0
    assert "x2 reaches the bound together with a joiner and stays at zero" in str(sequence.undecided[0])


@pytest.mark.parametrize(
    ("X", "y", "jumps"), [([[1, 1], [0, 1]], [1, 0], 0), ([[1, 1, 0], [0, 1, 0], [0, 0, 1]], [1, 0, 3], 1)]
)
def test_an_arrival_in_vain_at_the_last_jump_stops_the_expansion_before_it(X, y, jumps):
    # x1 and x2 reach their bounds together; x1 fits the target alone, and x2 waits at its bound for ever
    sequence = corrected_sequence(DiagonalNetwork(X, y), InitScale("1e-8"))
    assert len(sequence) == jumps
    assert "x2 reaches the bound together with a joiner and stays at zero" in str(sequence.undecided[0])


def test_a_corrected_time_before_the_last_one_ends_the_sequence():
    sequence = corrected_sequence(DiagonalNetwork([[3, 0], [4, 3], [2, -2]], [2, -4, 1]), InitScale("0.3"))
    assert "does not exceed the one before" in sequence.undecided[0].reason
    assert (np.diff(sequence.jump_times, prepend=0) > 0).all()


@pytest.mark.parametrize("text", ["1e-4", "1e-8"])
def test_the_announced_error_knows_how_slowly_nearly_dependent_coefficients_settle(text):
    X = np.array([[1, 1, 0], [0, 0.3, 0], [0, 0, 0.25]])
    problem, scale = DiagonalNetwork(X, X @ [2.0, 1.0, 3.0]), InitScale(text)
    corrected = corrected_sequence(problem, scale)
    _, second, third = corrected.jump_times
    middle = gradient_flow(problem, scale).at((second + third) / 2)
    distance = (np.sqrt((X**2).mean(0)) * np.abs(middle - corrected.saddles[1])).max()
    # an exponential of the right rate; its constant, the largest coefficient, is an upper estimate
    assert distance <= corrected.jump_errors[2] <= 4 * distance


def test_samples_taken_twice_change_nothing():
    problem, scale = zoo.get("deactivation-2d"), InitScale("1e-4")
    once = corrected_sequence(problem, scale)
    twice = corrected_sequence(DiagonalNetwork(np.vstack([problem.X] * 2), np.hstack([problem.y] * 2)), scale)
    assert twice.jump_times == pytest.approx(once.jump_times, rel=1e-12)
    assert twice.jump_errors == pytest.approx(once.jump_errors, rel=1e-9)
    assert twice.notes == once.notes


def test_a_tie_at_the_first_jump_stops_the_expansion_before_it():
    sequence = corrected_sequence(DiagonalNetwork([[1, 0], [0, "1/2"]], [1, 2]), InitScale("1e-8"))
    assert len(sequence) == 0
    assert "one joiner at a time" in str(sequence.undecided[0])
