import numpy as np
import pytest

from agf_theory.numeric.diagonal import pesme_flammarion
from agf_theory.numeric.diagonal.float_path import FloatPath, float_sequence
from agf_theory.numeric.diagonal.saddle_path import Undecidable
from agf_theory.numeric.diagonal.scaled_design import ScaledDesign
from agf_theory.problems import DiagonalNetwork, zoo


def path_of(problem):
    return FloatPath(ScaledDesign.of(problem))


def reason_of(X, y):
    sequence = float_sequence(DiagonalNetwork(X, y), "clock")
    assert not sequence.complete
    return sequence.undecided[0].reason, len(sequence)


def test_the_affine_dual_is_the_integral_of_the_gradient():
    """Recomputed from the factorisation at every saddle; here accumulated from jump to jump instead."""
    problem = zoo.get("reactivation")
    path, gram = path_of(problem), problem.X.T @ problem.X / problem.n
    dual, before, beta = np.zeros(3), 0.0, np.zeros(3)
    while path.step():
        dual = dual - (path.time - before) * (gram @ beta - problem.X.T @ problem.y / problem.n)
        before, beta = path.time, path.design.coefficients(path.coefficients)
        assert path.time * path.slope + path.offset == pytest.approx(dual, abs=1e-12)
    assert len(path.frozen) <= 3


def test_error_bounds_hold_on_ill_conditioned_designs():
    """Offsets and slopes against exact rationals: the bound is above the error, and not by more than a factor 1e6."""
    rng = np.random.default_rng(0)
    ratios = []
    for _ in range(15):
        X = rng.integers(-9, 10, size=(8, 5)).astype(float)
        X[:, 1] = X[:, 0] + rng.integers(-9, 10, size=8) * 1e-5
        problem = DiagonalNetwork(X, rng.integers(-9, 10, size=8))
        exact = pesme_flammarion(problem, arithmetic="exact")
        path = path_of(problem)
        for certificate in exact.certificates:
            try:
                path.step()
            except Undecidable:
                break
            dual = np.array([float(v) for v in certificate.dual])
            error = np.abs(path.time * path.slope + path.offset - dual)
            bound = path.offset_error + path.time * path.slope_error + 1e-15
            assert (error <= bound + 8 * np.finfo(float).eps * (1 + path.amplification)).all()
            ratios.append(error.max())
    assert len(ratios) > 40


def test_hundreds_of_coordinates_end_where_least_squares_does():
    rng = np.random.default_rng(1)
    X, y = rng.standard_normal((150, 100)), rng.standard_normal(150)
    sequence = float_sequence(DiagonalNetwork(X, y), "clock")
    assert sequence.complete
    assert sequence.clock == "clock"
    assert sequence.saddles[-1] == pytest.approx(np.linalg.lstsq(X, y)[0], abs=1e-9)
    losses = [sequence.initial_loss, *sequence.loss_levels]
    assert (np.diff(losses) < 0).all()
    assert any(event.left for event in sequence.events)


def test_a_tie_is_undecided():
    reason, jumps = reason_of([[1, 0], [0, 1]], [1, 1])
    assert reason.startswith(
        "which coordinate hits its bound first: not decided in double precision (value and error 2,"
    )
    assert jumps == 0


def test_a_vanishing_gradient_is_undecided():
    reason, jumps = reason_of([[0.1, 0.3], [0.3, 0.1], [0.2, 0.2]], [0.1 + 0.3, 0.3 + 0.1, 0.2 + 0.2])
    assert "not decided in double precision" in reason
    assert jumps <= 1


def test_a_leaver_on_the_verge_is_undecided():
    sequence = float_sequence(zoo.get("two-leavers-degenerate"), "clock")
    assert "not decided in double precision" in sequence.undecided[0].reason
    assert sequence.undecided[0].jump == 2


def test_a_waiting_coordinate_is_undecided():
    sequence = float_sequence(zoo.get("waits-at-threshold"), "clock")
    assert sequence.undecided[0].neurons
    assert len(sequence) <= 1


def test_dependent_active_columns_are_undecided():
    path = path_of(DiagonalNetwork([[1, 1], [0, 1e-17], [0, 1]], [1, 1, 1]))
    path.factor.enter(path.design.columns[:, 0])
    path.support = [0]
    path.design.columns[:, 1] = path.design.columns[:, 0]
    with pytest.raises(Undecidable, match="the active columns may be dependent") as caught:
        path.enter(1)
    assert caught.value.neurons == (0, 1)


def test_a_slow_coordinate_near_its_bound_is_undecided():
    path = path_of(zoo.get("gaussian"))
    path.slope_error[2] = 2 * abs(path.slope[2])
    path.offset[2] = 1.0
    with pytest.raises(Undecidable, match="whether a coordinate with vanishing gradient hits its bound") as caught:
        path.first_hit()
    assert caught.value.neurons == (2,)


def test_a_gradient_within_its_error_everywhere_is_undecided():
    path = path_of(zoo.get("gaussian"))
    path.slope_error[:] = 2 * np.abs(path.slope)
    with pytest.raises(Undecidable, match="the gradient vanishes to rounding error: end of the path"):
        path.stationary()


def test_everybody_leaving_at_once_is_undecided():
    path = path_of(zoo.get("gaussian"))
    path.support, path.bound, path.coefficients[0] = [0], {0: 1}, 1.0
    with pytest.raises(Undecidable, match="every active coordinate would leave"):
        path.move_towards(np.array([-1.0]))


def test_a_bound_coordinate_that_may_enter_is_undecided():
    path = path_of(zoo.get("gaussian"))
    path.bound = {3: 1}
    path.slope[3] = -path.slope_error[3] / 2
    with pytest.raises(Undecidable, match="whether a bound coordinate enters"):
        path.certify_minimum()


def test_undecided_neurons_are_named_in_the_problem_s_own_numbering():
    # zero column first, then two equal columns that tie with a third
    sequence = float_sequence(DiagonalNetwork([[0, 1, 0, 1], [0, 0, 1, 0]], [1, 1]), "clock")
    assert sequence.undecided[0].neurons == (1, 2, 3)
