"""An aligned mode of conserved imbalance solved exactly (LIN-19): whitened data, any start, any imbalance but zero."""

from __future__ import annotations

from sympy import Abs, Expr, exp, log, sqrt

from agf_theory.closed_form import symbols as sym

__all__ = [
    "effective_strength",
    "half_time_from_effective_strength",
    "half_time_from_overlap",
    "imbalanced_rate",
    "imbalanced_strength",
    "imbalanced_strength_far",
    "imbalanced_time",
    "imbalanced_velocity",
    "lower_fixed_ratio",
    "ratio_in_time",
    "strength_of_ratio",
    "strength_ratio",
    "time_between_ratios",
    "upper_fixed_ratio",
]


def imbalanced_velocity() -> Expr:
    r"""Velocity of the strength of an aligned mode.

    .. math:: \dot s = \sqrt{\lambda^2+4s^2}\,(\sigma-s) = (\alpha^2+\omega^2)(\sigma-s)

    Returns
    -------
    Expr in s = alpha*omega, lambda = alpha**2 - omega**2, sigma_k

    Hypotheses
    ----------
    a = alpha*u, w = omega*v, input variance 1 along v, other modes orthogonal in input, output and hidden space. For
    input variance Lambda replace t by Lambda*t and sigma by sigma/Lambda, here and in all of this module.

    Source
    ------
    This project; claim LIN-19. Derived step by step in ``derivation("LIN-19")``.

    Examples
    --------
    >>> imbalanced_velocity()
    sqrt(lambda**2 + 4*s**2)*(-s + sigma_k)
    """
    return sqrt(sym.imbalance**2 + 4 * sym.strength**2) * (sym.sigma_k - sym.strength)


def imbalanced_rate() -> Expr:
    r"""Rate at which an aligned mode approaches its final strength.

    .. math:: \nu = \sqrt{\lambda^2+4\sigma^2}

    Returns
    -------
    Expr in lambda, sigma_k

    Hypotheses
    ----------
    As `imbalanced_velocity`.

    Source
    ------
    This project; claim LIN-19. Derived step by step in ``derivation("LIN-19")``.

    Examples
    --------
    >>> imbalanced_rate()
    sqrt(lambda**2 + 4*sigma_k**2)
    """
    return sqrt(sym.imbalance**2 + 4 * sym.sigma_k**2)


def strength_ratio() -> Expr:
    r"""The variable in which the mode obeys a Riccati equation with constant coefficients.

    .. math:: Q = \frac{2s+\sqrt{\lambda^2+4s^2}}{|\lambda|} = \frac{(\alpha+\omega)^2}{|\lambda|} > 0,\qquad
              \dot Q = -\tfrac{|\lambda|}2Q^2+2\sigma Q+\tfrac{|\lambda|}2

    Returns
    -------
    Expr in s, lambda

    Hypotheses
    ----------
    As `imbalanced_velocity`; lambda not 0.

    Source
    ------
    This project; claim LIN-19. Derived step by step in ``derivation("LIN-19")``.

    Examples
    --------
    >>> strength_ratio().subs(sym.strength, 0)
    1
    """
    return (2 * sym.strength + sqrt(sym.imbalance**2 + 4 * sym.strength**2)) / Abs(sym.imbalance)


def strength_of_ratio() -> Expr:
    r"""The strength from the variable Q of `strength_ratio`.

    .. math:: s = \tfrac{|\lambda|}4\,(Q-Q^{-1})

    Returns
    -------
    Expr in Q, lambda

    Hypotheses
    ----------
    As `strength_ratio`.

    Source
    ------
    This project; claim LIN-19. Derived step by step in ``derivation("LIN-19")``.

    Examples
    --------
    >>> strength_of_ratio()
    (Q - 1/Q)*Abs(lambda)/4
    """
    return Abs(sym.imbalance) * (sym.ratio - 1 / sym.ratio) / 4


def upper_fixed_ratio() -> Expr:
    r"""The attracting fixed point of Q: there the strength is sigma.

    .. math:: Q_+ = \frac{2\sigma+\nu}{|\lambda|},\qquad Q_+Q_-=-1

    Returns
    -------
    Expr in sigma_k, lambda

    Hypotheses
    ----------
    As `strength_ratio`.

    Source
    ------
    This project; claim LIN-19. Derived step by step in ``derivation("LIN-19")``.

    Examples
    --------
    >>> upper_fixed_ratio().subs({sym.sigma_k: 2, sym.imbalance: -3})
    3
    """
    return (2 * sym.sigma_k + imbalanced_rate()) / Abs(sym.imbalance)


