"""The lemmas of the framework, derived step by step."""

from agf_theory.closed_form.framework.derivations.activation import frm_03, frm_04, frm_05
from agf_theory.closed_form.framework.derivations.growth import frm_02
from agf_theory.closed_form.framework.derivations.symmetry import frm_01, frm_06, frm_07

__all__ = ["frm_01", "frm_02", "frm_03", "frm_04", "frm_05", "frm_06", "frm_07"]
