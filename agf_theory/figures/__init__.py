"""Figures fit for a paper, as matplotlib Figures; matplotlib itself is imported only when one is drawn."""

from agf_theory.figures.attention_content import AttentionContent
from agf_theory.figures.attention_figure import attention_figure
from agf_theory.figures.content import ScaleResults, Symbols
from agf_theory.figures.evidence_content import ClaimCell, EvidenceContent, MutantFate, SystemEvidence
from agf_theory.figures.evidence_figure import evidence_figure
from agf_theory.figures.files import FORMATS, figure_bytes, require_format
from agf_theory.figures.fourier_content import FourierContent, Output
from agf_theory.figures.fourier_figure import fourier_figure
from agf_theory.figures.jump_figure import PANELS, jump_figure
from agf_theory.figures.neuron_content import ImbalanceCurves, NeuronPath, RegimeMap
from agf_theory.figures.neuron_figure import neuron_path_figure, neuron_sweep_figure
from agf_theory.figures.portrait_content import PhasePortrait
from agf_theory.figures.portrait_figure import portrait_figure
from agf_theory.figures.style import STYLE_FILE
from agf_theory.figures.width_content import ScalingPhases, WidthContent, WidthCurve
from agf_theory.figures.width_figure import width_figure

__all__ = [
    "FORMATS",
    "PANELS",
    "STYLE_FILE",
    "AttentionContent",
    "ClaimCell",
    "EvidenceContent",
    "FourierContent",
    "ImbalanceCurves",
    "MutantFate",
    "NeuronPath",
    "Output",
    "PhasePortrait",
    "RegimeMap",
    "ScaleResults",
    "ScalingPhases",
    "Symbols",
    "SystemEvidence",
    "WidthContent",
    "WidthCurve",
    "attention_figure",
    "evidence_figure",
    "figure_bytes",
    "fourier_figure",
    "jump_figure",
    "neuron_path_figure",
    "neuron_sweep_figure",
    "portrait_figure",
    "require_format",
    "width_figure",
]


def __dir__() -> list[str]:
    return __all__
