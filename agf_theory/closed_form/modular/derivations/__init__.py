"""Derivations about modular addition, one function a claim."""

from agf_theory.closed_form.modular.derivations.best_loss import mod_15
from agf_theory.closed_form.modular.derivations.fit import mod_12, mod_13, mod_14, mod_16

__all__ = ["mod_12", "mod_13", "mod_14", "mod_15", "mod_16"]
