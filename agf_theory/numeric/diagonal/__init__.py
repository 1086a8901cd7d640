"""Diagonal linear networks: numeric routes."""

from agf_theory.numeric.diagonal.alternating import alternating_gradient_flows
from agf_theory.numeric.diagonal.certificates import KKTCertificate
from agf_theory.numeric.diagonal.corrected import corrected_sequence
from agf_theory.numeric.diagonal.corrected_path import Corrections
from agf_theory.numeric.diagonal.gradient_flow import gradient_flow
from agf_theory.numeric.diagonal.loss_of_two import LossOfTwo, loss_of_two
from agf_theory.numeric.diagonal.pesme_flammarion import pesme_flammarion
from agf_theory.numeric.diagonal.raw_flow import raw_gradient_flow
from agf_theory.numeric.diagonal.saddle_orbits import saddle_orbits
from agf_theory.numeric.diagonal.utilities import flow_utilities, limiting_utilities

limiting_sequence = pesme_flammarion

__all__ = [
    "Corrections",
    "KKTCertificate",
    "LossOfTwo",
    "alternating_gradient_flows",
    "corrected_sequence",
    "flow_utilities",
    "gradient_flow",
    "limiting_sequence",
    "limiting_utilities",
    "loss_of_two",
    "pesme_flammarion",
    "raw_gradient_flow",
    "saddle_orbits",
]


def __dir__() -> list[str]:
    return __all__
