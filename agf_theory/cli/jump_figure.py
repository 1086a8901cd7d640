"""The figure of a system's jumps: the limit, and what the methods say at each scale, in the panels asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

import typer

from agf_theory.cli.methods import Request, Result, results
from agf_theory.cli.system import Options, System
from agf_theory.errors import HypothesisNotMet

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from agf_theory.figures import ScaleResults
    from agf_theory.numeric.accumulated_utilities import AccumulatedUtilities
    from agf_theory.problems import InitScale

__all__ = ["FLOW", "JumpFigure", "warn_of_missing"]

FLOW: Final = "gf"


class JumpFigure:
    """One figure in the making.

    Parameters
    ----------
    system : System
    options : Options
        Those of the system.
    request : Request
    shown : sequence of str, or None
        The figure's panels; None where the system leaves no choice.

    Raises
    ------
    InputError
        If a phase portrait is asked for, and its two coefficients are not known.
    """

    def __init__(self, system: System, options: Options, request: Request, shown: Sequence[str] | None) -> None:
        self.system, self.request, self.shown = system, request, shown
        panels = system.panels
        self.pair = None
        if shown is not None and "phase" in shown:
            assert panels is not None
            assert panels.pair is not None, "systems name the panels they have"
            self.pair = panels.pair(options, request.problem)

    def draw(self, keys: Sequence[str], scales: Sequence[InitScale], begin: Callable[[str], None]) -> Figure:
        """Let the methods run, and draw; `begin` is told what is computed next.

        Raises
        ------
        HypothesisNotMet, UndecidedError, IntegrationFailed
            If there is no limiting sequence.
        """
        from agf_theory.figures import jump_figure

        system, problem = self.system, self.request.problem
        limit: Any = None
        stairs: dict[str, Any] = {}
        flows: dict[str, Any] = {}
        at_scales = []
        wanted = tuple(dict.fromkeys((system.limit, *keys)))
        for scale, found in results(system.methods, self.request, wanted, scales, begin):
            limit = found[0].required()
            values = {result.key: result.value for result in found if result.value is not None}
            drawable = {key: system.in_figure(problem, value) for key, value in values.items()}
            stairs = {key: drawable.pop(key) for key in (system.limit, *system.rivals) if key in drawable}
            warn_of_missing(found, scale)
            if scale is not None:
                at_scales.append(self._at_scale(scale, drawable, values.get(FLOW)))
                flows |= {scale.text: values[FLOW]} if FLOW in values else {}
        shown = stairs.pop(system.limit)
        return jump_figure(
            shown, at_scales, symbols=system.symbols(), rivals=stairs, **self._chosen_panels(limit, flows)
        )

    def _chosen_panels(self, limit: Any, flows: dict[str, Any]) -> dict[str, Any]:
        panels, problem = self.system.panels, self.request.problem
        if panels is None or self.shown is None:
            return {}
        chosen: dict[str, Any] = {"panels": self.shown}
        if "utilities" in self.shown:
            chosen["utilities"] = panels.limiting_utilities(problem, limit)
        if self.pair is not None and panels.portrait is not None:
            chosen["portrait"] = panels.portrait(problem, self.pair, limit, flows)
        return chosen

    def _at_scale(self, scale: InitScale, drawable: dict[str, Any], flow: Any) -> ScaleResults:
        from agf_theory.figures import ScaleResults

        return ScaleResults(scale.text, drawable.pop(FLOW, None), drawable, self._utilities(scale, flow))

    def _utilities(self, scale: InitScale, flow: Any) -> AccumulatedUtilities | None:
        panels = self.system.panels
        if panels is None or flow is None or self.shown is None or "utilities" not in self.shown:
            return None
        try:
            return panels.flow_utilities(self.request, flow, scale)
        except HypothesisNotMet as reason:
            typer.echo(f"agf: utilities at alpha = {scale.text} are not drawn: {reason}", err=True)
            return None


def warn_of_missing(found: Sequence[Result], scale: InitScale | None) -> None:
    """One line on standard error for each method that gave no result."""
    where = "" if scale is None else f" at alpha = {scale.text}"
    for result in found:
        if result.reason is not None:
            typer.echo(f"agf: {result.key}{where} is not drawn: {result.reason}", err=True)
