"""DIAG-02 and DIAG-03: accumulated and maximal utility of a dormant coordinate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import flint
import sympy
from sympy import Expr, Symbol, cosh, log, sinh

from agf_theory.closed_form import diagonal as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.diagonal.coordinates import through_exponentials
from agf_theory.proofs_check.diagonal.designs import as_rational
from agf_theory.proofs_check.diagonal.dormant_integral import utility_integral
from agf_theory.proofs_check.diagonal.frozen_necessity import DIAG_02_NEEDS, FROZEN
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level, weakest
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance, Quantity
from agf_theory.proofs_check.identity import PRECISION, vanishes
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["DIAG_02", "DIAG_03"]

Formula = Callable[[], Expr]


def derivative_is_the_utility(formula: Formula, context: Context) -> Evidence:
    """dS/dt = κ Û with Û = −g uv/(u² + v²) on the hyperbola, for either sign of the partial derivative.

    Where it vanishes Û = 0, and so must S be, whatever c.
    """
    utility = formula()
    links = [
        vanishes(utility.subs(sym.t, 0), what="S(0) = 0", random=context.random()),
        vanishes(utility.subs(sym.U, 0), what="S = 0 where g = 0", random=context.random()),
    ]
    for sign in (1, -1):
        # −g = ±2U, and the signed start c = 2 φ_0 sign(−g)
        g, angle = -2 * sign * sym.U, sign * sym.c / 2 + 2 * sign * sym.eta * sym.U * sym.t
        u, v = cosh(angle), sinh(angle)
        residual = utility.diff(sym.t) - 2 * (-g * u * v / (u**2 + v**2))
        what = "dS/dt = κ Û for either sign of the partial derivative"
        links.append(vanishes(residual, what=what, random=context.random(), tactics=(through_exponentials,)))
    return weakest(links)


def integral_at(formula: Formula, instance: Instance) -> Evidence:
    """Rigorous quadrature of κ Û against the formula, for one neuron."""
    g, angle, eta, time = (instance[name] for name in ("g", "φ_0", "η", "t"))
    with flint.ctx.workprec(PRECISION):
        expected = utility_integral(ball(g), ball(angle), ball(eta), ball(time))
        start = 2 * angle if g < 0 else -2 * angle
        claimed = ball_value(formula(), {sym.U: abs(g) / 2, sym.c: start, sym.eta: eta, sym.t: time})
        difference = claimed - expected
        if not difference.contains(0):
            witness = {**instance, "integral": expected.str(12), "claimed": claimed.str(12)}
            return Evidence.refuted("the integral is another number", witness, instances=1)
        width = float(difference.rad())
    if not width < 1e-30:
        return Evidence.inconclusive("balls too wide", widest=width)
    return Evidence.of(Level.CERTIFIED, "balls of width below 1e-30 meet the integral", instances=1, widest=width)


def enclosed_integrals(formula: Formula, context: Context) -> Evidence:
    """Rigorous quadrature of κ Û against the formula, for neurons that grow at once and that first shrink."""
    count, shrinking, widest, detail = 0, 0, 0.0, ""
    for count, instance in enumerate(context.instances(24), start=1):
        one = integral_at(formula, instance)
        shrinking += instance["g"] * instance["φ_0"] > 0
        if one.level is None:
            return replace(one, instances=one.instances and count)
        widest, detail = max(widest, one.figures["widest"]), one.detail
    if not 0 < shrinking < count:
        return Evidence.inconclusive("no neuron that first shrinks, or none that does not", first_shrinking=shrinking)
    return Evidence.of(Level.CERTIFIED, detail, instances=count, widest=widest, first_shrinking=shrinking)


def square_is_missing(formula: Formula, context: Context) -> Evidence:
    """|g|/2 − Û = |g| (u ± v)²/(2 (u² + v²)): never negative, zero at u = ∓v; for either sign of g, and g = 0."""
    links = []
    size = Symbol("h", positive=True)
    for sign in (1, -1, 0):
        utility = -sign * size * sym.u * sym.v / (sym.u**2 + sym.v**2)
        largest = formula().subs(sym.g, sign * size)
        square = abs(sign) * size * (sym.u + sign * sym.v) ** 2 / (2 * (sym.u**2 + sym.v**2))
        attained = utility.subs({sym.u: 1, sym.v: -sign}) - largest
        links.append(vanishes(attained, what="the maximum is attained", random=context.random()))
        links.append(vanishes(largest - utility - square, what="what is missing is a square", random=context.random()))
    found = weakest(links)
    return found.certified_by("missing-square", _squares(formula, size)) if context.certificates else found


def _squares(formula: Formula, size: Symbol) -> list[dict[str, Any]]:
    """M (u² + v²) + g uv = weight (u + sign v)², in h, u and v, where M is the claimed maximum at g = sign × h."""
    items = []
    for sign in (1, -1, 0):
        largest = sympy.Poly(formula().subs(sym.g, sign * size), size)
        maximum = [[str(coefficient), [power, 0, 0]] for (power,), coefficient in largest.terms() if coefficient]
        weight = [["1/2", [1, 0, 0]]] if sign else []
        root = [["1", [0, 1, 0]], [str(sign), [0, 0, 1]]] if sign else []
        items.append(
            {"sign": sign, "size": "h", "maximum": maximum, "weight": weight, "root": root}
            | {"attained_at": ["1", str(-sign)]}
        )
    return items


def eigenvalue_at(formula: Formula, instance: Instance) -> Evidence:
    """The larger eigenvalue of the utility, exactly, at one partial derivative."""
    g = as_rational(instance["g"])
    largest = max(sympy.Matrix([[0, -g / 2], [-g / 2, 0]]).eigenvals())
    claimed = formula().subs(sym.g, g)
    if claimed != largest:
        witness = {"g": g, "largest eigenvalue": largest, "claimed": claimed}
        return Evidence.refuted("not the larger eigenvalue", witness, instances=1)
    return Evidence.of(Level.EXACT, "equals the larger eigenvalue of the utility", instances=1)


def eigenvalues(formula: Formula, context: Context) -> Evidence:
    """The utility is a quadratic form on the unit circle; its maximum is the larger eigenvalue, exactly."""
    count, detail = 0, ""
    items: list[dict[str, Any]] = []
    for count, instance in enumerate(context.instances(20), start=1):
        one = eigenvalue_at(formula, instance)
        if one.level is None:
            return replace(one, instances=count)
        g, detail = as_rational(instance["g"]), one.detail
        if context.certificates and g:
            items.append(_square(int(sympy.sign(g)), abs(g), formula().subs(sym.g, g)))
    return Evidence.of(Level.EXACT, detail, instances=count).certified_by("missing-square", items)


def _square(sign: int, size: Any, maximum: Any) -> dict[str, Any]:
    constant = [0, 0, 0]
    root = [["1", [0, 1, 0]], [str(sign), [0, 0, 1]]]
    return {
        "sign": sign,
        "size": str(size),
        "maximum": [[str(maximum), constant]],
        "weight": [[str(size / 2), constant]],
        "root": root,
        "attained_at": ["1", str(-sign)],
    }


DIAG_02 = Claim(
    id="DIAG-02",
    system="diagonal",
    title="accumulated utility of a dormant coordinate",
    statement="With the residual frozen the accumulated utility of a coordinate is "
    "log(cosh(4 η Û* t + c)/cosh c)/(2η), with Û* its maximal normalised utility and c = 2 φ_0 sign(−g).",
    kind=Kind.EQUALITY,
    status=Status.LEMMA,
    source=Source("kunin2025", "diagonal linear networks"),
    hypotheses=Hypotheses(
        (
            Quantity("g", drawn=(-9, 9)),
            Quantity("φ_0", drawn=(-3, 3)),
            Quantity("η", 0, drawn=(0, 5)),
            Quantity("t", 0, low_included=True, drawn=(0, 2)),
            FROZEN,
        )
    ),
    formula=closed_form.accumulated_utility,
    checks=(
        Check("derivative", derivative_is_the_utility),
        Check("enclosed integrals", enclosed_integrals),
        Check(
            "derivation", partial(every_step, name="DIAG-02", parts=lambda formula: {"accumulated_utility": formula})
        ),
    ),
    mutants=(
        Mutant(
            "two-for-four",
            lambda: log(cosh(2 * sym.eta * sym.U * sym.t + sym.c) / cosh(sym.c)) / (2 * sym.eta),
            "2 for 4 in the argument",
        ),
        Mutant("prefactor-missing", lambda: closed_form.accumulated_utility() * 2 * sym.eta, "1/(2η) missing"),
        Mutant(
            "sinh",
            lambda: log(sinh(4 * sym.eta * sym.U * sym.t + sym.c) / sinh(sym.c)) / (2 * sym.eta),
            "sinh for cosh",
        ),
        Mutant(
            "eta-one",
            lambda: log(cosh(4 * sym.U * sym.t + sym.c) / cosh(sym.c)) / 2,
            "η = 1, as the slides print it",
        ),
    ),
    remark="The slides print the formula with η = 1. Where g = 0 both sides vanish, whatever sign(0) is taken to be.",
    necessity=DIAG_02_NEEDS,
    equivalent={
        "hypothesis dropped: 0 < η": "a learning rate is positive by name; a negative one turns time round, and the "
        "equality holds for it too",
        "hypothesis dropped: 0 ≤ t": "times are counted from the moment the residual froze; before it, the frozen flow "
        "followed backwards satisfies the same equality",
    },
    parts=without_arguments(closed_form.accumulated_utility),
    probes=(Probe("enclosed integral", integral_at),),
)

DIAG_03 = Claim(
    id="DIAG-03",
    system="diagonal",
    title="maximal normalised utility",
    statement="The maximal normalised utility of a coordinate is half the size of its partial derivative of the loss.",
    kind=Kind.EQUALITY,
    status=Status.LEMMA,
    source=Source("kunin2025", "diagonal linear networks"),
    hypotheses=Hypotheses((Quantity("g"),)),
    formula=closed_form.maximal_normalised_utility,
    checks=(
        Check("missing square", square_is_missing),
        Check("eigenvalues", eigenvalues),
        Check("derivation", partial(every_step, name="DIAG-03", parts=lambda formula: {"maximal_utility": formula})),
    ),
    mutants=(
        Mutant("half-dropped", lambda: sympy.Abs(sym.g), "|g| for |g|/2"),
        Mutant("sign-of-g", lambda: -sym.g / 2, "−g/2 for |g|/2"),
        Mutant("root-two", lambda: sympy.Abs(sym.g) / sympy.sqrt(2), "|g|/√2 for |g|/2"),
    ),
    remark="No hypothesis to drop: every real g, 0 included. On the hyperbolas of DIAG-01 the maximum is approached, "
    "never attained: its maximisers are the asymptotes u = ±v.",
    parts=without_arguments(closed_form.maximal_normalised_utility),
    probes=(Probe("eigenvalue", eigenvalue_at),),
)
