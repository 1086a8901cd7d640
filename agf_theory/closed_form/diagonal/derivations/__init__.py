"""The results on diagonal networks, derived step by step."""

from agf_theory.closed_form.diagonal.derivations.clock import diag_08
from agf_theory.closed_form.diagonal.derivations.coordinates import diag_01
from agf_theory.closed_form.diagonal.derivations.corrections import diag_10
from agf_theory.closed_form.diagonal.derivations.dormant import diag_02, diag_03, diag_04
from agf_theory.closed_form.diagonal.derivations.one_coordinate import one_coordinate

__all__ = ["diag_01", "diag_02", "diag_03", "diag_04", "diag_08", "diag_10", "one_coordinate"]
