import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import agf_theory.numeric.diagonal as diagonal
from agf_theory.errors import HypothesisNotMet, InputError, IntegrationFailed
from agf_theory.numeric.diagonal import gradient_flow, raw_gradient_flow
from agf_theory.problems import InitScale, zoo


@pytest.mark.parametrize(
    "name", ["gaussian", "deactivation-2d", "two-leavers", "reactivation", "non-unique-face", "zero-column"]
)
@pytest.mark.parametrize(("text", "convention"), [("0.3", "paper"), ("1e-3", "slides"), ("1e-8", "paper")])
def test_the_weights_and_the_dual_flow_give_the_same_curve(name, text, convention):
    problem, scale = zoo.get(name), InitScale(text)
    raw = raw_gradient_flow(problem, scale, duration=3.0, convention=convention)
    dual = gradient_flow(problem, scale, duration=3.0, convention=convention)
    times = np.linspace(0, 3, 200)
    # the dual flow's tolerance 1e-10 is local, and jump times shift what is steep: 1e-6 is a shift of 1e-8 at slope 100
    assert np.abs(raw.at(times) - dual.at(times)).max() < 1e-6
    assert np.abs(raw.dual[-1] - dual.dual[-1]).max() < 1e-7
    assert raw.losses[-1] == pytest.approx(dual.losses[-1], abs=1e-8)
    assert raw.utilities[-1] == pytest.approx(dual.utilities[-1], abs=1e-6)


@settings(max_examples=15)
@given(data=st.data())
def test_the_two_routes_agree_on_every_drawn_design(data, small_designs):
    problem = data.draw(small_designs)
    scale = InitScale(data.draw(st.sampled_from(("0.3", "1e-2", "1e-4"))))
    raw = raw_gradient_flow(problem, scale, duration=1.0)
    dual = gradient_flow(problem, scale, duration=1.0)
    times = np.linspace(0, 1, 60)
    assert np.abs(raw.at(times) - dual.at(times)).max() < 1e-6


def test_jumps_are_read_off_either_trajectory_alike():
    problem, scale = zoo.get("deactivation-2d"), InitScale("1e-8")
    dual = gradient_flow(problem, scale)
    raw = raw_gradient_flow(problem, scale, duration=float(dual.times[-1]))
    assert [(jump.entered, jump.left) for jump in raw.jumps()] == [(jump.entered, jump.left) for jump in dual.jumps()]
    bound = raw.jump_errors() + dual.jump_errors()
    assert (np.abs(raw.jump_times() - dual.jump_times()) <= bound).all()


def test_it_starts_at_rest():
    raw = raw_gradient_flow(zoo.get("gaussian"), InitScale("1e-2"), duration=0.1)
    assert not raw.coefficients[0].any()
    assert not raw.dual[0].any()


def test_bad_options_are_named():
    problem = zoo.get("gaussian")
    for duration in (0, -1, np.inf, np.nan):
        with pytest.raises(InputError, match="duration must be positive and finite"):
            raw_gradient_flow(problem, InitScale("1e-2"), duration=duration)
    with pytest.raises(HypothesisNotMet, match="alpha of at least 1e-40, got 1e-41; use gradient_flow"):
        raw_gradient_flow(problem, InitScale("1e-41"), duration=1.0)


@pytest.fixture
def planted(monkeypatch):
    """Results of the integrator with something planted in them."""
    module = sys.modules["agf_theory.numeric.diagonal.raw_flow"]
    real = module.solve_ivp

    def plant(change):
        def solve(*arguments, **options):
            result = real(*arguments, **options)
            change(result)
            return result

        monkeypatch.setattr(module, "solve_ivp", solve)

    return plant


def test_an_integrator_that_gives_up_is_reported(planted):
    planted(lambda result: result.update(status=-1, message="too stiff"))
    with pytest.raises(IntegrationFailed, match="DOP853 stopped at t = 0.1: too stiff"):
        raw_gradient_flow(zoo.get("gaussian"), InitScale("1e-2"), duration=0.1)


def test_a_conserved_quantity_that_drifts_is_no_flow(planted):
    planted(lambda result: result.y.__imul__(1 + 1e-6))
    with pytest.raises(IntegrationFailed, match=r"u² − v² drifts by the fraction 2e-06, more than"):
        raw_gradient_flow(zoo.get("gaussian"), InitScale("1e-2"), duration=0.1)


def test_it_is_exported_beside_the_dual_flow():
    assert diagonal.raw_gradient_flow is raw_gradient_flow
