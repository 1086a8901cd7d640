r"""The limiting saddle-to-saddle sequence of a diagonal linear network (α → 0)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from flint import arb, ctx, fmpq

from agf_theory.errors import UnknownName
from agf_theory.numeric.diagonal.ball_path import BallPath
from agf_theory.numeric.diagonal.certificates import KKTCertificate, as_fraction
from agf_theory.numeric.diagonal.face import face_is_a_point, least_norm_on_face
from agf_theory.numeric.diagonal.float_path import float_sequence
from agf_theory.numeric.diagonal.quadratic import ExactQuadratic
from agf_theory.numeric.diagonal.rational_path import RationalPath
from agf_theory.numeric.diagonal.saddle_path import Undecidable
from agf_theory.numeric.saddle_sequence import SaddleSequence, events_between, read_only
from agf_theory.problems import DiagonalNetwork
from agf_theory.problems.required import require_problem

__all__ = ["ARITHMETICS", "CLOCK", "pesme_flammarion"]

ARITHMETICS = ("automatic", "exact", "float", "certified")
CLOCK = "t / log(1/α) for loss ‖Xβ−y‖²/(2n)"

# Bits of the ball path. The first suits data in general position; the second halves the exponent of every near tie that
# double-precision data can produce by accident; what is still open then is, in all likelihood, an exact tie.
PRECISIONS = (128, 512)


def pesme_flammarion(problem: DiagonalNetwork, *, arithmetic: str = "automatic") -> SaddleSequence:
    r"""Jump times, saddles and loss levels in the limit α → 0.

    Parameters
    ----------
    problem : DiagonalNetwork
        Any data: n < d, ties, duplicate, collinear and zero columns, y orthogonal to the columns, y = 0.
    arithmetic : {"automatic", "exact", "float", "certified"}
        "exact": rationals; every saddle comes with a `KKTCertificate`. "float": double precision with an updated
        factorisation, made for d in the thousands; a decision within its error bound ends the sequence with an
        `UndecidedEvent`. "certified": enclosures by balls at rising precision, exact where balls cannot decide.
        "automatic": float, and certified where float is undecided.

    Returns
    -------
    SaddleSequence
        Times are flow time for the loss ‖Xβ − y‖²/(2n) divided by log(1/α); losses in the same normalisation;
        `unique` says where the minimiser is not unique (the one of least Euclidean norm is then listed).

    Raises
    ------
    InputError
        If the problem is of another kind.
    UnknownName
        If the arithmetic is not one of the four.

    Source
    ------
    [pesme2023], Algorithm 1 and Theorem 2; ties and non-unique minimisers: this project.

    Examples
    --------
    >>> from agf_theory.problems import DiagonalNetwork
    >>> sequence = pesme_flammarion(DiagonalNetwork([["1", "0"], ["0", "1"]], ["1", "3"]), arithmetic="exact")
    >>> [str(time) for time in sequence.jump_times]
    ['2/3', '2']
    >>> sequence.events[0].entered
    (1,)
    """
    require_problem(problem, DiagonalNetwork)
    if arithmetic not in ARITHMETICS:
        raise UnknownName(f"arithmetic must be one of {', '.join(ARITHMETICS)}, got {arithmetic!r}")
    if arithmetic == "exact":
        return _exact(problem)
    if arithmetic == "certified":
        return _certified(problem)
    sequence = float_sequence(problem, CLOCK)
    if arithmetic == "float" or sequence.complete:
        return sequence
    return _certified(problem)


@dataclass
class _Record:
    """What is noted after each jump, in the path's own numbers."""

    times: list[Any] = field(default_factory=list)
    saddles: list[list[Any]] = field(default_factory=list)
    losses: list[Any] = field(default_factory=list)
    active_sets: list[frozenset[int]] = field(default_factory=list)
    unique: list[bool] = field(default_factory=list)


