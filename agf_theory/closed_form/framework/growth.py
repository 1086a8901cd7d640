"""How a dormant neuron grows: norm, direction and accumulated utility under a frozen residual (FRM-01 to FRM-03)."""

from __future__ import annotations

from sympy import Expr, Function, Identity, Integral, MatrixExpr, Piecewise, Symbol, exp

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.framework.degree import by_degree

__all__ = [
    "accumulated_utility",
    "coordinates",
    "direction_velocity",
    "homogeneous_function",
    "norm",
    "norm_growth",
    "utility",
]


def coordinates(dimension: int = 2) -> tuple[Symbol, ...]:
    r"""Coordinates of the parameter :math:`\theta`; the first is positive.

    Returns
    -------
    `dimension` symbols theta_1, theta_2, ...

    Examples
    --------
    >>> coordinates(3)
    (theta_1, theta_2, theta_3)
    """
    first = Symbol("theta_1", positive=True)
    return (first, *(Symbol(f"theta_{i}", real=True) for i in range(2, dimension + 1)))


def homogeneous_function(dimension: int = 2) -> Expr:
    r"""The general function homogeneous of degree :math:`\kappa` on the half space :math:`\theta_1>0`.

    .. math:: \mathcal U(\theta) = \theta_1^\kappa\, h(\theta_2/\theta_1, \dots, \theta_d/\theta_1)

    Every positively homogeneous function has this form there, with `h` its restriction to the plane
    :math:`\theta_1=1`; differentiable iff `h` is.

    Returns
    -------
    Expr in theta_1, ..., theta_d, kappa and an undefined function h

    Hypotheses
    ----------
    dimension >= 2. Nothing on kappa.

    Source
    ------
    [kunin2025], two-layer homogeneous networks; this form: this project.

    Examples
    --------
    >>> homogeneous_function(2)
    theta_1**kappa*h(theta_2/theta_1)
    """
    first, *others = coordinates(dimension)
    return first**sym.kappa * Function("h", real=True)(*(other / first for other in others))


def utility() -> Expr:
    r"""Utility from norm and normalised utility.

    .. math:: \mathcal U(\theta) = \|\theta\|^\kappa\,\hat{\mathcal U}

    Returns
    -------
    Expr in N = ||theta||, kappa, U = normalised utility

    Hypotheses
    ----------
    Utility homogeneous of degree kappa in theta; theta not 0.

    Source
    ------
    [kunin2025], two-layer homogeneous networks.

    Examples
    --------
    >>> utility()
    N**kappa*U
    """
    return sym.norm**sym.kappa * sym.U


def norm_growth() -> Expr:
    r"""Rate at which the norm of a dormant neuron grows.

    .. math:: \frac{d}{dt}\|\theta\| = \eta\,\kappa\,\|\theta\|^{\kappa-1}\,\hat{\mathcal U}

    Returns
    -------
    Expr in N = ||theta||, kappa, eta, U = normalised utility at the present direction

    Hypotheses
    ----------
    Residual frozen, utility homogeneous of degree kappa and differentiable at theta, theta not 0. Exact.

    Source
    ------
    [kunin2025], dynamics of dormant neurons; claim FRM-02. Derived step by step in ``derivation("FRM-02")``.

    Examples
    --------
    >>> norm_growth()
    N**(kappa - 1)*U*eta*kappa
    """
    return sym.eta * sym.kappa * sym.norm ** (sym.kappa - 1) * sym.U


def direction_velocity() -> MatrixExpr:
    r"""Velocity of the direction of a dormant neuron.

    .. math:: \frac{d}{dt}\frac{\theta}{\|\theta\|} = \eta\,\|\theta\|^{\kappa-2}\,
              \Big(I-\frac{\theta\theta^\top}{\|\theta\|^2}\Big)\,\nabla\mathcal U\big(\theta/\|\theta\|\big)

    The gradient is taken at the unit vector. The gradient of the normalised utility at the un-normalised theta carries
    another factor 1/||theta||.

    Returns
    -------
    MatrixExpr (d, 1) in theta, nabla_U = the gradient at theta/||theta||, N = ||theta||, kappa, eta

    Hypotheses
    ----------
    As `norm_growth`.

    Source
    ------
    [kunin2025], dynamics of dormant neurons; claim FRM-02. Derived step by step in ``derivation("FRM-02")``.

    Examples
    --------
    >>> direction_velocity().shape
    (d, 1)
    """
    projection = Identity(sym.d) - sym.theta * sym.theta.T / sym.norm**2
    return sym.eta * sym.norm ** (sym.kappa - 2) * projection * sym.gradient


def accumulated_utility() -> Expr:
    r"""Accumulated utility of a dormant neuron.

    .. math:: \mathcal S(t) = \int_0^t \kappa\,\hat{\mathcal U}(\tau)\,d\tau

    Returns
    -------
    Expr in t, kappa and the undefined function U(t), the normalised utility along the flow

    Hypotheses
    ----------
    None: a definition.

    Source
    ------
    [kunin2025], utility maximisation step; claim FRM-03.

    Examples
    --------
    >>> accumulated_utility()
    Integral(kappa*U(tau), (tau, 0, t))
    """
    return Integral(sym.kappa * sym.utility(sym.tau), (sym.tau, 0, sym.t))


def norm(degree: int | None = None) -> Expr | Piecewise:
    r"""Norm of a dormant neuron from its accumulated utility.

    .. math:: \|\theta(t)\| = \|\theta(0)\|\,e^{\eta\mathcal S}\ (\kappa=2);\quad
              \|\theta(t)\| = \big(\|\theta(0)\|^{2-\kappa}-(\kappa-2)\,\eta\,\mathcal S\big)^{-1/(\kappa-2)}
              \ (\kappa>2)

    Parameters
    ----------
    degree : int, optional
        A number for kappa; None leaves both cases in one `Piecewise`.

    Returns
    -------
    Expr in N_0 = ||theta(0)||, S, eta (and kappa)

    Raises
    ------
    HypothesisNotMet
        If degree < 2.

    Hypotheses
    ----------
    Residual frozen. For kappa > 2 the norm is infinite from the accumulated utility `blow_up` on.

    Source
    ------
    [kunin2025], utility maximisation step; claim FRM-03. Derived step by step in ``derivation("FRM-03")``.

    Examples
    --------
    >>> norm(2)
    N_0*exp(S*eta)
    >>> norm(3)
    1/(-S*eta + 1/N_0)
    """
    excess = sym.kappa - 2
    above = (sym.norm_0**-excess - excess * sym.eta * sym.S) ** (-1 / excess)
    return by_degree(sym.norm_0 * exp(sym.eta * sym.S), above, degree)
