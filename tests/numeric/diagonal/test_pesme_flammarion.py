from fractions import Fraction
from itertools import pairwise

import flint
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from agf_theory.errors import UnknownName
from agf_theory.numeric import diagonal
from agf_theory.numeric.diagonal import pesme_flammarion
from agf_theory.numeric.diagonal.pesme_flammarion import PRECISIONS
from agf_theory.problems import DiagonalNetwork, zoo

SMALL = [name for name in zoo.names("diagonal") if name not in ("diabetes", "linnerud", "ar1", "sparse-noiseless")]


def verify_whole(problem, sequence):
    """Every certificate in its place, and a vanishing gradient at the end."""
    before = None
    for certificate in sequence.certificates:
        certificate.verify(problem, before=before)
        before = certificate
    assert len(sequence.certificates) == len(sequence)
    end = (
        sequence.certificates[-1].gradient(problem)
        if len(sequence)
        else problem.rational_X.transpose() * problem.rational_y
    )
    assert not any(end.entries() if isinstance(end, flint.fmpq_mat) else end)


def fits(problem, saddle):
    X = problem.rational_X
    beta = flint.fmpq_mat(problem.d, 1, [flint.fmpq(v.numerator, v.denominator) for v in saddle])
    return [Fraction(int(v.p), int(v.q)) for v in (X * beta).entries()]


def agrees_with_brute_force(problem, brute_force):
    exact, brute = pesme_flammarion(problem, arithmetic="exact"), brute_force(problem)
    assert list(exact.jump_times) == [saddle.time for saddle in brute]
    assert list(exact.loss_levels) == [saddle.loss for saddle in brute]
    assert [list(c.fractions[1]) for c in exact.certificates] == [saddle.dual for saddle in brute]
    assert [fits(problem, saddle) for saddle in exact.saddles] == [saddle.fit for saddle in brute]
    return exact


def matches(approximate, exact, *, relative):
    """Same events, and times, losses and saddles to a relative error that the caller justifies."""
    count = len(approximate)
    assert approximate.events == exact.events[:count]
    assert approximate.unique == exact.unique[:count]
    scale = max((abs(float(v)) for v in exact.saddles.ravel()), default=1.0)
    for k in range(count):
        assert float(approximate.jump_times[k]) == pytest.approx(float(exact.jump_times[k]), rel=relative)
        assert [float(v) for v in approximate.saddles[k]] == pytest.approx(
            [float(v) for v in exact.saddles[k]], rel=relative, abs=relative * scale
        )
        assert float(approximate.loss_levels[k]) == pytest.approx(
            float(exact.loss_levels[k]), rel=relative, abs=relative * float(exact.initial_loss)
        )


def test_orthogonal_columns_by_hand():
    # G = I/2, b = (1/2, 3/2): jump i at 1/|b_i|, to b_i/G_ii, each lowering the loss by b_i²/(2 G_ii)
    sequence = pesme_flammarion(DiagonalNetwork([[1, 0], [0, 1]], [1, -3]), arithmetic="exact")
    assert list(sequence.jump_times) == [Fraction(2, 3), 2]
    assert sequence.saddles.tolist() == [[0, -3], [1, -3]]
    assert (sequence.initial_loss, *sequence.loss_levels) == (Fraction(5, 2), Fraction(1, 4), 0)
    assert [event.entered for event in sequence.events] == [(1,), (0,)]
    assert sequence.unique == (True, True)


def test_one_coordinate_by_hand():
    sequence = pesme_flammarion(zoo.get("one-coordinate"), arithmetic="exact")
    assert (sequence.jump_times[0], sequence.saddles[0, 0]) == (Fraction(2, 7), Fraction(7, 5))


def test_limiting_sequence_is_the_same_function():
    assert diagonal.limiting_sequence is pesme_flammarion