def _exact(problem: DiagonalNetwork) -> SaddleSequence:
    quadratic = ExactQuadratic.of(problem)
    path, record = RationalPath(quadratic), _Record()
    certificates = []
    while path.step():
        face = {i: sign for i, sign in path.bound.items() if not path.gradient[i]}
        others = {i: sign for i, sign in face.items() if i not in path.support}
        unique = face_is_a_point(quadratic.gram, path.support, others)
        point = list(path.coefficients)
        if not unique:
            vertex = {i: path.coefficients[i] for i in path.support}
            for i, value in least_norm_on_face(quadratic.gram, vertex, face).items():
                point[i] = value
        certificates.append(KKTCertificate(path.time, path.dual, tuple(point)))
        record.times.append(path.time)
        record.saddles.append(point)
        record.losses.append(_stationary_loss(quadratic, path.coefficients))
        record.active_sets.append(frozenset(i for i, value in enumerate(point) if value))
        record.unique.append(unique)
    return SaddleSequence(
        system="diagonal",
        method="pesme_flammarion",
        arithmetic="exact",
        clock=CLOCK,
        names=problem.names,
        jump_times=read_only([as_fraction(value) for value in record.times], dtype=object),
        saddles=_matrix([[as_fraction(value) for value in point] for point in record.saddles], problem.d),
        loss_levels=read_only([as_fraction(value) for value in record.losses], dtype=object),
        active_sets=tuple(record.active_sets),
        events=events_between(record.active_sets),
        initial_loss=as_fraction(quadratic.constant / 2),
        unique=tuple(record.unique),
        certificates=tuple(certificates),
        notes=_uniqueness_notes(record.unique),
    )


def _certified(problem: DiagonalNetwork) -> SaddleSequence:
    """Balls at rising precision; rationals where balls cannot decide."""
    for precision in PRECISIONS:
        try:
            with ctx.workprec(precision):
                return _balls(problem)
        except Undecidable:
            continue
    return _exact(problem)


def _balls(problem: DiagonalNetwork) -> SaddleSequence:
    quadratic = ExactQuadratic.of(problem)
    path, record = BallPath(quadratic), _Record()
    while path.step():
        record.times.append(path.time)
        record.saddles.append(list(path.coefficients))
        record.losses.append(_stationary_loss(quadratic, path.coefficients))
        record.active_sets.append(frozenset(path.support))
        # every bound coordinate outside the support has a gradient certainly not zero, or the support spans the columns
        record.unique.append(_spanning_face_is_a_point(path))
    return SaddleSequence(
        system="diagonal",
        method="pesme_flammarion",
        arithmetic="ball",
        clock=CLOCK,
        names=problem.names,
        jump_times=read_only(record.times, dtype=object),
        saddles=_matrix(record.saddles, problem.d),
        loss_levels=read_only(record.losses, dtype=object),
        active_sets=tuple(record.active_sets),
        events=events_between(record.active_sets),
        initial_loss=arb(quadratic.constant / 2),
        unique=tuple(record.unique),
    )


def _spanning_face_is_a_point(path: BallPath) -> bool:
    others = [i for i in path.bound if i not in path.support and path.gradient[i] == 0]
    if others:
        raise Undecidable(others, "a face with several minimisers needs exact arithmetic")
    return True


def _stationary_loss(quadratic: ExactQuadratic, coefficients: list[Any]) -> Any:
    """½(c − bᵀβ): the loss where β and the gradient are complementary."""
    linear = quadratic.linear
    return (quadratic.constant - sum((linear[i, 0] * v for i, v in enumerate(coefficients) if v != 0), fmpq(0))) / 2


def _matrix(rows: list[list[Any]], width: int) -> np.ndarray[Any, Any]:
    return read_only(np.array(rows, dtype=object).reshape(len(rows), width), dtype=object)


def _uniqueness_notes(unique: list[bool]) -> tuple[str, ...]:
    jumps = [str(k + 1) for k, single in enumerate(unique) if not single]
    if not jumps:
        return ()
    note = (
        f"minimiser not unique after jump {', '.join(jumps)}: the one of least Euclidean norm is listed "
        "(times, losses and later jumps do not depend on the choice)"
    )
    return (note,)
