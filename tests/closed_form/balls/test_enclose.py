from fractions import Fraction

import pytest
from flint import arb, ctx, fmpq
from sympy import (
    Abs,
    And,
    Catalan,
    Eq,
    EulerGamma,
    Float,
    Function,
    GoldenRatio,
    Heaviside,
    I,
    Integral,
    LambertW,
    Matrix,
    Not,
    Or,
    Piecewise,
    Product,
    Rational,
    Sum,
    Symbol,
    Tuple,
    acosh,
    acot,
    asinh,
    atan2,
    atanh,
    binomial,
    cosh,
    csch,
    elliptic_k,
    exp,
    expint,
    factorial,
    floor,
    gamma,
    hyper,
    log,
    oo,
    polylog,
    sech,
    sign,
    sin,
    sinh,
    sqrt,
    subfactorial,
    tanh,
    zeta,
)

from agf_theory.closed_form.balls import ball_value, enclose, enclose_entries
from agf_theory.errors import HypothesisNotMet, InputError, UndecidedError
from agf_theory.problems import InitScale

x, y = Symbol("x"), Symbol("y")
HUGE = 10**20


def shown(expression, values=None, digits=15):
    return enclose(expression, values, digits=digits).certified.str(digits, radius=False)


@pytest.mark.parametrize(
    ("expression", "at", "value"),
    [
        (log(cosh(x)), HUGE, "1.00000000000000e+20"),
        (log(1 + exp(x)), HUGE, "1.00000000000000e+20"),
        (log(1 + exp(-x)), HUGE, "7.71095392911672e-43429448190325182766"),
        (tanh(x), HUGE, "1.00000000000000"),
        (cosh(x + 1) / cosh(x), HUGE, "2.71828182845905"),
        (sqrt(x**2 + 1) - x, HUGE, "5.00000000000000e-21"),
        (acosh(x), 10**400, "921.727184378178"),
        (log(cosh(exp(x))), 100, "2.68811714181614e+43"),
        (log(-sinh(-exp(exp(x)))), 6, "1.61027056677937e+175"),
        (asinh(-exp(exp(exp(x)))), 10, "-9.38751221858359e+9565"),
        (acosh(cosh(exp(exp(x)))), 10, "9.38751221858359e+9565"),
        (tanh(exp(exp(exp(x)))), 10, "1.00000000000000"),
        (sech(exp(exp(x))) * exp(exp(exp(x))), 10, "2.00000000000000"),
        (csch(exp(exp(x))) * exp(exp(exp(x))), 10, "2.00000000000000"),
        (gamma(exp(x) + 2) / factorial(exp(x)), 1000, "1.97007111401705e+434"),
        (sqrt(exp(exp(exp(x)))) / exp(exp(exp(x)) / 2), 10, "1.00000000000000"),
    ],
    ids=str,
)
def test_nothing_overflows_where_the_mathematics_does_not(expression, at, value):
    assert shown(expression, {x: at}) == value


def test_what_is_rational_is_exact_and_a_zero_only_then():
    assert enclose(x / 3 + x**2 - Rational(4, 9), {x: Fraction(1, 3)}, digits=5).exact == fmpq(-2, 9)
    assert enclose(sin(x) * 0 + x - 1, {x: 1}, digits=5).exact == 0
    with pytest.raises(UndecidedError, match="it may be zero, which balls cannot show"):
        enclose(cosh(x) ** 2 - sinh(x) ** 2 - 1, {x: 1}, digits=5, most=500)


