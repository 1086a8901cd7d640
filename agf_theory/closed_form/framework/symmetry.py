"""What homogeneity gives for free: Euler's identity, critical points at zero, conserved quantities (FRM-01, 06, 07)."""

from __future__ import annotations

from sympy import Derivative, Eq, Equality, Expr

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.framework.growth import coordinates, homogeneous_function
from agf_theory.errors import HypothesisNotMet

__all__ = ["conserved_quantity", "euler_identity", "gradient_scaling"]


def euler_identity(dimension: int = 2) -> Equality:
    r"""Euler's identity for a homogeneous utility.

    .. math:: \langle\theta,\nabla\mathcal U(\theta)\rangle = \kappa\,\mathcal U(\theta)

    Returns
    -------
    Equality in theta_1, ..., theta_d, kappa and an undefined function h (see `homogeneous_function`)
        Derivatives are left unevaluated; ``.doit()`` takes them.

    Hypotheses
    ----------
    Utility differentiable and homogeneous of degree kappa; dimension >= 2.

    Source
    ------
    [kunin2025], two-layer homogeneous networks; claim FRM-01. Derived step by step in ``derivation("FRM-01")``.

    Examples
    --------
    >>> euler_identity(2).rhs
    kappa*theta_1**kappa*h(theta_2/theta_1)
    """
    function = homogeneous_function(dimension)
    inner = sum(coordinate * Derivative(function, coordinate) for coordinate in coordinates(dimension))
    return Eq(inner, sym.kappa * function, evaluate=False)


def gradient_scaling() -> Expr:
    r"""Factor by which the gradient of a neuron's utility shrinks when the neuron is scaled.

    .. math:: \nabla\mathcal U(x\theta) = x^{\kappa-1}\,\nabla\mathcal U(\theta)

    It tends to zero with the neuron when kappa > 1: an inactive neuron at zero feels no force, so a critical point of
    the loss over the active neurons is critical for all neurons.

    Returns
    -------
    Expr in level = the scaling factor, kappa

    Hypotheses
    ----------
    Utility differentiable away from zero, homogeneous of degree kappa, its gradient bounded on the unit sphere. The
    theory takes kappa >= 2; kappa > 1 would do, kappa = 1 does not.

    Source
    ------
    Claims FRM-01 and FRM-06. Derived step by step in ``derivation("FRM-06")``.

    Examples
    --------
    >>> gradient_scaling()
    ell**(kappa - 1)
    """
    return sym.level ** (sym.kappa - 1)


def conserved_quantity(degree: int | None = None) -> Expr:
    r"""Conserved quantity of a neuron with one incoming and one outgoing layer.

    .. math:: \|w\|^2 - (\kappa-1)\,\|a\|^2,\qquad f = a\,\sigma(w^\top x)

    Parameters
    ----------
    degree : int, optional
        A number for kappa: 2 for linear and rectified linear neurons, 3 for quadratic ones.

    Returns
    -------
    Expr in w = ||w||, a = ||a|| (and kappa)

    Raises
    ------
    HypothesisNotMet
        If degree < 2.

    Hypotheses
    ----------
    Activation homogeneous of degree kappa - 1 and differentiable along the flow (for the rectifier: away from its
    kink); gradient flow with one learning rate for both layers. The residual may change in any way.

    Source
    ------
    Claim FRM-07. Derived step by step in ``derivation("FRM-07")``.

    Examples
    --------
    >>> conserved_quantity(3)
    -2*a**2 + w**2
    """
    if degree is not None and degree < 2:
        raise HypothesisNotMet(f"degree of homogeneity must be at least 2, got {degree}; an activation has degree >= 1")
    return sym.w**2 - ((sym.kappa if degree is None else degree) - 1) * sym.a**2
