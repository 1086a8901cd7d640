"""How much the tangent kernel of a neuron changes along a trajectory."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from agf_theory.numeric.neuron.neuron_trajectory import NeuronTrajectory
from agf_theory.problems import SingleNeuron

__all__ = ["kernel_change", "kernel_growth"]

Array = NDArray[np.float64]


def kernel_change(problem: SingleNeuron, flow: NeuronTrajectory) -> float | None:
    r"""Relative change of the neural tangent kernel from the start to the end, in Frobenius norm.

    Parameters
    ----------
    problem : SingleNeuron
    flow : NeuronTrajectory
        Of this problem.

    Returns
    -------
    float or None
        :math:`\|K_\infty-K_0\|_F/\|K_0\|_F`, where K has the derivatives of the n answers by the weights, each layer
        with its rate; None if :math:`K_0=0`.

    Examples
    --------
    >>> from agf_theory.numeric.neuron import gradient_flow
    >>> lazy = SingleNeuron([[1, 0], [0, 1]], [1, 0], 100, [0, 0])
    >>> kernel_change(lazy, gradient_flow(lazy)) < 1e-3
    True
    """
    start, end = (_square_root(problem, flow, step) for step in (0, -1))
    size = float(np.linalg.norm(start.T @ start))
    if size == 0:
        return None
    # The norm of A Aᵀ - B Bᵀ needs the small products alone, not n-by-n kernels.
    both = np.concatenate([end, start], axis=1)
    signs = np.repeat([1.0, -1.0], [end.shape[1], start.shape[1]])
    products = both.T @ both
    squared = float(np.einsum("i,ij,j,ij->", signs, products, signs, products))
    return float(np.sqrt(max(squared, 0.0)) / size)


def kernel_growth(problem: SingleNeuron, flow: NeuronTrajectory) -> float | None:
    r"""Norm of the neural tangent kernel at the end over that at the start.

    Parameters
    ----------
    problem, flow
        As for `kernel_change`.

    Returns
    -------
    float or None
        :math:`\|K_\infty\|_F/\|K_0\|_F`; None if :math:`K_0=0`.

    Examples
    --------
    >>> from agf_theory.numeric.neuron import gradient_flow
    >>> rich = SingleNeuron([[1, 0], [0, 1]], [1, 0], "1/100", ["1/100", 0])
    >>> round(kernel_growth(rich, gradient_flow(rich)))
    10000
    """
    start, end = (_square_root(problem, flow, step) for step in (0, -1))
    first, last = (float(np.linalg.norm(each.T @ each)) for each in (start, end))
    return last / first if first else None


def _square_root(problem: SingleNeuron, flow: NeuronTrajectory, step: int) -> Array:
    """J with K = J Jᵀ: derivatives of a (X w) by a and by w, times the roots of the rates."""
    outer, inner = np.sqrt(problem.rates)
    by_outer = outer * (problem.X @ flow.inner[step])
    return np.column_stack([by_outer, inner * flow.outer[step] * problem.X])
