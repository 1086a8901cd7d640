"""The claims on single linear neurons, in the order of their ids."""

from __future__ import annotations

from agf_theory.proofs_check.claims import Claim
from agf_theory.proofs_check.neuron.balanced import SN_06
from agf_theory.proofs_check.neuron.bias_limits import SN_12
from agf_theory.proofs_check.neuron.conservation import SN_01
from agf_theory.proofs_check.neuron.delayed import SN_09
from agf_theory.proofs_check.neuron.direction import SN_03
from agf_theory.proofs_check.neuron.end_state import SN_08
from agf_theory.proofs_check.neuron.function_space import SN_02
from agf_theory.proofs_check.neuron.implicit_bias import SN_10
from agf_theory.proofs_check.neuron.kernel_change import SN_16
from agf_theory.proofs_check.neuron.kernel_regimes import SN_18
from agf_theory.proofs_check.neuron.lazy import SN_17
from agf_theory.proofs_check.neuron.rates import SN_15
from agf_theory.proofs_check.neuron.rescaling import SN_14
from agf_theory.proofs_check.neuron.rich import SN_19
from agf_theory.proofs_check.neuron.sign_of_end import SN_11
from agf_theory.proofs_check.neuron.solution import SN_07
from agf_theory.proofs_check.neuron.symmetry import SN_13
from agf_theory.proofs_check.neuron.two_stages import SN_20
from agf_theory.proofs_check.neuron.whitened import SN_04, SN_05

__all__ = ["CLAIMS"]

CLAIMS: tuple[Claim, ...] = (
    SN_01,
    SN_02,
    SN_03,
    SN_04,
    SN_05,
    SN_06,
    SN_07,
    SN_08,
    SN_09,
    SN_10,
    SN_11,
    SN_12,
    SN_13,
    SN_14,
    SN_15,
    SN_16,
    SN_17,
    SN_18,
    SN_19,
    SN_20,
)
