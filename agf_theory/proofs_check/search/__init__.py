"""Counterexample search: the statement of a claim, instance by instance, and the smallest that contradicts it."""

from agf_theory.proofs_check.search.counterexample import Counterexample, load, stored_under
from agf_theory.proofs_check.search.engine import SearchResult, search
from agf_theory.proofs_check.search.regression import STORED, stored_counterexamples, with_stored_counterexamples
from agf_theory.proofs_check.search.report import replay_json, replay_text, result_json, result_text
from agf_theory.proofs_check.search.trial import named_mutant, trial

__all__ = [
    "STORED",
    "Counterexample",
    "SearchResult",
    "load",
    "named_mutant",
    "replay_json",
    "replay_text",
    "result_json",
    "result_text",
    "search",
    "stored_counterexamples",
    "stored_under",
    "trial",
    "with_stored_counterexamples",
]


def __dir__() -> list[str]:
    return __all__