@settings(max_examples=60)
@given(data=st.data())
def test_the_exact_path_is_brute_force_and_every_saddle_is_certified(data, small_designs, brute_force):
    problem = data.draw(small_designs)
    exact = agrees_with_brute_force(problem, brute_force)
    verify_whole(problem, exact)
    losses = [exact.initial_loss, *exact.loss_levels]
    assert all(later < earlier for earlier, later in pairwise(losses))
    assert all(later > earlier for earlier, later in zip([0, *exact.jump_times], exact.jump_times, strict=False))
    for active, saddle in zip(exact.active_sets, exact.saddles, strict=True):
        assert active == {i for i, value in enumerate(saddle) if value}


@settings(max_examples=60)
@given(data=st.data())
def test_the_float_path_is_the_exact_one_or_says_where_it_cannot_tell(data, small_designs):
    problem = data.draw(small_designs)
    exact, floating = (pesme_flammarion(problem, arithmetic=kind) for kind in ("exact", "float"))
    # Gram minors of 4x4 matrices of halves up to 5/2 lie above 2^-8 and below 1e6: condition below 1e8, times 1e-16
    matches(floating, exact, relative=1e-8)
    if floating.complete:
        assert len(floating) == len(exact)
    else:
        assert floating.undecided[0].jump == len(floating)
        assert "not decided in double precision" in str(floating.undecided[0])


@settings(max_examples=40)
@given(data=st.data())
def test_balls_enclose_the_exact_path(data, small_designs):
    problem = data.draw(small_designs)
    exact, certified = (pesme_flammarion(problem, arithmetic=kind) for kind in ("exact", "certified"))
    assert certified.events == exact.events
    assert certified.unique == exact.unique
    for k in range(len(exact)):
        for ball, value in [
            (certified.jump_times[k], exact.jump_times[k]),
            (certified.loss_levels[k], exact.loss_levels[k]),
            *zip(certified.saddles[k], exact.saddles[k], strict=True),
        ]:
            if certified.arithmetic == "ball":
                with flint.ctx.workprec(2000):  # a fraction is itself a ball, of the precision in force
                    assert ball.contains(flint.arb(flint.fmpq(value.numerator, value.denominator)))
                assert ball.rad() < 1e-20  # 128 bits, condition below 1e6 as above
            else:
                assert ball == value


@settings(max_examples=40)
@given(data=st.data())
def test_automatic_arithmetic_always_arrives(data, small_designs):
    problem = data.draw(small_designs)
    exact, automatic = pesme_flammarion(problem, arithmetic="exact"), pesme_flammarion(problem)
    assert automatic.complete
    assert len(automatic) == len(exact)
    matches(automatic, exact, relative=1e-8)


@pytest.mark.parametrize("name", SMALL)
def test_every_small_problem_of_the_zoo_is_brute_force(name, brute_force):
    problem = zoo.get(name)
    exact = agrees_with_brute_force(problem, brute_force)
    verify_whole(problem, exact)
    floating = pesme_flammarion(problem, arithmetic="float")
    assert floating.complete or floating.undecided
    matches(floating, exact, relative=1e-7)


def test_the_end_is_a_least_squares_solution_of_least_l1_norm():
    rng = np.random.default_rng(5)
    for _ in range(12):
        X, y = rng.integers(-4, 5, size=(3, 6)), rng.integers(-4, 5, size=3)
        problem = DiagonalNetwork(X.tolist(), y.tolist())
        sequence = pesme_flammarion(problem, arithmetic="exact")
        end = np.array([float(v) for v in sequence.saddles[-1]])
        best = linprog(np.ones(12), A_eq=np.hstack([X, -X]), b_eq=X @ end, method="highs")
        assert np.abs(end).sum() == pytest.approx(best.fun, rel=1e-9)  # the LP's own feasibility tolerance
        # the dual at the end is a subgradient of the l1 norm in the row space: exact optimality, no LP needed
        last = sequence.certificates[-1]
        assert sum(a * b for a, b in zip(last.dual, last.coefficients, strict=True)) == sum(map(abs, last.coefficients))
        stacked = flint.fmpq_mat(4, 6, [*problem.rational_X.entries(), *last.dual])
        assert stacked.rank() == problem.rank


# ------------------------------------------------------------------------------------------------------ symmetries


