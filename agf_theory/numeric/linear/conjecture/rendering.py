"""Pre-flight and examination as text, eighty columns wide."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import flint

if TYPE_CHECKING:
    from agf_theory.numeric.linear.conjecture.examination import Examination

__all__ = ["examination_text", "labelled", "repeat_command"]

WIDTH = 80
LABEL = 12


def labelled(label: str, text: str) -> list[str]:
    """Lines that begin with a label, the text beside it."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=f"{label:<{LABEL}}",
        subsequent_indent=" " * LABEL,
        break_long_words=False,
        break_on_hyphens=False,
    )


def examination_text(examination: Examination) -> str:
    """Verdict, pre-flight, and a table of the jumps; the exact problem where the staircase disagrees."""
    found = examination.measured
    starts = f"{'start' if len(examination.seeds) == 1 else 'starts'} {', '.join(map(str, examination.seeds))}"
    scales = ", ".join(map(str, examination.scales))
    how = f"jump times of gradient flow as slopes in log(1/ε), from {starts}, at ε = {scales}"
    lines = [*labelled("verdict", examination.verdict), *labelled("reason", examination.reason)]
    if examination.wanted:
        lines += labelled("it takes", f"log(1/ε) = {examination.wanted:.3g} or more, at a guess")
    lines += [*str(examination.before).splitlines(), *labelled("measured", how)]
    lines.append("  jump   time: stated  measured  uncertain     level: stated  measured")
    predicted = zip(examination.predicted_times, examination.predicted_levels, strict=True)
    for k, (time, level) in enumerate(predicted):
        seen = k < len(found.slopes)
        times = f"{found.slopes[k]:>8.6f}  {found.uncertainty[k]:>9.1e}" if seen else f"{'not seen':>8}  {'':>9}"
        after = f"{found.levels[k]:>8.6f}" if seen else ""
        lines.append(f"  {k + 1:>4} {time:>14.6f}  {times}  {level:>16.6f}  {after}".rstrip())
    if examination.verdict == "disagrees":
        lines += labelled("Σ_xx", _rows(examination.problem.rational_sigma_xx))
        lines += labelled("Σ_yx", _rows(examination.problem.rational_sigma_yx))
        lines += labelled("repeat", "the command in its attribute `command`")
    return "\n".join(lines)


def repeat_command(examination: Examination) -> str:
    """A command for a shell that examines the same problem, in exact numbers, at the same scales and starts."""
    problem = examination.problem
    inputs, cross = (_literal(moments) for moments in (problem.rational_sigma_xx, problem.rational_sigma_yx))
    chosen = f"scales={tuple(map(str, examination.scales))}, seeds={tuple(examination.seeds)}"
    imports = "from agf_theory.problems import *; from agf_theory.numeric.linear import *"
    made = f"LinearNetwork({inputs}, {cross}, width={problem.width})"
    return f'python -c "{imports}; print(examine_conjecture({made}, {chosen}))"'


def _rows(matrix: flint.fmpq_mat) -> str:
    return ", ".join("(" + ", ".join(map(str, row)) + ")" for row in matrix.tolist())


def _literal(matrix: flint.fmpq_mat) -> str:
    return "[" + ", ".join("[" + ", ".join(f"'{entry}'" for entry in row) + "]" for row in matrix.tolist()) + "]"
