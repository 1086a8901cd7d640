"""Text from people becomes an expression, or one line that says what stands in the way."""

import warnings
from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import E, Integer, Rational, Symbol, log, pi, sqrt

from agf_theory.closed_form import THEORY_SYMBOLS, parse_expression, symbols
from agf_theory.closed_form.expression_names import CONSTANTS, FUNCTIONS
from agf_theory.closed_form.expression_parser import DEEPEST_TREE
from agf_theory.closed_form.expression_text import DEEPEST_BRACKETS, LONGEST_TEXT
from agf_theory.errors import InputError
from agf_theory.problems.number_parser import parse_number

x = Symbol("x")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", Integer(3)),
        ("0.1", Rational(1, 10)),
        ("1e-8", Rational(1, 10**8)),
        ("2/3", Rational(2, 3)),
        ("007 + 1", Integer(8)),
        ("1.", Integer(1)),
        (" .5\t", Rational(1, 2)),
        ("0.1 + 0.2", Rational(3, 10)),
        ("log(2)/3", log(2) / 3),
        ("sqrt(2)", sqrt(2)),
        ("pi/4", pi / 4),
        ("E**2", E**2),
        ("2**3**2", Integer(512)),
        ("-3**2", Integer(-9)),
        ("2**-1", Rational(1, 2)),
        ("8 - 4 - 2", Integer(2)),
        ("8/4/2", Integer(1)),
        ("-(1 + 2)*+3", Integer(-9)),
        ("4**(1/2)", Integer(2)),
        ("gamma(5)", Integer(24)),
        ("Max(1, pi, 2) + min(1, 2)", pi + 1),
        ("abs(-2) + Abs(1 - sqrt(2))", 1 + sqrt(2)),
        ("floor(-1/2) + ceiling(pi)", Integer(3)),
        ("floor(sinh(100)*exp(-100)*4)", Integer(1)),
        ("sign(-7)", Integer(-1)),
    ],
)
def test_what_is_written_is_what_is_meant(text, value):
    assert parse_expression(text) == value


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name not in ("sqrt", "abs", "max", "min")])
def test_every_function_is_sympys_of_that_name(name):
    argument = Rational(3, 2) if name not in ("atanh", "asin", "acos") else Rational(1, 2)
    assert parse_expression(f"{name}({argument})") == getattr(sympy, name)(argument)


def test_names_stand_for_the_symbols_of_the_theory_with_their_assumptions():
    assert parse_expression("log(1/alpha)") == log(1 / symbols.alpha)
    assert parse_expression("sqrt(alpha**2)") == symbols.alpha
    assert THEORY_SYMBOLS["I"].is_real


def test_names_stand_for_what_the_caller_says():
    assert parse_expression("x*x + pi", names={"x": x}) == x**2 + pi
    assert parse_expression("E", names={"E": x}) == x
    with pytest.raises(InputError, match="'alpha' at position 1 .* is no name that is known; known are E, pi, x"):
        parse_expression("alpha", names={"x": x})


@settings(deadline=None)
@given(st.fractions(max_denominator=10**30))
def test_a_fraction_is_read_back(value):
    assert parse_expression(str(value)) == Rational(value.numerator, value.denominator)


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40))
def test_a_decimal_is_read_exactly(value):
    read = parse_expression(str(value))
    assert Fraction(int(read.p), int(read.q)) == parse_number(str(value))


def _written(children):
    binary = st.tuples(children, st.sampled_from(["+", "-", "*"]), children)
    return st.one_of(
        binary.map(lambda parts: (f"({parts[0][0]} {parts[1]} {parts[2][0]})", _value(parts))),
        children.map(lambda part: (f"-{part[0]}", -part[1])),
        children.map(lambda part: (f"({part[0]})**2", part[1] ** 2)),
        children.map(lambda part: (f"abs({part[0]})/7", abs(part[1]) / 7)),
    )


def _value(parts):
    (_, left), sign, (_, right) = parts
    return {"+": left + right, "-": left - right, "*": left * right}[sign]


