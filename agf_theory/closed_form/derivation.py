"""Derivations: chains of labelled steps, each with an obligation that a machine discharges."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Eq, Equality, Expr
from sympy.core.relational import Relational

from agf_theory.closed_form.derivation_view import derivation_html, derivation_text, report_html, step_html
from agf_theory.closed_form.obligations import Finding, Obligation, Outcome
from agf_theory.closed_form.rendering import known_format, render
from agf_theory.errors import DerivationFailed

__all__ = ["Derivation", "DerivationReport", "Step", "StepReport", "equal"]


def equal(left: Expr, right: Expr) -> Equality:
    """An equality that keeps both sides as they are written."""
    return Eq(left, right, evaluate=False)


@dataclass(frozen=True)
class Step:
    """One step: a statement and what it owes.

    Attributes
    ----------
    label : str
        What the step is about, in a few words.
    statement : Relational
        The equality or inequality stated; the obligation is about this very object, so that what is printed is what
        is shown. Derivatives, integrals and limits stand in it unevaluated.
    justification : str
        Why it holds, for a reader.
    obligation : Obligation
        How it is shown.
    where : relations
        Hypotheses beyond the assumptions of the symbols.
    """

    label: str
    statement: Relational
    justification: str
    obligation: Obligation
    where: tuple[Relational, ...] = ()

    def check(self) -> StepReport:
        """Discharge the obligation."""
        return StepReport(self, self.obligation.discharge(self.statement, self.where))

    def __str__(self) -> str:
        return f"{self.label}: {render(self.statement, 'python')}"

    def __repr__(self) -> str:
        return f"<Step {self.label!r}>"

    def _repr_html_(self) -> str:
        return step_html(self)

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {render(self.statement, 'latex')}$"


@dataclass(frozen=True)
class StepReport:
    """A step and what its obligation found."""

    step: Step
    finding: Finding

    @property
    def outcome(self) -> Outcome:
        """Proved, refuted or inconclusive."""
        return self.finding.outcome

    def __repr__(self) -> str:
        return f"<StepReport {self.step.label!r}: {self.outcome.value}>"

    def __str__(self) -> str:
        line = f"{self.outcome.value}: {self.step.label} ({self.finding.how})"
        if self.outcome is Outcome.PROVED:
            return line
        point = self.finding.point
        place = f" at {', '.join(f'{symbol} = {value}' for symbol, value in point.items())}" if point else ""
        return f"{line}; residual {self.finding.residual}{place}"


@dataclass(frozen=True)
class DerivationReport:
    """What was shown of a derivation, step by step."""

    derivation: Derivation
    steps: tuple[StepReport, ...]

    @property
    def outcome(self) -> Outcome:
        """Refuted if a step is, proved if all are, else inconclusive."""
        outcomes = {report.outcome for report in self.steps}
        if Outcome.REFUTED in outcomes:
            return Outcome.REFUTED
        return Outcome.INCONCLUSIVE if Outcome.INCONCLUSIVE in outcomes else Outcome.PROVED

    @property
    def proved(self) -> bool:
        """Whether every step was shown."""
        return self.outcome is Outcome.PROVED

    @property
    def failures(self) -> tuple[StepReport, ...]:
        """The steps that were refuted or not shown."""
        return tuple(report for report in self.steps if report.outcome is not Outcome.PROVED)

    def require(self) -> DerivationReport:
        """Return the report if every step was shown.

        Raises
        ------
        DerivationFailed
            With the first step that was not, its residual and, if it was refuted, the point.
        """
        if not self.proved:
            raise DerivationFailed(f"derivation {self.derivation.name} needs every step shown, got {self.failures[0]}")
        return self

    @property
    def summary(self) -> str:
        """The outcome, and how many steps were shown."""
        shown = len(self.steps) - len(self.failures)
        return f"{self.derivation.name}: {self.outcome.value}, {shown} of {len(self.steps)} steps shown"

    def __repr__(self) -> str:
        return f"<DerivationReport {self.summary}>"

    def _repr_html_(self) -> str:
        return report_html(self)

    def __str__(self) -> str:
        return "\n".join([self.summary, *(f"{k:>3}. {report}" for k, report in enumerate(self.steps, start=1))])


@dataclass(frozen=True)
class Derivation:
    """A chain of labelled steps that ends in its conclusion.

    Attributes
    ----------
    name : str
        The claim's id, or the formula's name.
    title : str
        What is derived, in one sentence.
    steps : tuple of Step
        The last one states the conclusion.
    source : str
        Where the result comes from.
    """

    name: str
    title: str
    steps: tuple[Step, ...]
    source: str

    def __post_init__(self) -> None:
        labels = [step.label for step in self.steps]
        assert labels, f"derivation {self.name} has no step"
        assert len(set(labels)) == len(labels), f"derivation {self.name} has two steps of one label: {labels}"

    @property
    def conclusion(self) -> Relational:
        """The statement of the last step."""
        return self.steps[-1].statement

    def check(self) -> DerivationReport:
        """Discharge every obligation; never raises on a step that fails, see `DerivationReport.require`."""
        return DerivationReport(self, tuple(step.check() for step in self.steps))

    def render(self, form: str = "unicode") -> str:
        """The derivation as text: "unicode", "latex", "python" or "mathml"."""
        return _LAYOUTS[known_format(form)](self)

    def __str__(self) -> str:
        return derivation_text(self)

    def __repr__(self) -> str:
        return f"<Derivation {self.name}: {len(self.steps)} steps, {self.title!r}>"

    def _repr_html_(self) -> str:
        return derivation_html(self)

    def _repr_latex_(self) -> str:
        return self.render("latex")


def _text(derivation: Derivation, form: str) -> str:
    lines = [f"{derivation.name}: {derivation.title}", f"Source: {derivation.source}"]
    for number, step in enumerate(derivation.steps, start=1):
        lines += ["", f"{number}. {step.label}. {step.justification}", _indented(render(step.statement, form))]
        lines += [f"    where {', '.join(render(relation, 'python') for relation in step.where)}"] if step.where else []
    return "\n".join(lines)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())


def _latex(derivation: Derivation) -> str:
    rows = [
        f"&\\text{{{_escaped(step.label)}:}}\\\\\n&\\quad {render(step.statement, 'latex')}"
        for step in derivation.steps
    ]
    return "\\begin{align*}\n" + "\\\\\n".join(rows) + "\n\\end{align*}"


def _escaped(text: str) -> str:
    return "".join(f"\\{character}" if character in "%&#_{}$" else character for character in text)


def _mathml(derivation: Derivation) -> str:
    rows = "\n".join(render(step.statement, "mathml") for step in derivation.steps)
    return f'<div class="derivation" id="{derivation.name}">\n{rows}\n</div>'


_LAYOUTS = {
    "unicode": lambda derivation: _text(derivation, "unicode"),
    "python": lambda derivation: _text(derivation, "python"),
    "latex": _latex,
    "mathml": _mathml,
}
