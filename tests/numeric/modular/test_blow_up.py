from __future__ import annotations

from fractions import Fraction
from math import inf, pi

import flint
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from agf_theory.errors import HypothesisNotMet, InputError, UndecidedError
from agf_theory.numeric.modular.blow_up import blow_up_time, blow_up_times
from agf_theory.numeric.modular.certified_blow_up import blow_up_time_of_balls, certified_blow_up_time
from agf_theory.problems import ModularAddition

FAR = 1e5
parts = st.integers(-4, 4)
gaussian = st.tuples(parts, parts)


def integrated(u: complex, v: complex, w: complex, x: complex, p: int) -> float:
    """Time to the norm FAR by an integrator, and the tail 1/(C|x̂|√q) with its first correction."""
    C = 2 * abs(x) ** 2 / p**2

    def velocity(_: float, y: np.ndarray) -> np.ndarray:
        a, b, c = y
        return np.array([C * x * b.conj() * c, C * x * a.conj() * c, C * np.conj(x) * a * b])

    def far(_: float, y: np.ndarray) -> float:
        return float(abs(y[0]) - FAR)

    far.terminal = True  # type: ignore[attr-defined]
    start = np.array([u, v, w], dtype=complex)
    run = solve_ivp(velocity, (0, 1e7), start, method="DOP853", rtol=1e-13, atol=1e-16, events=far)
    q, other, last = abs(run.y[:, -1]) ** 2
    return float(run.t[-1] + (q**-0.5 + (2 * q - other - last) / 6 * q**-1.5) / (C * abs(x)))


@pytest.mark.parametrize(
    ("u", "v", "w", "x"),
    [
        (1 + 2j, -1j, 0.5 - 1j, 1.3 + 0.2j),
        (1 + 2j, 1j, -0.5 + 1j, 1.3 + 0.2j),
        (-1e-3, 0.7, 2.0, 0.9),
        (1e-3, 0.7, 2.0, 0.9),
        (0.4, 0.5j, 0.0, 1j),
        (1, 1, -1 + 1e-3j, 1),
    ],
    ids=["Re Z > 0", "Re Z < 0", "Nyquist, wrong sign", "Nyquist", "one amplitude zero", "nearly never"],
)
def test_blow_up_times_agree_with_an_integrator(u: complex, v: complex, w: complex, x: complex) -> None:
    # The integrator keeps 1e-13 a step, over some hundred steps.
    assert blow_up_time(u, v, w, x, 6) == pytest.approx(integrated(u, v, w, x, 6), rel=1e-11)


@given(gaussian, gaussian, gaussian, gaussian, st.integers(2, 30))
@settings(max_examples=60, deadline=None)
def test_floats_lie_at_the_certified_time(u, v, w, x, p) -> None:  # type: ignore[no-untyped-def]
    enclosed = certified_blow_up_time(u, v, w, x, p)
    found = blow_up_time(*(complex(*each) for each in (u, v, w, x)), p)
    if not enclosed.is_finite():
        assert found == inf  # small integers: products, and with them Im Z, are exact in floats
    else:
        assert found == pytest.approx(float(enclosed.mid()), rel=1e-12)


def test_a_balanced_aligned_mode_blows_up_after_its_inverse_amplitude() -> None:
    assert blow_up_time(3, 3j, 3j, 2, 5) == pytest.approx(25 / (2 * 8 * 3), rel=1e-15)
    assert blow_up_time(0.1, 0.1, -0.1, -2, 4) == pytest.approx(16 / (2 * 8 * 0.1), rel=1e-15)


@pytest.mark.parametrize(
    "mode",
    [(1, 1, 1, 0), (0, 0, 0, 1), (0, 0, 1, 1), (1, 1, -1, 1), (1, 1, -2, 1), (2, 1, 1, -1)],
    ids=["no template", "nothing", "two amplitudes zero", "balanced, wrong sign", "two least equal", "template < 0"],
)
def test_modes_that_never_blow_up_have_infinite_times(mode: tuple[int, int, int, int]) -> None:
    assert blow_up_time(*mode, 6) == inf
    assert certified_blow_up_time(*mode, 6) == flint.arb.pos_inf()


@pytest.mark.parametrize(
    "mode", [(1, 2, 3, 1), (-1, 2, 2, 1), (1, 1, 0, 1), (-1, 2, 3, 1), ((1, 1), (1, 1), (1, 1), 1)]
)
def test_modes_beside_those_blow_up(mode: tuple[int, int, int, int]) -> None:
    assert 0 < certified_blow_up_time(*mode, 6) < 1000


