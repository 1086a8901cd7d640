"""Mutants: wrong versions of the claims, written by hand or bred, and what becomes of them."""

from agf_theory.proofs_check.mutation.breeding import Bred, breed
from agf_theory.proofs_check.mutation.refutation import MutantVerdict, refute_all_mutants, refute_mutants
from agf_theory.proofs_check.mutation.sites import Mutation, mutations
from agf_theory.proofs_check.mutation.weakening import Weakened, weakenings

__all__ = [
    "Bred",
    "MutantVerdict",
    "Mutation",
    "Weakened",
    "breed",
    "mutations",
    "refute_all_mutants",
    "refute_mutants",
    "weakenings",
]
