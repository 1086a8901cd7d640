"""Diagonal linear networks: numeric routes."""

from agf_theory.numeric.diagonal.alternating import alternating_gradient_flows
from agf_theory.numeric.diagonal.certificates import KKTCertificate
from agf_theory.numeric.diagonal.corrected import corrected_sequence
from agf_theory.numeric.diagonal.corrected_path import Corrections
from agf_theory.numeric.diagonal.gradient_flow import gradient_flow
from agf_theory.numeric.diagonal.pesme_flammarion import pesme_flammarion
from agf_theory.numeric.diagonal.raw_flow import raw_gradient_flow

limiting_sequence = pesme_flammarion

__all__ = [
    "Corrections",
    "KKTCertificate",
    "alternating_gradient_flows",
    "corrected_sequence",
    "gradient_flow",
    "limiting_sequence",
    "pesme_flammarion",
    "raw_gradient_flow",
]
