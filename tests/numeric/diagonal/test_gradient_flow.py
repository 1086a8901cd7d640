import sys
import time

import mpmath
import numpy as np
import pytest
from scipy.integrate import DenseOutput, solve_ivp

from agf_theory.errors import InputError, IntegrationFailed, UnknownName
from agf_theory.numeric.diagonal import gradient_flow as gradient_flow_function
from agf_theory.numeric.diagonal import pesme_flammarion
from agf_theory.problems import DiagonalNetwork, InitScale, zoo


def gradient_flow(problem, text, **options):
    return gradient_flow_function(problem, InitScale(text), **options)


def sums_of(problem):
    return problem.X.T @ problem.X / problem.n, problem.X.T @ problem.y / problem.n


def weights_by_radau(problem, alpha, times, *, scale):
    """The definition: u̇ = −η v ∂L(uv), v̇ = −η u ∂L(uv) with η = log(1/α), no change of variables."""
    gram, linear = sums_of(problem)
    d, rate = problem.d, np.log(1 / alpha)

    def velocity(_time, w):
        gradient = rate * (gram @ (w[:d] * w[d:]) - linear)
        return -np.concatenate([w[d:] * gradient, w[:d] * gradient])

    initial = np.concatenate([np.full(d, scale * alpha), np.zeros(d)])
    result = solve_ivp(velocity, (0, times[-1]), initial, t_eval=times, method="Radau", rtol=1e-10, atol=1e-13)
    return (result.y[:d] * result.y[d:]).T


@pytest.mark.parametrize("text", ["0.5", "1e-2", "1e-8", "1e-100", "1e-1000"])
@pytest.mark.parametrize(("convention", "factor"), [("paper", 1.0), ("slides", 0.5)])
def test_one_coordinate_is_its_own_quadrature(text, convention, factor):
    """ṡ = b − gβ(s) is separable: t(s) = ∫ ds/(b − gβ(s)), the logistic curve in disguise."""
    problem = zoo.get("one-coordinate")
    trajectory = gradient_flow(problem, text, convention=convention)
    (g,), (b,) = (values.ravel() for values in sums_of(problem))
    eta = InitScale(text).log_inverse
    with mpmath.workdps(30):
        rate, g, b = mpmath.mpf(eta), mpmath.mpf(g), mpmath.mpf(b)

        def beta(s):
            return factor / 2 * (mpmath.exp(2 * rate * (s - 1)) - mpmath.exp(-2 * rate * (s + 1)))

        # levels of β from a thousandth of the plateau up; where s is small the integrand is the constant 1/b
        for level in (0.001, 0.1, 0.5, 0.9, 0.999):
            s = (mpmath.asinh(level * b / g / factor * mpmath.exp(2 * rate))) / (2 * rate)
            knots = [0, *sorted(p for p in (s - 20 / rate, s - 5 / rate, s - 1 / rate) if p > 0), s]
            when = mpmath.quad(lambda x: 1 / (b - g * beta(x)), knots)
            found = float(trajectory.at(float(when))[0])
            # the tolerance is 1e-10 of the plateau's 7/5 a step; two hundred steps that all err one way, twice
            assert found == pytest.approx(float(level * b / g), abs=2 * 200 * 1e-10 * 7 / 5)


@pytest.mark.parametrize("name", ["deactivation-2d", "one-coordinate", "sign-change"])
@pytest.mark.parametrize(("convention", "scale"), [("paper", np.sqrt(2)), ("slides", 1.0)])
def test_the_weights_themselves_give_the_same_curve(name, convention, scale):
    problem = zoo.get(name)
    trajectory = gradient_flow(problem, "0.1", convention=convention)
    times = np.linspace(0, min(trajectory.times[-1], 4.0), 40)
    weights = weights_by_radau(problem, 0.1, times, scale=scale)
    assert np.abs(trajectory.at(times) - weights).max() < 1e-7  # Radau's errors at 1e-10 a step