@pytest.mark.parametrize(
    ("expression", "at"),
    [
        (log(x), 0),
        (log(x), -1),
        (acosh(x), Fraction(1, 2)),
        (sqrt(x), -1),
        (x ** Rational(1, 3), -8),
        (1 / (x - 1), 1),
        (x ** sqrt(2), -2),
        (atanh(x), 1),
        (x ** (-sqrt(2)), 0),
        (elliptic_k(x), 2),
        (polylog(2, x), 2),
        (zeta(x), 1),
        (zeta(x, 2 * x), -1),
        (LambertW(x), -1),
        (LambertW(x, -1), 1),
        (LambertW(x, 3), 1),
        (hyper([1, 1, 1], [2], x), 1),
        (hyper([1, 2], [3], x), 2),
        (expint(1, x), -1),
        (binomial(x, x / 3), -10),
        (atan2(x, x), 0),
    ],
    ids=str,
)
def test_what_has_no_real_value_is_refused_and_never_a_finite_ball(expression, at):
    assert not ball_value(expression, {x: at}).is_finite()
    if expression.func is not type(x ** sqrt(2)) or at == 0 or expression.exp.is_Rational:
        with pytest.raises(HypothesisNotMet, match="no real value for"):
            enclose(expression, {x: at}, digits=5)


def test_a_number_too_long_to_be_written_is_refused_in_a_short_line():
    with pytest.raises(HypothesisNotMet, match="no real value for acosh of numbers too long to be written") as caught:
        enclose(acosh(x - Rational(1, 10**5000)), {x: 1}, digits=5)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("function", [log, acosh, sqrt, atanh, lambda z: 1 / z, elliptic_k, lambda z: zeta(z), acot])
def test_a_ball_across_the_edge_of_the_domain_has_no_finite_ball(function):
    for edge in (0, 1):
        across = arb(edge, 0.25)
        ball = ball_value(function(x), {x: across})
        assert not ball.is_finite() or ball_value(function(x), {x: Fraction(edge) + Fraction(1, 5)}).overlaps(ball)
    ball = ball_value(log(x), {x: arb(0.1, 0.2)})
    assert not ball.is_finite()
    with pytest.raises(UndecidedError, match="no finite ball"):
        enclose(log(x), {x: arb(0.1, 0.2)}, digits=3)


def test_powers_of_zero_are_those_of_sympy():
    assert shown(x**y, {x: 0, y: 0}) == "1.00000000000000"
    assert enclose(x**y, {x: 0, y: 2}, digits=3).exact == 0
    assert enclose(x ** sqrt(2), {x: 0}, digits=3).exact == 0
    assert enclose((-1 + 0 * x) ** y, {y: 10**30 + 1}, digits=3).exact == -1
    assert shown(x ** Rational(2, 3), {x: 27}) == "9.00000000000000"
    assert shown(x ** Rational(1, 101), {x: 2}) == "1.00688644664575"


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        (x + y, "no ball for y: a value for this symbol is required"),
        (Function("f")(x), "f is an undefined function"),
        (subfactorial(x), "subfactorial is not in the list"),
        (x * I, "no ball for I: it is no real number"),
        (x + oo, "no ball for oo"),
        (Integral(sin(x * y**2), (y, 0, x)), "Integral is not in the list"),
        (Sum(y, (y, 1, x + Rational(1, 2))), "must be integers, known exactly"),
        (Sum(y, (y, 1, 10**6)), "at most 10000 terms"),
        (Sum(y, (y, 5, 1)), "runs backwards"),
        (Sum(x * y, (x, 1, 2), (y, 1, 2)), "one range with two ends"),
    ],
    ids=str,
)
def test_what_is_outside_the_closed_list_is_refused_by_name(expression, reason):
    with pytest.raises(UndecidedError, match=reason):
        enclose(expression, {x: 1}, digits=3)


@pytest.mark.parametrize(("expression", "values"), [(x + Float(0.5), {x: 1}), (x, {x: 0.5}), (x - Float(-2), {x: 1})])
def test_a_float_taints_and_nothing_tainted_is_certified(expression, values):
    found = enclose(expression, values, digits=3)
    assert found.tainted
    with pytest.raises(UndecidedError, match=r"a float .* promises too much"):
        _ = found.certified
    with pytest.raises(UndecidedError, match="promises too much"):
        ball_value(expression, values)


