"""The gradient identity, the conserved imbalance, the drift of gradient descent: worked by hand on one neuron."""

from sympy import Matrix, simplify, symbols

from agf_theory.closed_form import derivation, linear
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.matrices import with_matrices

a, w, g, h = symbols("a w g h")


def at_one_neuron(expression, **gradients):
    """c = d = H = 1: A = a, W = w; the loss has slope g by the product a w, so g w by a and g a by w."""
    values = {sym.outgoing: a, sym.incoming: w, sym.loss_gradient: g}
    values |= {sym.gradient_outgoing: g * w, sym.gradient_incoming: g * a}
    return with_matrices(expression, {symbol: Matrix([[value]]) for symbol, value in values.items()})[0]


def test_gradients_of_one_neuron():
    assert at_one_neuron(linear.outgoing_gradient()) == g * w
    assert at_one_neuron(linear.incoming_gradient()) == a * g


def test_the_gradient_identity_of_one_neuron():
    assert simplify(at_one_neuron(linear.gradient_identity())) == 0


def test_the_imbalance_of_one_neuron_is_the_difference_of_squares():
    imbalance = at_one_neuron(linear.conserved_imbalance())
    assert imbalance.subs({sym.eta_outgoing: 1, sym.eta_incoming: 1}) == a**2 - w**2
    velocity = imbalance.diff(a) * -sym.eta_outgoing * g * w + imbalance.diff(w) * -sym.eta_incoming * g * a
    assert simplify(velocity) == 0


def test_the_drift_of_one_neuron_by_hand():
    # (a - h g w)^2 - (w - h g a)^2 - (a^2 - w^2) = h^2 g^2 (w^2 - a^2)
    assert simplify(at_one_neuron(linear.gradient_descent_drift()) - sym.step**2 * g**2 * (w**2 - a**2)) == 0


def test_every_step_of_the_derivations_is_shown():
    assert derivation("LIN-01").check().proved
    assert derivation("LIN-22").check().proved


def test_a_wrong_sign_is_caught_by_the_derivation():
    def wrong():
        return sym.eta_incoming * sym.outgoing.T * sym.outgoing + sym.eta_outgoing * sym.incoming * sym.incoming.T

    assert not derivation("LIN-01", conserved_imbalance=wrong).check().proved