@pytest.mark.parametrize("text", ["0.9", "0.5", "1e-2", "1e-30", "1e-300", "1e-10000"])
def test_every_scale_arrives_at_a_minimum_with_falling_loss(text):
    problem = zoo.get("gaussian")
    trajectory = gradient_flow(problem, text)
    assert (np.diff(trajectory.losses) <= 1e-9 * trajectory.losses[0]).all()
    assert trajectory.losses[0] == pytest.approx(problem.y @ problem.y / (2 * problem.n), rel=1e-12)
    assert trajectory.coefficients[-1] == pytest.approx(np.linalg.lstsq(problem.X, problem.y)[0], abs=1e-8)
    assert trajectory.utilities[-1] == pytest.approx(np.zeros(5), abs=1e-9)
    assert trajectory.utilities[0] == pytest.approx(np.abs(sums_of(problem)[1]) / 2, rel=1e-12)
    assert trajectory.notes == ()


def test_small_scales_take_half_a_second_at_most():
    # processor time, so that a busy machine does not count; twice the bound, so that coverage's bookkeeping does not
    gradient_flow(zoo.get("gaussian"), "1e-2")
    for text in ("1e-8", "1e-1000", "1e-10000"):
        start = time.process_time()
        gradient_flow(zoo.get("gaussian"), text).jumps()
        assert time.process_time() - start < 1.0


def test_two_integrators_agree():
    problem = zoo.get("deactivation-2d")
    fast, check = (gradient_flow(problem, "1e-8", method=method) for method in ("LSODA", "Radau"))
    times = np.linspace(0, min(fast.times[-1], check.times[-1]), 200)
    assert np.abs(fast.at(times) - check.at(times)).max() < 1e-7
    assert "(Radau)" in check.method


def test_the_arrival_may_be_the_integrator_s_noise():
    # Here an event of solve_ivp at the flow's end fails: the gradient's sign differs between step and dense output.
    assert gradient_flow(zoo.get("square"), "1e-4").notes == ()


# ------------------------------------------------------------------------------------------------------ symmetries


def base():
    rng = np.random.default_rng(8)
    return rng.integers(-5, 6, size=(6, 3)) / 2, rng.integers(-5, 6, size=6) / 2


def coefficients(X, y):
    return gradient_flow(DiagonalNetwork(X, y), "1e-4", duration=2.0).at(np.linspace(0, 2, 30))


CLOSE = 2e-8  # two integrations at 1e-10, their steps different


def test_permuted_and_flipped_columns_permute_and_flip_the_coefficients():
    X, y = base()
    signs, order = np.array([1, -1, 1]), [2, 0, 1]
    assert coefficients((X * signs)[:, order], y) == pytest.approx((coefficients(X, y) * signs)[:, order], abs=CLOSE)


def test_a_negative_target_flips_the_coefficients():
    X, y = base()
    assert coefficients(X, -y) == pytest.approx(-coefficients(X, y), abs=CLOSE)


def test_rows_listed_twice_change_nothing():
    X, y = base()
    assert coefficients(np.vstack([X, X]), np.concatenate([y, y])) == pytest.approx(coefficients(X, y), abs=CLOSE)


def test_a_zero_column_stays_at_rest_and_equal_columns_stay_equal():
    X, y = base()
    padded = coefficients(np.column_stack([X, 0 * X[:, 0]]), y)
    assert (padded[:, 3] == 0).all()
    assert padded[:, :3] == pytest.approx(coefficients(X, y), abs=CLOSE)
    doubled = coefficients(np.column_stack([X, -X[:, 1]]), y)
    assert doubled[:, 3] == pytest.approx(-doubled[:, 1], abs=CLOSE)


def test_larger_columns_speed_the_flow_up_and_shrink_alpha():
    # (cX, α) -> β' = β/c, so that α'² = α²/c: with times in units of log(1/α) written out
    X, y = base()
    c, alpha = 4.0, 1e-4
    slow, fast = np.log(1 / alpha), np.log(2 / alpha)
    times = np.linspace(0, 2, 30)
    scaled = gradient_flow(DiagonalNetwork(c * X, y), "0.5e-4", duration=2.0)
    # φ̇ = b − Gβ with b' = cb and G'β' = cGβ: flow time runs c times faster
    assert scaled.at(times * slow / (c * fast)) * c == pytest.approx(coefficients(X, y), abs=4 * CLOSE)


# ----------------------------------------------------------------------------------------------------------- limits