@settings(deadline=None, max_examples=200)
@given(st.recursive(st.integers(0, 99).map(lambda n: (str(n), Fraction(n))), _written, max_leaves=8))
def test_arithmetic_agrees_with_fractions(written):
    text, value = written
    assert parse_expression(text) == Rational(value.numerator, value.denominator)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "an expression is required, got an empty text"),
        (" \t", "an expression is required, got an empty text"),
        ("x" * (LONGEST_TEXT + 1), f"at most {LONGEST_TEXT} characters are allowed, got 1001"),
        ("(" * 51 + "1" + ")" * 51, f"at most {DEEPEST_BRACKETS} brackets within brackets"),
        ("1) + (2", "one '\\)' too many at position 2"),
        ("(1", "an expression such as log\\(2\\)/3 is required, got one that cannot be read"),
        ("1 +", "cannot be read at its end"),
        ("1 2", "cannot be read at position 1"),
        ("* 2", "cannot be read at position 1"),
        ("1, 2", "a list of expressions, or of none, is not allowed, got it at position 1"),
        ("()", "a list of expressions, or of none, is not allowed"),
        ("x.y", "attributes are not allowed, got '.' at position 2; allowed are numbers"),
        ("x[1]", "subscripts and lists are not allowed, got '\\[' at position 2"),
        ("{1}", "sets and dictionaries are not allowed"),
        ("x == 1", "comparisons are not allowed, got '=' at position 3"),
        ("x < 1", "comparisons are not allowed"),
        ("x := 1", "assignments are not allowed"),
        ("exp(x=1)", "keyword arguments"),
        ("exp(**x)", "cannot be read|keyword|is not allowed|takes one argument"),
        ("exp(*x)", "'\\*' before an argument is not allowed, got it at position 5"),
        ("lambda: 1", "the word 'lambda' of Python is not allowed"),
        ("1 if x else 2", "the word 'if' of Python is not allowed"),
        ("[x for x in y]", "lists are not allowed"),
        ("(x for x in y)", "the word 'for' of Python"),
        ("x and y", "the word 'and' of Python"),
        ("not x", "the word 'not' of Python"),
        ("None", "the word 'None' of Python"),
        ("'text'", "strings are not allowed"),
        ('f"{x}"', "strings are not allowed"),
        ("x; y", "only one expression is allowed"),
        ("x\ny", "only one line is allowed, got '.n' at position 2"),
        ("1\0", "the sign NUL is not allowed"),
        ("x @ y", "this sign is not allowed, got '@' at position 3"),
        ("x\\y", "this sign is not allowed"),
        ("é", "only ASCII signs are allowed, got '.xe9' at position 1"),
        ("ｅxp(1)", "only ASCII signs are allowed"),
        ("1−2", "only ASCII signs are allowed"),
        ("x^2", "'\\^' is no operator here; powers are written \\*\\*, got '\\^' at position 2"),
        ("7//2", "'//' is no operator here"),
        ("7!", "gamma\\(n \\+ 1\\) is n!"),
        ("__import__", "names that begin with two underscores"),
        ("1j", "a number must be decimal"),
        ("1_000", "a number must be decimal"),
        ("0x10", "a number must be decimal"),
        ("1.2.3", "a number must be decimal"),
        ("2x", "2\\*x, not 2x"),
        ("2(3)", "a call of something that is no name of a function is not allowed"),
        ("exp(1)(2)", "a call of something that is no name of a function is not allowed"),
        ("~2", "this sign is not allowed"),
        ("x % 2", "this sign is not allowed"),
        ("eval(1)", "'eval' at position 1 .* is no function that is known"),
        ("coshh(1)", "did you mean 'cosh' or 'acosh'"),
        ("exp", "exp is a function and needs its argument"),
        ("exp()", "exp takes one argument, got 0"),
        ("log(2, 3)", "log takes one argument, got 2"),
        ("Max()", "Max takes 1 to 8 arguments, got 0"),
        ("max(1,2,3,4,5,6,7,8,9)", "max takes 1 to 8 arguments, got 9"),
        ("alpah", "'alpah' at position 1 .* did you mean 'alpha'"),
        ("oo", "no name that is known"),
        ("nan", "no name that is known"),
        ("zoo", "no name that is known"),
        ("1/0", "a finite real number is required, got an infinite one .division by zero\\?. at position 1"),
        ("0**-1", "got an infinite one"),
        ("1/(x - x)", "got an infinite one"),
        ("log(0)", "got an infinite one"),
        ("gamma(0)", "got an infinite one"),
        ("tan(pi/2)", "got an infinite one"),
        ("log(-1)", "got a complex one"),
        ("sqrt(-1)", "got a complex one"),
        ("sqrt(-alpha)", "got a complex one"),
        ("acosh(1/2)", "got a complex one"),
        ("(-8)**(1/3)", "certainly finite and real"),
        ("1/(sqrt(2) + sqrt(3) - sqrt(5 + 2*sqrt(6)))", "certainly finite and real"),
        ("floor(x)", "floor of a number is required, got one of an expression with symbols"),
        ("floor(sqrt(2) + sqrt(3) - sqrt(5 + 2*sqrt(6)))", "told from all integers"),
        ("asin(sin(10**300))", "asin: SymPy cannot build it"),
        ("1e5001", "a power of ten between -5000 and 5000 is required"),
        ("1e99999999999999999999", "an exponent of at most 18 digits"),
        ("1" * 400, "at most 301 significant digits"),
        ("1 + 1e-5000", "at most 301 significant digits is required, got one of up to 5001 digits"),
        ("2**(10**9)", "a power with at most 19728 digits is required"),
        ("9**9**9**9", "a power with at most 19728 digits is required"),
        ("10**10**10", "a power with at most 19728 digits is required"),
        ("exp(exp(exp(100)))", "a number below 2\\*\\*65536 in size is required"),
        ("gamma(10**6)", "an argument of at most 500 in size"),
        # What the balls say of it holds integers that Python does not write.
        ("asin(1e5000)", "certainly finite and real"),
        ("acosh(1e-5000)", "certainly finite and real"),
    ],
)
def test_anything_else_is_refused_by_name_and_place(text, message):
    with pytest.raises(InputError, match=message) as caught:
        parse_expression(text, "--set U", names={"x": x, "y": Symbol("y"), **THEORY_SYMBOLS})
    assert str(caught.value).startswith("--set U: ")
    assert str(caught.value).isprintable()
    assert str(caught.value).isascii()
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("value", [1, 1.5, None, b"1", x, ["1"]])
def test_only_text_is_read(value):
    with pytest.raises(InputError, match="text is required, got"):
        parse_expression(value)


