"""Gradient flow of linear attention from an initialisation of any size."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agf_theory.errors import InputError
from agf_theory.numeric.attention.attention_field import AttentionField
from agf_theory.numeric.attention.attention_trajectory import AttentionTrajectory
from agf_theory.numeric.attention.clock import CLOCK
from agf_theory.numeric.attention.component_jumps import ComponentJumps
from agf_theory.numeric.attention.component_strengths import component_names, strengths
from agf_theory.numeric.attention.course import Course, follow, slowest_time
from agf_theory.numeric.attention.dormant_heads import DormantHeads
from agf_theory.numeric.attention.starts import checked_heads
from agf_theory.problems import AttentionStart, InitScale, LinearAttention
from agf_theory.problems.required import require_init_scale, require_problem

__all__ = ["HORIZON", "gradient_flow"]

Array = NDArray[np.float64]

UTILITY = float(3 * np.sqrt(3))

HORIZON = 1e3
"""Default duration, in units of the time at which an aligned head of the largest norm learns the weakest component. It
is that long as a head that changes the sign of its value takes as long as it likes, and costs nothing if none does."""


def gradient_flow(
    problem: LinearAttention,
    init_scale: InitScale,
    *,
    start: AttentionStart | None = None,
    seed: int = 0,
    duration: float | None = None,
    tolerance: float = 1e-9,
) -> AttentionTrajectory:
    r"""Integrate all heads from α times a start, with the exact gradient of the population loss.

    While every head is either active and at rest or below 1e-4 of the least natural norm, the dormant ones move alone,
    on a logarithmic scale and in rescaled time, to ten digits. Else all move together, to the tolerance. For α above
    1e-4 all is of the second kind and nothing is left out; below it is what the dormant heads contribute to the map
    (1e-12 of it).

    Parameters
    ----------
    problem : LinearAttention
    init_scale : InitScale
        α; only log(1/α) enters, so that it may be 1e-1000.
    start : AttentionStart, optional
        The flow starts at α times it. By default that of the problem, drawn from the seed where it has none.
    seed : int
    duration : float, optional
        Flow time multiplied by α; by default until nothing is left to learn, but a thousand times as long as an aligned
        head of the largest norm takes to learn the weakest component at most.
    tolerance : float
        Of the integrator, relative to the norm of each head.

    Returns
    -------
    AttentionTrajectory
        Names are the principal components. `coefficients` are :math:`\psi_k^\top M\psi_k`, which is A_k where
        component k is learned (within an eigenspace see `strengths`); `at` gives them at any time. `dual` are the
        log-norms of the H heads over log(1/α), from about −1 up to about 0; `utilities` the diagonal of the residual,
        in the eigenbasis, over 3√3: the greatest normalised utility there. Jump k is that of one component: its `time`
        is where one over the norm of the head that learns it, going on as at a fifth of its final norm, vanishes, which
        is when the head would blow up if nothing stopped it; `half_crossing` is when its part of the loss has made half
        its fall.

    Raises
    ------
    InputError
        If the problem or the scale is of another kind, or the start is not the problem's or not small, or a number is
        out of range.
    IntegrationFailed
        If the integrator gives up or a number is not finite.
    """
    require_problem(problem, LinearAttention)
    require_init_scale(init_scale)
    if not 1e-12 <= tolerance <= 1e-4:
        raise InputError(f"tolerance must lie in [1e-12, 1e-4], got {tolerance}")
    if duration is not None and not (np.isfinite(duration) and duration > 0):
        raise InputError(f"duration must be positive and finite, got {duration}")
    heads = checked_heads(problem, start, seed, init_scale)
    field = AttentionField.of(problem)
    if duration is None:
        duration = HORIZON * slowest_time(field, float(np.linalg.norm(heads, axis=1).max()))
    course = follow(field, heads, init_scale.log_inverse, duration=duration, tolerance=tolerance)
    steps = [stretch.steps() for stretch in course.stretches]
    maps = field.map_of(np.concatenate([found for found, _ in steps]))
    reading = ComponentJumps(course)

    def maps_at(instants: ArrayLike) -> Array:
        requested = np.asarray(instants, dtype=float)
        if not ((requested >= 0) & (requested <= course.duration)).all():
            raise InputError(
                f"times must lie in [0, {course.duration:g}], got {requested.min():g} to {requested.max():g}"
            )
        found = [field.map_of(_heads_at(course, float(t))) for t in requested.ravel()]
        return np.array(found).reshape(*requested.shape, field.size, field.size)

    def weights_at(instant: float) -> AttentionStart:
        found, basis, D = _heads_at(course, float(instant)), problem.eigenvectors, field.size
        return AttentionStart(found[:, 0], found[:, 1 : D + 1] @ basis.T, found[:, D + 1 :] @ basis.T)

    return AttentionTrajectory(
        system="attention",
        method="log-scaled heads (DOP853 while dormant, LSODA)",
        clock=CLOCK,
        names=component_names(problem),
        times=np.concatenate([course.time(stretch, stretch.locals) for stretch in course.stretches]),
        losses=field.loss_of_map(maps),
        coefficients=strengths(maps, field.eigenvalues),
        dual=np.concatenate([logs for _, logs in steps]) / init_scale.log_inverse,
        utilities=(field.drive - field.row * np.diagonal(maps, axis1=1, axis2=2) * field.eigenvalues) / UTILITY,
        at=lambda instants: strengths(maps_at(instants), field.eigenvalues),
        find_jumps=reading.jumps,
        weights_at=weights_at,
        find_winners=lambda: reading.winners,
        notes=(*_asleep(field, heads), *_notes(course)),
    )


def _heads_at(course: Course, time: float) -> Array:
    stretch, local = course.locate(time)
    return stretch.heads(local)


def _asleep(field: AttentionField, heads: Array) -> tuple[str, ...]:
    """Heads that learn something only by what the frozen flow leaves out: their instants say nothing of the theory."""
    dormant = DormantHeads(field, heads)
    moving = np.flatnonzero(dormant.norms > 0).tolist()
    asleep = [head for head in moving if np.isinf(dormant.flow_of(head).blow_up_time)]
    if not asleep:
        return ()
    named = ", ".join(str(head + 1) for head in asleep)
    what = f"never become infinite under the residual of the start: head {named}"
    return (f"{what}; whether and when they learn is up to rounding, or to what the frozen residual leaves out",)


def _notes(course: Course) -> tuple[str, ...]:
    left = (f"active heads stay at a saddle of loss {loss:.6g} that they could leave" for loss in course.saddles)
    return (*left, *(() if course.settled else ("not everything that the heads could learn was learned",)))
