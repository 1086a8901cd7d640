import re
import shutil
import subprocess
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agf_theory.tables.as_latex import as_latex, latex_number, latex_text

DOCUMENT = "\\documentclass{article}\n\\usepackage{booktabs}\n\\begin{document}\n%s\n\\end{document}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.500000", "$0.500000$"),
        ("1.23457e6", r"$1.23457\times10^{6}$"),
        ("≈3.3e-5001", r"$\approx3.3\times10^{-5001}$"),
        ("0.33…±4e-61", r"$0.33\ldots \pm 4\times10^{-61}$"),
        ("1/3", "$1/3$"),
        ("—", "---"),
        ("?", "?"),
        ("", ""),
    ],
)
def test_numbers_are_mathematics(text, expected):
    assert latex_number(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a_b & 100%", r"a\_b \& 100\%"),
        ("{$#~^\\}", r"\{\$\#\textasciitilde{}\textasciicircum{}\textbackslash{}\}"),
        ("loss ‖Xβ − y‖²/(2n), log(1/α)", r"loss $\|X\beta-y\|^2/(2n)$, $\log(1/\alpha)$"),
        ("λ Λ ε φ Ω", r"$\lambda$ $\Lambda$ $\varepsilon$ $\varphi$ $\Omega$"),
        ("é中ðſ", r"é\texttt{U+4E2D}\texttt{U+00F0}\texttt{U+017F}"),
        ("a\nb", r"a\textbackslash{}nb"),
    ],
)
def test_text_is_escaped(text, expected):
    assert latex_text(text) == expected


@given(st.text())
def test_no_text_opens_a_group_or_a_command_of_its_own(text):
    escaped = latex_text(text)
    bare = re.sub(r"\\([a-zA-Z]+|[^a-zA-Z])", "", escaped)
    assert bare.count("{") == bare.count("}")
    assert bare.count("$") % 2 == 0
    assert not set(bare) & set("%#&_~") - set(re.findall(r"\$[^$]*\$", bare))


def test_every_row_has_one_cell_a_column(four_methods, hostile):
    for table, columns in ((four_methods, 7), (hostile, 5)):
        text = as_latex(table)
        body = text[text.index(r"\midrule") : text.index(r"\bottomrule")].splitlines()[1:]
        assert {len(re.findall(r"(?<!\\)&", row)) for row in body} == {columns - 1}
        assert all(row.startswith("{}") and row.endswith(r" \\") for row in body)


def test_rules_are_those_of_booktabs(four_methods):
    text = as_latex(four_methods)
    positions = [text.index(rule) for rule in (r"\usepackage{booktabs}", r"\toprule", r"\midrule", r"\bottomrule")]
    assert positions == sorted(positions)
    assert r"\hline" not in text


def test_a_table_without_notes_has_no_empty_paragraph(table_of, run_of, sequence_of):
    assert r"\footnotesize" not in as_latex(table_of(run_of("pf", sequence_of([(1.0, [0], [])]))))


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs pdflatex")
def test_pdflatex_compiles_it(four_methods, hostile, tmp_path):
    clocks = ("t α for loss E‖x_{a+b}−f‖²/2, mean over pairs", "t / log(1/α) for loss E‖y−AWx‖²/2")
    others = "".join(as_latex(replace(four_methods, clock=clock)) for clock in clocks)
    content = DOCUMENT % (as_latex(four_methods) + as_latex(hostile) + others)
    (tmp_path / "t.tex").write_text(content, encoding="utf-8")
    run = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "t.tex"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-2000:]
