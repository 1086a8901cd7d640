"""Hypothesis strategies of exact data, small and simple first: matrices, spectra, templates, designs."""

from agf_theory.proofs_check.strategies.matrices import (
    matrices_of_rank,
    matrices_with_singular_values,
    rational_matrices,
)
from agf_theory.proofs_check.strategies.orthogonal import (
    cayley_rotations,
    givens_rotations,
    orthogonal_matrices,
    reflections,
    signed_permutations,
    unit_vectors,
)
from agf_theory.proofs_check.strategies.rational_matrix import Matrix, Vector
from agf_theory.proofs_check.strategies.rationals import simple_rationals
from agf_theory.proofs_check.strategies.regression import DEGENERACIES, Degeneracy, RegressionData, regression_data
from agf_theory.proofs_check.strategies.symmetric import (
    commuting_spd_pairs,
    psd_matrices,
    spd_matrices,
    symmetric_with_spectrum,
)
from agf_theory.proofs_check.strategies.templates import Template, templates, templates_with_amplitudes

__all__ = [
    "DEGENERACIES",
    "Degeneracy",
    "Matrix",
    "RegressionData",
    "Template",
    "Vector",
    "cayley_rotations",
    "commuting_spd_pairs",
    "givens_rotations",
    "matrices_of_rank",
    "matrices_with_singular_values",
    "orthogonal_matrices",
    "psd_matrices",
    "rational_matrices",
    "reflections",
    "regression_data",
    "signed_permutations",
    "simple_rationals",
    "spd_matrices",
    "symmetric_with_spectrum",
    "templates",
    "templates_with_amplitudes",
    "unit_vectors",
]