def test_times_scale_with_the_inverse_of_the_start_even_where_squares_underflow() -> None:
    assert blow_up_time(1e-200 * (1 + 1j), -1e-200, 0.3e-200, 1, 7) == pytest.approx(
        1e200 * blow_up_time(1 + 1j, -1, 0.3, 1, 7), rel=1e-13
    )


@pytest.mark.parametrize(
    "mode",
    [
        (0, 1e-300, 1, 1),
        (1e-300, 1.5e-300, -1, 1),
        (1, 1, -2 + 1e-100j, 1),
        (1, 1, -1 + 1e-100j, 1),
        (1e-9, 2e-9, -1 - 1e-9j, 1),
        (1e200, 1e-200, 3e200, 1e-60),
    ],
    ids=["one zero, one tiny", "two tiny", "tiny Im Z", "tiny Im Z, balanced", "at the seam of formulas", "all scales"],
)
def test_finite_times_are_found_where_products_underflow(mode: tuple[complex, ...]) -> None:
    parts = [(Fraction(complex(each).real), Fraction(complex(each).imag)) for each in mode]
    assert blow_up_time(*mode, 5) == pytest.approx(float(certified_blow_up_time(*parts, 5).mid()), rel=1e-14)


def test_balls_from_irrational_coefficients_contain_the_time() -> None:
    with flint.ctx.workprec(120):
        root = flint.arb(2).sqrt()
        mode = [flint.acb(root, 1), flint.acb(-1, root), flint.acb(root, -root), flint.acb(1, root)]
        enclosed = blow_up_time_of_balls(*mode, 8)
    r = 2**0.5
    assert enclosed.rad() < 1e-25
    expected = blow_up_time(r + 1j, -1 + r * 1j, r - r * 1j, 1 + r * 1j, 8)
    assert float(enclosed.mid()) == pytest.approx(expected, rel=1e-13)
    with pytest.raises(UndecidedError, match="sign of Re Z"):
        blow_up_time_of_balls(flint.acb(0), *mode[1:], 8)


def test_all_modes_of_a_problem_are_in_the_order_of_its_classes() -> None:
    problem, rng = ModularAddition.from_spectrum(8, {1: (2, 1), 3: 1, 4: -1}), np.random.default_rng(3)
    u, v, w = rng.normal(size=(3, 5, 8))
    times = blow_up_times(problem, u, v, w)
    assert times.shape == (5, 3)
    for column, k in enumerate(problem.classes):
        phases = np.exp(-2j * np.pi * k * np.arange(8) / 8)
        for i in range(5):
            mode = [complex(each[i] @ phases) for each in (u, v, w)]
            mode = [each.real if k == 4 else each for each in mode]
            assert times[i, column] == pytest.approx(blow_up_time(*mode, problem.spectrum[k], 8), rel=1e-10)


def test_a_neuron_with_one_zero_vector_waits_for_it() -> None:
    problem = ModularAddition.from_spectrum(4, {2: 1})
    times = blow_up_times(problem, [[1, -1, 1, -1]], [[1, -1, 1, -1]], [[0, 0, 0, 0]])
    assert times[0, 0] == pytest.approx(pi, rel=1e-15)


def test_templates_with_a_mean_and_shapeless_weights_are_refused() -> None:
    ones = np.ones((2, 4))
    with pytest.raises(HypothesisNotMet, match="centred template"):
        blow_up_times(ModularAddition.one_hot(4), ones, ones, ones)
    centred = ModularAddition.one_hot(4, centred=True)
    with pytest.raises(InputError, match="u must be a finite array"):
        blow_up_times(centred, ones[0], ones, ones)
    with pytest.raises(InputError, match="one shape"):
        blow_up_times(centred, ones, ones[:1], ones)
    with pytest.raises(InputError, match="finite Fourier coefficients"):
        blow_up_time(inf, 1, 1, 1, 3)
    with pytest.raises(InputError, match="positive integer"):
        blow_up_time(1, 1, 1, 1, 0)


def test_certified_digits_are_as_many_as_asked_for() -> None:
    mode = ((1, 2), (0, -1), (Fraction(1, 2), -1), (Fraction(13, 10), Fraction(1, 5)))
    enclosed = certified_blow_up_time(*mode, 6, digits=60)
    assert enclosed.rad() < 1e-58
