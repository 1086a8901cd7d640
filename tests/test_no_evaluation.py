"""Nothing in the package turns text into expressions or code, but the two parsers of our own.

The source is read, not run: what would evaluate text is found where it stands, whether or not a test reaches it.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "agf_theory").rglob("*.py"))

# Whatever they are called on, these run what they are given, or load what runs when it is loaded.
RUNS = {
    *("eval", "exec", "execfile", "__import__", "import_module", "run_path", "run_module"),
    *("sympify", "_sympify", "parse_expr", "parse_latex", "parse_mathematica", "nsimplify"),
    *("popen", "literal_eval", "read_pickle", "unsafe_load", "full_load", "eval_expr", "from_formula"),
}
# Modules whose very import asks for a reason.
LOADS_CODE = {"pickle", "cPickle", "dill", "cloudpickle", "marshal", "shelve", "yaml", "code", "codeop", "runpy", "imp"}
# The constructors of SymPy that take a text as a name; to all others a text is an expression to be evaluated.
NAMES_THINGS = {
    "Symbol",
    "symbols",
    "Dummy",
    "Wild",
    "Function",
    "MatrixSymbol",
    "IndexedBase",
    "Limit",
    "limit",
    "Str",
}
# Methods of SymPy's expressions that evaluate a text given in the place of an expression.
METHODS = {"subs", "xreplace", "replace", "has", "diff", "coeff", "series", "integrate", "as_independent", "match"}
# What a text says to SymPy how to do its work, not what to work on.
SETTINGS = {"printer", "combine", "modules"}
# Methods of text that share their names with those.
OF_TEXT = {"replace", "match"}


def _called(node):
    function = node.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _is_text(node):
    if isinstance(node, (ast.Tuple, ast.List)):
        return any(map(_is_text, node.elts))
    if isinstance(node, ast.Dict):
        return any(map(_is_text, [*filter(None, node.keys), *node.values]))
    if isinstance(node, ast.Call):
        return _called(node) in {"str", "repr", "format", "join"}
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _sympy_names(tree):
    """Local names of what comes from SymPy, and of SymPy itself."""
    names, modules = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "sympy":
            names |= {alias.asname or alias.name for alias in node.names} - NAMES_THINGS
        elif isinstance(node, ast.Import):
            modules |= {a.asname or a.name.split(".")[0] for a in node.names if a.name.split(".")[0] == "sympy"}
    return names, modules


def _of_sympy(node, names, modules):
    function = node.func
    if isinstance(function, ast.Attribute):
        return (
            isinstance(function.value, ast.Name) and function.value.id in modules and function.attr not in NAMES_THINGS
        )
    return isinstance(function, ast.Name) and function.id in names


def _complaint(node, names, modules):
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        found = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
        return next((f"imports {name}" for name in found if name.split(".")[0] in LOADS_CODE), "")
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)):
        sides = [node.left, node.right]
        sympys = any(isinstance(side, ast.Call) and _of_sympy(side, names, modules) for side in sides)
        return "adds a text to an expression" if sympys and any(map(_is_text, sides)) else ""
    if not isinstance(node, ast.Call):
        return ""
    name, arguments = _called(node), [*node.args, *(k.value for k in node.keywords if k.arg not in SETTINGS)]
    if name == "system" and getattr(getattr(node.func, "value", None), "id", "os") == "os":  # not platform.system
        return "calls os.system"
    if name in RUNS or (isinstance(node.func, ast.Name) and name in {"compile", "S"}):
        return f"calls {name}"
    if (
        name == "load"
        and isinstance(node.func, ast.Attribute)
        and getattr(node.func.value, "id", "") in {*("np", "numpy", "joblib", "torch", *LOADS_CODE)}
    ):
        return f"calls {node.func.value.id}.load"
    if any(k.arg in {"allow_pickle", "shell"} and getattr(k.value, "value", True) is not False for k in node.keywords):
        return "allows pickles or a shell"
    if _of_sympy(node, names, modules) and any(map(_is_text, arguments)):
        return f"gives a text to SymPy's {name}"
    if name in METHODS - OF_TEXT and isinstance(node.func, ast.Attribute) and any(map(_is_text, arguments)):
        return f"gives a text to .{name}"
    return ""


def _offences(source):
    tree = ast.parse(source)
    names, modules = _sympy_names(tree)
    found = ((getattr(node, "lineno", 0), _complaint(node, names, modules)) for node in ast.walk(tree))
    return [f"line {line} {complaint}" for line, complaint in found if complaint]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_evaluates_text(path):
    assert _offences(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "eval(text)",
        "exec(text)",
        "builtins.eval(text)",
        "compile(text, '', 'eval')",
        "__import__(name)",
        "importlib.import_module(name)",
        "import pickle",
        "from pickle import loads",
        "import yaml",
        "np.load(path)",
        "numpy.lib.format.read_array(f, allow_pickle=True)",
        "read_array(f, allow_pickle=flag)",
        "subprocess.run(text, shell=True)",
        "os.system(text)",
        "import sympy\nsympy.sympify(x)",
        "from sympy import S\nS(text)",
        "from sympy.parsing.sympy_parser import parse_expr\nparse_expr(text)",
        "from sympy import Rational\nRational('1/3')",
        "from sympy import Rational\nRational(str(x))",
        "import sympy as sp\nsp.Integer(f'{x}')",
        "from sympy import Add\nAdd(x, 'y')",
        "from sympy import Float\nFloat('0.1')",
        "from sympy import Matrix\nMatrix([['x']])",
        "from sympy import exp\ny = exp(x) + 'y'",
        "import sympy\ny = 'y' * sympy.exp(x)",
        "f.subs('x', 2)",
        "f.subs({'x': 2})",
        "f.diff('x')",
        "ast.literal_eval(text)",
    ],
)
def test_what_would_evaluate_text_is_found(source):
    assert len(_offences(source)) >= 1


@pytest.mark.parametrize(
    "source",
    [
        "import re\nre.compile('x')",
        "from sympy import Symbol\nSymbol('x')",
        "text.replace('a', 'b')",
        "npy.read_array(f, allow_pickle=False)",
        "json.loads(text)",
        "from sympy import Rational\nRational(1, 3)",
        "'a' + b",
        "f.subs(x, 2)",
        "expression.evalf(30)",
    ],
)
def test_what_evaluates_nothing_is_let_through(source):
    assert _offences(source) == []
