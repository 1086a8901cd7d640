"""SymPy evaluates while it builds; here it is asked first how large the result may become.

``2**(10**9)`` is a billion digits before anybody asked for them, the square root of a thousand-digit integer is
factored, and ``exp(10**300*log(1 + 10**-300))`` is a power of a rational whose value is close to e. Every node that
comes from a person's text or numbers is therefore built through `built`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Add, Basic, Expr, Mul, Pow, Rational
from sympy.core.function import FunctionClass

from agf_theory.closed_form.balls import ball_at
from agf_theory.errors import InputError

__all__ = ["FORMULA_LIMITS", "TEXT_LIMITS", "Limits", "built", "digits_of", "largest_integer", "require_moderate"]


@dataclass(frozen=True)
class Limits:
    """How large the integers and powers inside an expression may be.

    Attributes
    ----------
    bits : int
        Of any integer: 2**16 bits are 19728 digits, which arithmetic handles in microseconds.
    significant_bits : int
        Of an integer without its factors 2 and 5. SymPy tests integers for primality and factors those under a root;
        a power of ten costs it nothing, an odd integer of 1200 digits half a second, one of 4000 digits 15 seconds.
    degree : int
        Of a polynomial in symbols. SymPy isolates the roots of one to learn its sign: x**16 - x - 7 takes a second,
        x**400 - x - 7 twelve, and the memory for x**(10**12) + 1 is not there.
    """

    bits: int
    significant_bits: int
    degree: int


TEXT_LIMITS = Limits(bits=2**16, significant_bits=1000, degree=16)
"""For expressions from people: 300 significant digits, and a hundred roots of such integers still take two seconds."""

FORMULA_LIMITS = Limits(bits=2**16, significant_bits=4200, degree=100)
"""For numbers put into a formula, which has few roots: 1 + alpha**4 at alpha = 1e-300 is within them."""

_MOST_FACTORS = 500  # gamma and binomial multiply that many integers; the product has at most about a thousand digits
_FACTORIALS = (sympy.gamma, sympy.binomial, sympy.factorial)
_INVERSES = tuple(getattr(sympy, name) for name in ("asinh", "acosh", "atanh", "acoth", "asin", "acos", "atan", "acot"))
_HARMLESS = (sympy.exp, sympy.log, sympy.Abs, sympy.sign, sympy.Max, sympy.Min)
# What SymPy is known to raise on arguments it did not foresee, asin(sin(10**3000)) among them.
_GIVES_UP = (ArithmeticError, AttributeError, LookupError, NotImplementedError, RecursionError, TypeError, ValueError)


def built(function: Callable[..., Any], *arguments: Any, limits: Limits) -> Any:
    """The value of ``function(*arguments)``, once it is clear that SymPy evaluates it in moderate time and memory.

    Parameters
    ----------
    function : SymPy class
        Add, Mul, Pow, a function, or any other node that is rebuilt from its arguments.
    *arguments : SymPy expressions
        Built in the same way.

    Raises
    ------
    InputError
        If integers in the result may exceed the limits, or SymPy cannot build it.

    Examples
    --------
    >>> built(Pow, sympy.Integer(2), sympy.Integer(10), limits=TEXT_LIMITS)
    1024
    >>> built(Pow, sympy.Integer(2), sympy.Integer(10) ** 9, limits=TEXT_LIMITS)
    Traceback (most recent call last):
        ...
    agf_theory.errors.InputError: a power with at most 19728 digits is required, got one of up to 602060001 digits
    """
    _foresee(function, arguments, limits)
    if function not in (Mul, Pow):  # of those alone SymPy knows the sign without looking for roots
        _require_low_degree(arguments, limits)
    try:
        result = function(*arguments)
    except _GIVES_UP as error:
        name = getattr(function, "__name__", "expression")
        raise InputError(f"{name}: SymPy cannot build it from these arguments ({type(error).__name__})") from None
    require_moderate(result, limits)
    return result


def require_moderate(expression: Basic, limits: Limits) -> None:
    """Raise `InputError` if an integer in the expression exceeds the limits."""
    for number in expression.atoms(Rational):
        for integer in (abs(int(number.p)), int(number.q)):
            if integer.bit_length() > limits.bits:
                raise InputError(_too_long("an integer", limits.bits, integer.bit_length()))
            if integer.bit_length() > limits.significant_bits:
                significant = _without_twos_and_fives(integer).bit_length()
                if significant > limits.significant_bits:
                    raise InputError(_too_long("an integer", limits.significant_bits, significant, "significant "))


def largest_integer(expression: Basic) -> int:
    """Bits of the largest numerator or denominator in an expression, 0 if there is none."""
    return max((max(_bits(n.p), _bits(n.q)) for n in expression.atoms(Rational)), default=0)


def digits_of(bits: int) -> int:
    """Decimal digits of an integer of so many bits, one too many at most."""
    return int(bits * 30103 // 100000) + 1


def _foresee(function: Any, arguments: tuple[Any, ...], limits: Limits) -> None:
    if function is Pow:
        _foresee_power(arguments[0], arguments[1], limits)
    elif function is Mul:
        _foresee_product(arguments, limits)
    elif function is sympy.exp:
        _foresee_logarithms(arguments[0], limits)
    elif function in _FACTORIALS:
        _require_below(arguments, function)
    elif isinstance(function, FunctionClass) and function not in _HARMLESS:
        for argument in arguments:
            # cosh(asinh(x)) becomes sqrt(1 + x**2), and what is under the root is factored.
            bits = _collapsed_bits(argument) if argument.has(*_INVERSES) else 0
            if bits > limits.significant_bits:
                raise InputError(_too_long(f"an argument of {function.__name__}", limits.significant_bits, bits))


def _require_low_degree(arguments: Iterable[Any], limits: Limits) -> None:
    for argument in arguments:
        if (degree := _degree(argument)) > limits.degree:
            shown = str(degree) if degree < 10**12 else "far more"
            raise InputError(f"a polynomial of degree at most {limits.degree} is required here, got {shown}")


def _foresee_power(base: Any, exponent: Any, limits: Limits) -> None:
    inside = _collapsed_bits(base)
    bits = inside * _size(exponent)
    if bits > limits.bits:
        raise InputError(_too_long("a power", limits.bits, bits))
    if not exponent.is_Integer:
        _require_factored(_significant_bits(base), limits)
    _foresee_logarithms(exponent, limits)


def _foresee_product(factors: Iterable[Any], limits: Limits) -> None:
    """Roots of one integer are put together: 2**(1/101)*2**(1/103) is a 10403rd root of a power of two."""
    denominator, inside, significant = 1, 0, 0
    for factor in Mul.make_args(Mul(*factors, evaluate=False)):
        for part in Mul.make_args(factor):
            if isinstance(part, Pow) and isinstance(part.exp, Rational) and not part.exp.is_Integer:
                denominator = math.lcm(denominator, int(part.exp.q))
                inside += _collapsed_bits(part.base)
                significant += _significant_bits(part.base)
    if (bits := inside * denominator) > limits.bits:
        raise InputError(_too_long("a root of a power", limits.bits, bits))
    _require_factored(significant, limits)


def _foresee_logarithms(exponent: Any, limits: Limits) -> None:
    """An exponent c*log(r) makes the power r**c of it, also where c is huge, r next to one, and the value moderate."""
    inside = sum(_collapsed_bits(node.args[0]) for node in exponent.atoms(sympy.log))
    if inside and (bits := inside * _spread(exponent)) > limits.bits:
        raise InputError(_too_long("a power", limits.bits, bits))


def _require_below(arguments: Iterable[Any], function: Any) -> None:
    for argument in arguments:
        if argument.is_number and _size(argument) > _MOST_FACTORS:
            raise InputError(
                f"{function.__name__}: an argument of at most {_MOST_FACTORS} in size is required, got a larger one"
            )


def _collapsed_bits(node: Any) -> int:
    """Bits that the integers in an expression have if every power is multiplied out; never too few."""
    if isinstance(node, Rational):
        return 0 if abs(node.p) == node.q == 1 else max(_bits(node.p), _bits(node.q))
    if isinstance(node, Pow):
        return _collapsed_bits(node.base) * _size(node.exp) + _collapsed_bits(node.exp)
    return sum(_collapsed_bits(argument) for argument in node.args if isinstance(argument, Basic))


def _degree(node: Any) -> int:
    """Degree as a polynomial in symbols and functions of them, powers in denominators counted like others.

    SymPy takes x**(n - y) apart into x**n and x**-y, and x**(n*y) is a power of x**y to it.
    """
    if isinstance(node, Pow):
        sizes = (abs(int(term.as_coeff_Mul(rational=True)[0])) for term in Add.make_args(node.exp))
        return max(_degree(node.base), int(bool(node.exp.free_symbols))) * sum(sizes)
    if isinstance(node, Mul):
        return sum(map(_degree, node.args))
    if isinstance(node, Add):
        return max(map(_degree, node.args))
    return 1 if node.free_symbols else 0


def _size(node: Any) -> int:
    """An integer no smaller than one and the absolute value, of a fraction also its denominator; one with symbols."""
    if isinstance(node, Rational):
        return max(abs(int(node.p)), int(node.q))  # 2**(p/q) is found by way of 2**p and 2**q
    if isinstance(node, (Add, Mul)) and node.free_symbols:  # the numbers in it can be taken out of an exponent
        sizes = [_size(part) for part in node.args]
        return sum(sizes) if isinstance(node, Add) else math.prod(sizes)
    if node.free_symbols or not isinstance(node, Expr):
        return 1
    ball = abs(ball_at(node, {}, 64))
    if not ball.is_finite():
        raise InputError("a finite real number is required, got one that could not be bounded")
    mantissa, exponent = ball.upper().man_exp()
    return int(2 ** max(0, min(int(mantissa).bit_length() + int(exponent), 2**20)))


def _spread(node: Any) -> int:
    """A bound of the number that stands before a logarithm in a sum of products."""
    if isinstance(node, Add):
        return max(_spread(term) for term in node.args)
    if isinstance(node, Mul):
        product = 1
        for factor in node.args:
            product *= _spread(factor)
        return product
    return 1 if isinstance(node, sympy.log) else _size(node)


def _significant_bits(node: Any) -> int:
    """Bits of the integers in an expression, all multiplied, without their factors 2 and 5."""
    parts = (abs(int(part)) for number in node.atoms(Rational) for part in (number.p, number.q))
    return sum(_without_twos_and_fives(part).bit_length() for part in parts if part > 1)


def _require_factored(significant: int, limits: Limits) -> None:
    if significant > limits.significant_bits:
        raise InputError(_too_long("a root of an integer", limits.significant_bits, significant, "significant "))


def _without_twos_and_fives(integer: int) -> int:
    """Divided out by squares of squares: the powers of ten here have up to twenty thousand digits."""
    if integer == 0:
        return 0
    integer >>= (integer & -integer).bit_length() - 1
    powers = [5]
    while powers[-1] <= integer:
        powers.append(powers[-1] ** 2)
    for power in reversed(powers):
        if integer % power == 0:
            integer //= power
    return integer


def _bits(integer: Any) -> int:
    return abs(int(integer)).bit_length()


def _too_long(what: str, most: int, bits: int, kind: str = "") -> str:
    shown = f"up to {digits_of(bits)}" if bits < 2**60 else "far more"
    return f"{what} with at most {digits_of(most) - 1} {kind}digits is required, got one of {shown} digits"
