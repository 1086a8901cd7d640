"""LIN-01 and LIN-22: what the symmetry of the hidden space conserves, and what a finite step adds."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Integer, Matrix, MatrixExpr, ZeroMatrix

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.derivation import Derivation, Step, equal
from agf_theory.closed_form.linear import conservation
from agf_theory.closed_form.matrix_words import WordIdentity

__all__ = ["lin_01", "lin_22"]

SOURCE = "[kunin2025], two-layer linear networks; two rates and gradient descent: this project"
A, W, G = sym.outgoing, sym.incoming, sym.loss_gradient
BY_A, BY_W = sym.gradient_outgoing, sym.gradient_incoming
NOTHING = ZeroMatrix(sym.hidden, sym.hidden)

_LAYERS = {A: Matrix([[1, -2, 3], [0, 1, 4]]), W: Matrix([[2, 1], [-1, 3], [5, 1]]), G: Matrix([[1, 2], [-3, 4]])}
_INSTANCE = {
    **_LAYERS,
    BY_A: _LAYERS[G] * _LAYERS[W].T,
    BY_W: _LAYERS[A].T * _LAYERS[G],
}


def lin_01(
    outgoing_gradient: Callable[[], MatrixExpr] = conservation.outgoing_gradient,
    incoming_gradient: Callable[[], MatrixExpr] = conservation.incoming_gradient,
    gradient_identity: Callable[[], MatrixExpr] = conservation.gradient_identity,
    conserved_imbalance: Callable[[], MatrixExpr] = conservation.conserved_imbalance,
) -> Derivation:
    """The gradient identity and the conserved imbalance, for every loss of the map and every shape."""
    shown = _by_gradients(outgoing_gradient(), incoming_gradient())
    velocity = _change(conserved_imbalance(), -sym.eta_outgoing * BY_A, -sym.eta_incoming * BY_W)
    steps = (
        Step(
            "Gradient identity",
            equal(gradient_identity(), NOTHING),
            "To first order a change of A or of W changes the loss by <G, dA W> or <G, A dW>: the gradients are G W^T "
            "and A^T G, and both products are A^T G W^T.",
            shown,
        ),
        Step(
            "Conservation",
            equal(velocity, NOTHING),
            "The velocity of a quadratic form: half the difference of its values at theta + velocity and at theta - "
            "velocity. It is -eta_A eta_W times the gradient identity, plus its transpose.",
            shown,
        ),
    )
    return Derivation("LIN-01", "Any loss of the map conserves the imbalance of the layers.", steps, SOURCE)


def lin_22(gradient_descent_drift: Callable[[], MatrixExpr] = conservation.gradient_descent_drift) -> Derivation:
    """The imbalance after one step of gradient descent, for every loss of the map and every shape."""
    shown = _by_gradients(conservation.outgoing_gradient(), conservation.incoming_gradient())
    imbalance = conservation.conserved_imbalance().subs({sym.eta_outgoing: Integer(1), sym.eta_incoming: Integer(1)})
    after = _at(imbalance, A - sym.step * BY_A, W - sym.step * BY_W)
    first_order = _change(imbalance, -sym.step * BY_A, -sym.step * BY_W)
    steps = (
        Step("First order", equal(first_order, NOTHING), "The gradient identity: flow conserves it (LIN-01).", shown),
        Step(
            "Drift",
            equal(after - imbalance, gradient_descent_drift()),
            "The imbalance is quadratic, so what is left is its value at the step itself.",
            shown,
        ),
    )
    return Derivation("LIN-22", "What gradient descent adds to the conserved imbalance.", steps, SOURCE)


def _by_gradients(outgoing: MatrixExpr, incoming: MatrixExpr) -> WordIdentity:
    rules = (
        equal(BY_A, outgoing),
        equal(BY_W, incoming),
        equal(BY_A.T, outgoing.T),
        equal(BY_W.T, incoming.T),
    )
    return WordIdentity(rules, _INSTANCE)


def _at(form: MatrixExpr, outgoing: MatrixExpr, incoming: MatrixExpr) -> MatrixExpr:
    return form.xreplace({A: outgoing, W: incoming}).doit()


def _change(form: MatrixExpr, outgoing: MatrixExpr, incoming: MatrixExpr) -> MatrixExpr:
    """The first-order change of a quadratic form of the weights."""
    return (_at(form, A + outgoing, W + incoming) - _at(form, A - outgoing, W - incoming)) / 2
