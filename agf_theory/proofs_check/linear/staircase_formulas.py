"""The formulas of a staircase of commuting moments, and what they say of one network: times, maps and losses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import flint
from sympy import Expr

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check.diagonal.designs import as_rational
from agf_theory.proofs_check.linear.commuting_problems import CommutingNetwork

__all__ = ["Plateau", "StaircaseFormulas", "initial_loss", "plateaus"]


@dataclass(frozen=True)
class StaircaseFormulas:
    """The formulas of LIN-12; those of LIN-11 with variance one.

    Attributes
    ----------
    aligned_strength : () -> Expr in t, L, r, sigma_k, Lambda
    staircase_jump_time : () -> Expr in sigma_k
    plateau_strength, loss_fall : () -> Expr in sigma_k, Lambda
    order_key : () -> Expr in sigma_k, Lambda
        Modes with a larger one are learned first.
    """

    aligned_strength: Callable[[], Expr] = closed_form.aligned_strength
    staircase_jump_time: Callable[[], Expr] = closed_form.staircase_jump_time
    plateau_strength: Callable[[], Expr] = closed_form.plateau_strength
    loss_fall: Callable[[], Expr] = closed_form.loss_fall
    order_key: Callable[[], Expr] = closed_form.order_key


@dataclass(frozen=True)
class Plateau:
    """One plateau of a staircase.

    Attributes
    ----------
    start, middle : Fraction
        Times over log(1/ε); the last plateau has no end, and its "middle" lies a fifth beyond its start.
    strengths : tuple of Fraction
        Of every mode, zero for the dormant ones.
    fallen : Fraction
        The loss of the zero map minus that of the plateau.
    learned : tuple of int
        Modes in the order in which they were learned.
    """

    start: Fraction
    middle: Fraction
    strengths: tuple[Fraction, ...]
    fallen: Fraction
    learned: tuple[int, ...]


def value(expression: Expr, network: CommutingNetwork, k: int) -> Fraction:
    """A formula for one mode of a network; raises `ValueError` if it is not rational there."""
    numbers = {sym.sigma_k: as_rational(network.sigma[k]), sym.variance: as_rational(network.variances[k])}
    found = expression.subs(numbers)
    if not found.is_Rational:
        raise ValueError(f"a rational number is required, got {found!s:.60}")
    return Fraction(int(found.p), int(found.q))


def plateaus(formula: StaircaseFormulas, network: CommutingNetwork) -> tuple[Plateau, ...]:
    """Every plateau, that of the zero map first, as the formulas have them.

    Raises
    ------
    ValueError
        If a time, a strength or a fall is not rational.
    """
    modes = range(len(network.sigma))
    keys, times, strengths, falls = (
        [value(expression(), network, k) for k in modes]
        for expression in (
            formula.order_key,
            formula.staircase_jump_time,
            formula.plateau_strength,
            formula.loss_fall,
        )
    )
    order = sorted(modes, key=lambda k: -keys[k])
    starts = [Fraction(0), *(times[k] for k in order)]
    found = []
    for count, start in enumerate(starts):
        learned = tuple(order[:count])
        middle = (start + starts[count + 1]) / 2 if count < len(order) else start * Fraction(6, 5)
        present = tuple(strengths[k] if k in learned else Fraction(0) for k in modes)
        found.append(Plateau(start, middle, present, sum((falls[k] for k in learned), Fraction(0)), learned))
    return tuple(found)


def initial_loss(network: CommutingNetwork) -> Fraction:
    """Loss of the zero map, ½ tr(B* Σ_xx B*ᵀ) with B* = Σ_yx Σ_xx⁻¹, from the moments themselves."""
    problem = network.problem
    inputs, cross = problem.rational_sigma_xx, problem.rational_sigma_yx
    explained = cross * inputs.inv() * cross.transpose()
    total = sum((explained[i, i] for i in range(len(network.sigma))), flint.fmpq(0))
    return Fraction(int(total.p), int(total.q)) / 2