def test_the_dual_stays_orthogonal_to_the_kernel():
    trajectory = gradient_flow(zoo.get("non-unique-face"), "1e-8")
    assert np.abs(trajectory.dual @ [0.5, 0.5, -1]).max() < 1e-9


def test_on_a_face_of_minimisers_the_flow_ends_at_the_entropic_point():
    end = gradient_flow(zoo.get("non-unique-face"), "1e-100").coefficients[-1]
    assert end[2] == pytest.approx(2 * (np.sqrt(13) - 2) / 3, abs=1e-7)  # not 4/3
    assert end[0] * end[1] == pytest.approx(end[2] ** 2, abs=1e-6)  # Σ ν log|β| = 0


def test_the_flow_tends_to_the_limiting_sequence_like_one_over_the_logarithm():
    for name in ("gaussian", "deactivation-2d"):
        problem = zoo.get(name)
        limit = pesme_flammarion(problem)
        exponents = np.array([50, 100, 200, 400, 800, 1600])
        errors = []
        for exponent in exponents:
            trajectory = gradient_flow(problem, f"1e-{exponent}")
            assert [(jump.entered, jump.left) for jump in trajectory.jumps()] == [
                (event.entered, event.left) for event in limit.events
            ]
            errors.append(np.abs(trajectory.jump_times() / limit.jump_times - 1).max())
        fitted = np.polyfit(np.log(exponents), np.log(errors), 1)[0]
        assert fitted == pytest.approx(-1, abs=0.02)
        constants = np.array(errors) * exponents
        assert constants[-1] == pytest.approx(constants[-2], rel=1e-5)  # the constant: C of C/log(1/α) in decades


def test_the_half_crossing_differs_from_the_extrapolated_time_by_a_constant_over_the_logarithm():
    problem = zoo.get("deactivation-2d")
    gaps = []
    for exponent in (50, 100, 200, 400):
        trajectory = gradient_flow(problem, f"1e-{exponent}")
        gaps.append((trajectory.jump_times("half") - trajectory.jump_times())[1] * exponent)
    assert gaps == pytest.approx([gaps[-1]] * 4, rel=1e-3)
    assert abs(gaps[0]) > 1e-4


def test_in_one_coordinate_the_two_rules_agree_because_the_curve_is_logistic():
    trajectory = gradient_flow(zoo.get("one-coordinate"), "1e-30")
    expected = 2 / 7 * (1 + np.log(2 * 7 / 5) / (2 * 30 * np.log(10)))
    assert trajectory.jump_times() == pytest.approx([expected], rel=1e-9)
    assert trajectory.jump_times("half") == pytest.approx([expected], rel=1e-9)


# ---------------------------------------------------------------------------------------------- options and failures


def test_a_duration_is_kept_to():
    trajectory = gradient_flow(zoo.get("gaussian"), "1e-4", duration=0.25)
    assert trajectory.times[-1] == pytest.approx(0.25, rel=1e-14)
    assert gradient_flow(zoo.get("gaussian"), "1e-4", duration=1e-9).times[-1] == pytest.approx(1e-9, rel=1e-12)


def test_dense_output_takes_any_shape_inside_the_trajectory_and_nothing_outside():
    trajectory = gradient_flow(zoo.get("deactivation-2d"), "1e-4")
    assert trajectory.at(0.5).shape == (2,)
    assert trajectory.at([0.5, 0.6]).shape == (2, 2)
    assert trajectory.at([]).shape == (0, 2)
    assert trajectory.at([[0.5, 0.6, 0.7]]).shape == (1, 3, 2)
    assert trajectory.at(trajectory.times) == pytest.approx(trajectory.coefficients, abs=1e-9)
    for wrong in (-0.1, trajectory.times[-1] * 1.01, np.nan):
        with pytest.raises(InputError, match="times must lie in"):
            trajectory.at([0.5, wrong])


