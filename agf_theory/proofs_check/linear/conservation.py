"""LIN-01 and LIN-22: the gradient identity, the conserved imbalance, and its drift under gradient descent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import product as all_of
from typing import Any

import numpy as np
import sympy
from scipy.integrate import solve_ivp
from sympy import Matrix, MatrixExpr, MatrixSymbol, ZeroMatrix

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.matrices import with_matrices
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Necessity, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.linear.layers import Layers, LossOfTheMap
from agf_theory.proofs_check.linear.rational_form import matrix_value
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.parts import without_arguments
from agf_theory.proofs_check.strategies import rational_matrix
from agf_theory.proofs_check.strategies.rational_matrix import product, transpose

__all__ = ["LIN_01", "LIN_22", "Conservation"]

Rows = rational_matrix.Matrix
Drift = Callable[[], MatrixExpr]


@dataclass(frozen=True)
class Conservation:
    """What LIN-01 states, in the symbols of `closed_form.symbols`.

    Attributes
    ----------
    outgoing, incoming
        Gradients by A and by W, given that by the map.
    identity
        What vanishes, given the gradients.
    conserved
        What gradient flow conserves, given the weights and the rates.
    """

    outgoing: Callable[[], MatrixExpr] = closed_form.outgoing_gradient
    incoming: Callable[[], MatrixExpr] = closed_form.incoming_gradient
    identity: Callable[[], MatrixExpr] = closed_form.gradient_identity
    conserved: Callable[[], MatrixExpr] = closed_form.conserved_imbalance


def every_small_size(formula: Conservation, context: Context) -> Evidence:
    """All sizes up to two and four larger ones, every weight and every slope a symbol: polynomials that vanish."""
    sizes = [*all_of((1, 2), repeat=3), (3, 1, 2), (2, 3, 1), (1, 2, 3), (2, 3, 2)]
    for c, H, d in sizes:
        A, W, G = (
            Matrix(*shape, sympy.symbols(f"{name}_1:{shape[0] * shape[1] + 1}", real=True))
            for name, shape in (("a", (c, H)), ("w", (H, d)), ("g", (c, d)))
        )
        # Slopes of a loss are those of its linear part, Σ g b, by the weights.
        linear = sum(g * b for g, b in zip(G, A * W, strict=True))
        by_A, by_W = (Matrix(*layer.shape, [linear.diff(weight) for weight in layer]) for layer in (A, W))
        matrices = {sym.outgoing: A, sym.incoming: W, sym.loss_gradient: G}
        matrices |= {sym.gradient_outgoing: by_A, sym.gradient_incoming: by_W}
        velocity = {**dict(zip(A, -sym.eta_outgoing * by_A, strict=True))}
        velocity |= dict(zip(W, -sym.eta_incoming * by_W, strict=True))
        conserved = with_matrices(formula.conserved(), matrices)
        residuals = {
            "gradient by A": with_matrices(formula.outgoing(), matrices) - by_A,
            "gradient by W": with_matrices(formula.incoming(), matrices) - by_W,
            "gradient identity": with_matrices(formula.identity(), matrices),
            "velocity": conserved.applyfunc(lambda e, v=velocity: sum(e.diff(weight) * v[weight] for weight in v)),
        }
        for what, residual in residuals.items():
            left = next((e for entry in residual if (e := sympy.expand(entry)) != 0), None)
            if left is not None:
                witness = {"c, H, d": [c, H, d], "what": what, "polynomial": str(left)}
                return Evidence.refuted(f"{what}: a polynomial that does not vanish", witness)
    return Evidence.of(Level.EXACT, "polynomials that vanish, every weight a symbol, a size each", instances=len(sizes))


def stands_still(formula: Conservation, instance: Instance) -> Evidence:
    """One network: gradients in dual numbers, and the velocity of what is conserved, as fractions."""
    layers: Layers = instance["layers"]
    data = _data(layers)
    velocity = _velocity(formula.conserved(), layers, data)
    identity = matrix_value(formula.identity(), data, _rates(layers))
    for what, found in (("the gradient identity fails", identity), ("not conserved", velocity)):
        if found is None or any(map(any, found)):
            return Evidence.refuted(what, {"layers": str(layers), "found": found}, instances=1)
    return Evidence.of(Level.EXACT, "gradient identity and velocity are zero, as fractions", instances=1)


def polynomial_losses(formula: Conservation, context: Context) -> Evidence:
    """Polynomial losses of degree up to four, two rates: identity and velocity as fractions."""
    count, detail = 0, ""
    for count, instance in enumerate(context.instances(18), start=1):
        one = stands_still(formula, instance)
        if one.level is None:
            return replace(one, instances=count)
        detail = one.detail
    return Evidence.of(Level.EXACT, detail, instances=count)


def integrated_networks(formula: Conservation, context: Context) -> Evidence:
    """Networks on random data, integrated with two rates: what is conserved drifts by the integrator's errors alone.

    Every solution conserves it, so that no error is amplified; each of some hundred steps adds at most 1e-10 of the
    squared weights. Tolerance: 1e-6 of the largest entry that moved, which moved by a tenth at least.
    """
    generator = np.random.default_rng(context.seed % 2**32)
    form = formula.conserved()
    if form.shape != (sym.hidden, sym.hidden):
        shapes = {"shape": str(form.shape), "required": str((sym.hidden, sym.hidden))}
        return Evidence.refuted("what is said to be conserved has another shape", shapes)
    conserved = sympy.lambdify((sym.eta_outgoing, sym.eta_incoming, sym.outgoing, sym.incoming), form, modules="numpy")
    worst, count = 0.0, 0
    for c, H, d in ((2, 3, 3), (3, 2, 3), (2, 4, 2), (1, 2, 3), (3, 3, 3), (2, 2, 2)):
        rates = tuple(generator.uniform(0.5, 2.0, 2))
        start, end = _trained(generator, c, H, d, rates)
        values = [conserved(*rates, *layers) for layers in (start, end)]
        moved = max(float(np.max(np.abs(b - a))) for a, b in zip(start, end, strict=True))
        if moved < 0.1:
            continue
        count += 1
        drift = float(np.max(np.abs(values[1] - values[0])))
        worst = max(worst, drift / moved)
        if not drift <= 1e-6 * moved:
            witness = {"c, H, d": [c, H, d], "rates": rates, "A": start[0], "W": start[1], "drift": drift}
            return Evidence.refuted("not conserved by an integrated network", witness, instances=count)
    return Evidence.of(Level.SAMPLED, "conserved by integrated networks within 1e-6", instances=count, worst=worst)


def _trained(generator: np.random.Generator, c: int, H: int, d: int, rates: Any) -> tuple[Any, Any]:
    inputs, targets = generator.normal(size=(8, d)), generator.normal(size=(8, c))
    start = 0.5 * generator.normal(size=(c, H)), 0.5 * generator.normal(size=(H, d))

    def velocity(_: float, flat: Any) -> Any:
        A, W = flat[: c * H].reshape(c, H), flat[c * H :].reshape(H, d)
        residual = (targets - inputs @ (A @ W).T).T @ inputs / len(inputs)
        return np.concatenate([(rates[0] * residual @ W.T).ravel(), (rates[1] * A.T @ residual).ravel()])

    run = solve_ivp(velocity, (0.0, 3.0), np.concatenate([x.ravel() for x in start]), "DOP853", rtol=1e-10, atol=1e-12)
    end = run.y[:, -1]
    return start, (end[: c * H].reshape(c, H), end[c * H :].reshape(H, d))


def drift_of_one_step(formula: Drift, instance: Instance) -> Evidence:
    """One step of gradient descent, taken in fractions: what it adds to AᵀA − WWᵀ, against the formula."""
    layers: Layers = instance["layers"]
    data, h = _data(layers), layers.step
    after = tuple(
        _added(weights, gradient, -h)
        for weights, gradient in ((data["A"], data["nabla_A"]), (data["W"], data["nabla_W"]))
    )
    seen = _added(_imbalance(*after), _imbalance(data["A"], data["W"]), Fraction(-1))
    claimed = matrix_value(formula(), data, {sym.step: h})
    if seen != claimed:
        witness = {"layers": str(layers), "drift": seen, "claimed": claimed}
        return Evidence.refuted("a step of gradient descent adds something else", witness, instances=1)
    return Evidence.of(Level.EXACT, "the drift of one step of gradient descent, as fractions", instances=1)


def steps_of_gradient_descent(formula: Drift, context: Context) -> Evidence:
    """Polynomial losses of degree up to four, steps of any size: the drift as fractions."""
    count, detail = 0, ""
    for count, instance in enumerate(context.instances(18), start=1):
        one = drift_of_one_step(formula, instance)
        if one.level is None:
            return replace(one, instances=count)
        detail = one.detail
    return Evidence.of(Level.EXACT, detail, instances=count)


def _data(layers: Layers) -> dict[str, Rows]:
    by_A, by_W = layers.gradients()
    return {"A": layers.outgoing, "W": layers.incoming, "nabla_A": by_A, "nabla_W": by_W}


def _rates(layers: Layers) -> dict[Any, Fraction]:
    return {sym.eta_outgoing: layers.rates[0], sym.eta_incoming: layers.rates[1]}


def _velocity(form: MatrixExpr, layers: Layers, data: dict[str, Rows]) -> Rows | None:
    """Of a form of degree at most two: half the difference of its values a velocity ahead and behind."""
    ends = []
    for sign in (1, -1):
        A, W = (
            _added(data[name], data[gradient], -sign * rate)
            for name, gradient, rate in zip(("A", "W"), ("nabla_A", "nabla_W"), layers.rates, strict=True)
        )
        ends.append(matrix_value(form, {**data, "A": A, "W": W}, _rates(layers)))
    ahead, behind = ends
    return None if ahead is None or behind is None else _added(ahead, behind, Fraction(-1))


def _added(a: Rows, b: Rows, factor: Fraction) -> Rows:
    return tuple(tuple(p + factor * q for p, q in zip(*rows, strict=True)) for rows in zip(a, b, strict=True))


def _imbalance(A: Rows, W: Rows) -> Rows:
    return _added(product(transpose(A), A), product(W, transpose(W)), Fraction(-1))


def _decay_moves(formula: Conservation, witness: Any) -> Evidence:
    """Weight decay of A alone: the loss is no function of A W, and the imbalance moves."""
    layers: Layers = witness["layers"]
    velocity = _velocity(formula.conserved(), layers, _data(layers))
    detail = "with weight decay of one layer the imbalance moves"
    fails = velocity is not None and any(map(any, velocity))
    return failure(fails, Level.EXACT, detail, {"layers": str(layers)}, velocity=velocity)


def _decay_drifts(formula: Drift, witness: Any) -> Evidence:
    """Weight decay of A alone: a step of gradient descent adds more than the drift."""
    found = drift_of_one_step(formula, witness)
    detail = "with weight decay of one layer the imbalance moves in first order of the step"
    return failure(found.level is None, Level.EXACT, detail, {"layers": str(witness["layers"])})


_DECAYING = Layers(
    ((Fraction(1), Fraction(2)),),
    ((Fraction(1),), (Fraction(3),)),
    ((Fraction(1), ((0, 0),)),),
    (Fraction(1), Fraction(1)),
    Fraction(1, 2),
    decay=Fraction(1),
)
_OWN = Conservation()
_SQUARE = MatrixSymbol("A", sym.inputs, sym.hidden)
_UP_TO_FACTOR = "a multiple of what vanishes vanishes, and of what is conserved is conserved"

LIN_01 = Claim(
    id="LIN-01",
    system="linear",
    title="gradient identity and conserved imbalance",
    statement="Any loss of the map A W satisfies Aᵀ ∂_A L = ∂_W L Wᵀ, and gradient flow with rates η_A and η_W "
    "conserves η_W AᵀA − η_A WWᵀ.",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("kunin2025", "two-layer linear networks, one rate; two rates and the identity: this project"),
    hypotheses=Hypotheses((LossOfTheMap(),)),
    formula=_OWN,
    checks=(
        Check("every small size", every_small_size),
        Check("polynomial losses", polynomial_losses),
        Check("integrated networks", integrated_networks),
        Check(
            "derivation",
            partial(
                every_step,
                name="LIN-01",
                parts=lambda formula: {
                    "outgoing_gradient": formula.outgoing,
                    "incoming_gradient": formula.incoming,
                    "gradient_identity": formula.identity,
                    "conserved_imbalance": formula.conserved,
                },
            ),
        ),
    ),
    mutants=(
        Mutant(
            "transposes",
            replace(_OWN, conserved=lambda: _SQUARE * _SQUARE.T - sym.incoming.T * sym.incoming),
            "AAᵀ − WᵀW, where there are as many outputs as inputs",
        ),
        Mutant(
            "sign",
            replace(
                _OWN,
                conserved=lambda: (
                    sym.eta_incoming * sym.outgoing.T * sym.outgoing + sym.eta_outgoing * sym.incoming * sym.incoming.T
                ),
            ),
            "a sum for the difference",
        ),
        Mutant(
            "rates-missing",
            replace(_OWN, conserved=lambda: sym.outgoing.T * sym.outgoing - sym.incoming * sym.incoming.T),
            "AᵀA − WWᵀ, whatever the rates",
        ),
        Mutant(
            "rates-exchanged",
            replace(
                _OWN,
                conserved=lambda: (
                    sym.eta_outgoing * sym.outgoing.T * sym.outgoing - sym.eta_incoming * sym.incoming * sym.incoming.T
                ),
            ),
            "each layer with its own rate",
        ),
        Mutant(
            "identity-transposed",
            replace(
                _OWN,
                identity=lambda: sym.outgoing.T * sym.gradient_outgoing - sym.incoming * sym.gradient_incoming.T,
            ),
            "one side of the gradient identity transposed",
        ),
    ),
    remark="The identity is H² equations; its symmetric part conserves the imbalance, its antisymmetric part says that "
    "gradients are orthogonal to hidden rotations and conserves nothing. For one neuron it is FRM-07 with κ = 2.",
    necessity=(Necessity(LossOfTheMap(), {"layers": _DECAYING}, _decay_moves),),
    parts=(
        *without_arguments(_OWN, "outgoing"),
        *without_arguments(_OWN, "incoming"),
        *without_arguments(_OWN, "identity"),
        *without_arguments(_OWN, "conserved"),
    ),
    equivalent={
        f"bred: {part}: {what}": _UP_TO_FACTOR
        for part in ("identity", "conserved")
        for what in ("sign flipped", "doubled", "halved")
    },
    probes=(Probe("stands still", stands_still),),
)

LIN_22 = Claim(
    id="LIN-22",
    system="linear",
    title="drift under gradient descent",
    statement="One step h of gradient descent on any loss of the map A W adds exactly "
    "h² (∂_A Lᵀ ∂_A L − ∂_W L ∂_W Lᵀ) to AᵀA − WWᵀ.",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("this project"),
    hypotheses=Hypotheses((LossOfTheMap(),)),
    formula=closed_form.gradient_descent_drift,
    checks=(
        Check("steps of gradient descent", steps_of_gradient_descent),
        Check(
            "derivation", partial(every_step, name="LIN-22", parts=lambda formula: {"gradient_descent_drift": formula})
        ),
    ),
    mutants=(
        Mutant("h-for-h-squared", lambda: closed_form.gradient_descent_drift() / sym.step, "h for h²"),
        Mutant(
            "sum",
            lambda: (
                sym.step**2
                * (sym.gradient_outgoing.T * sym.gradient_outgoing + sym.gradient_incoming * sym.gradient_incoming.T)
            ),
            "a sum for the difference",
        ),
        Mutant("conserved", lambda: ZeroMatrix(sym.hidden, sym.hidden), "conserved, as by gradient flow"),
    ),
    remark="With two steps h_A, h_W h_W AᵀA − h_A WWᵀ drifts by h_A h_W (h_A ∂_A Lᵀ ∂_A L − h_W ∂_W L ∂_W Lᵀ).",
    necessity=(Necessity(LossOfTheMap(), {"layers": _DECAYING}, _decay_drifts),),
    parts=without_arguments(closed_form.gradient_descent_drift),
    probes=(Probe("drift of one step", drift_of_one_step),),
)