def base(seed=3):
    rng = np.random.default_rng(seed)
    return rng.integers(-5, 6, size=(5, 4)), rng.integers(-5, 6, size=5)


def path(X, y, arithmetic="exact"):
    return pesme_flammarion(DiagonalNetwork(np.asarray(X).tolist(), np.asarray(y).tolist()), arithmetic=arithmetic)


@pytest.mark.parametrize("arithmetic", ["exact", "float"])
def test_permuted_columns_permute_the_saddles(arithmetic):
    X, y = base()
    order = [2, 0, 3, 1]
    straight, permuted = path(X, y, arithmetic), path(X[:, order], y, arithmetic)
    tolerance = 0 if arithmetic == "exact" else 1e-12
    assert np.abs(permuted.jump_times - straight.jump_times).max() <= tolerance
    assert np.abs(permuted.saddles - straight.saddles[:, order]).max() <= tolerance * 10
    assert [{order[i] for i in event.entered} for event in permuted.events] == [set(e.entered) for e in straight.events]


def test_flipped_columns_flip_their_coefficients():
    X, y = base()
    signs = np.array([1, -1, -1, 1])
    straight, flipped = path(X, y), path(X * signs, y)
    assert (flipped.jump_times == straight.jump_times).all()
    assert (flipped.saddles == straight.saddles * signs).all()


def test_a_negative_target_flips_everything_and_changes_no_time():
    X, y = base()
    assert (path(X, -y).saddles == -path(X, y).saddles).all()
    assert (path(X, -y).jump_times == path(X, y).jump_times).all()


def test_a_larger_target_shortens_times_and_scales_losses_by_the_square():
    X, y = base()
    straight, larger = path(X, y), path(X, 3 * y)
    assert (larger.jump_times == straight.jump_times / 3).all()
    assert (larger.saddles == straight.saddles * 3).all()
    assert (larger.loss_levels == straight.loss_levels * 9).all()


def test_scaled_columns_and_target_alone_scale_times_by_the_inverse_product():
    # (cX, y): s = cXᵀ∫r/n, so t -> t/c and β -> β/c with the same fits
    X, y = base()
    straight, scaled = path(X, y), path(2 * X, y)
    assert (scaled.jump_times == straight.jump_times / 2).all()
    assert (scaled.saddles == straight.saddles / 2).all()
    assert (scaled.loss_levels == straight.loss_levels).all()


def test_rows_listed_twice_change_nothing():
    X, y = base()
    straight, twice = path(X, y), path(np.vstack([X, X]), np.concatenate([y, y]))
    assert (twice.jump_times == straight.jump_times).all()
    assert (twice.saddles == straight.saddles).all()
    assert (twice.loss_levels == straight.loss_levels).all()


@pytest.mark.parametrize("arithmetic", ["exact", "float", "certified"])
def test_columns_of_zeros_never_move(arithmetic):
    X, y = base()
    straight, padded = path(X, y, arithmetic), path(np.insert(X, 1, 0, axis=1), y, arithmetic)
    assert [float(t) for t in padded.jump_times] == pytest.approx([float(t) for t in straight.jump_times], rel=1e-14)
    assert all(float(v) == 0 for v in padded.saddles[:, 1])


@pytest.mark.parametrize("arithmetic", ["exact", "float"])
def test_equal_columns_share_their_coefficient_and_opposite_ones_oppose_it(arithmetic):
    X, y = base()
    doubled = path(np.column_stack([X, X[:, 0], -X[:, 0]]), y, arithmetic)
    single = path(X, y, arithmetic)
    assert [float(t) for t in doubled.jump_times] == pytest.approx([float(t) for t in single.jump_times], rel=1e-13)
    third = [float(v) / 3 for v in single.saddles[:, 0]]
    for column, sign in ((0, 1), (4, 1), (5, -1)):
        assert [sign * float(v) for v in doubled.saddles[:, column]] == pytest.approx(third, rel=1e-12)
    assert not any(single for single, active in zip(doubled.unique, doubled.active_sets, strict=True) if 0 in active)


