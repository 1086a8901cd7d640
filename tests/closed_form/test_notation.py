import pytest
from sympy import Function, Identity, MatrixSymbol, Symbol, polygamma

from agf_theory.closed_form.notation import as_latex


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("beta_hat", r"\hat{\beta}"),
        ("beta_hat_*", r"\hat{\beta}_{*}"),
        ("y_bar", r"\bar{y}"),
        ("a_perp", r"a_{\perp}"),
        ("a_infty", r"a_{\infty}"),
        ("Q_plus", "Q_{+}"),
        ("nabla_W", r"\nabla_{W}"),
        ("tr_A_Sigma", r"\operatorname{tr}(A \Sigma)"),
        ("sigma^(0)_1", r"\sigma^{(0)}_{1}"),
        ("sigma_1", r"\sigma_{1}"),
        ("M_*", "M_{*}"),
    ],
)
def test_names_are_printed_as_a_mathematician_writes_them(name, shown):
    assert as_latex(Symbol(name)) == shown


def test_symbols_of_matrices_too_and_a_difference_has_one_sign():
    rate, vector = Symbol("eta_w"), MatrixSymbol("w_hat", 2, 1)
    assert as_latex(vector * vector.T - rate * Identity(2)) == r"- \eta_{w} I + \hat{w} \hat{w}^{T}"


def test_the_derivative_of_log_gamma_has_its_letter():
    assert as_latex(polygamma(0, Symbol("x")) ** 2) == r"\left(\psi{\left(x\right)}\right)^{2}"


def test_a_name_that_is_none_is_text_and_no_command():
    assert as_latex(Symbol(r"\input{x}$")) == r"\text{ input x  }"
    assert as_latex(Function(r"\href{x}{y}")(Symbol("x"))) == r"\text{ href x  y }{\left(x \right)}"
