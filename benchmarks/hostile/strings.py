"""Hostile texts: nasties by hand, and what a seeded mutation of a grammar makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

__all__ = ["NASTY", "hostile_strings"]

TOUCH = "exploded"
CODE = (
    f"__import__('os').system('touch {TOUCH}')",
    f"__import__('os').mkdir('{TOUCH}')",
    f"open('{TOUCH}', 'w')",
    f'exec(\'open("{TOUCH}", "w")\')',
    f'eval(\'open("{TOUCH}", "w")\')',
    f"eval(compile('open(\"{TOUCH}\", \"w\")', 'x', 'eval'))",
    f"().__class__.__bases__[0].__subclasses__()[0]('{TOUCH}')",
    f"[c for c in ().__class__.__base__.__subclasses__() if c.__name__ == 'Popen'][0]('touch {TOUCH}', shell=True)",
    f"(lambda: open('{TOUCH}', 'w'))()",
    f"f\"{{open('{TOUCH}', 'w')}}\"",
    f'sympify(\'open("{TOUCH}", "w")\')',
    f'S(\'open("{TOUCH}", "w")\')',
    f'parse_expr(\'open("{TOUCH}", "w")\')',
    f'lambdify((), \'open("{TOUCH}", "w")\')()',
    "__builtins__",
    "globals()",
    "breakpoint()",
    "exit()",
    "quit()",
    "input()",
    "print(1)",
    "getattr(exp, '__globals__')",
    "exp.__globals__",
    "exp.__init__.__globals__['os']",
    "alpha.func",
    "alpha.subs(alpha, 1)",
    "(1).__class__",
    "1 .real",
    "symbols('x')",
    "Symbol('x')",
    "Integer(2)",
    "Function('f')(1)",
    "Lambda(alpha, 1)(2)",
)
PYTHON = (
    "lambda x: x", "lambda: 0", "(x := 1)", "x = 1", "x == 1", "x != 1", "1 < 2", "1 < x < 2", "x is x", "x in x",
    "not 1", "1 and 2", "1 or 2", "1 if 1 else 2", "[1]", "[1, 2][0]", "{1}", "{1: 2}", "{}", "()", "(1,)", "1, 2",
    "[x for x in y]", "(x for x in y)", "{x for x in y}", "{x: x for x in y}", "*x", "exp(*x)", "exp(**x)", "exp(x=1)",
    "max(1, *x)", "yield", "yield x", "await x", "async", "None", "True", "False", "Ellipsis", "...", "'x'", '"x"',
    "b'x'", "r'x'", "f'{x}'", "'''x'''", "x; y", "import os", "del x", "pass", "return 1", "raise x", "assert x",
    "x += 1", "x @ y", "~x", "x << 2", "x >> 2", "x | y", "x & y", "x ^ y", "x // y", "x % y", "-> x", "x.y", "x[0]",
    "x[:]", "x[1:2, ...]", "1j", "1J", "2.5j", "0x10", "0b1", "0o7", "1_000", "1__0", "1.e", "1e", "1e+", "1.2.3", "1..",
    "..1", ".", "e5", "1e1.5", "0x1p3", "1l", "10L", "1f", "exp", "exp()", "exp(1, 2)", "exp(1)(2)", "2(3)", "(1)(2)",
    "pi()", "log(2, 3)", "Max()", "sqrt", "eval", "exec", "__name__", "_", "__", "print", "# 1", "1 # 2", "1 \\", "\\",
    "`1`", "$x", "?", "1!", "x'", "@", "1 2", "x y", "+", "-", "*", "/", "**", "1 +", "* 1", "1 ** ", "(", ")", ")(",
    "(1", "1)", "1) + (2", "((1)", "exp(", "exp(1", "exp)1(", ",", "exp(,)", "exp(1,,)", "",
)  # fmt: skip
LARGE = (
    "9**9**9", "9**9**9**9", "2**(10**9)", "10**10**10", "2**1e9", "1e5000**5000", "(-2)**(10**9)", "2**-(10**9)",
    "0.5**(10**9)", "sqrt(2)**(10**9)", "(2**pi)**(10**9)", "2**(10**9*log(3)/log(2))", "exp(10**9*log(2))",
    "exp(10**300*log(1 + 1e-300))", "(1 + 1e-300)**(10**300)", "2**(10**300*log(1 + 1e-300)/log(2))", "gamma(10**6)",
    "gamma(1e5000)", "gamma(10**6 + 1/2)", "exp(exp(exp(100)))", "exp(exp(exp(exp(exp(9)))))", "cosh(10**6)",
    "Abs(exp(exp(exp(100))) - 5)", "floor(exp(10**9))", "ceiling(sinh(10**5))", "floor(pi*10**4000)",
    "(10**300 + 1)**(1/3)*(10**299 + 3)**(1/5)", "(10**3000 + 1)**(1/2)", "log(10**4000 + 7)", "cosh(asinh(1e-5000))",
    "sin(acos(10**-4000 + 10**-8))", "1e5001", "1e-5001", "1e999999999", "1e99999999999999999999", "1e-" + "9" * 900,
    "9" * 302, "9" * 999, "0." + "3" * 900, "1/" + "3" * 900, "2**(1/" + "7" * 300 + ")", "alpha**(10**12) + 1",
    "Max(alpha**(10**9), 1)", "1 + eta**-100", "((alpha + 1)**16 + 1)**16 + 1", "asin(sin(10**300))",
    "2**(1/10007)*2**(1/10009)", "1e5000*1e5000*1e5000*1e5000",
)  # fmt: skip
UNDEFINED = (
    "1/0", "0/0", "0**-1", "1/(1 - 1)", "1/(alpha - alpha)", "log(0)", "log(-1)", "sqrt(-1)", "(-8)**(1/3)", "(-1)**0.5",
    "acosh(1/2)", "atanh(2)", "atanh(1)", "asin(2)", "acos(-3)", "gamma(0)", "gamma(-3)", "tan(pi/2)", "coth(0)", "0**-pi",
    "nan", "inf", "-inf", "oo", "zoo", "-oo", "NaN", "Infinity", "I*I*i", "sqrt(-alpha)", "exp(log(0))",
    "1/(sqrt(2) + sqrt(3) - sqrt(5 + 2*sqrt(6)))", "1/sin(pi)", "floor(sqrt(2) + sqrt(3) - sqrt(5 + 2*sqrt(6)))",
    "floor(alpha)", "1e400/1e-400*oo", "log(sin(3*pi))",
)  # fmt: skip
SIGNS = (
    "\0", "1\0", "\n", "1\n2", "1\r2", "1\x0b2", "\x1b[31m1", "\ufeff1", "1\u00a02", "１２", "٣", "−1", "½", "²", "2²",
    "π", "α", "ｅxp(1)", "ехр(1)", "e\u0301", "\u202e1", "\u200b1", "1\u200d", "😀", "\ud800", "\udcff", "ﬁ", "ℯ", "𝐞𝐱𝐩(1)",
    "\x7f", "\x80", "\t", " ", "\u2028", "1\u2028", "‘x’", "“x”", "x′", "×", "1×2", "1÷2", "√2", "∞", "𝟏", "₁", "x₁",
)  # fmt: skip
DEEP = (
    "(" * 10**6, ")" * 10**6, "(" * 51 + "1" + ")" * 51, "(" * 300 + "1" + ")" * 300, "-" * 10**5 + "1", "-" * 900 + "1",
    "+" * 101 + "1", "1" + "+1" * 10**5, "1" + "+1" * 400, "2**" * 300 + "2", "exp(" * 100 + "1" + ")" * 100,
    "exp(" * 49 + "1" + ")" * 49, "sin(" * 60 + "1", "[" * 10**5, "{" * 500, "x" * 10**6, "1," * 400, "f(" * 300, "~" * 500,
    "not " * 200 + "1", "lambda:" * 100 + "1", "1if 1else " * 90 + "1", "'" * 999, '"""' * 300, "\\" * 500, "\0" * 1000,
    " " * 10**6, " " * 999, "*" * 999, "1 " * 400, "." * 999, "_" * 999, "e" * 1000, "1e" * 500,
)  # fmt: skip

