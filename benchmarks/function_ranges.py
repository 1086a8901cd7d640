"""Where each function of the ball evaluator is tried, and what mpmath says it is there: for tests and benchmarks.

SymPy's definitions, written out in mpmath's functions by hand: an oracle that shares no code with the evaluator.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import mpmath as mp
import sympy

from agf_theory.closed_form.carlson import CarlsonRF

Draw = Callable[[Random], Fraction]


class Trial(NamedTuple):
    """A function of SymPy, how its arguments are drawn, and its value in mpmath."""

    name: str
    function: Callable[..., Any]
    draws: tuple[Draw, ...]
    oracle: Callable[..., Any]


def between(low: float, high: float) -> Draw:
    """Rationals of moderate size, some of them near an end."""
    start, width = Fraction(low), Fraction(high) - Fraction(low)

    def draw(random: Random) -> Fraction:
        part = Fraction(random.randint(1, 10**6 - 1), 10**6)
        if random.random() < 0.1:
            part = Fraction(1, 10 ** random.randint(7, 15))
            part = part if random.random() < 0.5 else 1 - part
        return start + width * part

    return draw


def scale(largest: int, *, signed: bool = True) -> Draw:
    """Rationals from 10**-largest to 10**largest."""

    def draw(random: Random) -> Fraction:
        size = Fraction(random.randint(10**5, 10**6), 10**6) * Fraction(10) ** random.randint(-largest, largest)
        return -size if signed and random.random() < 0.5 else size

    return draw


def whole(low: int, high: int) -> Draw:
    """Integers."""
    return lambda random: Fraction(random.randint(low, high))


def either(*draws: Draw) -> Draw:
    """One of several."""
    return lambda random: random.choice(draws)(random)


REAL, POSITIVE, MODERATE, UNIT = scale(20), scale(20, signed=False), scale(2), between(-1, 1)
SMALL, BEYOND = scale(1, signed=False), either(lambda r: 1 + scale(8, signed=False)(r), lambda r: -1 - POSITIVE(r))
NOT_WHOLE = lambda random: Fraction(2 * random.randint(-40, 40) + 1, 2) + Fraction(random.randint(-40, 40), 101)  # noqa: E731
ORDER = either(whole(0, 6), between(0, 6))


def _power(base: Any, exponent: Any) -> Any:
    return mp.mpf(1) if exponent == 0 else mp.power(base, exponent)


TRIALS: tuple[Trial, ...] = (
    Trial("x + y", lambda x, y: x + y, (REAL, REAL), lambda x, y: x + y),
    Trial("x*y", lambda x, y: x * y, (REAL, REAL), lambda x, y: x * y),
    Trial("x**y", lambda x, y: x**y, (POSITIVE, MODERATE), _power),
    Trial("x**n", lambda x, n: x**n, (REAL, whole(-30, 30)), _power),
    Trial("sqrt", sympy.sqrt, (POSITIVE,), mp.sqrt),
    Trial("root 3", sympy.cbrt, (POSITIVE,), mp.cbrt),
    Trial("exp", sympy.exp, (REAL,), mp.exp),
    Trial("log", sympy.log, (POSITIVE,), mp.log),
    Trial("log(1 + x)", lambda x: sympy.log(1 + x), (POSITIVE,), mp.log1p),
    Trial("log(x, y)", lambda x, y: sympy.log(x, y, evaluate=False), (POSITIVE, between(2, 9)), mp.log),
    Trial("sin", sympy.sin, (REAL,), mp.sin),
    Trial("cos", sympy.cos, (REAL,), mp.cos),
    Trial("tan", sympy.tan, (REAL,), mp.tan),
    Trial("cot", sympy.cot, (REAL,), mp.cot),
    Trial("sec", sympy.sec, (REAL,), mp.sec),
    Trial("csc", sympy.csc, (REAL,), mp.csc),
    Trial("sinc", sympy.sinc, (REAL,), mp.sinc),
    Trial("asin", sympy.asin, (UNIT,), mp.asin),
    Trial("acos", sympy.acos, (UNIT,), mp.acos),
    Trial("atan", sympy.atan, (REAL,), mp.atan),
    Trial("acot", sympy.acot, (REAL,), lambda x: mp.atan(1 / x)),
    Trial("asec", sympy.asec, (BEYOND,), lambda x: mp.acos(1 / x)),
    Trial("acsc", sympy.acsc, (BEYOND,), lambda x: mp.asin(1 / x)),
    Trial("atan2", sympy.atan2, (REAL, REAL), mp.atan2),
    Trial("sinh", sympy.sinh, (REAL,), mp.sinh),
    Trial("cosh", sympy.cosh, (REAL,), mp.cosh),
    Trial("tanh", sympy.tanh, (scale(3),), mp.tanh),
    Trial("coth", sympy.coth, (scale(3),), lambda x: 1 / mp.tanh(x)),
    Trial("sech", sympy.sech, (REAL,), lambda x: 1 / mp.cosh(x)),
    Trial("csch", sympy.csch, (REAL,), lambda x: 1 / mp.sinh(x)),
    Trial("asinh", sympy.asinh, (REAL,), mp.asinh),
    Trial("acosh", sympy.acosh, (lambda r: 1 + POSITIVE(r),), mp.acosh),
    Trial("atanh", sympy.atanh, (UNIT,), mp.atanh),
    Trial("acoth", sympy.acoth, (BEYOND,), lambda x: mp.atanh(1 / x)),
    Trial("asech", sympy.asech, (between(0, 1),), lambda x: mp.acosh(1 / x)),
    Trial("acsch", sympy.acsch, (REAL,), lambda x: mp.asinh(1 / x)),
    Trial("Abs", sympy.Abs, (REAL,), abs),
    Trial("sign", sympy.sign, (REAL,), mp.sign),
    Trial("Heaviside", sympy.Heaviside, (REAL,), lambda x: mp.mpf(x > 0)),
    Trial("Max", sympy.Max, (REAL, REAL), max),
    Trial("Min", sympy.Min, (REAL, REAL), min),
    Trial("floor", sympy.floor, (scale(6),), mp.floor),
    Trial("ceiling", sympy.ceiling, (scale(6),), mp.ceil),
    Trial(
        "Piecewise",
        lambda x, y: sympy.Piecewise((x, x < y), (y**2, True)),
        (REAL, REAL),
        lambda x, y: x if x < y else y**2,
    ),
    Trial("gamma", sympy.gamma, (NOT_WHOLE,), mp.gamma),
    Trial("loggamma", sympy.loggamma, (POSITIVE,), mp.loggamma),
    Trial("digamma", sympy.digamma, (POSITIVE,), mp.digamma),
    Trial("polygamma", sympy.polygamma, (whole(1, 4), SMALL), lambda n, x: mp.polygamma(int(n), x)),
    Trial("harmonic", sympy.harmonic, (SMALL,), mp.harmonic),
    Trial("factorial", sympy.factorial, (SMALL,), mp.factorial),
    Trial("binomial(n, k)", sympy.binomial, (MODERATE, whole(0, 8)), mp.binomial),
    Trial("binomial(x, y)", sympy.binomial, (lambda r: 8 + SMALL(r), between(0, 8)), mp.binomial),
    Trial("rising", sympy.RisingFactorial, (SMALL, SMALL), mp.rf),
    Trial("falling", sympy.FallingFactorial, (lambda r: 10 + SMALL(r), SMALL), mp.ff),
    Trial("beta", sympy.beta, (SMALL, SMALL), mp.beta),
    Trial("uppergamma", sympy.uppergamma, (SMALL, SMALL), lambda s, x: mp.gammainc(s, x)),
    Trial("lowergamma", sympy.lowergamma, (SMALL, SMALL), lambda s, x: mp.gammainc(s, 0, x)),
    Trial("erf", sympy.erf, (scale(1),), mp.erf),
    Trial("erfc", sympy.erfc, (scale(1),), mp.erfc),
    Trial("erfi", sympy.erfi, (scale(1),), mp.erfi),
    Trial("erfinv", sympy.erfinv, (between(-0.99, 0.99),), mp.erfinv),
    Trial("erfcinv", sympy.erfcinv, (between(0.01, 1.99),), lambda x: mp.erfinv(1 - x)),
    Trial("fresnels", sympy.fresnels, (scale(1),), mp.fresnels),
    Trial("fresnelc", sympy.fresnelc, (scale(1),), mp.fresnelc),
    Trial("Ei", sympy.Ei, (scale(1),), mp.ei),
    Trial("expint", sympy.expint, (ORDER, SMALL), mp.expint),
    Trial("li", sympy.li, (lambda r: 1 + SMALL(r),), mp.li),
    Trial("Si", sympy.Si, (scale(1),), mp.si),
    Trial("Ci", sympy.Ci, (SMALL,), mp.ci),
    Trial("Shi", sympy.Shi, (scale(1),), mp.shi),
    Trial("Chi", sympy.Chi, (SMALL,), mp.chi),
    Trial("LambertW 0", sympy.LambertW, (lambda r: Fraction(-1, 3) + POSITIVE(r),), mp.lambertw),
    Trial("LambertW -1", lambda x: sympy.LambertW(x, -1), (between(-0.36, 0),), lambda x: mp.lambertw(x, -1)),
    Trial("besselj", sympy.besselj, (ORDER, SMALL), mp.besselj),
    Trial("bessely", sympy.bessely, (ORDER, SMALL), mp.bessely),
    Trial("besseli", sympy.besseli, (ORDER, SMALL), mp.besseli),
    Trial("besselk", sympy.besselk, (ORDER, SMALL), mp.besselk),
    Trial("airyai", sympy.airyai, (scale(1),), mp.airyai),
    Trial("airybi", sympy.airybi, (scale(1),), mp.airybi),
    Trial("airyaiprime", sympy.airyaiprime, (scale(1),), lambda x: mp.airyai(x, derivative=1)),
    Trial("airybiprime", sympy.airybiprime, (scale(1),), lambda x: mp.airybi(x, derivative=1)),
    Trial("elliptic_k", sympy.elliptic_k, (between(-9, 1),), mp.ellipk),
    Trial("elliptic_e", sympy.elliptic_e, (between(-9, 1),), mp.ellipe),
    Trial("elliptic_f", sympy.elliptic_f, (between(-7, 7), between(-3, 0.99)), mp.ellipf),
    Trial("elliptic_e inc.", sympy.elliptic_e, (between(-7, 7), between(-3, 0.99)), mp.ellipe),
    Trial("elliptic_pi", sympy.elliptic_pi, (between(-3, 0.99), between(-3, 0.99)), mp.ellippi),
    Trial(
        "elliptic_pi inc.",
        sympy.elliptic_pi,
        (between(-3, 0.99), between(-1.5, 1.5), between(-3, 0.99)),
        lambda n, z, m: mp.ellippi(n, z, m),
    ),
    Trial("carlson_rf", CarlsonRF, (scale(9, signed=False),) * 3, mp.elliprf),
    Trial(
        "hyper 2F1",
        lambda a, b, c, x: sympy.hyper([a, b], [c], x),
        (SMALL, SMALL, SMALL, between(-3, 0.9)),
        mp.hyp2f1,
    ),
    Trial("hyper 1F1", lambda a, b, x: sympy.hyper([a], [b], x), (SMALL, SMALL, scale(1)), mp.hyp1f1),
    Trial("hyper 0F1", lambda a, x: sympy.hyper([], [a], x), (SMALL, scale(1)), mp.hyp0f1),
    Trial(
        "hyper 2F2",
        lambda a, b, c, d, x: sympy.hyper([a, b], [c, d], x),
        (SMALL, SMALL, SMALL, SMALL, scale(1)),
        mp.hyp2f2,
    ),
    Trial("polylog", sympy.polylog, (ORDER, between(-0.7, 0.7)), mp.polylog),
    Trial("polylog, whole order", sympy.polylog, (whole(1, 5), between(-3, 0.95)), mp.polylog),
    Trial("zeta", sympy.zeta, (lambda r: Fraction(11, 10) + SMALL(r),), mp.zeta),
    Trial("zeta(s, a)", sympy.zeta, (lambda r: Fraction(11, 10) + SMALL(r), SMALL), mp.zeta),
    Trial("dirichlet_eta", sympy.dirichlet_eta, (SMALL,), mp.altzeta),
)
