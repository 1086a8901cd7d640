"""Examples that `--help` ends with, by command; each is a line to paste."""

from __future__ import annotations

from typing import Any, Final

from typer.core import TyperCommand, TyperGroup

__all__ = ["EXAMPLES", "GroupWithExamples", "VerbWithExamples"]

EXAMPLES: Final[dict[str, tuple[str, ...]]] = {
    "agf": (
        "agf verify diagonal",
        "agf derive DIAG-04 --steps",
        "agf table diagonal --data my.csv --target y --alpha 1e-8",
        "agf plot diagonal --dataset diabetes --alpha 1e-8 --out jumps.svg",
    ),
    "agf verify": (
        "agf verify",
        "agf verify diagonal LIN-07 --mutants",
        "agf verify --explain DIAG-04",
        "agf verify neuron --full --quiet --format json > verdicts.json",
    ),
    "agf claims": ("agf claims modular",),
    "agf derive": (
        "agf derive DIAG-04 --steps",
        "agf derive diagonal.jump_time --format latex",
        "agf derive diagonal.maximal_normalised_utility --set g=-2/3",
    ),
    "agf search": (
        "agf search DIAG-05",
        "agf search DIAG-03 --mutant half-dropped",
        "agf search DIAG-03 --replay counterexamples/DIAG-03-half-dropped.json",
    ),
    "agf explore": ("agf explore", "agf explore --port 8000 --no-browser"),
    "agf completion": ('eval "$(agf completion bash)"',),
    "agf table": ("agf table diagonal --dataset diabetes --alpha 1e-8",),
    "agf table diagonal": (
        "agf table diagonal --data my.csv --target y --alpha 1e-8",
        "agf table diagonal --problem non-unique-face --exact",
        "agf table diagonal --dataset diabetes --alpha 1e-8 --out jumps.tex",
    ),
    "agf table linear": (
        "agf table linear --data men.csv --targets weight,pulse --alpha 1e-8",
        "agf table linear --problem reversed --methods limit,recursion",
    ),
    "agf table modular": ("agf table modular --problem nyquist-dominant",),
    "agf table attention": ("agf table attention --problem reference-run",),
    "agf table neuron": ("agf table neuron", "agf table neuron --problem delayed-rich-neuron"),
    "agf table finite-width": ("agf table finite-width --widths 10,100,1000",),
    "agf plot": ("agf plot diagonal --dataset diabetes --alpha 1e-8",),
    "agf plot diagonal": (
        "agf plot diagonal --data my.csv --target y --alpha 1e-6 --out jumps.svg",
        "agf plot diagonal --problem orthogonal-design --alpha 1e-8 --out jumps.png",
        "agf plot diagonal --problem sign-change --alpha 1e-8 --show utilities,phase",
        "agf plot diagonal --dataset diabetes --show phase --coefficients bmi,s5",
    ),
    "agf plot linear": (
        "agf plot linear --problem co-ordered --alpha 1e-12 --out jumps.svg",
        "agf plot linear --problem irreducible --alpha 1e-30 --show loss,utilities",
    ),
    "agf plot modular": ("agf plot modular --problem nyquist-dominant --out fourier.pdf",),
    "agf plot attention": ("agf plot attention --problem reference-run --out heads.svg",),
    "agf plot neuron": ("agf plot neuron --out regimes.svg",),
    "agf plot finite-width": ("agf plot finite-width --widths 10,100,1000 --out widths.svg",),
    "agf plot gallery": ("agf plot gallery", "agf plot gallery figure-5 --out attention.pdf"),
    "agf plot evidence": ("agf plot evidence --out evidence.pdf", "agf plot evidence diagonal linear"),
}


class _WithExamples:
    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the examples, line by line as they are typed."""
        lines = EXAMPLES.get(ctx.command_path, ())
        if lines:
            with formatter.section("Examples" if len(lines) > 1 else "Example"):
                for line in lines:
                    formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


class VerbWithExamples(_WithExamples, TyperCommand):
    """A command whose help ends with its examples."""


class GroupWithExamples(_WithExamples, TyperGroup):
    """A group of commands whose help ends with its examples."""
