import pickle
from decimal import Decimal
from fractions import Fraction

import flint
import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agf_theory.errors import HypothesisNotMet, InputError
from agf_theory.problems import InitScale

between_zero_and_one = st.fractions(min_value=0, max_value=1, max_denominator=10**30).filter(lambda x: 0 < x < 1)


def log_inverse_by_mpmath(value, digits=60):
    with mpmath.workdps(digits + 40):  # forty digits to lose to cancellation near one
        return mpmath.log(mpmath.mpf(value.denominator) / mpmath.mpf(value.numerator))


def test_a_scale_far_below_the_smallest_float_has_an_ordinary_logarithm():
    assert InitScale("1e-1000").log_inverse == float("2302.58509299404568401799145468")  # 1000 log 10


def test_the_smallest_scale_allowed_is_read():
    assert InitScale("1e-1000000").log_inverse == float("2302585.09299404568401799145468")


def test_a_scale_near_one_keeps_every_digit_of_its_logarithm():
    # -log(1 - x) = x + x^2/2 + x^3/3 + ... at x = 1e-6
    assert InitScale("0.999999").log_inverse == 1.0000005000003333335833335e-6


def test_a_scale_extremely_near_one_keeps_every_digit_too():
    assert InitScale("0." + "9" * 100).log_inverse == 1e-100


def test_a_logarithm_just_above_the_middle_of_two_doubles_is_rounded_up():
    middle = Fraction(2**53 + 1, 2**253)  # -log(1 - x) = x + x^2/2 + ... exceeds it by less than 128 bits can tell
    assert InitScale(1 - middle).log_inverse == (2**53 + 2) / 2**253


def test_a_scale_whose_logarithm_would_underflow_is_refused():
    with pytest.raises(InputError, match="alpha <= 1 - 1e-300 is required"):
        InitScale("0." + "9" * 301)


@pytest.mark.parametrize(
    ("value", "fraction"),
    [
        ("1e-3", Fraction(1, 1000)),
        (" 1/3 ", Fraction(1, 3)),
        (0.1, Fraction(1, 10)),
        (np.float64(0.1), Fraction(1, 10)),
        (np.float32(0.1), Fraction(1, 10)),
        (Decimal("0.25"), Fraction(1, 4)),
        (Fraction(2, 7), Fraction(2, 7)),
        (flint.fmpq(2, 7), Fraction(2, 7)),
        (InitScale("1e-3"), Fraction(1, 1000)),
        ("2e-20000", Fraction(2, 10**20000)),
    ],
)
def test_every_way_to_write_a_scale_is_exact(value, fraction):
    assert InitScale(value).fraction == fraction


@pytest.mark.parametrize("value", ["0", 0, 0.0, "0e5", -1, "-0.1", 1, "1", "1.0", 2, "10/10", "1e3", "1e99999", 1.5])
def test_a_scale_outside_zero_and_one_is_refused(value):
    with pytest.raises(InputError, match=r"initialisation scale: 0 < alpha < 1 is required, got"):
        InitScale(value)


@pytest.mark.parametrize("value", ["1e-99999999", "1e-1000001", "0.99e-1000000", "1e-999999999999999999"])
def test_a_scale_below_the_smallest_allowed_is_refused(value):
    with pytest.raises(InputError, match="smallest alpha allowed is 1e-1000000, got"):
        InitScale(value)


@pytest.mark.parametrize("value", ["nan", float("nan"), "inf", float("inf"), Decimal("-Infinity")])
def test_a_scale_that_is_not_finite_is_refused(value):
    with pytest.raises(InputError, match="initialisation scale: a finite number is required"):
        InitScale(value)


@pytest.mark.parametrize("value", ["", "abc", "1e-", "1e-8 ; rm", "１e-8", "0,1", "10**-8", "exp(-3)"])
def test_junk_is_refused(value):
    with pytest.raises(InputError, match="initialisation scale: expected a number such as"):
        InitScale(value)


@pytest.mark.parametrize("value", [True, False, np.True_])
def test_a_truth_value_is_refused(value):
    with pytest.raises(InputError, match="got the truth value"):
        InitScale(value)


@pytest.mark.parametrize("value", [None, [0.1], 0.1j, b"0.1"])
def test_another_type_is_refused(value):
    with pytest.raises(InputError, match=f"expected a number or text such as '1e-1000', got {type(value).__name__}"):
        InitScale(value)


def test_a_fraction_too_long_to_write_is_refused_with_a_way_out():
    with pytest.raises(InputError, match="write it as a decimal such as '1e-5000'"):
        InitScale(Fraction(1, 10**5000))