def test_values_of_every_kind():
    tiny = InitScale("1e-100000")
    assert shown(log(1 / x), {x: tiny}, 10) == "230258.5093"
    assert shown(x * y, {x: fmpq(1, 3), y: sqrt(2)}, 5) == "0.47140"
    assert shown(x, {x: arb(2)}, 3) == "2.00"
    for wrong, match in ((True, "must be an int"), ("1", "must be an int"), (float("inf"), "must be finite")):
        with pytest.raises(InputError, match=match):
            enclose(x, {x: wrong}, digits=3)


def test_conditions_decide_branches_and_open_ones_give_the_union():
    steps = Piecewise((1, x < 0), (2, Eq(x, 0)), (3, And(x > 0, x <= 1)), (4, Or(x > 2, Not(x >= Rational(3, 2)))))
    for at, value in ((-1, 1), (0, 2), (1, 3), (Fraction(5, 4), 4), (3, 4)):
        assert enclose(steps, {x: at}, digits=3).exact == value
    with pytest.raises(UndecidedError, match="no finite ball"):
        enclose(steps, {x: Fraction(7, 4)}, digits=3)
    union = ball_value(Piecewise((1, x < 0), (3, True)), {x: arb(0, 1)})
    assert union.contains(1)
    assert union.contains(3)
    assert shown(Piecewise((1, x < sqrt(2)), (2, True)), {x: Fraction(14142135623, 10**10)}) == "1.00000000000000"
    with pytest.raises(UndecidedError, match="no condition that is decided"):
        enclose(Piecewise((1, Symbol("b", bool=True)), (2, True), evaluate=False), {}, digits=2)


def test_steps_at_their_edges():
    assert enclose(Heaviside(x), {x: 0}, digits=3).exact == fmpq(1, 2)
    assert enclose(sign(x), {x: 0}, digits=3).exact == 0
    assert enclose(Abs(x), {x: -3}, digits=3).exact == 3
    assert ball_value(Heaviside(x), {x: arb(0, 1)}).contains(1)
    assert shown(acot(x), {x: 0}, 5) == "1.5708"
    with pytest.raises(UndecidedError, match="digits = 3 required"):
        enclose(floor(log(x) / log(2)), {x: 8}, digits=3, most=300)


def test_constants_sums_and_products():
    assert shown(EulerGamma + Catalan + GoldenRatio, {}, 10) == "3.111215248"
    assert enclose(Sum(1 / y, (y, 1, x)), {x: 4}, digits=3).exact == fmpq(25, 12)
    assert enclose(Product(y, (y, 1, x)), {x: 5}, digits=3).exact == 120
    assert enclose(binomial(x, 2), {x: Fraction(1, 2)}, digits=3).exact == fmpq(-1, 8)
    assert enclose(binomial(x, -1, evaluate=False), {x: 5}, digits=3).exact == 0
    assert shown(hyper([], [], x), {x: 1}, 5) == "2.7183"


def test_the_width_is_the_one_asked_for_or_an_error_says_how_wide():
    with ctx.workprec(77):
        found = enclose(exp(x), {x: 50}, width=Fraction(1, 10**6))
        assert ctx.prec == 77
    assert 2 * found.ball.rad() < 1e-6
    with pytest.raises(UndecidedError, match=r"digits = 5 required, got the ball \[2e\+0"):
        enclose(x + 1, {x: arb(1, 0.5)}, digits=5)
    for wrong in ({}, {"digits": 3, "bits": 4}, {"width": 0}):
        with pytest.raises(InputError, match="one of digits, bits and width"):
            enclose(x, {x: 1}, **wrong)


def test_entries_of_matrices_and_tuples():
    assert [entry.exact for entry in enclose_entries(Tuple(x, x + 1), {x: 1}, digits=3)] == [1, 2]
    assert enclose_entries(Matrix([[x], [2 * x]]), {x: 1}, digits=3)[1][0].exact == 2
    with pytest.raises(InputError, match="an explicit matrix or a tuple"):
        enclose_entries(x, {x: 1}, digits=3)
