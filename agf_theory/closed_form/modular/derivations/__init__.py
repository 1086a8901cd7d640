"""The results on modular addition, derived step by step."""

from agf_theory.closed_form.modular.derivations.utility import mod_01

__all__ = ["mod_01"]