@pytest.mark.parametrize("text", ["-" * 900 + "1", "1" + "+1" * 200, "2**" * 300 + "1", "abs(" * 40 + "x" + ")" * 40])
def test_deep_trees_are_refused_before_sympy_sees_them(text):
    if text.startswith("abs"):
        assert parse_expression(text, names={"x": x}) == sympy.Abs(x)
        return
    with pytest.raises(InputError, match=f"at most {DEEPEST_TREE} operations within operations"):
        parse_expression(text)


@pytest.mark.parametrize("text", ["(" * 10**6, "-" * 10**5, "1+" * 10**6, "9" * 10**6, "x" * 10**6, "1e" + "9" * 10**5])
def test_enormous_texts_are_refused_by_their_length(text):
    with pytest.raises(InputError, match="at most 1000 characters are allowed"):
        parse_expression(text)


def test_python_has_no_word_to_say_about_the_text():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for text in ("1if 1else 2", "0x1for x in y", "'\\d'", "1 is 1", "(1)(2)", "(1, 2)[1]"):
            with pytest.raises(InputError, match="not allowed|must be decimal"):
                parse_expression(text)


def test_constants_and_functions_have_different_names_than_symbols():
    assert not set(CONSTANTS) & set(THEORY_SYMBOLS)
    assert not set(FUNCTIONS) & set(THEORY_SYMBOLS)