@pytest.mark.parametrize("text", ["1e-" + "9" * 3000, "9" * 10**6, "0." + "0" * 10**6 + "1"])
def test_hostile_text_is_refused_at_once(text):
    with pytest.raises(InputError, match="initialisation scale: "):
        InitScale(text)


def test_a_scale_too_small_to_write_out_says_so():
    with pytest.raises(HypothesisNotMet, match="use log_inverse"):
        _ = InitScale("1e-20001").fraction


@settings(deadline=None, max_examples=100)
@given(between_zero_and_one)
def test_the_logarithm_is_the_double_nearest_to_the_exact_one(value):
    assert InitScale(value).log_inverse == float(log_inverse_by_mpmath(value))


@settings(deadline=None, max_examples=100)
@given(between_zero_and_one, st.integers(53, 400))
def test_the_ball_encloses_the_logarithm_and_is_narrow(value, precision):
    with flint.ctx.workprec(precision):
        ball = InitScale(value).log_inverse_ball()
    with flint.ctx.workprec(1000), mpmath.workprec(1000):
        exact = flint.arb(mpmath.nstr(log_inverse_by_mpmath(value, 200), 180))
        assert ball.contains(exact.mid())
        # A ball of precision p is a midpoint of p bits and a radius; guard bits leave only the last rounding.
        assert ball.rad() <= abs(ball.mid()) * flint.arb(2) ** (2 - precision)


@pytest.mark.parametrize("exponent", [-1, -50, -1000, -999_999, -1_000_000])
def test_the_ball_of_a_power_of_ten_encloses_that_many_logarithms_of_ten(exponent):
    with flint.ctx.workprec(200):
        ball = InitScale(f"1e{exponent}").log_inverse_ball()
    with flint.ctx.workprec(600):
        assert ball.contains(-exponent * flint.arb.const_log10())
        assert ball.rad() < abs(ball.mid()) * flint.arb(2) ** -198


def test_the_ball_narrows_with_the_precision():
    scale, radii = InitScale("0.123"), []
    for precision in (53, 106, 212):
        with flint.ctx.workprec(precision):
            radii.append(scale.log_inverse_ball().rad())
    assert radii[2] < radii[1] < radii[0]


def test_the_precision_of_the_caller_is_left_alone():
    before = flint.ctx.prec
    InitScale("1e-5").log_inverse_ball()
    assert flint.ctx.prec == before


@pytest.mark.parametrize("other", ["1/10", "0.10", "1e-1", "100e-3", 0.1, "10/100"])
def test_equal_scales_written_differently_are_equal_and_hash_alike(other):
    assert InitScale("0.1") == InitScale(other)
    assert hash(InitScale("0.1")) == hash(InitScale(other))


@settings(deadline=None, max_examples=100)
@given(between_zero_and_one, between_zero_and_one)
def test_scales_are_ordered_as_their_values(left, right):
    assert (InitScale(left) < InitScale(right)) == (left < right)
    assert (InitScale(left) >= InitScale(right)) == (left >= right)
    assert (InitScale(left) == InitScale(right)) == (left == right)


def test_scales_that_differ_in_the_last_of_a_thousand_digits_are_ordered():
    assert InitScale("1e-500000") < InitScale("1." + "0" * 999 + "1e-500000")


def test_scales_are_sorted_from_small_to_large():
    assert [s.text for s in sorted(map(InitScale, ["0.5", "1e-1000", "1e-8"]))] == ["1e-1000", "1e-8", "0.5"]


def test_a_scale_is_not_compared_with_a_number():
    assert InitScale("0.5") != 0.5
    with pytest.raises(TypeError, match="not supported"):
        _ = InitScale("0.5") < 0.7


def test_a_scale_prints_as_it_was_written():
    assert str(InitScale("1e-08")) == "1e-08"
    assert repr(InitScale(0.25)) == "InitScale('0.25')"


def test_a_scale_survives_pickling():
    scale = InitScale("1e-1000000")
    copy = pickle.loads(pickle.dumps(scale))  # noqa: S301  our own bytes
    assert (copy, copy.text, copy.log_inverse) == (scale, scale.text, scale.log_inverse)


def test_a_scale_cannot_be_changed():
    scale = InitScale("1e-8")
    with pytest.raises(AttributeError, match="immutable: text cannot be set"):
        scale.text = "1e-9"
    with pytest.raises(AttributeError, match="immutable: log_inverse cannot be deleted"):
        del scale.log_inverse
    with pytest.raises(AttributeError, match="immutable"):
        scale.alpha = 0.1
