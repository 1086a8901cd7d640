"""The results on single linear neurons, derived step by step."""

from agf_theory.closed_form.neuron.derivations.balanced import sn_06
from agf_theory.closed_form.neuron.derivations.bias_limits import sn_12
from agf_theory.closed_form.neuron.derivations.conservation import sn_01
from agf_theory.closed_form.neuron.derivations.delayed import sn_09
from agf_theory.closed_form.neuron.derivations.direction import sn_03
from agf_theory.closed_form.neuron.derivations.end_state import sn_08
from agf_theory.closed_form.neuron.derivations.function_space import sn_02
from agf_theory.closed_form.neuron.derivations.implicit_bias import sn_10
from agf_theory.closed_form.neuron.derivations.kernel_change import sn_16, sn_18
from agf_theory.closed_form.neuron.derivations.lazy import sn_17
from agf_theory.closed_form.neuron.derivations.rates import sn_15
from agf_theory.closed_form.neuron.derivations.rich import sn_19
from agf_theory.closed_form.neuron.derivations.sign_of_end import sn_11
from agf_theory.closed_form.neuron.derivations.solution import sn_07
from agf_theory.closed_form.neuron.derivations.symmetry import sn_13, sn_14
from agf_theory.closed_form.neuron.derivations.two_stages import sn_20
from agf_theory.closed_form.neuron.derivations.whitened import sn_04, sn_05

__all__ = [
    "sn_01",
    "sn_02",
    "sn_03",
    "sn_04",
    "sn_05",
    "sn_06",
    "sn_07",
    "sn_08",
    "sn_09",
    "sn_10",
    "sn_11",
    "sn_12",
    "sn_13",
    "sn_14",
    "sn_15",
    "sn_16",
    "sn_17",
    "sn_18",
    "sn_19",
    "sn_20",
]
