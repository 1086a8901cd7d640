"""What the claims on linear networks are drawn from: it meets its conditions, and is read back as it was written."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agf_theory.errors import InputError
from agf_theory.proofs_check.linear.direction import LinearNeuron
from agf_theory.proofs_check.linear.factored_moments import KnownSpectrum
from agf_theory.proofs_check.linear.factored_residual import POSITIVE, SIMPLE, KnownSingularValues
from agf_theory.proofs_check.linear.layers import LossOfTheMap
from agf_theory.proofs_check.linear.rational_draws import orthogonal_matrix, unit_column
from agf_theory.proofs_check.strategies.rational_matrix import identity, product, transpose

HYPOTHESES = [
    KnownSingularValues(),
    KnownSingularValues(repeated=True),
    KnownSpectrum(),
    LossOfTheMap(),
    LinearNeuron(),
]


@pytest.mark.parametrize("hypothesis", HYPOTHESES, ids=lambda h: f"{type(h).__name__} {getattr(h, 'repeated', '')}")
def test_what_is_drawn_meets_the_condition_and_comes_back_from_plain_data(hypothesis):
    random = Random(3)
    for size in range(14):
        value = hypothesis.draw(random, size)
        assert hypothesis.holds({hypothesis.variable: value})
        assert hypothesis.decode(hypothesis.encode(value)) == value
        assert str(value)


@settings(max_examples=25, deadline=None, database=None)
@given(st.data())
def test_strategies_draw_what_meets_the_condition(data):
    hypothesis = data.draw(st.sampled_from(HYPOTHESES))
    value = data.draw(hypothesis.strategy())
    assert hypothesis.holds({hypothesis.variable: value})


@pytest.mark.parametrize("hypothesis", HYPOTHESES[1:], ids=lambda h: type(h).__name__)
@pytest.mark.parametrize("plain", [None, [], {"R": "1"}, 3])
def test_other_data_are_refused(hypothesis, plain):
    with pytest.raises(InputError, match="is required"):
        hypothesis.decode(plain)


@pytest.mark.parametrize(
    ("hypothesis", "field", "wrong", "complaint"),
    [
        (KnownSingularValues(), "left", [["1"], ["2"]], "left: a square list of rows is required"),
        (KnownSingularValues(), "singular values", "1", "singular values: a list is required"),
        (KnownSingularValues(), "right", "1", "right: a square list of rows is required"),
        (LinearNeuron(), "R", [["1"], ["1", "2"]], "R: rows of one length are required"),
        (LinearNeuron(), "R", [], "R: rows of one length are required"),
        (LinearNeuron(), "direction", "1", "neuron: an object of"),
        (LossOfTheMap(), "loss", [["1"]], "layers: lists of numbers are required"),
        (LossOfTheMap(), "A", 3, "layers: lists of numbers are required"),
        (LossOfTheMap(), "rates, step, decay", ["1", "x", "1", "1"], "rates, step, decay: "),
    ],
)
def test_a_field_of_another_form_is_refused(hypothesis, field, wrong, complaint):
    plain = hypothesis.encode(hypothesis.draw(Random(1), 3))
    with pytest.raises(InputError, match=complaint):
        hypothesis.decode({**plain, field: wrong})


def test_singular_values_are_those_numpy_finds():
    random = Random(5)
    for size in range(8):
        R = KnownSingularValues().draw(random, size)
        floats = np.array([[float(e) for e in row] for row in R.matrix])
        assert np.allclose(np.linalg.svd(floats, compute_uv=False), [float(s) for s in R.singular_values], atol=1e-12)


def test_moments_have_the_spectrum_they_say_and_a_pseudo_inverse():
    random = Random(8)
    for size in range(12):
        m = KnownSpectrum().draw(random, size)
        xx, plus, yx, yy = (
            np.array([[float(e) for e in row] for row in matrix])
            for matrix in (m.sigma_xx, m.pseudo_inverse, m.sigma_yx, m.sigma_yy)
        )
        assert np.allclose(np.linalg.pinv(xx), plus, atol=1e-9)
        values = np.sort(np.linalg.eigvalsh(yx @ plus @ yx.T))[::-1]
        assert np.allclose(values, [float(mu) for mu in m.mu], atol=1e-9)
        assert np.linalg.eigvalsh(yy - yx @ plus @ yx.T).min() > -1e-9


def test_a_residual_with_a_wrong_factor_breaks_the_condition():
    R = KnownSingularValues().draw(Random(0), 2)
    assert not KnownSingularValues().holds({"R": replace(R, singular_values=R.singular_values[::-1])})
    assert not KnownSingularValues().holds({"R": replace(R, left=((Fraction(2),) * 3,) * 3)})


def test_simple_and_positive_are_told_apart():
    R = KnownSingularValues().draw(Random(0), 1)
    tied = replace(R, singular_values=(Fraction(1), Fraction(1)))
    zero = replace(R, singular_values=(Fraction(0), Fraction(0)))
    assert (SIMPLE.holds({"R": tied}), POSITIVE.holds({"R": tied})) == (False, True)
    assert (SIMPLE.holds({"R": zero}), POSITIVE.holds({"R": zero})) == (False, False)


def test_gradients_in_dual_numbers_agree_with_differences():
    layers = LossOfTheMap().draw(Random(4), 1)
    by_A, _ = layers.gradients()

    def loss(shift):
        A = [[float(e) for e in row] for row in layers.outgoing]
        A[0][1] += shift
        B = np.array(A) @ np.array([[float(e) for e in row] for row in layers.incoming])
        return sum(float(c) * np.prod([B[i, j] for i, j in entries]) for c, entries in layers.terms)

    step = 1e-5
    seen = (loss(step) - loss(-step)) / (2 * step)
    # A central difference misses by h²/6 third derivatives, of order 1e3 here at most.
    assert seen == pytest.approx(float(by_A[0][1]), rel=1e-6, abs=1e-6)


@given(st.integers(0, 10**6), st.integers(1, 4))
def test_draws_of_orthogonal_matrices_are_orthogonal(seed, size):
    q = orthogonal_matrix(Random(seed), size)
    assert product(transpose(q), q) == identity(size)
    assert sum(entry**2 for entry in unit_column(Random(seed), size)) == 1
