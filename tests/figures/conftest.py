"""Sequences by hand and flows drawn after them: a figure shows whatever it is given."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from agf_theory.figures import ScaleResults, jump_figure
from agf_theory.numeric.saddle_sequence import Event, SaddleSequence, read_only

CLOCK = "t / log(1/α) for loss ‖Xβ−y‖²/(2n)"


def sequence_of(times, losses, saddles, *, names=None):
    """losses[0] is the loss before the first jump."""
    saddles = np.asarray(saddles, dtype=float)
    active = [frozenset(map(int, np.flatnonzero(saddle))) for saddle in saddles]
    before = [frozenset(), *active][: len(active)]
    return SaddleSequence(
        system="diagonal",
        method="pesme_flammarion",
        arithmetic="float",
        clock=CLOCK,
        names=tuple(names or (f"x{i + 1}" for i in range(saddles.shape[1]))),
        jump_times=read_only(times, dtype=float),
        saddles=read_only(saddles, dtype=float),
        loss_levels=read_only(losses[1:], dtype=float),
        active_sets=tuple(active),
        events=tuple(
            Event(tuple(sorted(now - then)), tuple(sorted(then - now)))
            for then, now in zip(before, active, strict=True)
        ),
        initial_loss=losses[0],
    )


def flow_after(sequence, *, delay=1.05):
    """Logistic jumps a little later than the sequence's."""
    jumps = delay * np.asarray(sequence.jump_times, dtype=float)
    times = np.unique(np.concatenate([[0.0], *(jump * np.linspace(0.7, 1.3, 50) for jump in jumps)]))
    steps = np.diff(np.vstack([np.zeros(len(sequence.names)), sequence.saddles]), axis=0)
    drops = np.diff([sequence.initial_loss, *sequence.loss_levels])
    rise = np.array([1 / (1 + np.exp(-np.clip(40 * (times / jump - 1), -50, 50))) for jump in jumps])
    seen = [
        SimpleNamespace(time=jump, error=1e-6, entered=event.entered, left=event.left, coefficients=saddle, loss=loss)
        for jump, event, saddle, loss in zip(
            jumps, sequence.events, sequence.saddles, sequence.loss_levels, strict=True
        )
    ]
    return SimpleNamespace(
        times=times,
        losses=sequence.initial_loss + drops @ rise,
        coefficients=(steps.T @ rise).T,
        jumps=lambda: tuple(seen),
        notes=(),
    )


@pytest.fixture(name="sequence_of")
def _sequence_of():
    return sequence_of


@pytest.fixture(name="flow_after")
def _flow_after():
    return flow_after


@pytest.fixture
def sequence():
    """Three jumps within a decade, one of them with a leaver."""
    return sequence_of([0.5, 1.0, 2.5], [3.0, 2.0, 1.0, 0.9], [[1, 0, 0], [0, -2, 0], [0, -2, 0.5]])


@pytest.fixture
def scales(sequence):
    return [ScaleResults(alpha, flow_after(sequence), {"corrected": sequence}) for alpha in ("1e-2", "1e-8")]


@pytest.fixture
def figure(sequence, scales):
    return jump_figure(sequence, scales)
