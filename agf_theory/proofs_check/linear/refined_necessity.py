"""What the hypotheses of LIN-21 are for: flows that jump at other times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from agf_theory.closed_form import symbols as sym
from agf_theory.numeric import linear as numeric
from agf_theory.problems import InitScale, LinearNetwork
from agf_theory.proofs_check.claims import Necessity
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.linear.commuting_problems import COMMUTING, DISTINCT
from agf_theory.proofs_check.necessity import failure

__all__ = ["LIN_21_NEEDS"]

Witness = Mapping[str, Any]

SCALE = "1e-60"

OFF = 0.05
"""Least distance of the claimed time from the two steps of the integrator between which the flow jumps."""


def jumps_otherwise(formula: Any, witness: Witness) -> Evidence:
    """The formula with u_k, v_k along the axes, against the flow."""
    problem, scale = witness["network"], InitScale(SCALE)
    start = np.random.default_rng(witness["seed"]).standard_normal((problem.c + problem.d, problem.width))
    z = (start[: problem.c] + start[problem.c :]).T / np.sqrt(2)
    overlaps = np.abs(np.diag(np.linalg.qr(z, mode="r")))
    sigma, variances = np.diag(problem.sigma_yx), np.diag(problem.sigma_xx)
    claimed = [
        float(
            formula.refined_jump_time().subs(
                {sym.log_inverse: scale.log_inverse, sym.overlap: r, sym.sigma_k: s, sym.variance: v}
            )
        )
        for r, s, v in zip(overlaps, sigma, variances, strict=True)
    ]
    flow = numeric.gradient_flow(problem, scale, start=start)
    final = np.diagonal(flow.at(flow.times[-1]))
    maps = flow.at(flow.times)
    steps = [int(np.flatnonzero(maps[:, k, k] > final[k] / 2)[0]) for k in range(len(sigma))]
    spans = [(flow.times[i - 1] * scale.log_inverse, flow.times[i] * scale.log_inverse) for i in steps]
    off = max(max(low - t, t - high) for t, (low, high) in zip(claimed, spans, strict=True))
    known = {"σ": list(map(str, sigma)), "seed": witness["seed"]}
    detail = f"an integrated flow jumps at other times, by more than {OFF}"
    return failure(off > OFF, Level.SAMPLED, detail, known, claimed=claimed, between=spans)


LIN_21_NEEDS = (
    Necessity(
        COMMUTING,
        {
            "network": LinearNetwork([[4, "1/2"], ["1/2", "1/2"]], [[2, 0], [0, 1]]),
            "seed": 0,
        },
        jumps_otherwise,
        (DISTINCT,),
    ),
    Necessity(
        DISTINCT,
        {"network": LinearNetwork([[1, 0], [0, 1]], [[1, 0], [0, 1]]), "seed": 2},
        jumps_otherwise,
        (COMMUTING,),
    ),
)
