"""Claims of the theory, the checks that put them to the test, and the verdicts."""

from agf_theory.proofs_check.certificates import require_new_folder, write_certificates
from agf_theory.proofs_check.child import Job, run_here
from agf_theory.proofs_check.claims import (
    Check,
    Claim,
    Cost,
    Kind,
    Mutant,
    Necessity,
    Origin,
    Probe,
    Source,
    Status,
)
from agf_theory.proofs_check.context import Context, seed_of
from agf_theory.proofs_check.evidence import Evidence, Level, Outcome, weakest
from agf_theory.proofs_check.explanation import Explanation, explain
from agf_theory.proofs_check.explanation_text import explanation_json, explanation_text
from agf_theory.proofs_check.formula_text import formula_text
from agf_theory.proofs_check.grid import render
from agf_theory.proofs_check.hypotheses import Hypotheses, Hypothesis, Integer, Quantity, Relation
from agf_theory.proofs_check.mutant_rendering import mutant_summary, mutant_table, witness_table
from agf_theory.proofs_check.mutation import MutantVerdict, refute_all_mutants, refute_mutants
from agf_theory.proofs_check.necessity import NecessityVerdict, as_check, failure, show_necessity
from agf_theory.proofs_check.parts import Part
from agf_theory.proofs_check.record import VERDICTS_ON_RECORD, Difference, Record
from agf_theory.proofs_check.registry import all_claims, claims_of, get, selected, systems
from agf_theory.proofs_check.rendering import as_json, conclusion, listing_table, verdict_table
from agf_theory.proofs_check.repetition import Repetition, mutant_named, single_job
from agf_theory.proofs_check.runner import Finding, Progress, Store, run_jobs
from agf_theory.proofs_check.store import CheckStore, CodeVersion, cache_folder
from agf_theory.proofs_check.verdict import Verdict, combine, joint_result
from agf_theory.proofs_check.verification import Run, verify, verify_all

__all__ = [
    "VERDICTS_ON_RECORD",
    "Check",
    "CheckStore",
    "Claim",
    "CodeVersion",
    "Context",
    "Cost",
    "Difference",
    "Evidence",
    "Explanation",
    "Finding",
    "Hypotheses",
    "Hypothesis",
    "Integer",
    "Job",
    "Kind",
    "Level",
    "Mutant",
    "MutantVerdict",
    "Necessity",
    "NecessityVerdict",
    "Origin",
    "Outcome",
    "Part",
    "Probe",
    "Progress",
    "Quantity",
    "Record",
    "Relation",
    "Repetition",
    "Run",
    "Source",
    "Status",
    "Store",
    "Verdict",
    "all_claims",
    "as_check",
    "as_json",
    "cache_folder",
    "claims_of",
    "combine",
    "conclusion",
    "explain",
    "explanation_json",
    "explanation_text",
    "failure",
    "formula_text",
    "get",
    "joint_result",
    "listing_table",
    "mutant_named",
    "mutant_summary",
    "mutant_table",
    "refute_all_mutants",
    "refute_mutants",
    "render",
    "require_new_folder",
    "run_here",
    "run_jobs",
    "seed_of",
    "selected",
    "show_necessity",
    "single_job",
    "systems",
    "verdict_table",
    "verify",
    "verify_all",
    "weakest",
    "witness_table",
    "write_certificates",
]


def __dir__() -> list[str]:
    return __all__
