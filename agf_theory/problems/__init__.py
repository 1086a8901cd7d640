"""What is trained: architecture and data, validated and immutable."""

from agf_theory.problems.attention_start import AttentionStart
from agf_theory.problems.diagonal_network import DiagonalNetwork
from agf_theory.problems.imbalanced_neuron import imbalanced_neuron
from agf_theory.problems.init_scale import InitScale
from agf_theory.problems.linear_attention import LinearAttention
from agf_theory.problems.linear_network import LinearNetwork
from agf_theory.problems.modular_addition import ModularAddition
from agf_theory.problems.modular_convention import ModularConvention
from agf_theory.problems.one_dimensional_network import OneDimensionalNetwork
from agf_theory.problems.single_neuron import SingleNeuron

__all__ = [
    "AttentionStart",
    "DiagonalNetwork",
    "InitScale",
    "LinearAttention",
    "LinearNetwork",
    "ModularAddition",
    "ModularConvention",
    "OneDimensionalNetwork",
    "SingleNeuron",
    "imbalanced_neuron",
]


def __dir__() -> list[str]:
    return __all__
