import mpmath
import numpy as np
import pytest

from agf_theory.errors import UnknownName
from agf_theory.numeric.diagonal.dual_flow import DualFlow, amplitude


def flow_at(log_inverse, convention="paper", d=2):
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((5, d)), rng.standard_normal(5)
    return X, y, DualFlow(X.T @ X / 5, X.T @ y / 5, float(y @ y) / 5, log_inverse, amplitude(convention))


@pytest.mark.parametrize(("convention", "factor"), [("paper", 1), ("slides", "0.5")])
@pytest.mark.parametrize("exponent", ["0.3", 1, 8, 1000])
def test_coefficients_and_sensitivities_are_those_of_the_hyperbolic_sine(convention, factor, exponent):
    eta = float(exponent) * np.log(10)
    _, _, flow = flow_at(eta, convention)
    for s in (-1.001, -0.3, 0.0, 1e-9, 0.9, 1.0005):
        with mpmath.workdps(1200):
            alpha2, angle = mpmath.exp(-2 * mpmath.mpf(eta)), 2 * mpmath.mpf(eta) * mpmath.mpf(s)
            beta = mpmath.mpf(factor) * alpha2 * mpmath.sinh(angle)
            slope = mpmath.mpf(factor) * alpha2 * 2 * mpmath.mpf(eta) * mpmath.cosh(angle)
        # the exponent, of size 2η, carries one rounding of s
        assert flow.coefficients(np.array([s, 0.5]))[0] == pytest.approx(float(beta), rel=1e-12, abs=1e-300)
        assert flow.sensitivity(np.array([s, 0.5]))[0] == pytest.approx(float(slope), rel=1e-12, abs=1e-300)


def test_loss_gradient_and_velocity_are_those_of_the_data():
    X, y, flow = flow_at(3.0)
    dual = np.array([[0.9, -1.1], [0.2, 1.05]])
    beta = flow.coefficients(dual)
    residual = beta @ X.T - y
    assert flow.loss(dual) == pytest.approx((residual**2).sum(1) / 10)
    assert flow.gradient(dual) == pytest.approx(residual @ X / 5)
    assert flow.velocity(0.0, dual[0]) == pytest.approx(-flow.gradient(dual[0]))


def test_the_jacobian_is_the_derivative_of_the_velocity():
    _, _, flow = flow_at(3.0)
    dual, step = np.array([0.9, -1.1]), 1e-6
    columns = [
        (flow.velocity(0.0, dual + step * unit) - flow.velocity(0.0, dual - step * unit)) / (2 * step)
        for unit in np.eye(2)
    ]
    assert flow.jacobian(0.0, dual) == pytest.approx(np.column_stack(columns), rel=1e-8)


def test_the_speed_is_that_of_the_coefficients_in_units_of_the_columns():
    X, _, flow = flow_at(3.0)
    dual, step = np.array([0.9, -1.05]), 1e-6
    velocity = flow.velocity(0.0, dual)
    moved = flow.coefficients(dual + step * velocity) - flow.coefficients(dual - step * velocity)
    lengths = np.sqrt((X**2).sum(0) / 5)
    assert flow.speed(dual) == pytest.approx((lengths * np.abs(moved)).sum() / (2 * step), rel=1e-8)


def test_an_overshoot_stays_finite():
    _, _, flow = flow_at(2302.6)
    assert np.isfinite(flow.coefficients(np.array([50.0, -50.0]))).all()
    assert np.isfinite(flow.jacobian(0.0, np.array([50.0, -50.0]))).all()


def test_an_unknown_convention_is_named():
    with pytest.raises(UnknownName, match="convention must be one of paper, slides, got 'book'"):
        amplitude("book")
