"""How the direction of a neuron moves, and where the gradient is to be taken (LIN-08)."""

from __future__ import annotations

from sympy import Expr, Identity, MatrixExpr

from agf_theory.closed_form import symbols as sym

__all__ = ["linear_direction_velocity", "normalised_utility_gradient", "normalised_utility_power"]


def linear_direction_velocity() -> MatrixExpr:
    r"""Velocity of the direction of a neuron of a linear network.

    .. math:: \frac{d}{dt}\hat\theta = \eta\,\big(M-(\hat\theta^\top M\hat\theta)\,I\big)\,\hat\theta,
              \qquad \hat\theta=\theta/\|\theta\|

    It does not depend on the norm: a neuron turns as fast at 1e-300 as at one. (Degree two; for kappa > 2 a small
    neuron turns slowly.)

    Returns
    -------
    MatrixExpr (d, 1) in theta = (a, w), M = the form of the utility, N = ||theta||, eta
        M holds R and R^T off the diagonal; d = d_y + d_x.

    Hypotheses
    ----------
    theta not 0; the residual may move.

    Source
    ------
    [kunin2025], Eq. (5), for kappa = 2; claim LIN-08. Derived step by step in ``derivation("LIN-08")``.

    Examples
    --------
    >>> linear_direction_velocity().shape
    (d, 1)
    """
    theta, form = sym.theta, sym.form
    return sym.eta * (form * theta / sym.norm - theta * (theta.T * form * theta) / sym.norm**3)


def normalised_utility_gradient() -> MatrixExpr:
    r"""Gradient of the normalised utility, at a neuron that is not normalised.

    .. math:: \nabla_\theta\,\frac{\mathcal U(\theta)}{\|\theta\|^\kappa}
              = \frac1{\|\theta\|}\Big(I-\frac{\theta\theta^\top}{\|\theta\|^2}\Big)\nabla\mathcal U(\theta/\|\theta\|)

    The factor :math:`1/\|\theta\|` is what is lost when the equation of the direction is written with this gradient at
    theta instead of the projected gradient of the utility at the unit vector.

    Returns
    -------
    MatrixExpr (d, 1) in theta, nabla_U = the gradient of the utility at theta/||theta||, N = ||theta||

    Hypotheses
    ----------
    Utility differentiable and homogeneous of any degree; theta not 0.

    Source
    ------
    This project; claim LIN-08. Derived step by step in ``derivation("LIN-08")``.

    Examples
    --------
    >>> normalised_utility_gradient().shape
    (d, 1)
    """
    return (Identity(sym.d) - sym.theta * sym.theta.T / sym.norm**2) * sym.gradient / sym.norm


def normalised_utility_power() -> Expr:
    r"""Factor with which the gradient of the normalised utility moves the direction.

    .. math:: \frac{d}{dt}\hat\theta = \eta\,\|\theta\|^{\kappa-1}\,\nabla_\theta\hat{\mathcal U}(\theta)

    With the gradient at the unit vector, where the norm is one, it is :math:`\|\theta\|^{\kappa-2}`.

    Returns
    -------
    Expr in N = ||theta||, kappa

    Hypotheses
    ----------
    As `normalised_utility_gradient`.

    Source
    ------
    [kunin2025], Eq. (5), read with the gradient at theta, has the exponent kappa - 2: an erratum. This project; claim
    LIN-08. Derived step by step in ``derivation("LIN-08")``.

    Examples
    --------
    >>> normalised_utility_power()
    N**(kappa - 1)
    """
    return sym.norm ** (sym.kappa - 1)
