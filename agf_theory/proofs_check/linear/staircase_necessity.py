"""What the hypotheses of LIN-11 and LIN-12 are for: networks with another staircase."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from agf_theory.closed_form import symbols as sym
from agf_theory.numeric import linear as numeric
from agf_theory.problems import InitScale, LinearNetwork
from agf_theory.proofs_check.claims import Necessity
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Instance, Relation
from agf_theory.proofs_check.linear.commuting_problems import COMMUTING, CommutingNetwork, from_modes
from agf_theory.proofs_check.linear.staircase_formulas import initial_loss, plateaus
from agf_theory.proofs_check.linear.weighted_networks import identity
from agf_theory.proofs_check.necessity import failure

__all__ = ["LIN_11_NEEDS", "LIN_12_NEEDS", "WHITENED_MOMENTS"]

Witness = Mapping[str, Any]

SCALES = ("1e-60", "1e-120")


def _whitened(instance: Instance) -> bool:
    network = instance["network"]
    problem = network.problem if isinstance(network, CommutingNetwork) else network
    return bool(problem.rational_sigma_xx == identity(problem.d))


WHITENED_MOMENTS = Relation("Σ_xx = I", _whitened)


def ends_elsewhere(formula: Any, witness: Witness) -> Evidence:
    """The loss of the best map is zero; by the formulas something else is left, or taken, at the end."""
    network: CommutingNetwork = witness["network"]
    left = initial_loss(network) - plateaus(formula, network)[-1].fallen
    detail = "the last level is not the loss of the best map, which is zero"
    return failure(left != 0, Level.EXACT, detail, network.as_record(), left=left)


def jumps_at_another_time(formula: Any, witness: Witness) -> Evidence:
    """Time between the second jumps of two flows, over the difference of log(1/ε), against 1/σ_2 = 1."""
    problem: LinearNetwork = witness["network"]
    start = np.random.default_rng(witness["seed"]).standard_normal((problem.c + problem.d, problem.width))
    times = []
    for text in SCALES:
        flow = numeric.gradient_flow(problem, InitScale(text), start=start)
        times.append(flow.jump_times()[1] * InitScale(text).log_inverse)
    slope = (times[1] - times[0]) / (InitScale(SCALES[1]).log_inverse - InitScale(SCALES[0]).log_inverse)
    claimed = float(formula.staircase_jump_time().subs(sym.sigma_k, 1))
    detail = "the second mode jumps at another multiple of log(1/ε)"
    return failure(abs(slope - claimed) > 0.1, Level.SAMPLED, detail, {"seed": witness["seed"]}, slope=slope)


LIN_11_NEEDS = (
    Necessity(
        WHITENED_MOMENTS,
        {"network": from_modes((Fraction(2), Fraction(1)), (Fraction(2), Fraction(1, 2)), 2)},
        ends_elsewhere,
    ),
)

LIN_12_NEEDS = (
    Necessity(
        COMMUTING,
        {
            "network": LinearNetwork([[4, "1/2"], ["1/2", "1/2"]], [[2, 0], [0, 1]]),
            "seed": 0,
        },
        jumps_at_another_time,
    ),
)
