"""Command lines that ask for what there is not."""

from __future__ import annotations

__all__ = ["COMMANDS"]

_NUMBERS = (
    "x",
    "",
    "1e9",
    "1.5",
    "-1",
    "nan",
    "0x10",
    "1" * 400,
    "--",
    "None",
    "１",
    "1,2",
    "99999999999999999999",
    "+",
    "٣٣٣",
)
_ALPHAS = (
    "0", "1", "2", "-1e-8", "nan", "inf", "", " ", "x", "1/0", "1e-99999999", "1e99999999999", "0x1", "1_0", "log(2)", "1e-8;1",
    "__import__('os').mkdir('exploded')", "9" * 5000, "1" + "/3" * 3, "½", "\0", "1e-8\n", "0." + "9" * 400, "1e",
)  # fmt: skip
_NAMES = (
    "",
    " ",
    "nobody",
    "../ar1",
    "ar1\0",
    "AR1;",
    "x" * 5000,
    "é",
    "\udcff",
    "DIAG-99",
    "__class__",
    "%s%n",
    "*",
    "-",
)
_ZOO = ("table", "diagonal", "--problem", "ar1")
_LINEAR = ("table", "linear", "--problem", "reversed", "--methods", "limit")
_UTILITY = ("derive", "diagonal.accumulated_utility")

COMMANDS: tuple[tuple[str, ...], ...] = (
    *((*_ZOO, f"--alpha={alpha}") for alpha in _ALPHAS if alpha != "1e-8\n"),
    *(("plot", *_ZOO[1:], f"--alpha={alpha}", "--out", "figure.svg") for alpha in _ALPHAS[::3]),
    *(("table", "diagonal", f"--problem={name}") for name in _NAMES),
    *(("table", "diagonal", f"--dataset={name}") for name in _NAMES),
    *(("table", "diagonal", f"--data={name}.csv", "--target=y") for name in _NAMES),
    *((*_ZOO, f"--methods={name}") for name in _NAMES),
    *((*_ZOO, f"--convention={name}") for name in _NAMES),
    *((*_ZOO, f"--format={name}") for name in _NAMES if name != ""),
    *(("table", "linear", f"--problem={name}") for name in _NAMES),
    *(("table", "linear", "--data=data.csv", f"--targets={name}") for name in _NAMES),
    *(("table", "modular", f"--{option}={name}") for option in ("problem", "template", "data") for name in _NAMES),
    *(("table", "modular", f"--spectrum={name}", "--p=8") for name in _NAMES),
    *(("table", "modular", f"--spectrum=1={alpha}", "--p=8") for alpha in _ALPHAS if alpha in ("", " ", "nan", "1/0", "\0")),
    *((*_LINEAR, f"--width={number}") for number in _NUMBERS if number not in ("１", "٣٣٣")),
    *((*_LINEAR, f"--seed={number}") for number in _NUMBERS if not number.isdecimal()),
    *((verb, name) for verb in ("table", "plot", "claims", "derive", "verify") for name in _NAMES[1:]),
    *(("verify", "--explain", name) for name in _NAMES),
    *((name,) for name in _NAMES if name),
    *(("verify", f"--{option}={number}") for option in ("jobs", "seed") for number in _NUMBERS
      if not (option == "seed" and number in ("-1", "１", "1" * 400, "99999999999999999999", "٣٣٣"))
      and not (option == "jobs" and number in ("１", "1" * 400, "99999999999999999999", "٣٣٣"))),
    *((*_UTILITY, f"--digits={number}") for number in _NUMBERS),
    *((*_UTILITY, "--set", setting) for setting in (
        "", "=", "U", "U=", "=1", "U==1", "U=1=2", "foo=1", "U=foo", "U=-1", "U=0", "U=1/0", "U=log(1/2)", "U=nan", "\0=1",
        "U=__import__('os').mkdir('exploded')", "U=2**(10**9)", "U = x y", "é=1", "__class__=1", "U.func=1", "U=1\n2", "U=I*U(",
    )),
    *((*_UTILITY, "--set", "U=1", "--set", f"{name}={value}") for name, value in (("U", "2"), (" U", "1"), ("t", "-1"), ("V", "1"))),
    ("derive", "framework.norm", "--set", "kappa=1e9", "--set", "N_0=2"),
    ("derive", "framework.norm", "--set", "kappa=1", "--set", "N_0=2", "--set", "eta=0"),
    ("derive", "diagonal.rho_series_coefficient", "--set", "k=1e9"),
    ("derive", "diagonal.rho_series_coefficient", "--set", "k=1/2"),
    ("derive", "diagonal.pinned_level_exact", "--set", "alpha=1e-3000", "--set", "beta=1"),
    ("derive", "diagonal.product_scale", "--set", "alpha=1e-5000"),
    (*_UTILITY, "--format", "html"), (*_UTILITY, "--steps"), ("derive", "DIAG-03", "--digits", "3"), ("derive", "DIAG-03", "--set", "g=1"),
    ("verify", "--quick", "--full"), ("verify", "--record", "--seed", "1"), ("verify", "--explain", "DIAG-03", "DIAG-04"),
    ("verify", "--format", "xml"), ("verify", "--certificates", ""), ("verify", "--certificates", "no/such/folder"),
    ("verify", "--bogus"), ("--bogus",), ("table",), ("plot",), ("derive",), ("table", "diagonal"), ("-x",), ("verify", "-j"),
    (*_ZOO, "--out", ""), (*_ZOO, "--out", "no/such/file.csv"), (*_ZOO, "--out", "."), (*_ZOO, "--out", "a\0b"), (*_ZOO, "--out", "x" * 400),
    ("plot", *_ZOO[1:], "--out", "figure.jpg"), ("plot", *_ZOO[1:], "--out", "figure"), ("plot", *_ZOO[1:], "--out", ".svg/x.svg"),
    ("table", "diagonal", "--data", "a.csv", "--dataset", "diabetes"), (*_ZOO, "--target", "y"), (*_ZOO, "extra"), (*_ZOO, "--alpha"),
    ("table", "diagonal", "--data", "data.xlsx"), ("table", "diagonal", "--data", "", "--target", "y"), (*_ZOO, "--problem"),
)  # fmt: skip
"""Every one of these must be refused with exit status 2."""
