"""Drawn from hand-made content: no flow is integrated."""

from types import SimpleNamespace

import numpy as np
import pytest

from agf_theory.figures import FourierContent, Output, figure_bytes, fourier_figure
from agf_theory.figures.content import clock_label
from agf_theory.figures.style import COLORS
from agf_theory.numeric.modular import Portrait

CLOCK = "t α for loss E‖x_{a+b}−f‖²/2, mean over pairs"


def content_of(energies, jump_times, *, neurons=8):
    energies, jump_times = np.array(energies, dtype=float), np.array(jump_times, dtype=float)
    count = len(energies)
    times = np.linspace(0, 1.2 * jump_times.max(), 200)
    powers = energies / (1 + np.exp(-np.clip(50 * (times[:, None] / jump_times - 1), -60, 60)))
    losses = (energies - powers).sum(axis=1) / 2
    order = np.argsort(jump_times)
    jumps = tuple(SimpleNamespace(time=jump_times[k], half_crossing=jump_times[k], entered=(int(k),)) for k in order)
    flow = SimpleNamespace(times=times, losses=losses, coefficients=powers, clock=CLOCK, jumps=lambda: jumps)
    left = energies.sum() / 2 - np.cumsum(energies[order]) / 2
    sequence = SimpleNamespace(
        jump_times=jump_times[order] * 0.9,
        events=tuple(SimpleNamespace(entered=(int(k),)) for k in order),
        initial_loss=energies.sum() / 2,
        loss_levels=np.maximum(left, 0.0),
    )
    random = np.random.default_rng(0)
    phases = random.uniform(0, 2 * np.pi, (neurons, count))
    portrait = Portrait(random.uniform(size=(neurons, count)) ** 4, np.full(neurons, 0.1), phases, phases)
    template = np.cos(np.arange(12))
    return FourierContent(
        "1e-3",
        tuple(f"ξ={k + 1}" for k in range(count)),
        energies,
        energies / 2,
        energies.sum() / 2,
        flow,
        {"formula": sequence, "bound": sequence, "agf": sequence},
        template,
        (Output("start", 0 * template), Output("end", template)),
        portrait,
    )


def test_equal_figures_give_equal_files():
    once, again = (figure_bytes(fourier_figure(content_of([10, 2.5, 0.625], [0.2, 2, 9])), "svg") for _ in range(2))
    assert once == again


def test_levels_stand_at_what_is_left_in_the_order_of_the_flow():
    figure = fourier_figure(content_of([4, 2], [3, 1]))  # the weaker one first
    dotted = sorted(line.get_ydata()[0] for line in figure.axes[0].lines if line.get_linestyle() == ":")
    assert dotted == [0, 2, 3]


def test_energies_over_decades_are_drawn_on_a_logarithm():
    loss, power = fourier_figure(content_of([100, 1e-2], [1, 50])).axes[:2]
    assert {loss.get_yscale(), power.get_yscale(), power.get_xscale()} == {"log"}
    assert loss.get_ylim()[0] > 0


def test_many_neurons_are_counted_and_the_first_are_drawn():
    figure = fourier_figure(content_of([3, 1], [1, 2], neurons=60))
    assert "neuron, the first 40 of 60" in [axes.get_xlabel() for axes in figure.axes]


def test_the_strongest_frequency_has_the_first_colour():
    assert content_of([1, 5, 2], [1, 2, 3]).colors == [COLORS[2], COLORS[0], COLORS[1]]


def test_phases_a_turn_apart_are_drawn_together():
    content = content_of([1.0], [1.0], neurons=1)
    content.portrait.incoming[:], content.portrait.outgoing[:] = 0.02, 2 * np.pi - 0.02
    (points,) = fourier_figure(content).axes[-1].collections[0].get_offsets()
    assert points[0] == pytest.approx(points[1], abs=0.05)


def test_the_clock_of_an_axis_is_mathematics():
    assert clock_label(CLOCK) == r"$t\,\alpha$ for loss $\frac{1}{2}\mathbb{E}\|x_{a+b}-f\|^2$, mean over pairs"