def lower_fixed_ratio() -> Expr:
    r"""The repelling fixed point of Q; negative, so no start is there or beyond.

    .. math:: Q_- = \frac{2\sigma-\nu}{|\lambda|} = -\frac{|\lambda|}{2\sigma+\nu}

    Returns
    -------
    Expr in sigma_k, lambda

    Hypotheses
    ----------
    As `strength_ratio`.

    Source
    ------
    This project; claim LIN-19. Derived step by step in ``derivation("LIN-19")``.

    Examples
    --------
    >>> lower_fixed_ratio().subs({sym.sigma_k: 2, sym.imbalance: -3})
    -1/3
    """
    return (2 * sym.sigma_k - imbalanced_rate()) / Abs(sym.imbalance)


def ratio_in_time() -> Expr:
    r"""The solution of the Riccati equation from its fixed points.

    .. math:: \frac{Q-Q_+}{Q-Q_-} = \frac{Q_0-Q_+}{Q_0-Q_-}\,e^{-\nu t}

    Returns
    -------
    Expr in Q_0, Q_plus, Q_minus, nu, t
        Solved for Q; positive, and tends to Q_+ from every start Q_0 > 0.

    Hypotheses
    ----------
    As `strength_ratio`.

    Source
    ------
    This project; claim LIN-19. Derived step by step in ``derivation("LIN-19")``.

    Examples
    --------
    >>> ratio_in_time().subs(sym.t, 0).simplify()
    Q_0
    """
    left = (sym.ratio_0 - sym.ratio_upper) / (sym.ratio_0 - sym.ratio_lower) * exp(-sym.rate * sym.t)
    return (sym.ratio_upper - sym.ratio_lower * left) / (1 - left)


def time_between_ratios() -> Expr:
    r"""Time the Riccati equation takes from one value to another.

    .. math:: t(Q_0\to Q) = \frac1\nu\log\frac{(Q_+-Q_0)(Q-Q_-)}{(Q_0-Q_-)(Q_+-Q)}

    Returns
    -------
    Expr in Q_0, Q, Q_plus, Q_minus, nu

    Hypotheses
    ----------
    As `strength_ratio`; Q_0 and Q both below Q_+, or both above.

    Source
    ------
    This project; claim LIN-19. Derived step by step in ``derivation("LIN-19")``.

    Examples
    --------
    >>> time_between_ratios().subs(sym.ratio, sym.ratio_0)
    0
    """
    start = (sym.ratio_upper - sym.ratio_0) / (sym.ratio_0 - sym.ratio_lower)
    end = (sym.ratio_upper - sym.ratio) / (sym.ratio - sym.ratio_lower)
    return log(start / end) / sym.rate


def imbalanced_strength() -> Expr:
    r"""Strength of an aligned mode of any imbalance but zero, from any start.

    .. math:: s(t) = \tfrac{|\lambda|}4\Big(Q(t)-\frac1{Q(t)}\Big)

    Returns
    -------
    Expr in s_0, sigma_k, lambda, t
        Flow time with rate 1. Tends to sigma from every s_0: with an imbalance there is no saddle on the way.

    Hypotheses
    ----------
    As `strength_ratio`. For lambda -> 0 and s_0 > 0 it tends to `logistic_strength`.

    Source
    ------
    This project; claim LIN-19. Derived step by step in ``derivation("LIN-19")``.

    Examples
    --------
    >>> imbalanced_strength().subs({sym.strength_0: 0, sym.t: 0, sym.sigma_k: 2, sym.imbalance: 3})
    0
    """
    return strength_of_ratio().subs(sym.ratio, _in_strengths(ratio_in_time()))


def imbalanced_time() -> Expr:
    r"""Time from one strength to another.

    .. math:: t(s_0\to s_f) = \frac1\nu\log\frac{(Q_+-Q_0)(Q_f-Q_-)}{(Q_0-Q_-)(Q_+-Q_f)}

    Returns
    -------
    Expr in s_0, s_f, sigma_k, lambda

    Hypotheses
    ----------
    As `strength_ratio`; s_0 and s_f both below sigma, or both above.

    Source
    ------
    This project; claim LIN-19. Derived step by step in ``derivation("LIN-19")``.

    Examples
    --------
    >>> imbalanced_time().subs({sym.strength_0: 0, sym.strength_final: 0, sym.sigma_k: 2, sym.imbalance: 3})
    0
    """
    return _in_strengths(time_between_ratios())


