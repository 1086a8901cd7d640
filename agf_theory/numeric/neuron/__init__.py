"""Single linear neurons: numeric routes."""

from agf_theory.numeric.neuron.crossings import SampledFlow
from agf_theory.numeric.neuron.difference_kernel import difference_kernel, squared_distance
from agf_theory.numeric.neuron.enclosed_flow import enclosed_weights
from agf_theory.numeric.neuron.gradient_flow import gradient_flow
from agf_theory.numeric.neuron.half_time import half_time
from agf_theory.numeric.neuron.interpolant_argmin import bias_argmin, bias_slopes, interpolant_argmin
from agf_theory.numeric.neuron.interpolating_end import InterpolatingEnd, interpolating_end
from agf_theory.numeric.neuron.interval_newton import enclosed_end, enclosed_zero
from agf_theory.numeric.neuron.kernel_change import kernel_change, kernel_growth
from agf_theory.numeric.neuron.neuron_trajectory import NeuronTrajectory
from agf_theory.numeric.neuron.observed_regime import ObservedRegime, classify_regime
from agf_theory.numeric.neuron.weight_series import weight_series

__all__ = [
    "InterpolatingEnd",
    "NeuronTrajectory",
    "ObservedRegime",
    "SampledFlow",
    "bias_argmin",
    "bias_slopes",
    "classify_regime",
    "difference_kernel",
    "enclosed_end",
    "enclosed_weights",
    "enclosed_zero",
    "gradient_flow",
    "half_time",
    "interpolant_argmin",
    "interpolating_end",
    "kernel_change",
    "kernel_growth",
    "squared_distance",
    "weight_series",
]


def __dir__() -> list[str]:
    return __all__