@pytest.mark.parametrize("name", ["orthogonal-target", "zero-target", "zero-design"])
def test_nothing_to_learn_stays_at_zero(name):
    trajectory = gradient_flow(zoo.get(name), "1e-4")
    assert not trajectory.coefficients.any()
    assert trajectory.jumps() == ()
    assert trajectory.notes == ("the gradient is zero at the start",)
    assert trajectory.at([0.0, 0.5]).shape == (2, zoo.get(name).d)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"duration": 0}, "duration must be positive and finite, got 0"),
        ({"duration": np.inf}, "duration must be positive and finite, got inf"),
        ({"duration": np.nan}, "duration must be positive and finite, got nan"),
        ({"tolerance": 1e-14}, r"tolerance must lie in \[1e-13, 1e-3\], got 1e-14"),
        ({"tolerance": 2e-3}, r"tolerance must lie in \[1e-13, 1e-3\], got 0.002"),
        ({"tolerance": np.nan}, r"tolerance must lie in"),
        ({"method": "Euler"}, "method must be one of LSODA, Radau, got 'Euler'"),
    ],
)
def test_bad_options_are_named(options, message):
    with pytest.raises(InputError, match=message):
        gradient_flow(zoo.get("gaussian"), "1e-4", **options)


def test_an_unknown_convention_is_named():
    with pytest.raises(UnknownName, match="convention must be one of paper, slides"):
        gradient_flow(zoo.get("gaussian"), "1e-4", convention="book")


class Planted:
    """An integrator that takes three steps over a straight line through given states."""

    def __init__(self, states, *, fails=False):
        self.states, self.fails = states, fails

    def __call__(self, _velocity, start, state, bound, **_options):
        self.t, self.y, self.bound, self.status, self.count = start, state, bound, "running", 0
        return self

    def step(self):
        if self.fails:
            self.status = "failed"
            return "too stiff"
        self.count += 1
        self.t, self.y = self.count / len(self.states) * self.bound, np.asarray(self.states[self.count - 1])
        self.status = "finished" if self.count == len(self.states) else "running"
        return None

    def dense_output(self):
        class Constant(DenseOutput):
            def _call_impl(self, t, value=self.y):
                return np.multiply.outer(value, np.ones(np.shape(t)))

        return Constant(self.t - self.bound / len(self.states), self.t)


def plant(monkeypatch, solver):
    # the package exports the function under the module's name
    module = sys.modules["agf_theory.numeric.diagonal.gradient_flow"]
    monkeypatch.setitem(module.METHODS, "LSODA", solver)


def test_an_integrator_that_gives_up_is_reported(monkeypatch):
    plant(monkeypatch, Planted([[0.0]], fails=True))
    with pytest.raises(IntegrationFailed, match="LSODA stopped at t = 0: too stiff; try method='Radau'"):
        gradient_flow(zoo.get("one-coordinate"), "1e-4")


def test_success_with_numbers_that_are_not_finite_is_no_success(monkeypatch):
    plant(monkeypatch, Planted([[0.1], [np.nan], [0.2]]))
    with pytest.raises(IntegrationFailed, match="numbers that are not finite"):
        gradient_flow(zoo.get("one-coordinate"), "1e-4")


def test_a_loss_that_rises_is_no_flow(monkeypatch):
    plant(monkeypatch, Planted([[1.0], [0.5], [1.0]]))
    with pytest.raises(IntegrationFailed, match="the loss rises by .* at step [12]; lower the tolerance"):
        gradient_flow(zoo.get("one-coordinate"), "1e-4")


def test_large_coefficients_that_cancel_are_no_rising_loss():
    # coefficients near 700: the loss is a difference of numbers near 1e5, and its rounding errors no rise
    rows = [[1.5, 0.75, 2.25, 0.75], [0.75, 1.5, 0.5, -2.25], [-0.25, 1.25, 2.0, 1.25], [1.0, 0.25, 1.75, 1.25]]
    trajectory = gradient_flow(DiagonalNetwork(rows, [1.25, 1.0, 2.0, -1.25]), "1e-300", method="Radau")
    assert trajectory.losses[-1] < 1e-9
    assert len(trajectory.jumps()) == 6


def test_a_flow_that_has_not_arrived_says_so(monkeypatch):
    plant(monkeypatch, Planted([[0.1], [0.2], [0.3]]))
    assert (
        gradient_flow(zoo.get("one-coordinate"), "1e-4")
        .notes[0]
        .startswith("gradient not yet below 1e-10 of its start")
    )
