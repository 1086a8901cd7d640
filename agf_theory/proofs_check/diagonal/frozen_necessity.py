"""What the hypotheses of DIAG-01, DIAG-02, DIAG-05 and DIAG-07 are for: instances without one, where they fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import flint
import sympy

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.problems import DiagonalNetwork, zoo
from agf_theory.proofs_check.claims import Necessity
from agf_theory.proofs_check.diagonal.designs import as_rational
from agf_theory.proofs_check.diagonal.dormant_integral import utility_integral
from agf_theory.proofs_check.diagonal.path_variations import WRONG_RULES
from agf_theory.proofs_check.diagonal.reference_path import THEORY, follow, quadratic_of
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Quantity, Relation
from agf_theory.proofs_check.identity import PRECISION
from agf_theory.proofs_check.necessity import failure

__all__ = ["DIAG_01_NEEDS", "DIAG_02_NEEDS", "DIAG_05_NEEDS", "DIAG_07_NEEDS", "FROZEN", "angle_after"]

Witness = Mapping[str, Any]

FROZEN = Relation("residual frozen", lambda w: not isinstance(w["g"], tuple) or len(set(w["g"])) == 1)
"""An instance has one partial derivative g; a witness of necessity has one for each half of the time."""


def no_such_angle(formula: Any, witness: Witness) -> Evidence:
    """u² − v² at the start against 2m, which is positive for every α: gradient flow conserves either."""
    u, v = map(Fraction, witness["(u, v)(0)"])
    conserved = formula.conserved_quantity("paper")
    difference = u * u - v * v
    solutions = sympy.solve(conserved - as_rational(difference), sym.alpha)
    figures = {"u² − v²": difference, "2m": str(conserved), "scales": list(map(str, solutions))}
    detail = "no α > 0 gives this u² − v², so that no angle gives these weights"
    return failure(not solutions, Level.EXACT, detail, witness, **figures)


def angle_moves_and_weights_do_not(formula: Any, witness: Witness) -> Evidence:
    """u = v = 0 stand still, which is gradient flow, while the angle may move in any way: the converse fails."""
    scale = as_rational(witness["α"])
    weights = [w("paper").subs(sym.alpha, scale) for w in (formula.weight_u, formula.weight_v)]
    still = all(weight.diff(sym.phi) == 0 for weight in weights)
    detail = "the weights follow gradient flow whatever the angle does"
    return failure(still, Level.EXACT, detail, witness, weights=list(map(str, weights)))


def conserves_another(formula: Any, witness: Witness) -> Evidence:
    """u' = −η_u g v and v' = −η_v g u at u = v = g = 1: the velocity of u² − v²."""
    slow, fast = map(Fraction, witness["rates"])
    velocity = -2 * slow + 2 * fast
    return failure(velocity != 0, Level.EXACT, "u² − v² moves", witness, velocity=velocity)


def accumulates_otherwise(formula: Any, witness: Witness) -> Evidence:
    """The partial derivative changes halfway: rigorous quadrature over both halves against the formula of the first."""
    g, angle, eta, time = (witness[name] for name in ("g", "φ_0", "η", "t"))
    with flint.ctx.workprec(PRECISION):
        half = ball(Fraction(time) / 2)
        seen = utility_integral(ball(g[0]), ball(angle), ball(eta), half)
        seen += utility_integral(ball(g[1]), ball(angle) - ball(eta * g[0]) * half, ball(eta), half)
        start = 2 * angle if g[0] < 0 else -2 * angle
        values = {sym.U: abs(Fraction(g[0])) / 2, sym.c: start, sym.eta: eta, sym.t: time}
        claimed = ball_value(formula(), values)
        fails, figures = bool(seen != claimed), {"accumulated": seen.str(8), "claimed": claimed.str(8)}
    return failure(fails, Level.CERTIFIED, "another utility is accumulated", witness, **figures)


def angle_after(g: Sequence[Any], angle: Any, eta: Any, time: Any) -> Any:
    """The angle after a time in whose second half the partial derivative is another number."""
    return angle - eta * (g[0] + g[1]) * time / 2


def leaves_the_boundary_behind(formula: Any, witness: Witness) -> Evidence:
    """From a dual variable at its boundary that drifts outwards: it never meets the boundary again."""
    problem = DiagonalNetwork(witness["X"], witness["y"])
    start = tuple(map(Fraction, witness["s(0)"]))
    path = follow(problem, start=start)
    loss = quadratic_of(problem)
    end = path[-1].coefficients if path else (Fraction(0),) * problem.d
    gradient = loss.gradient(end)
    detail = "the sequence stops where the gradient does not vanish"
    return failure(any(gradient), Level.EXACT, detail, witness, jumps=len(path), gradient=gradient)


def reset_changes_the_limit(formula: Any, witness: Witness) -> Evidence:
    """Leavers that start again from zero, in fractions: ρ tends to 1, so these times are the limit without the rule."""
    problem = zoo.get(witness["problem"], DiagonalNetwork)
    reset = follow(problem, WRONG_RULES["leavers-reset"][0] if witness["leavers"] == "start again" else THEORY)
    kept = follow(problem)
    times = [[knot.time for knot in path] for path in (reset, kept)]
    detail = "the jump times tend to other limits"
    return failure(times[0] != times[1], Level.EXACT, detail, witness, limits=times[0], limiting_sequence=times[1])


_FORWARD = (Quantity("η", 0), Quantity("t", 0, low_included=True))

DIAG_01_NEEDS = (
    Necessity(
        Relation("|v| < |u| at the start", lambda w: abs(w["(u, v)(0)"][1]) < abs(w["(u, v)(0)"][0])),
        {"(u, v)(0)": (1, 2)},
        no_such_angle,
    ),
    Necessity(Quantity("α", 0), {"α": 0}, angle_moves_and_weights_do_not),
    Necessity(
        Relation("one rate for both weights", lambda w: w["rates"][0] == w["rates"][1]),
        {"rates": (1, 2)},
        conserves_another,
    ),
)
DIAG_02_NEEDS = (Necessity(FROZEN, {"g": (-1, 1), "φ_0": 0, "η": 1, "t": 2}, accumulates_otherwise, _FORWARD),)
DIAG_05_NEEDS = (
    Necessity(
        Relation("start inside the boundary", lambda w: all(abs(Fraction(s)) < 1 for s in w["s(0)"])),
        {"X": [[1]], "y": [1], "s(0)": ["1"]},
        leaves_the_boundary_behind,
    ),
)
DIAG_07_NEEDS = (
    Necessity(
        Relation("leavers keep their accumulated utility", lambda w: w["leavers"] != "start again"),
        {"problem": "reactivation", "leavers": "start again"},
        reset_changes_the_limit,
    ),
)
