"""The accumulated utility of a dormant coordinate as an integral, enclosed; no formula of it is used."""

from __future__ import annotations

from typing import Any

import flint

__all__ = ["utility_integral"]


def utility_integral(g: Any, angle: Any, eta: Any, duration: Any) -> flint.arb:
    """The integral of κ Û = −2 g uv/(u² + v²) over a time with frozen residual, by rigorous quadrature."""

    def integrand(time: flint.acb, _: bool) -> flint.acb:
        phi = flint.acb(angle) - flint.acb(eta * g) * time
        u, v = phi.cosh(), phi.sinh()
        return -2 * flint.acb(g) * u * v / (u * u + v * v)

    return flint.acb.integral(integrand, 0, flint.acb(duration)).real
