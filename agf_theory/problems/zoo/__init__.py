"""Problems with a name: the standard cases, each with its source and what it is good for."""

from agf_theory.problems.zoo.catalogue import entries, entry, get, names
from agf_theory.problems.zoo.entry import Problem, ZooEntry

__all__ = ["Problem", "ZooEntry", "entries", "entry", "get", "names"]


def __dir__() -> list[str]:
    return __all__
