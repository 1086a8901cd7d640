"""How an active neuron leaves a saddle that is not the best of rank one, and when that is seen (LIN-15)."""

from __future__ import annotations

from sympy import Expr, log, sqrt

from agf_theory.closed_form import symbols as sym

__all__ = ["crossover_exponent", "crossover_time", "escape_rate", "transverse_determinant"]


def transverse_determinant() -> Expr:
    r"""Determinant of the flow of an active neuron across its mode.

    .. math::
        \det\begin{pmatrix}-\sigma_1&\sigma_2\\\sigma_2&-\Lambda_2\sigma_1/\Lambda_1\end{pmatrix}
        =\Lambda_2(\mu_1-\mu_2),\qquad \mu_j=\sigma_j^2/\Lambda_j

    Returns
    -------
    Expr in sigma_1, sigma_2 = singular values of Sigma_yx, Lambda_1, Lambda_2 = input variances of their modes
        Negative where the other mode takes more off the loss: the saddle is then left.

    Hypotheses
    ----------
    Commuting moments; one balanced neuron at rest in mode 1.

    Source
    ------
    This project; claim LIN-15. Derived step by step in ``derivation("LIN-15")``.

    Examples
    --------
    >>> transverse_determinant()
    Lambda_2*(-sigma_2**2/Lambda_2 + sigma_1**2/Lambda_1)
    """
    return sym.variance_2 * (sym.sigma_1**2 / sym.variance_1 - sym.sigma_2**2 / sym.variance_2)


def escape_rate() -> Expr:
    r"""Rate at which an active neuron in mode 1 turns to mode 2: the larger eigenvalue of its transverse flow.

    .. math::
        \gamma = \tfrac12\left(-p+\sqrt{p^2-4\Lambda_2(\mu_1-\mu_2)}\right),
        \qquad p=\sigma_1\left(1+\frac{\Lambda_2}{\Lambda_1}\right)

    Returns
    -------
    Expr in sigma_1, sigma_2, Lambda_1, Lambda_2
        Flow rate; positive if and only if mu_2 > mu_1, and always below sigma_2, the rate of a dormant neuron.

    Hypotheses
    ----------
    As for `transverse_determinant`.

    Source
    ------
    This project; claim LIN-15. Derived step by step in ``derivation("LIN-15")``.

    Examples
    --------
    >>> from sympy import Rational
    >>> escape_rate().subs({sym.sigma_1: 2, sym.sigma_2: 1, sym.variance_1: 4, sym.variance_2: Rational(1, 2)})
    -9/8 + sqrt(113)/8
    """
    damping = sym.sigma_1 * (1 + sym.variance_2 / sym.variance_1)
    return (-damping + sqrt(damping**2 - 4 * transverse_determinant())) / 2


def crossover_time() -> Expr:
    r"""Second jump when the active neuron leaves its saddle on a coupling, as the coupling tends to zero.

    .. math::
        T_2 = \frac{\mathcal L}{\sigma_1}\left(2-\frac{\sigma_2}{\sigma_1}\right)
        + \left(1-\frac{\sigma_2}{\sigma_1}\right)\frac{\log(1/\rho)}{\gamma}

    Returns
    -------
    Expr in L = log(1/init scale), sigma_1, sigma_2, gamma_s = `escape_rate`, rho = coupling
        Flow time, up to what stays bounded as rho and the scale tend to zero.

    Hypotheses
    ----------
    sigma_2 < sigma_1, mu_2 > mu_1, and the saddle is left before the dormant neuron of mode 2 is active: rho well
    above the initialisation scale to the power `crossover_exponent`. Below, T_2 = L/sigma_2.

    Source
    ------
    This project; claim LIN-15. Derived step by step in ``derivation("LIN-15")``.

    Examples
    --------
    >>> crossover_time().subs({sym.sigma_1: 2, sym.sigma_2: 1})
    3*L/4 - log(rho)/(2*gamma_s)
    """
    ratio = sym.sigma_2 / sym.sigma_1
    return sym.log_inverse / sym.sigma_1 * (2 - ratio) - (1 - ratio) * log(sym.input_coupling) / sym.escape


def crossover_exponent() -> Expr:
    r"""The power of the initialisation scale that a coupling has to exceed to be felt.

    .. math:: \rho \gg \varepsilon^{\gamma\,(1/\sigma_2-1/\sigma_1)}

    Returns
    -------
    Expr in gamma_s = `escape_rate`, sigma_1, sigma_2

    Hypotheses
    ----------
    As for `crossover_time`.

    Source
    ------
    This project; claim LIN-15. Derived step by step in ``derivation("LIN-15")``.

    Examples
    --------
    >>> crossover_exponent().subs({sym.sigma_1: 2, sym.sigma_2: 1})
    gamma_s/2
    """
    return sym.escape * (1 / sym.sigma_2 - 1 / sym.sigma_1)