NASTY = (*CODE, *PYTHON, *LARGE, *UNDEFINED, *SIGNS, *DEEP)
"""Every one of these must be refused."""

_LEGAL = (
    "log(2)/3", "sqrt(2)", "pi/4", "1e-8", "log(1/alpha)", "acosh(1/(2*alpha**2))/2", "exp(-4*eta)", "2*E - 1", "-beta",
    "Max(1, alpha)", "abs(g)/2", "tanh(2*phi)", "0.1 + 1/3", "sign(b)*x", "gamma(5)", "sqrt(alpha**4 + x**2)",
)  # fmt: skip
_PIECES = (
    *(
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ".",
        ":",
        ";",
        "'",
        '"',
        "`",
        "\\",
        "\n",
        "\0",
        "=",
        "==",
        ":=",
        "->",
        "!",
        "@",
    ),
    *(
        "**",
        "//",
        "^",
        "%",
        "~",
        "+",
        "-",
        "*",
        "/",
        "<",
        ">",
        "1e9",
        "1e5000",
        "10**10",
        "0",
        "__",
        "_",
        "j",
        "e",
        "#",
    ),
    *(
        " if ",
        " else ",
        " for ",
        " in ",
        "lambda ",
        "yield ",
        "None",
        "eval(",
        "exec(",
        "open(",
        "exp(",
        "log(",
        "gamma(",
    ),
    *("__import__", ".__class__", "oo", "nan", "é", "\u200b", "\udc80", "９", "alpha", "pi", "**(10**9)", "**-1", "/0"),
)


