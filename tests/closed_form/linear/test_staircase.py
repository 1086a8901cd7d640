"""The staircase of commuting moments by hand and in its limits."""

from sympy import Rational, limit, log, oo, simplify

from agf_theory.closed_form import linear, with_values
from agf_theory.closed_form import symbols as sym


def test_the_staircase_of_the_reversed_example_by_hand():
    """Σ_xx = diag(4, ½), Σ_yx = diag(2, 1): loss 3/2, 1, 0 at times 1/2 and 1, though μ = (1, 2)."""
    modes = [{"sigma_k": 2, "Lambda": 4}, {"sigma_k": 1, "Lambda": Rational(1, 2)}]
    assert [with_values(linear.staircase_jump_time(), sigma_k=m["sigma_k"]) for m in modes] == [Rational(1, 2), 1]
    assert [with_values(linear.loss_fall(), m) for m in modes] == [Rational(1, 2), 1]
    assert [with_values(linear.plateau_strength(), m) for m in modes] == [Rational(1, 2), 2]
    keys = [with_values(linear.order_key(), sigma_k=m["sigma_k"]) for m in modes]
    assert keys == sorted(keys, reverse=True)


def test_a_strength_worked_by_hand():
    """σ = Λ = 1, r²/2 = 1/4 at ε = 1: the curve 1/(1 + 3 e^(−2t)) is one half at t = ½ log 3."""
    at = {sym.sigma_k: 1, sym.variance: 1, sym.log_inverse: 0, sym.overlap: 1 / Rational(2) ** Rational(1, 2)}
    assert simplify(linear.aligned_strength().subs({**at, sym.t: log(3) / 2}) - Rational(1, 2)) == 0


def test_a_strength_ends_at_its_plateau_and_starts_at_the_scale():
    assert limit(linear.aligned_strength(), sym.t, oo) == linear.plateau_strength()
    start = linear.aligned_strength().subs({sym.t: 0, sym.log_inverse: log(2), sym.overlap: 1})
    assert simplify(start) == Rational(1, 8)


def test_the_variance_is_a_unit_of_time_and_of_strength():
    """t → Λt, σ → σ/Λ is the whitened curve."""
    whitened = linear.aligned_strength().subs(sym.variance, 1)
    scaled = whitened.subs({sym.sigma_k: sym.sigma_k / sym.variance, sym.t: sym.variance * sym.t}, simultaneous=True)
    assert simplify(linear.aligned_strength() - scaled) == 0
