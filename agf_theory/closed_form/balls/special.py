"""The special functions, on the parts of the real line on which they are real."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import sympy
from flint import acb, arb

from agf_theory.closed_form.balls.number import Number, both, less, less_or_equal, sign_of, whole
from agf_theory.closed_form.balls.real_function import RealFunction, above, below, everywhere, within
from agf_theory.closed_form.carlson import CarlsonRF

__all__ = ["SPECIAL"]


def _not_one(s: Number) -> bool | None:
    at = less(s, 1), less(1, s)
    return True if True in at else False if at == (False, False) else None


def _nonzero(x: Number) -> bool | None:
    sign = sign_of(x)
    return None if sign is None else sign != 0


def _second(condition: Callable[[Number], bool | None]) -> Callable[..., bool | None]:
    return lambda _, x: condition(x)


def _whole_or_positive(order: Number, x: Number) -> bool | None:
    """Bessel functions of the first kind are real for negative arguments too if the order is an integer."""
    return True if whole(order) is not None else less(0, x)


def _real(function: Callable[..., acb]) -> Callable[..., arb]:
    """A function that Arb has in complex numbers only; its value on the domain is real."""

    def value(*balls: arb) -> arb:
        return function(*map(acb, balls)).real

    return value


def _elliptic_e(*balls: arb) -> arb:
    if len(balls) == 1:
        return _real(acb.elliptic_e)(*balls)
    return _real(acb.elliptic_e_inc)(*balls)


def _elliptic_e_inside(*arguments: Number) -> bool | None:
    parameter = arguments[-1]
    return less_or_equal(parameter, 1) if len(arguments) == 1 else less(parameter, 1)


def _elliptic_pi(*balls: arb) -> arb:
    return _real(acb.elliptic_pi if len(balls) == 2 else acb.elliptic_pi_inc)(*balls)


def _elliptic_pi_inside(*arguments: Number) -> bool | None:
    return both(less(arguments[0], 1), less(arguments[-1], 1))


def _airy(which: int) -> Callable[[arb], arb]:
    return lambda x: x.airy()[which]


def _zeta(s: arb, *shift: arb) -> arb:
    return s.zeta(*shift)


def _zeta_inside(s: Number, *shift: Number) -> bool | None:
    return both(_not_one(s), *(less(0, a) for a in shift))


def _polygamma(order: arb, x: arb) -> arb:
    return x.digamma() if order.is_zero() else acb(x).polygamma(acb(order)).real


def _polygamma_inside(order: Number, x: Number) -> bool | None:
    n = whole(order)
    return False if n is None or n < 0 else True if n == 0 else less(0, x)


def _wright_branch(x: Number, branch: Number) -> bool | None:
    """-1/e <= x, and x < 0 on the lower branch."""
    k = whole(branch)
    if k not in (0, -1):
        return False
    from_edge = less_or_equal(-1, arb(x) * arb(1).exp())
    return from_edge if k == 0 else both(from_edge, less(x, 0))


def _lambert_w(x: arb, branch: arb) -> arb:
    return x.lambertw(0 if branch.is_zero() else -1)


def _carlson(x: arb, y: arb, z: arb) -> arb:
    return acb.elliptic_rf(acb(x), acb(y), acb(z)).real


def _carlson_inside(*arguments: Number) -> bool | None:
    """None negative, and at most one zero."""
    negative = [less(argument, 0) for argument in arguments]
    positive = [less(0, argument) for argument in arguments]
    if True in negative or positive.count(False) > 1:
        return False
    return True if negative == [False] * 3 and positive.count(True) >= 2 else None


def _beta(a: arb, b: arb) -> arb:
    return a.gamma() * b.gamma() * (a + b).rgamma()


def _beta_inside(a: Number, b: Number) -> bool | None:
    return both(less(0, a), less(0, b))


def _rising(x: arb, k: arb) -> arb:
    return (x + k).gamma() * x.rgamma()


def _falling(x: arb, k: arb) -> arb:
    return (x + 1).gamma() * (x - k + 1).rgamma()


SPECIAL: Mapping[Any, RealFunction] = MappingProxyType(
    {
        # At a pole of the gamma function a ball gives no finite value; no domain is needed.
        sympy.gamma: RealFunction(arb.gamma, everywhere),
        sympy.loggamma: RealFunction(arb.lgamma, above(0)),
        sympy.polygamma: RealFunction(_polygamma, _polygamma_inside),
        sympy.harmonic: RealFunction(lambda x: (x + 1).digamma() + arb.const_euler(), above(-1)),
        sympy.factorial: RealFunction(lambda x: (x + 1).gamma(), everywhere),
        sympy.RisingFactorial: RealFunction(_rising, everywhere),
        sympy.FallingFactorial: RealFunction(_falling, everywhere),
        sympy.beta: RealFunction(_beta, _beta_inside),
        sympy.uppergamma: RealFunction(lambda s, x: x.gamma_upper(s), _second(above(0))),
        sympy.lowergamma: RealFunction(lambda s, x: x.gamma_lower(s), _second(above(0))),
        sympy.erf: RealFunction(arb.erf, everywhere),
        sympy.erfc: RealFunction(arb.erfc, everywhere),
        sympy.erfi: RealFunction(arb.erfi, everywhere),
        sympy.erfinv: RealFunction(arb.erfinv, within(1, ends=False)),
        sympy.erfcinv: RealFunction(arb.erfcinv, lambda x: both(less(0, x), less(x, 2))),
        sympy.fresnels: RealFunction(arb.fresnel_s, everywhere),
        sympy.fresnelc: RealFunction(arb.fresnel_c, everywhere),
        sympy.Ei: RealFunction(arb.ei, _nonzero),
        sympy.expint: RealFunction(lambda s, x: x.expint(s), _second(above(0))),
        sympy.li: RealFunction(arb.li, lambda x: both(less(0, x), _not_one(x))),
        sympy.Si: RealFunction(arb.si, everywhere),
        sympy.Ci: RealFunction(arb.ci, above(0)),
        sympy.Shi: RealFunction(arb.shi, everywhere),
        sympy.Chi: RealFunction(arb.chi, above(0)),
        sympy.LambertW: RealFunction(_lambert_w, _wright_branch),
        sympy.besselj: RealFunction(lambda n, x: x.bessel_j(n), _whole_or_positive),
        sympy.besseli: RealFunction(lambda n, x: x.bessel_i(n), _whole_or_positive),
        sympy.bessely: RealFunction(lambda n, x: x.bessel_y(n), _second(above(0))),
        sympy.besselk: RealFunction(lambda n, x: x.bessel_k(n), _second(above(0))),
        sympy.airyai: RealFunction(_airy(0), everywhere),
        sympy.airyaiprime: RealFunction(_airy(1), everywhere),
        sympy.airybi: RealFunction(_airy(2), everywhere),
        sympy.airybiprime: RealFunction(_airy(3), everywhere),
        # Elliptic integrals in the parameter m = k**2, as SymPy has them.
        sympy.elliptic_k: RealFunction(_real(acb.elliptic_k), below(1)),
        sympy.elliptic_f: RealFunction(_real(acb.elliptic_f), _second(below(1))),
        sympy.elliptic_e: RealFunction(_elliptic_e, _elliptic_e_inside),
        sympy.elliptic_pi: RealFunction(_elliptic_pi, _elliptic_pi_inside),
        CarlsonRF: RealFunction(_carlson, _carlson_inside),
        sympy.polylog: RealFunction(lambda s, z: z.polylog(s), _second(below(1))),
        sympy.zeta: RealFunction(_zeta, _zeta_inside),
        sympy.dirichlet_eta: RealFunction(_real(acb.dirichlet_eta), everywhere),
    }
)