def hostile_strings(count: int, seed: int = 0) -> Iterator[tuple[str, bool]]:
    """Texts, the nasty ones by hand first; with each whether it must be refused, or may have become legal."""
    random = Random(seed)
    for made in range(count):
        if made < len(NASTY):
            yield NASTY[made], True
        else:
            yield _mutated(random), False


def _mutated(random: Random) -> str:
    text = random.choice((*_LEGAL, *_LEGAL, *NASTY))[: random.choice((20, 80, 1200))]
    for _ in range(random.randint(1, 5)):
        text = random.choice(_MUTATIONS)(text, random)
    return text


def _insert(text: str, random: Random) -> str:
    at = random.randint(0, len(text))
    return text[:at] + random.choice(_PIECES) + text[at:]


def _delete(text: str, random: Random) -> str:
    at = random.randint(0, len(text))
    return text[:at] + text[at + random.randint(1, 4) :]


def _replace(text: str, random: Random) -> str:
    return _insert(_delete(text, random), random)


def _splice(text: str, random: Random) -> str:
    other = random.choice((*_LEGAL, *NASTY))[:100]
    return text[: random.randint(0, len(text))] + other[random.randint(0, len(other)) :]


def _wrap(text: str, random: Random) -> str:
    head, tail = random.choice(
        (("(", ")"), ("exp(", ")"), ("1/(", ")"), ("(", ")**(10**9)"), ("[", "]"), ("-", ""), ("f'{", "}'"))
    )
    return head * (times := random.choice((1, 1, 2, 40))) + text + tail * times


def _combine(text: str, random: Random) -> str:
    return f"({text}){random.choice(('+', '-', '*', '/', '**'))}({random.choice(_LEGAL)})"


_MUTATIONS = (_insert, _insert, _delete, _replace, _splice, _wrap, _combine)
