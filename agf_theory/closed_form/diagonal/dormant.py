"""A dormant coordinate under a frozen residual: accumulated utility and jump time (DIAG-02, DIAG-04)."""

from __future__ import annotations

from sympy import Expr, acosh, cosh, log, sign

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.diagonal.convention import Convention, product_scale
from agf_theory.closed_form.diagonal.coordinates import squared_norm

__all__ = [
    "accumulated_utility",
    "activation_angle",
    "activation_threshold",
    "dormant_angle",
    "jump_time",
    "signed_start",
]


def dormant_angle() -> Expr:
    r"""Hyperbolic angle of a dormant coordinate.

    .. math:: \varphi(t) = \varphi_0 - \eta\,g\,t

    Returns
    -------
    Expr in phi_0, eta, g = partial derivative of the loss, t

    Hypotheses
    ----------
    Residual frozen since t = 0. Exact.

    Source
    ------
    [kunin2025], diagonal linear networks; claim DIAG-02.

    Examples
    --------
    >>> dormant_angle()
    -eta*g*t + phi_0
    """
    return sym.phi_0 - sym.eta * sym.g * sym.t


def signed_start(convention: Convention | None = None) -> Expr:
    r"""Signed start `c` of a dormant coordinate.

    .. math:: c = 2\varphi_0\operatorname{sign}(-g) = \sigma\operatorname{arccosh}\frac{\|\theta\|^2}{2m}

    :math:`\sigma=+1` if :math:`-g\varphi_0\ge0` (the neuron grows from the start), -1 if it first shrinks.

    Parameters
    ----------
    convention : {"paper", "slides"}, optional
        None gives the first form, in phi_0 and g; a convention gives the second.

    Returns
    -------
    Expr in phi_0, g; or in sigma, N_0 = ||theta||, alpha

    Raises
    ------
    UnknownName
        If the convention is neither.

    Hypotheses
    ----------
    g not 0; ||theta||**2 >= 2m, which holds along the flow.

    Source
    ------
    Claim DIAG-04. Derived step by step in ``derivation("DIAG-04")``.

    Examples
    --------
    >>> signed_start()
    -2*phi_0*sign(g)
    >>> signed_start("paper")
    sigma*acosh(N_0**2/(2*alpha**2))
    """
    if convention is None:
        return -2 * sym.phi_0 * sign(sym.g)
    return sym.sigma * acosh(sym.norm_0**2 / (2 * product_scale(convention)))


def accumulated_utility() -> Expr:
    r"""Accumulated utility of a dormant coordinate.

    .. math:: \mathcal S(t) = \frac1{2\eta}\log\frac{\cosh(4\,\eta\,\hat{\mathcal U}_*\,t+c)}{\cosh c}

    Returns
    -------
    Expr in U = maximal normalised utility, t, c = signed start, eta
        Negative for small t if c < 0: the neuron first shrinks.

    Hypotheses
    ----------
    Residual frozen since t = 0. Exact, in both conventions (alpha enters through c alone).

    Source
    ------
    [kunin2025], diagonal linear networks; claim DIAG-02. Derived step by step in ``derivation("DIAG-02")``.
    The authors' slides print it with eta = 1.

    Examples
    --------
    >>> accumulated_utility()
    log(cosh(4*U*eta*t + c)/cosh(c))/(2*eta)
    """
    return log(cosh(4 * sym.eta * sym.U * sym.t + sym.c) / cosh(sym.c)) / (2 * sym.eta)


def activation_angle(convention: Convention = "paper") -> Expr:
    r"""Size of the hyperbolic angle at which a coordinate has norm one.

    .. math:: |\varphi| = \tfrac12\operatorname{arccosh}\frac1{2m}

    Returns
    -------
    Expr in alpha

    Raises
    ------
    UnknownName
        If the convention is neither.

    Hypotheses
    ----------
    2m <= 1: alpha <= 1/sqrt(2) (paper), alpha <= 1 (slides). Above, the neuron starts with norm beyond one.

    Source
    ------
    Claim DIAG-04.

    Examples
    --------
    >>> activation_angle(), activation_angle("slides")
    (acosh(1/(2*alpha**2))/2, acosh(alpha**(-2))/2)
    """
    return acosh(1 / (2 * product_scale(convention))) / 2


def activation_threshold(convention: Convention = "paper") -> Expr:
    r"""Accumulated utility at which a coordinate has norm one.

    .. math:: \mathcal S = \frac1{2\eta}\log\frac1{2m\cosh c} = -\tfrac1\eta\log\|\theta(0)\|

    Returns
    -------
    Expr in alpha, c = signed start, eta

    Raises
    ------
    UnknownName
        If the convention is neither.

    Hypotheses
    ----------
    As `activation_angle`.

    Source
    ------
    Claims FRM-04 and DIAG-04. Derived step by step in ``derivation("DIAG-04")``.

    Examples
    --------
    >>> activation_threshold()
    log(1/(2*alpha**2*cosh(c)))/(2*eta)
    """
    start = squared_norm(convention).subs(sym.phi, sym.c / 2)
    return log(1 / start) / (2 * sym.eta)


def jump_time(convention: Convention = "paper") -> Expr:
    r"""Time a dormant coordinate needs to reach norm one.

    .. math:: \tau = \frac{\operatorname{arccosh}(1/(2m)) - c}{4\,\eta\,\hat{\mathcal U}_*}

    Returns
    -------
    Expr in alpha, c = signed start (see `signed_start`), eta, U = maximal normalised utility
        Flow time since the residual froze, with rate eta; divided by log(1/alpha) if eta = log(1/alpha).

    Raises
    ------
    UnknownName
        If the convention is neither.

    Hypotheses
    ----------
    As `activation_angle`; |c| < arccosh(1/(2m)), i.e. present norm below one; U > 0. A neuron put back to rest at
    the threshold has c = -arccosh(1/(2m)), and the formula holds there too.

    Source
    ------
    [kunin2025], diagonal linear networks; claim DIAG-04. Derived step by step in ``derivation("DIAG-04")``.

    Examples
    --------
    >>> jump_time()
    (-c + acosh(1/(2*alpha**2)))/(4*U*eta)
    """
    return (2 * activation_angle(convention) - sym.c) / (4 * sym.eta * sym.U)
