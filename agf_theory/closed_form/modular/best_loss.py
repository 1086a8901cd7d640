"""How little of one frequency too few neurons can leave: what is known exactly of the best losses (MOD-15)."""

from __future__ import annotations

from typing import Literal

from sympy import Expr, Rational, cos

from agf_theory.closed_form import symbols as sym

__all__ = ["five_neuron_loss", "form_distance", "one_neuron_loss", "two_neuron_loss"]

_ONE = {"generic": Rational(8, 9), "quarter": Rational(7, 8), "nyquist": Rational(1, 2)}


def one_neuron_loss(kind: Literal["generic", "quarter", "nyquist"] = "generic") -> Expr:
    r"""Best relative loss of one neuron: the loss at the frequency over what it is without any neuron.

    .. math:: \tfrac89\ (4\xi\not\equiv0),\qquad\tfrac78\ (\xi=p/4),\qquad\tfrac12\ (\xi=p/2)

    Attained by aligned neurons with :math:`|\hat u_\xi|=|\hat v_\xi|`, at p/4 of certain phases.

    Returns
    -------
    Expr, a number

    Hypotheses
    ----------
    A neuron that is pure at the frequency.

    Source
    ------
    This project; claim MOD-15. Derived step by step in ``derivation("MOD-15")``.

    Examples
    --------
    >>> one_neuron_loss("quarter")
    7/8
    """
    return _ONE[kind]


def two_neuron_loss() -> Expr:
    r"""Relative loss of two neurons turned by an angle to either side of one direction, with the best outgoing weights.

    .. math:: \tfrac23-\frac{\cos^22\vartheta}{6+3\cos^22\vartheta}

    With :math:`u,v=\cos(\theta\cdot\pm\vartheta)`. It falls to 5/9 as the neurons merge and their weights diverge; no
    two neurons do better.

    Returns
    -------
    Expr in vartheta = the angle

    Hypotheses
    ----------
    :math:`4\xi\not\equiv0`; the angle is no multiple of :math:`\pi/2`.

    Source
    ------
    This project; claim MOD-15. Derived step by step in ``derivation("MOD-15")``.

    Examples
    --------
    >>> two_neuron_loss().subs(sym.half_angle, 0)
    5/9
    """
    c = cos(2 * sym.half_angle) ** 2
    return Rational(2, 3) - c / (6 + 3 * c)


def five_neuron_loss() -> Expr:
    r"""Relative loss of a family of five neurons, exact at every distance h from its limit.

    .. math:: \tfrac{33}2h^4

    The matrix of :math:`Q_s+h^2(3s_a^2-7c_a^2)-\tfrac14c_b^2/h^2` and that of :math:`Q_c` are diagonal in one real
    basis: four neurons make both, and a fifth takes the last term away. Weights grow like :math:`h^{-2}`.

    Returns
    -------
    Expr in h

    Hypotheses
    ----------
    :math:`4\xi\not\equiv0`.

    Source
    ------
    This project; claim MOD-15. Derived step by step in ``derivation("MOD-15")``.

    Examples
    --------
    >>> five_neuron_loss()
    33*h**4/2
    """
    return 33 * sym.closeness**4 / 2


def form_distance() -> Expr:
    r"""Lower bound on the mean square of the distance from :math:`\cos(A+B)` to a form that kills a vector k.

    .. math:: \mathbb E\big(\cos(A+B)-z^\top Gz\big)^2\ge\frac{(k_a+k_b)^2}{4(k_a+k_b)^2+8k_ak_b+12q_k^2}
              \qquad\text{if}\ Gk=0

    At least 1/9; and 1/6 if :math:`q_k=0`, which some vector of the kernel attains where that has two dimensions and
    :math:`Q_c` changes sign on it.

    Returns
    -------
    Expr in k_a, k_b = squared norms of the halves of k, q_k = the form of the cosine at k

    Hypotheses
    ----------
    :math:`4\xi\not\equiv0`; k is not zero.

    Source
    ------
    This project; claim MOD-15. Derived step by step in ``derivation("MOD-15")``.

    Examples
    --------
    >>> form_distance().subs({sym.kernel_a: 1, sym.kernel_b: 1, sym.kernel_form: 1})
    1/9
    """
    total = (sym.kernel_a + sym.kernel_b) ** 2
    return total / (4 * total + 8 * sym.kernel_a * sym.kernel_b + 12 * sym.kernel_form**2)
