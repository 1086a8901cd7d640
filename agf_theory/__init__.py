"""A theory of feature learning, checked: alternating gradient flows in two-layer networks.

The floors, from the ground up: `problems` (what is trained), `closed_form` and `numeric` (two routes to each number
that share no code), `proofs_check` (claims and their evidence), `tables`, `figures`, `report` and `cli` (what people
read).

>>> from agf_theory.numeric import diagonal
>>> from agf_theory.problems import zoo
>>> diagonal.pesme_flammarion(zoo.get("orthogonal-design"))
<SaddleSequence diagonal: 3 jumps by pesme_flammarion (float)>
"""

from types import ModuleType

__all__ = ["closed_form", "figures", "numeric", "problems", "proofs_check", "report", "tables"]


def __dir__() -> list[str]:
    return [*__all__, *(name for name in globals() if name.startswith("__"))]


def __getattr__(name: str) -> ModuleType:
    """A floor, imported when it is first asked for; what is asked for by no one costs nothing."""
    match name:
        case "closed_form":
            import agf_theory.closed_form

            return agf_theory.closed_form
        case "figures":
            import agf_theory.figures

            return agf_theory.figures
        case "numeric":
            import agf_theory.numeric

            return agf_theory.numeric
        case "problems":
            import agf_theory.problems

            return agf_theory.problems
        case "proofs_check":
            import agf_theory.proofs_check

            return agf_theory.proofs_check
        case "report":
            import agf_theory.report

            return agf_theory.report
        case "tables":
            import agf_theory.tables

            return agf_theory.tables
        case _:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")
