"""The conjectured staircase put to the test on any problem: pre-flight, slopes of gradient flow, verdict."""

from agf_theory.numeric.linear.conjecture.commutant import number_of_blocks
from agf_theory.numeric.linear.conjecture.escape import SaddleRates, rates_at
from agf_theory.numeric.linear.conjecture.examination import Examination, examine_conjecture
from agf_theory.numeric.linear.conjecture.pre_flight import Plateau, PreFlight, Shadow, pre_flight
from agf_theory.numeric.linear.conjecture.slopes import Slopes, measured_slopes

__all__ = [
    "Examination",
    "Plateau",
    "PreFlight",
    "SaddleRates",
    "Shadow",
    "Slopes",
    "examine_conjecture",
    "measured_slopes",
    "number_of_blocks",
    "pre_flight",
    "rates_at",
]
