"""The independent checker of certificates: `python -m agf_theory.certificate_checker DIR`.

One file, standard library only, no import of the package it judges: copied anywhere, it runs by itself (hence its
length). Every statement is recomputed from the problem data in a certificate, in fractions; logarithms are enclosed by
rational bounds of its own, from a series with its remainder. Exit status: 0 every certificate is true; 1 one is false;
2 none is false, but one is malformed, or a folder holds none. The format is described in docs/certificates.md.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path
from typing import Any

__all__ = ["Malformed", "Untrue", "check_document", "check_file", "main"]

SCHEMA = "agf-certificates"
VERSION = 1

LARGEST_FILE = 64 * 1024 * 1024
MOST_ITEMS = 20_000
LONGEST_TEXT = 2_000
LONGEST_DIGITS = 4_000  # Python itself refuses to read integers of more than 4300 digits
LARGEST_SIZE = 5_000  # rows, columns, saddles
LARGEST_PATH = 2_000_000  # operations of one item: rows × columns², and (rows + columns) × columns × saddles
LARGEST_WORK = 3 * 10**13  # of one file: for each summand the square of the bits of the sum; about a minute
LARGEST_DEGREE = 12
LARGEST_DIMENSION = 6
LARGEST_FORM = 60  # variables of a quadratic form
LONGEST_SCALE_DIGITS = 400
WIDEST = Fraction(1, 10**30)  # a wider enclosure tells nothing
BITS = 320  # of the logarithms: ninety digits, against thirty that an enclosure must have

Vector = Sequence[Fraction]
Polynomial = dict[tuple[Any, ...], Fraction]


class Malformed(Exception):
    """Cannot be read as a certificate: another schema, a float, a missing field, too large."""


class Untrue(Exception):
    """A certificate that says something false."""


# ------------------------------------------------------------------------------------------------------ plain data


def _refuse_number(text: str) -> Any:
    raise Malformed(f"numbers are integers or texts 'p/q', got {text[:20]}")


def _short_integer(text: str) -> int:
    if len(text) > 20:
        raise Malformed(f"an integer of {len(text)} digits; long ones are texts")
    return int(text)


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entry = dict(pairs)
    if len(entry) != len(pairs):
        raise Malformed("a field occurs twice")
    return entry


def read(path: Path) -> Any:
    """The content of a file; `Malformed` if it is too large, no UTF-8, no JSON, or holds a float."""
    try:
        if path.exists() and not path.is_file():
            raise Malformed("a folder without certificates" if path.is_dir() else "no regular file")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise Malformed(f"{size} bytes; at most {LARGEST_FILE} are read")
        return json.loads(
            path.read_text(encoding="utf-8"),
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
            parse_int=_short_integer,
            object_pairs_hook=_distinct,
        )
    except OSError as error:
        raise Malformed(f"cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise Malformed(f"no JSON: {error}"[:200]) from None


def _fields(entry: Any, *names: str) -> list[Any]:
    """The values of exactly these fields, in this order."""
    if not isinstance(entry, dict):
        raise Malformed(f"an object with {', '.join(names)} is required, got {type(entry).__name__}")
    if set(entry) != set(names):
        odd = sorted(set(entry) ^ set(names))
        raise Malformed(f"missing or unknown fields: {', '.join(odd)[:100]}")
    return [entry[name] for name in names]


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise Malformed("a text of moderate length is required")
    return value


def _whole(value: Any, low: int, high: int) -> int:
    if type(value) is not int or not low <= value <= high:
        raise Malformed(f"an integer from {low} to {high} is required, got {str(value)[:20]}")
    return value


def _list(value: Any, length: int | None = None, *, most: int = LARGEST_SIZE) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise Malformed(f"a list of at most {most} entries is required")
    if length is not None and len(value) != length:
        raise Malformed(f"a list of {length} entries is required, got {len(value)}")
    return value


def _number(value: Any) -> Fraction:
    """A rational: the text "p/q" in lowest terms, or "p"."""
    if not isinstance(value, str) or not value.isascii() or not value.removeprefix("-").replace("/", "", 1).isdigit():
        raise Malformed(f"a number 'p/q' is required, got {str(value)[:20]!r}")
    top, slash, bottom = value.partition("/")
    if max(len(top), len(bottom)) > LONGEST_DIGITS:
        raise Malformed(f"a number of more than {LONGEST_DIGITS} digits")
    try:
        number = Fraction(int(top), int(bottom) if slash else 1)
    except (ValueError, ZeroDivisionError):
        raise Malformed(f"a number 'p/q' is required, got {value[:20]!r}") from None
    if str(number) != value:
        raise Malformed(f"a number in lowest terms is required, got {value[:20]!r}")
    return number


def _vector(value: Any, length: int | None = None) -> list[Fraction]:
    return [_number(entry) for entry in _list(value, length)]


def _interval(value: Any) -> tuple[Fraction, Fraction]:
    low, high = _vector(value, 2)
    if low > high:
        raise Malformed("the ends of an enclosure in the wrong order")
    return low, high


def _demand(holds: bool, what: str) -> None:
    if not holds:
        raise Untrue(what)


class _Work:
    """How much the sums of a file may still take: long numbers make a short file cost days."""

    def __init__(self) -> None:
        self.left = LARGEST_WORK

    def spend(self, total: Fraction) -> None:
        bits = max(total.numerator.bit_length(), total.denominator.bit_length())
        self.left -= (1000 + bits) ** 2  # short numbers too take their time
        if self.left < 0:
            raise Malformed("the numbers are too long for so many operations")


_work = _Work()  # of the file at hand


def _sum(terms: Iterable[Fraction]) -> Fraction:
    total = Fraction(0)
    for term in terms:
        total += term
        _work.spend(total)
    return total


# ---------------------------------------------------------------------------------------- paths of diagonal networks


class Problem:
    """The loss ‖Xβ − y‖²/(2n) of the data in an item."""

    def __init__(self, rows: Any, targets: Any) -> None:
        self.y = _vector(targets)
        self.n = len(self.y)
        self.X = [_vector(row) for row in _list(rows, self.n)]
        self.d = len(self.X[0]) if self.n else 0
        if not self.d or any(len(row) != self.d for row in self.X):
            raise Malformed("X needs rows of one length, at least one of them, and at least one column")
        if self.n * self.d * self.d > LARGEST_PATH:
            raise Malformed(f"a problem of {self.n} rows and {self.d} columns is too large")
        columns = list(zip(*self.X, strict=True))
        self._gram = [[_dot(a, b) for b in columns] for a in columns]
        self._linear = [_dot(a, self.y) for a in columns]
        self._constant = _dot(self.y, self.y)

    def gradient(self, beta: Vector) -> list[Fraction]:
        """Xᵀ(Xβ − y)/n."""
        return [(_dot(row, beta) - b) / self.n for row, b in zip(self._gram, self._linear, strict=True)]

    def loss(self, beta: Vector) -> Fraction:
        squared = _dot(beta, [_dot(row, beta) for row in self._gram]) - 2 * _dot(self._linear, beta) + self._constant
        return squared / (2 * self.n)


def _dot(left: Vector, right: Vector) -> Fraction:
    return _sum(a * b for a, b in zip(left, right, strict=True) if a and b)


class Saddle:
    """One entry of a path: when it is reached, the dual variable then, the coefficients, the loss."""

    def __init__(self, time: Fraction, dual: Vector, coefficients: Vector, loss: Fraction) -> None:
        self.time, self.dual, self.coefficients, self.loss = time, dual, coefficients, loss


def _path(problem: Problem, initial_loss: Any, entries: Any) -> list[Saddle]:
    """The origin and the saddles after it, each of them checked, with a vanishing gradient at the end."""
    zero = [Fraction(0)] * problem.d
    path = [Saddle(Fraction(0), zero, zero, _number(initial_loss))]
    if (problem.n + problem.d) * problem.d * len(_list(entries)) > LARGEST_PATH:
        raise Malformed(f"a path of {len(entries)} saddles is too long for its problem")
    for entry in entries:
        time, dual, coefficients, loss = _fields(entry, "time", "dual", "coefficients", "loss")
        d = problem.d
        path.append(Saddle(_number(time), _vector(dual, d), _vector(coefficients, d), _number(loss)))
    _demand(path[0].loss == problem.loss(zero), "the loss at the origin is another")
    drift = problem.gradient(zero)
    for k, (before, saddle) in enumerate(pairwise(path), start=1):
        drift = _check_jump(problem, before, saddle, drift, f"jump {k}")
    _demand(not any(drift), f"after jump {len(path) - 1} the gradient is not zero: no least-squares solution")
    return path


def _check_jump(problem: Problem, before: Saddle, saddle: Saddle, drift: Vector, where: str) -> list[Fraction]:
    """Drift, first hit and the sufficient conditions of the constrained minimum; returns the gradient there.

    The drift is linear and |s| ≤ 1 at both of its ends, so that no coordinate crossed its boundary on the way.
    """
    duration = saddle.time - before.time
    _demand(duration > 0, f"{where}: its time does not exceed the one before")
    _demand(saddle.loss == problem.loss(saddle.coefficients), f"{where}: the loss is another")
    _demand(saddle.loss < before.loss, f"{where}: the loss does not fall")
    arrived = any(abs(s) == 1 and g for s, g in zip(saddle.dual, drift, strict=True))
    _demand(arrived, f"{where}: no coordinate reaches its boundary")
    gradient = problem.gradient(saddle.coefficients)
    for i in range(problem.d):
        s, beta, g = saddle.dual[i], saddle.coefficients[i], gradient[i]
        at = f"{where}, coordinate {i}"
        _demand(s == before.dual[i] - duration * drift[i], f"{at}: the dual variable is not the drifted one")
        _demand(abs(s) <= 1, f"{at}: the dual variable is beyond its boundary")
        _demand(not beta or abs(s) == 1, f"{at}: active inside its boundary")
        _demand(s * beta >= 0, f"{at}: the coefficient has the wrong sign")
        _demand(not beta or not g, f"{at}: not stationary although active")
        _demand(abs(s) < 1 or s * g >= 0, f"{at}: the loss would fall by activating it")
    return gradient


def _check_limiting_path(item: Any) -> None:
    title, rows, targets, initial, saddles = _fields(item, "title", "X", "y", "initial_loss", "saddles")
    _text(title)
    _path(Problem(rows, targets), initial, saddles)


def _check_least_norm(item: Any) -> None:
    """The path, and Xᵀw = s with s a subgradient of ‖β‖₁: another solution β + ν has Xν = 0, hence no smaller norm."""
    names = ("title", "X", "y", "initial_loss", "saddles", "multiplier", "l1_norm")
    title, rows, targets, initial, saddles, multiplier, norm = _fields(item, *names)
    _text(title)
    problem = Problem(rows, targets)
    end = _path(problem, initial, saddles)[-1]
    w = _vector(multiplier, problem.n)
    for i, (column, s, beta) in enumerate(zip(zip(*problem.X, strict=True), end.dual, end.coefficients, strict=True)):
        _demand(_dot(column, w) == s, f"coordinate {i}: the multiplier does not give the dual variable")
        _demand(abs(s) <= 1 and s * beta == abs(beta), f"coordinate {i}: no subgradient of the l1 norm")
    _demand(_sum(map(abs, end.coefficients)) == _number(norm), "the l1 norm is another")


# ------------------------------------------------------------------------------------------------ rational enclosures


def _artanh(z: Fraction) -> tuple[Fraction, Fraction]:
    """Bounds of artanh z for 0 ≤ z ≤ 1/3: z + z³/3 + …, in integers over 2^BITS rounded down and up."""
    one = 1 << BITS
    low, high = z.numerator * one // z.denominator, -(-z.numerator * one // z.denominator)
    low_square, high_square = low * low // one, -(-high * high // one)
    low_sum, high_sum, k = 0, 0, 1
    while high > 1:
        low_sum, high_sum, k = low_sum + low // k, high_sum + -(-high // k), k + 2
        low, high = low * low_square // one, -(-high * high_square // one)
    # What is left is below 1 + 1/9 + 1/81 + … times the next power, which is at most one unit.
    return Fraction(low_sum, one), Fraction(high_sum + 2, one)


def logarithm(low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    """Bounds of log x for all x between two numbers, the smaller at least 1."""
    two = _artanh(Fraction(1, 3))  # log 2 = 2 artanh(1/3)

    def bounds(x: Fraction) -> tuple[Fraction, Fraction]:
        k = (x.numerator // x.denominator).bit_length() - 1
        rest = x / 2**k
        part = _artanh((rest - 1) / (rest + 1))
        return 2 * (k * two[0] + part[0]), 2 * (k * two[1] + part[1])

    return bounds(low)[0], bounds(high)[1]


def _arccosh(x: Fraction) -> tuple[Fraction, Fraction]:
    """Bounds of arccosh x = log(x + √(x² − 1)), x ≥ 1."""
    square = x * x - 1
    root = math.isqrt((square.numerator << 2 * BITS) // square.denominator)
    return logarithm(x + Fraction(root, 1 << BITS), x + Fraction(root + 1, 1 << BITS))


def _scale(alpha: Any, convention: Any) -> tuple[Fraction, Fraction]:
    """α and 1/(2m), where the norm starts at 2m: 2α² (paper) or α² (slides)."""
    if isinstance(alpha, str) and len(alpha) > LONGEST_SCALE_DIGITS:
        raise Malformed(f"an initialisation scale of more than {LONGEST_SCALE_DIGITS} digits")
    a = _number(alpha)
    if convention not in ("paper", "slides"):
        raise Malformed(f"a convention paper or slides is required, got {str(convention)[:20]!r}")
    _demand(0 < a < 1, "the initialisation scale is not between 0 and 1")
    start = (2 if convention == "paper" else 1) * a * a
    _demand(start < 1, "neurons do not start below norm one")
    return a, 1 / start


def _encloses(interval: Any, low: Fraction, high: Fraction, what: str) -> None:
    left, right = _interval(interval)
    _demand(right - left < WIDEST, f"{what}: the enclosure is too wide to tell anything")
    _demand(left <= low and high <= right, f"{what}: not enclosed")


def _check_rescaled_path(item: Any) -> None:
    """Jump times ρ t_k, ρ = arccosh(1/(2m))/(2 log(1/α)), and the saddles of the limiting path, all in enclosures.

    With all angles ρ log(1/α) s at one jump, a frozen residual moves them in a straight line to the next, where the
    first norm 2m cosh 2φ is one: |φ| = ρ log(1/α), that is |s| = 1, after ρ times the wait of the limiting path.
    """
    title, rows, targets, initial, saddles, runs = _fields(item, "title", "X", "y", "initial_loss", "saddles", "runs")
    _text(title)
    problem = Problem(rows, targets)
    path = _path(problem, initial, saddles)
    if not _list(runs, most=100):
        raise Malformed("no run at any initialisation scale")
    for run in runs:
        alpha, convention, jumps = _fields(run, "alpha", "convention", "jumps")
        a, threshold = _scale(alpha, convention)
        (top_low, top_high), (log_low, log_high) = _arccosh(threshold), logarithm(1 / a, 1 / a)
        low, high = top_low / (2 * log_high), top_high / (2 * log_low)
        where = f"α = {alpha}, {convention}"
        _demand(len(_list(jumps)) == len(path) - 1, f"{where}: another number of jumps")
        for k, (jump, saddle) in enumerate(zip(jumps, path[1:], strict=True), start=1):
            time, coefficients = _fields(jump, "time", "coefficients")
            _encloses(time, low * saddle.time, high * saddle.time, f"{where}, time of jump {k}")
            for interval, beta in zip(_list(coefficients, problem.d), saddle.coefficients, strict=True):
                _encloses(interval, beta, beta, f"{where}, saddle {k}")


def _check_dormant_jump(item: Any) -> None:
    """The angle φ_0 − η g t first meets |2φ| = arccosh(1/(2m)), where the norm 2m cosh 2φ is one, at this time."""
    names = ("partial_derivative", "angle", "eta", "alpha", "convention", "time")
    slope, angle, rate, alpha, convention, time = _fields(item, *names)
    g, phi, eta = _number(slope), _number(angle), _number(rate)
    _demand(g != 0 and eta > 0, "the partial derivative is not zero and η is positive")
    low, high = _arccosh(_scale(alpha, convention)[1])
    _demand(abs(2 * phi) < low, "the neuron does not start below norm one")
    start = 2 * phi if g < 0 else -2 * phi  # the angle moves towards the sign of −g
    speed = 2 * eta * abs(g)
    _encloses(time, (low - start) / speed, (high - start) / speed, "jump time")


# -------------------------------------------------------------------------------------- polynomials and sums of squares


def _terms(value: Any, dimension: int, *, symbols: bool = False) -> Polynomial:
    """A polynomial from its terms [coefficient, exponents], or [coefficient, symbol, exponents]."""
    polynomial: Polynomial = {}
    for term in _list(value):
        coefficient, *symbol, powers = _list(term, 3 if symbols else 2)
        exponents = tuple(_whole(power, 0, LARGEST_DEGREE) for power in _list(powers, dimension))
        key = (*map(_text, symbol), exponents)
        if key in polynomial or not _number(coefficient):
            raise Malformed("terms of a polynomial are distinct and not zero")
        polynomial[key] = _number(coefficient)
    return polynomial


def _combined(terms: Iterable[tuple[tuple[Any, ...], Fraction]]) -> Polynomial:
    total: Polynomial = {}
    for key, coefficient in terms:
        total[key] = total.get(key, Fraction(0)) + coefficient
        _work.spend(total[key])
    return {key: coefficient for key, coefficient in total.items() if coefficient}


def _times(left: Polynomial, right: Polynomial) -> Polynomial:
    return _combined(
        ((tuple(x + y for x, y in zip(a, b, strict=True)),), p * q)
        for (a,), p in left.items()
        for (b,), q in right.items()
    )


def _partial(polynomial: Polynomial, i: int) -> Polynomial:
    """The derivative in the i-th variable."""
    return _combined(
        ((*symbol, (*powers[:i], powers[i] - 1, *powers[i + 1 :])), powers[i] * coefficient)
        for (*symbol, powers), coefficient in polynomial.items()
        if powers[i]
    )


def _check_euler_identity(item: Any) -> None:
    """Σ θ_i ∂_i U = κ U and ∂_i U of degree κ − 1, for the polynomial U that has a symbol for every coefficient."""
    kappa, variables, utility, left, right = _fields(item, "degree", "dimension", "utility", "left", "right")
    degree, dimension = _whole(kappa, 1, LARGEST_DEGREE), _whole(variables, 1, LARGEST_DIMENSION)
    U = _terms(utility, dimension, symbols=True)
    monomials = {p for p in product(range(degree + 1), repeat=dimension) if sum(p) == degree}
    names = {symbol for symbol, _ in U}
    generic = len(names) == len(U) == len(monomials) and {powers for _, powers in U} == monomials
    _demand(generic and set(U.values()) == {1}, "not the general polynomial of its degree")
    raised = []
    for i in range(dimension):
        slope = _partial(U, i)
        _demand(all(sum(powers) == degree - 1 for _, powers in slope), "the gradient has another degree")
        raised += [((name, (*p[:i], p[i] + 1, *p[i + 1 :])), value) for (name, p), value in slope.items()]
    _demand(_combined(raised) == _terms(left, dimension, symbols=True), "the left side expands to another polynomial")
    scaled = {key: degree * value for key, value in U.items()}
    _demand(scaled == _terms(right, dimension, symbols=True), "the right side expands to another polynomial")
    _demand(_combined(raised) == scaled, "the two sides differ")


def _check_neuron(item: Any) -> None:
    """Value and gradient of a utility at θ and at a multiple of it: ⟨θ, ∇U⟩ = κ U and ∇U(xθ) = x^(κ − 1) ∇U(θ).

    The utility is homogeneous of degree κ as it is written: where it vanishes with its gradient, any κ would do.
    """
    names = ("degree", "utility", "theta", "value", "gradient", "scale", "scaled_gradient")
    kappa, utility, at, value, gradient, scale, scaled = _fields(item, *names)
    degree, theta = _whole(kappa, 1, LARGEST_DEGREE), _vector(at)
    x, claimed, slopes = _number(scale), _number(value), _vector(gradient, len(theta))
    _demand(x > 0 and x != 1 and any(theta), "a positive scale other than 1 and a neuron that is not zero are required")
    found, slope = _value_and_gradient(utility, theta, degree)
    _demand(found == claimed, "the utility has another value")
    _demand(slope == slopes, "the gradient is another")
    again = _value_and_gradient(utility, [x * t for t in theta], degree)[1]
    _demand(again == _vector(scaled, len(theta)), "the gradient at the scaled neuron is another")
    _demand(_dot(theta, slope) == degree * found, "Euler's identity fails")
    _demand(again == [x ** (degree - 1) * g for g in slope], "the gradient scales otherwise")


def _value_and_gradient(utility: Any, theta: Vector, degree: int) -> tuple[Fraction, list[Fraction]]:
    if isinstance(utility, dict) and "terms" in utility:
        if not 1 <= len(theta) <= LARGEST_DIMENSION:
            raise Malformed(f"a neuron has 1 to {LARGEST_DIMENSION} parameters, got {len(theta)}")
        U = _terms(_fields(utility, "terms")[0], len(theta))
        _demand(all(sum(powers) == degree for (powers,) in U), "the utility has a term of another degree")
        return _at(U, theta), [_at(_partial(U, i), theta) for i in range(len(theta))]
    return _rectified(utility, theta, degree)


def _at(polynomial: Polynomial, theta: Vector) -> Fraction:
    return _sum(c * math.prod(x**p for x, p in zip(theta, powers, strict=True)) for (powers,), c in polynomial.items())


def _rectified(utility: Any, theta: Vector, degree: int) -> tuple[Fraction, list[Fraction]]:
    """The mean over samples x, with residuals r, of r a max(w·x, 0)^p at θ = (a, w), away from every kink."""
    exponent, inputs, outputs = _fields(utility, "power", "samples", "residuals")
    p, residuals = _whole(exponent, 1, LARGEST_DEGREE), _vector(outputs)
    if not residuals or not theta:
        raise Malformed("a rectified neuron needs samples and parameters")
    _demand(p + 1 == degree, "the utility has another degree")
    a, w, count = theta[0], theta[1:], len(residuals)
    rows = [[Fraction(0)] * (len(theta) + 1)]
    for sample, r in zip(_list(inputs, count), residuals, strict=True):
        x = _vector(sample, len(w))
        drive = _dot(w, x)
        _demand(drive != 0, "the neuron stands on a kink, where it has no gradient")
        if drive > 0:
            outer, inner = r * drive**p / count, r * a * p * drive ** (p - 1) / count
            rows.append([a * outer, outer, *(inner * entry for entry in x)])
    value, *slope = map(_sum, zip(*rows, strict=True))
    return value, slope


def _check_missing_square(item: Any) -> None:
    """M (u² + v²) + g u v = weight × root² with weight ≥ 0, and zero somewhere: M is the maximum of −g uv/(u² + v²).

    Polynomials are in h, u, v; g = sign × size, where the size is a positive number or the positive symbol h.
    """
    names = ("sign", "size", "maximum", "weight", "root", "attained_at")
    sign, size, maximum, weight, root, attained = _fields(item, *names)
    h: Polynomial = {((1, 0, 0),): Fraction(1)} if size == "h" else {((0, 0, 0),): _number(size)}
    _demand(all(c > 0 for c in h.values()), "the size of the partial derivative is not positive")
    M, factor, p = (_terms(value, 3) for value in (maximum, weight, root))
    _demand(all(c > 0 and u == v == 0 for ((_, u, v),), c in factor.items()), "the weight may be negative")
    _demand(all(u == v == 0 for ((_, u, v),) in M), "the maximum depends on the neuron")
    g = {key: _whole(sign, -1, 1) * value for key, value in h.items()}
    squares: Polynomial = {((0, 2, 0),): Fraction(1), ((0, 0, 2),): Fraction(1)}
    cross = _times(g, {((0, 1, 1),): Fraction(1)})
    missing = _combined([*_times(M, squares).items(), *cross.items()])
    _demand(missing == _times(factor, _times(p, p)), "what is missing is not the square")
    u, v = _vector(attained, 2)
    values = (_at(missing, (Fraction(k), u, v)) for k in (1, 2, 3, 4, 5))  # of degree below 5 in h: zero there, zero
    degree = max((a for ((a, _, _),) in missing), default=0)
    _demand(bool(u or v) and degree < 5 and not any(values), "the maximum is not attained there")


def _check_sum_of_squares(item: Any) -> None:
    """maximum · (|a|² + |w|²) − a·Rw as a sum of weights times squares, zero along one neuron alone.

    Twice it is the form of K = 2 maximum − M with M = (0 R; Rᵀ 0); K = Σ d_k f_k f_kᵀ is compared entry by entry. The
    forms are triangular, so that those of positive weight are independent: with one weight zero they vanish together on
    a line. That line is given by a neuron whose first entry that is not zero is one.
    """
    residual, maximum, weights, forms, attained = _fields(item, "residual", "maximum", "weights", "forms", "maximiser")
    R = [_vector(row) for row in _list(residual)]
    c, d = len(R), len(R[0]) if R else 0
    n = c + d
    if not d or any(len(row) != d for row in R) or n > LARGEST_FORM:
        raise Malformed(f"a residual of rows of one length, at most {LARGEST_FORM} rows and columns, is required")
    doubled = 2 * _number(maximum)
    scales = _vector(weights, n)
    squares = [_vector(form, n) for form in _list(forms, n)]
    _demand(all(scale >= 0 for scale in scales), "a weight is negative")
    for k, (scale, form) in enumerate(zip(scales, squares, strict=True)):
        _demand(form[k] == 1 and not any(form[:k]), f"form {k} is not triangular")
        _demand(scale > 0 or not any(form[k + 1 :]), f"form {k} has no weight, and says more than its place")
    for i in range(n):
        for j in range(n):
            found = _sum(s * f[i] * f[j] for s, f in zip(scales, squares, strict=True) if s and f[i] and f[j])
            coupled = R[i][j - c] if i < c <= j else R[j][i - c] if j < c <= i else Fraction(0)
            _demand(found == (doubled if i == j else -coupled), f"the squares add up to another entry {i}, {j}")
    neuron = _vector(attained, n)
    _demand(next((entry for entry in neuron if entry), None) == 1, "the first entry of the maximiser is not one")
    for k, (scale, form) in enumerate(zip(scales, squares, strict=True)):
        _demand(not scale or not _dot(form, neuron), f"form {k} does not vanish at the maximiser")
    _demand(scales.count(Fraction(0)) == 1, "the maximum is attained along more than one direction")


# ------------------------------------------------------------------------------------------------------- whole files

Checker = Callable[[Any], None]
KINDS: Mapping[str, tuple[str, Checker]] = {
    "limiting-path": ("DIAG-05", _check_limiting_path),
    "least-norm-path": ("DIAG-06", _check_least_norm),
    "rescaled-path": ("DIAG-08", _check_rescaled_path),
    "dormant-jump": ("DIAG-04", _check_dormant_jump),
    "missing-square": ("DIAG-03", _check_missing_square),
    "sum-of-squares": ("LIN-02", _check_sum_of_squares),
    "euler-identity": ("FRM-01", _check_euler_identity),
    "homogeneous-neuron": ("FRM-01", _check_neuron),
}
"""What each kind of certificate is about, and how it is checked."""


def check_document(document: Any) -> str:
    """Check a whole certificate; returns what was checked, in words, else raises `Malformed` or `Untrue`."""
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise Malformed(f"not of the schema {SCHEMA}")
    if type(document.get("version")) is not int or document["version"] != VERSION:
        raise Malformed(f"version {VERSION} is required, got {str(document.get('version'))[:20]}")
    names = ("schema", "version", "claim", "check", "kind", "seed", "made_by", "count", "items")
    _, _, claim, check, kind, seed, made_by, count, items = _fields(document, *names)
    if not isinstance(kind, str) or kind not in KINDS:
        raise Malformed(f"unknown kind {str(kind)[:40]!r}")
    about, checker = KINDS[kind]
    if claim != about:
        raise Malformed(f"{kind} is about {about}, got claim {str(claim)[:40]!r}")
    if not _text(check):
        raise Malformed("the check has no name")
    _check_origin(made_by, about, _whole(seed, 0, 2**63))
    if not _list(items, _whole(count, 1, MOST_ITEMS), most=MOST_ITEMS):
        raise Malformed("no items")
    _work.left = LARGEST_WORK
    for number, item in enumerate(items):
        try:
            checker(item)
        except (Malformed, Untrue) as error:
            raise type(error)(f"item {number}: {error}") from None
    return f"{claim} {kind}: {count} checked"


def _check_origin(made_by: Any, claim: str, seed: int) -> None:
    """Who made it is not certified; the command must at least be about this claim and this seed."""
    program, release, command = map(_text, _fields(made_by, "program", "version", "command"))
    wanted = (f"agf verify {claim} --seed {seed}", f"agf verify {claim} --full --seed {seed}")
    if program != "agf_theory" or not release or command not in wanted:
        raise Malformed("the origin does not fit the claim and the seed")


def check_file(path: Path) -> tuple[int, str]:
    """Status and line of one file."""
    try:
        return 0, f"true       {path.name}: {check_document(read(path))}"
    except Untrue as error:
        return 1, f"FALSE      {path.name}: {error}"
    except Malformed as error:
        return 2, f"MALFORMED  {path.name}: {error}"


def _files(arguments: Sequence[str]) -> list[Path]:
    """The files meant; a folder without any stands for itself, and will be found malformed."""
    files: list[Path] = []
    for path in map(Path, arguments):
        files += sorted(path.glob("*.json")) or [path]
    return files


def main(arguments: Sequence[str]) -> int:
    """Check every file named, and every *.json in the folders named; one line each; returns the exit status."""
    files = _files(arguments)
    if not files:
        sys.stderr.write("usage: certificate_checker DIR_OR_FILE...\n")
        return 2
    statuses = set()
    for path in files:
        status, line = check_file(path)
        statuses.add(status)
        encoding = sys.stdout.encoding or "utf-8"
        line = line.encode(encoding, "replace").decode(encoding)  # an output may know few signs
        sys.stdout.write("".join(c if c.isprintable() else "?" for c in line) + "\n")
    return 1 if 1 in statuses else max(statuses)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
