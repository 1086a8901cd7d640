"""Problems for the linear room: the counterexamples of the theory, and rotated copies of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from agf_theory.problems import LinearNetwork, zoo


@pytest.fixture(scope="session")
def reversed_order() -> LinearNetwork:
    """Counterexample I: modes in the order of growth take away the smaller part of the loss first."""
    return zoo.get("reversed")


@pytest.fixture(scope="session")
def reducible() -> LinearNetwork:
    """Counterexample II."""
    return zoo.get("reducible")


@pytest.fixture(scope="session")
def greedy_differs() -> LinearNetwork:
    """Counterexample III."""
    return zoo.get("greedy-differs")


@pytest.fixture(scope="session")
def rotated() -> Callable[[LinearNetwork, int], LinearNetwork]:
    """A problem in other orthonormal bases of inputs and outputs, with the rounding errors that come with them."""

    def turned(problem: LinearNetwork, seed: int) -> LinearNetwork:
        rng = np.random.default_rng(seed)
        P = np.linalg.qr(rng.standard_normal((problem.d, problem.d)))[0]
        Q = np.linalg.qr(rng.standard_normal((problem.c, problem.c)))[0]
        sigma_xx = P @ problem.sigma_xx @ P.T
        return LinearNetwork((sigma_xx + sigma_xx.T) / 2, Q @ problem.sigma_yx @ P.T, width=problem.width)

    return turned
