"""When a mode of a dormant neuron becomes infinite: Carlson's integral, and Legendre's form of it (MOD-10)."""

from __future__ import annotations

from sympy import And, Eq, Expr, Ge, Le, Rational, acos, elliptic_f, elliptic_k, sqrt
from sympy.logic.boolalg import Boolean

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.carlson import CarlsonRF

__all__ = [
    "activation_rate",
    "aligned_blow_up_time",
    "growing_blow_up_time",
    "invariant_cubic",
    "legendre_blow_up_time",
    "never_blows_up",
    "turning_blow_up_time",
]


def activation_rate() -> Expr:
    r"""What blow-up times are measured in, at unit amplitude.

    .. math:: C|\hat x|=\frac{2|\hat x|^3}{p^2}

    Returns
    -------
    Expr in X = |x_hat|, p
        Loss 1/2 E||.||^2, mean over pairs; unnormalised Fourier coefficients.

    Source
    ------
    This project; claim MOD-10. Derived step by step in ``derivation("MOD-10")``.

    Examples
    --------
    >>> activation_rate()
    2*X**3/p**2
    """
    return 2 * sym.template_size**3 / sym.modulus**2


def invariant_cubic() -> Expr:
    r"""The cubic that is conserved, in what the squared amplitudes have lost: its roots are the arguments of R_F.

    .. math:: (|\hat u|^2-y)(|\hat v|^2-y)(|\hat w|^2-y)-h^2=(y_1-y)(y_2-y)(y_3-y)

    With q = |u|^2 - y it is q (q - e_1) (q - e_2) - h^2, and y_i = q_0 - r_i for the roots r_i of that.

    Returns
    -------
    Expr in U_k = |u_hat|, V_k = |v_hat|, W_k = |w_hat|, h_k = h at the start, y_1 = y

    Source
    ------
    This project; claim MOD-10. Derived step by step in ``derivation("MOD-10")``.

    Examples
    --------
    >>> invariant_cubic()
    -h_k**2 + (U_k**2 - y_1)*(V_k**2 - y_1)*(W_k**2 - y_1)
    """
    a, b, c = (size**2 - sym.gap_1 for size in (sym.size_u, sym.size_v, sym.size_w))
    return a * b * c - sym.imaginary_part**2


def growing_blow_up_time() -> Expr:
    r"""Blow-up time of a mode that grows from the start.

    .. math:: T=\frac1{C|\hat x|}R_F(y_1,y_2,y_3)\qquad(\mathrm{Re}Z_0\ge0)

    Returns
    -------
    Expr in X, p, y_1, y_2, y_3 = roots of `invariant_cubic`
        Flow time of the loss 1/2 E||.||^2, mean over pairs.

    Hypotheses
    ----------
    As `mode_velocity`; Re Z >= 0 at the start. y_2 and y_3 may be conjugates. Infinite where two arguments are zero.

    Source
    ------
    This project; claim MOD-10. Derived step by step in ``derivation("MOD-10")``.

    Examples
    --------
    >>> growing_blow_up_time()
    p**2*CarlsonRF(y_1, y_2, y_3)/(2*X**3)
    """
    return CarlsonRF(sym.gap_1, sym.gap_2, sym.gap_3) / activation_rate()


def turning_blow_up_time() -> Expr:
    r"""Blow-up time of a mode that first shrinks, until Re Z = 0.

    .. math:: T=\frac1{C|\hat x|}\big[2R_F(0,y_2-y_1,y_3-y_1)-R_F(y_1,y_2,y_3)\big]\qquad(\mathrm{Re}Z_0<0)

    Returns
    -------
    Expr in X, p, y_1, y_2, y_3 = roots of `invariant_cubic`, y_1 the least real one
        Flow time of the loss 1/2 E||.||^2, mean over pairs.

    Hypotheses
    ----------
    As `mode_velocity`; Re Z < 0 at the start. Infinite where y_1 is a double root.

    Source
    ------
    This project; claim MOD-10. Derived step by step in ``derivation("MOD-10")``.

    Examples
    --------
    >>> turning_blow_up_time().subs(sym.gap_1, 0)  # both branches meet
    p**2*CarlsonRF(0, y_2, y_3)/(2*X**3)
    """
    y_1, y_2, y_3 = sym.gap_1, sym.gap_2, sym.gap_3
    return (2 * CarlsonRF(0, y_2 - y_1, y_3 - y_1) - CarlsonRF(y_1, y_2, y_3)) / activation_rate()


def legendre_blow_up_time(growing: bool = True) -> Expr:
    r"""The same times in real numbers throughout, where two of the roots are complex as where they are real.

    .. math:: T=\frac1{C|\hat x|}\,\frac{2K(k^2)\mp F(\varphi\,|\,k^2)}{2\sqrt m},\quad
              \varphi=\arccos\frac{m-y_1}{m+y_1},\quad k^2=\frac12-\frac s{4m}

    with :math:`m^2=(y_2-y_1)(y_3-y_1)` and :math:`s=y_2+y_3-2y_1`; minus for Re Z >= 0, plus for Re Z < 0.

    Parameters
    ----------
    growing : bool
        Whether Re Z >= 0 at the start.

    Returns
    -------
    Expr in X, p, y_1 = least real root of `invariant_cubic`, m_y = m, s_y = s
        Flow time of the loss 1/2 E||.||^2, mean over pairs.

    Hypotheses
    ----------
    As `mode_velocity`; y_1 a simple root.

    Source
    ------
    This project; claim MOD-10. Derived step by step in ``derivation("MOD-10")``.

    Examples
    --------
    >>> legendre_blow_up_time().subs({sym.gap_1: 0, sym.gap_sum: 2 * sym.gap_mean})
    pi*p**2/(4*X**3*sqrt(m_y))
    """
    mean, least = sym.gap_mean, sym.gap_1
    parameter = Rational(1, 2) - sym.gap_sum / (4 * mean)
    passed = elliptic_f(acos((mean - least) / (mean + least)), parameter)
    whole = 2 * elliptic_k(parameter)
    return (whole - passed if growing else whole + passed) / (2 * sqrt(mean)) / activation_rate()


def aligned_blow_up_time() -> Expr:
    r"""Blow-up time of a balanced and aligned mode.

    .. math:: T=\frac1{C|\hat x||\hat u|}\qquad(e_1=e_2=h=0,\ \mathrm{Re}Z_0>0)

    Returns
    -------
    Expr in X, p, U_k = |u_hat|

    Source
    ------
    This project; claim MOD-10. Derived step by step in ``derivation("MOD-10")``.

    Examples
    --------
    >>> aligned_blow_up_time()
    p**2/(2*U_k*X**3)
    """
    return 1 / (activation_rate() * sym.size_u)


def never_blows_up() -> Boolean:
    r"""Which modes never become infinite, of those with x_hat not 0.

    .. math:: h=0,\quad\mathrm{Re}Z_0\le0,\quad\text{the two smallest of }|\hat u|,|\hat v|,|\hat w|\text{ equal}

    Returns
    -------
    Boolean in h_k, R_k = Re Z/|x_hat|, U_k <= V_k <= W_k = the amplitudes in ascending order

    Source
    ------
    This project; claim MOD-10.

    Examples
    --------
    >>> never_blows_up().subs({sym.imaginary_part: 0, sym.real_part: -1, sym.size_u: 1, sym.size_v: 1, sym.size_w: 2})
    True
    """
    zero, shrinking = Eq(sym.imaginary_part, 0), Le(sym.real_part, 0)
    return And(zero, shrinking, Ge(sym.size_u, sym.size_v))
