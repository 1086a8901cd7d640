"""The search for the best loss of N neurons at one frequency, its limits and its exact fits."""

import numpy as np
import pytest

from agf_theory.errors import InputError
from agf_theory.numeric.modular import (
    degenerate_fit,
    exact_fit,
    fit_system,
    search_best_fit,
    search_merging_fit,
)


def naive_loss(template, p, xi, u, v, w):
    """Relative loss at one frequency over all pairs, by the definition."""
    x_a = np.array([np.roll(template, a) for a in range(p)])
    into_u, into_v = u @ x_a.T, v @ x_a.T
    made = np.einsum("hab,hj->abj", (into_u[:, :, None] + into_v[:, None, :]) ** 2, w)
    spectrum = np.fft.fft(template)
    keep = np.zeros(p)
    keep[[xi, -xi]] = 1
    part = np.fft.ifft(spectrum * keep).real
    target = np.array([[np.roll(part, a + b) for b in range(p)] for a in range(p)])
    return np.sum((target - made) ** 2) / np.sum(target**2)


@pytest.mark.parametrize(
    ("p", "xi", "neurons"),
    [(5, 1, 6), (7, 2, 6), (9, 3, 6), (12, 1, 6), (4, 1, 4), (8, 2, 4), (12, 3, 4), (20, 5, 4), (8, 4, 2), (6, 3, 2)],
)
def test_exact_fits_leave_nothing_of_their_frequency(p, xi, neurons):
    template = np.random.default_rng(p).standard_normal(p)
    template -= template.mean()
    u, v, w = exact_fit(template, xi)
    assert u.shape == (neurons, p)
    # Products of four rounded factors, summed over p^3 entries.
    assert naive_loss(template, p, xi, u, v, w) < 1e-28


def test_a_frequency_that_is_absent_has_no_fit():
    with pytest.raises(InputError, match="frequency must occur in the template, got 2 with coefficient 0"):
        exact_fit([1.0, 0.0, -1.0, 0.0], 2)


@pytest.mark.parametrize(
    ("neurons", "options", "value"),
    [
        (1, {}, 8 / 9),
        (3, {"amplitudes": "equal"}, 1 / 3),
        (4, {"amplitudes": "aligned"}, 5 / 18),
        (5, {"amplitudes": "aligned"}, 1 / 6),
        (1, {"kind": "quarter"}, 7 / 8),
        (1, {"kind": "nyquist"}, 1 / 2),
    ],
)
def test_attained_minima_are_found(neurons, options, value):
    assert search_best_fit(neurons, starts=10, iterations=150, **options).best == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(("neurons", "kind"), [(6, "generic"), (4, "quarter"), (2, "nyquist")])
def test_exact_bounded_fits_are_found_with_enough_neurons(neurons, kind):
    assert search_best_fit(neurons, kind=kind, starts=10, iterations=120).exact_and_bounded() > 0


@pytest.mark.parametrize("without", [(0, 0), (-2, 0), (1, 1)])
def test_with_one_condition_dropped_four_neurons_pass(without):
    found = search_best_fit(4, starts=10, iterations=150, without=without)
    assert found.exact_and_bounded() > 0


def test_the_search_is_the_same_for_the_same_seed():
    first, second = (search_best_fit(2, starts=4, seed=7, iterations=20) for _ in range(2))
    np.testing.assert_array_equal(first.losses, second.losses)


def test_weights_of_a_search_make_the_loss_it_states():
    found, system = search_best_fit(3, starts=4, iterations=40), fit_system()
    made = np.einsum("sno,snk->sok", found.outgoing, system.squares(found.forms))
    np.testing.assert_allclose(np.sum((made - system.target) ** 2, axis=(1, 2)), found.losses, rtol=1e-9)


def test_merging_neurons_come_closer_to_their_limit_as_they_merge():
    search = search_merging_fit((3,), starts=12, iterations=150)
    assert search.best == pytest.approx(0.325628341, abs=1e-8)
    far, near = search.losses_along((0.1, 0.01))
    assert far > near > search.best


@pytest.mark.parametrize(
    ("neurons", "quarter", "limit"),
    [(2, False, 5 / 9), (4, False, 1 / 6), (5, False, 0), (2, True, 3 / 8), (3, True, 0)],
)
def test_degenerate_families_fall_to_their_limit(neurons, quarter, limit):
    system = fit_system("quarter" if quarter else "generic")
    losses = [
        system.relative_loss(system.squares(degenerate_fit(neurons, h, quarter=quarter))) for h in (0.3, 0.1, 0.03)
    ]
    assert losses[0] > losses[1] > losses[2] > limit
    assert losses[2] < limit + 2e-3


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: search_best_fit(0), "at least one neuron and one start are required, got 0 and 300"),
        (lambda: search_best_fit(2, amplitudes="equal", kind="quarter"), "at a generic frequency, got 'quarter'"),
        (lambda: search_best_fit(2, without=(3, 0)), r"character must be one of \(0, 0\).*, got \(3, 0\)"),
        (lambda: search_best_fit(2, kind="quarter", without=(2, 0)), "a condition is dropped at a generic frequency"),
        (lambda: fit_system("dc"), "generic, quarter or nyquist, got 'dc'"),
        (lambda: search_merging_fit(()), "groups of at least one neuron"),
        (lambda: degenerate_fit(3, 0.1), "no degenerate family of 3 neurons at a generic frequency"),
        (lambda: degenerate_fit(2, 0.0), "distance must lie between 0 and 1/2, got 0.0"),
    ],
)
def test_what_makes_no_sense_is_refused(call, message):
    with pytest.raises(InputError, match=message):
        call()
