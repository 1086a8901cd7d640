"""How sequences and trajectories show themselves in a notebook: tables of jumps, as far as they are known."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from agf_theory.markup import block, bullets, escaped, heading, paragraph, table

if TYPE_CHECKING:
    from agf_theory.numeric.saddle_sequence import SaddleSequence
    from agf_theory.numeric.trajectory import Jump, Trajectory

__all__ = ["in_words", "sequence_html", "shown", "trajectory_html", "wrapped"]

_LONGEST_RATIONAL = 24
_WIDTH = 80
_MOST_ROWS = 200  # a notebook is read, not searched; to_frame() has all


def shown(value: Any) -> str:
    """A number as text: a short fraction as it is, else nine digits, or twelve of a ball."""
    if isinstance(value, Fraction) and len(str(value)) <= _LONGEST_RATIONAL:
        return str(value)
    return f"{float(value):.9g}" if not hasattr(value, "str") else str(value.str(12, radius=False))


def in_words(count: int, noun: str) -> str:
    """A number of things.

    >>> in_words(1, "jump"), in_words(3, "jump")
    ('1 jump', '3 jumps')
    """
    return f"{count} {noun}{'' if count == 1 else 's'}"


def wrapped(label: str, remarks: Iterable[object]) -> list[str]:
    """Remarks with their label, on lines of 80 columns."""
    texts = (f"{label}: {remark}" for remark in remarks)
    return [line for text in texts for line in textwrap.wrap(text, _WIDTH, subsequent_indent="  ")]


def sequence_html(sequence: SaddleSequence) -> str:
    """One row a jump; a complete value that is shown in short is the tooltip of its cell."""
    rows = [["0", "", "", "", _number(sequence.initial_loss), "0"]]
    for k, event in enumerate(sequence.events[:_MOST_ROWS]):
        who = [escaped(", ".join(sequence.named(neurons))) for neurons in (event.entered, event.left)]
        values = [_number(sequence.jump_times[k]), *who, _number(sequence.loss_levels[k])]
        rows.append([str(k + 1), *values, str(len(sequence.active_sets[k]))])
    head = f"{sequence.system}: {in_words(len(sequence), 'jump')} by {sequence.method}"
    return block(
        heading(head, f"arithmetic: {sequence.arithmetic}", f"clock: {sequence.clock}"),
        table(("jump", "time", "entered", "left", "loss", "active"), rows),
        _cut(len(sequence)),
        bullets([*(f"undecided: {event}" for event in sequence.undecided), *sequence.notes]),
    )


def trajectory_html(trajectory: Trajectory, jumps: Sequence[Jump] | None) -> str:
    """Start and end, and one row a jump if the jumps have been read off; they are not read off for this."""
    times, losses = trajectory.times, trajectory.losses
    head = f"{trajectory.system}: gradient flow by {trajectory.method}, {in_words(len(times), 'step')}"
    course = f"loss {shown(losses[0])} at t = {shown(times[0])}, {shown(losses[-1])} at t = {shown(times[-1])}"
    found = paragraph("Jumps are not read off yet: jumps() does it, and so does print.")
    if jumps is not None:
        rows = [_jump(trajectory, k, jump) for k, jump in enumerate(jumps[:_MOST_ROWS], start=1)]
        found = table(("jump", "time", "error", "entered", "left", "loss"), rows) + _cut(len(jumps))
    return block(heading(head, f"clock: {trajectory.clock}"), paragraph(course), found, bullets(trajectory.notes))


def _jump(trajectory: Trajectory, number: int, jump: Jump) -> list[str]:
    who = [escaped(", ".join(trajectory.names[i] for i in neurons)) for neurons in (jump.entered, jump.left)]
    return [str(number), _number(jump.time), f"{jump.error:.1e}", *who, _number(jump.loss)]


def _number(value: Any) -> str:
    text, full = shown(value), str(value)
    return escaped(text) if text == full else f'<span title="{escaped(full)}">{escaped(text)}</span>'


def _cut(count: int) -> str:
    return paragraph(f"{count - _MOST_ROWS} more, in to_frame()") if count > _MOST_ROWS else ""