# ----------------------------------------------------------------------------------------------- degenerate inputs


@pytest.mark.parametrize("arithmetic", ["automatic", "exact", "float", "certified"])
@pytest.mark.parametrize("name", ["orthogonal-target", "zero-target", "zero-design"])
def test_nothing_to_learn_is_a_complete_sequence_without_jumps(name, arithmetic):
    problem = zoo.get(name)
    sequence = pesme_flammarion(problem, arithmetic=arithmetic)
    assert len(sequence) == 0
    # to floats, a gradient that cancels to zero is within its rounding error: they must not say that it is zero
    assert sequence.complete == ((name, arithmetic) != ("orthogonal-target", "float"))
    assert sequence.saddles.shape == (0, problem.d)
    assert float(sequence.initial_loss) == pytest.approx(float(problem.y @ problem.y) / (2 * problem.n))


def test_a_coordinate_that_waits_at_its_threshold_returns_without_a_hit():
    sequence = pesme_flammarion(zoo.get("waits-at-threshold"), arithmetic="exact")
    assert [set(active) for active in sequence.active_sets] == [{0}, {2}, {0, 1, 2}]
    assert sequence.events[2].entered == (0, 1)
    assert abs(sequence.certificates[1].dual[0]) == 1
    assert sequence.certificates[1].gradient(zoo.get("waits-at-threshold"))[0] == 0


def test_floats_cannot_see_that_a_leaver_s_gradient_is_zero_and_say_so():
    problem = zoo.get("two-leavers-degenerate")
    floating, automatic = pesme_flammarion(problem, arithmetic="float"), pesme_flammarion(problem)
    assert not floating.complete
    assert len(floating) == 2
    assert [set(active) for active in automatic.active_sets] == [{0}, {0, 2}, {1}]


def test_a_tie_below_floats_is_left_undecided_by_floats_and_decided_by_balls():
    problem = zoo.get("tie-below-floats")
    floating, automatic = pesme_flammarion(problem, arithmetic="float"), pesme_flammarion(problem)
    assert (len(floating), floating.undecided[0].neurons) == (0, (0, 1))
    assert automatic.arithmetic == "ball"
    assert [event.entered for event in automatic.events] == [(0,), (1,)]
    assert automatic.jump_times[0] < automatic.jump_times[1]


def test_a_tie_below_the_first_precision_needs_the_second():
    y = Fraction(10**60 - 1, 10**60)
    problem = DiagonalNetwork([[1, "1/2"], ["1/2", 1]], [1, y])
    automatic = pesme_flammarion(problem)
    assert PRECISIONS[0] < 60 / np.log10(2) < PRECISIONS[1]
    assert automatic.arithmetic == "ball"
    assert [event.entered for event in automatic.events] == [(0,), (1,)]


def test_an_exact_tie_is_settled_by_rationals():
    sequence = pesme_flammarion(zoo.get("exact-tie"))
    assert sequence.arithmetic == "exact"
    assert [event.entered for event in sequence.events] == [(0,), (1, 2)]


def test_a_sign_change_enters_leaves_and_returns():
    sequence = pesme_flammarion(zoo.get("sign-change"), arithmetic="exact")
    second = [row[1] for row in sequence.saddles]
    assert second[0] > 0
    assert second[1] == 0
    assert second[2] < 0
    assert sequence.events[1].left == (1,)


def test_a_face_of_minimisers_lists_the_point_of_least_norm_and_says_so():
    sequence = pesme_flammarion(zoo.get("non-unique-face"))
    assert list(sequence.saddles[-1]) == [Fraction(1, 3), Fraction(7, 3), Fraction(4, 3)]
    assert sequence.unique == (True, False)
    assert sequence.notes[0].startswith("minimiser not unique after jump 2: the one of least Euclidean norm is listed")


def test_an_unknown_arithmetic_is_named_with_those_there_are():
    with pytest.raises(UnknownName, match="arithmetic must be one of automatic, exact, float, certified, got 'fast'"):
        pesme_flammarion(zoo.get("one-coordinate"), arithmetic="fast")