def _in_strengths(expression: Expr) -> Expr:
    """A formula of ratios in the strengths s_0, s_f, in sigma_k and lambda."""
    start, end = (strength_ratio().subs(sym.strength, s) for s in (sym.strength_0, sym.strength_final))
    made = {
        sym.ratio_0: start,
        sym.ratio: end,
        sym.ratio_upper: upper_fixed_ratio(),
        sym.ratio_lower: lower_fixed_ratio(),
        sym.rate: imbalanced_rate(),
    }
    return expression.subs(made)


def imbalanced_strength_far() -> Expr:
    r"""The strength for an imbalance far beyond the strengths: the exponential of one linear layer.

    .. math:: s(t)\to\sigma+(s_0-\sigma)\,e^{-|\lambda|t}\quad(|\lambda|\to\infty,\ |\lambda|t\ \text{fixed})

    Returns
    -------
    Expr in s_0, sigma_k, lambda, t

    Hypotheses
    ----------
    As `strength_ratio`; a limit, approached as lambda**-2.

    Source
    ------
    This project; claim LIN-19. Derived step by step in ``derivation("LIN-19")``.

    Examples
    --------
    >>> imbalanced_strength_far().subs(sym.t, 0)
    s_0
    """
    return sym.sigma_k + (sym.strength_0 - sym.sigma_k) * exp(-Abs(sym.imbalance) * sym.t)


def effective_strength() -> Expr:
    r"""The balanced start that has the same half-time, as long as all is small.

    .. math:: s_{\rm eff} = \tfrac14\big(2s_0+\sqrt{\lambda^2+4s_0^2}\big) = \tfrac14(\alpha+\omega)^2

    Returns
    -------
    Expr in s_0, lambda

    Hypotheses
    ----------
    As `imbalanced_velocity`. For lambda = 0 and s_0 > 0 it is s_0.

    Source
    ------
    This project; claim LIN-19. Derived step by step in ``derivation("LIN-19")``.

    Examples
    --------
    >>> effective_strength().subs(sym.strength_0, 0)
    Abs(lambda)/4
    """
    return (2 * sym.strength_0 + sqrt(sym.imbalance**2 + 4 * sym.strength_0**2)) / 4


def half_time_from_effective_strength() -> Expr:
    r"""Time at which the strength is sigma/2, from a small start.

    .. math:: t_{1/2}\approx\frac1{2\sigma}\log\frac\sigma{s_{\rm eff}}

    Returns
    -------
    Expr in s_0, lambda, sigma_k
        Off by -(alpha**2 + omega**2)/(4 sigma**2) = -sqrt(lambda**2 + 4 s_0**2)/(4 sigma**2) to leading order.

    Hypotheses
    ----------
    As `effective_strength`; s_0 and lambda small against sigma, alpha + omega not 0.

    Source
    ------
    This project; claim LIN-19. Derived step by step in ``derivation("LIN-19")``.

    Examples
    --------
    >>> half_time_from_effective_strength().subs(sym.strength_0, 0)
    log(4*sigma_k/Abs(lambda))/(2*sigma_k)
    """
    return log(sym.sigma_k / effective_strength()) / (2 * sym.sigma_k)


def half_time_from_overlap() -> Expr:
    r"""The same from the overlap of the start with the growing eigenvector.

    .. math:: t_{1/2}\approx\frac1\sigma\Big[\mathcal L+\log\frac1{z_1}+\tfrac12\log2\sigma\Big],\qquad
              \varepsilon z_1=\frac{|\alpha+\omega|}{\sqrt2},\quad\mathcal L=\log\frac1\varepsilon

    Later than `dormant_jump_time` by log(2*sigma)/(2*sigma): half the strength instead of norm one.

    Returns
    -------
    Expr in L, z_1, sigma_k

    Hypotheses
    ----------
    As `half_time_from_effective_strength`.

    Source
    ------
    This project; claim LIN-19. Derived step by step in ``derivation("LIN-19")``.

    Examples
    --------
    >>> from agf_theory.closed_form import with_values
    >>> with_values(half_time_from_overlap(), L=10, z_1=1, sigma_k=1)
    log(2)/2 + 10
    """
    return (sym.log_inverse - log(sym.z_1) + log(2 * sym.sigma_k) / 2) / sym.sigma_k
