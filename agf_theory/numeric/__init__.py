"""The numeric routes: exact, enclosed by balls, or in floats; one room a system (`agf_theory.numeric.diagonal`)."""

from agf_theory.numeric.accumulated_utilities import AccumulatedUtilities
from agf_theory.numeric.saddle_sequence import Event, SaddleSequence, UndecidedEvent
from agf_theory.numeric.trajectory import Jump, Trajectory

__all__ = ["AccumulatedUtilities", "Event", "Jump", "SaddleSequence", "Trajectory", "UndecidedEvent"]


def __dir__() -> list[str]:
    return __all__
