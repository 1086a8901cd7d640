"""LIN-03: the neurons of largest utility where the largest singular value is repeated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from random import Random
from typing import Any

import numpy as np
import sympy
from sympy import Expr, Matrix, MatrixExpr, MatrixSymbol

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.matrices import with_matrices
from agf_theory.numeric import linear as numeric
from agf_theory.problems import InitScale, LinearNetwork
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Necessity, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.linear.exact_algebra import definiteness, kernel, rank
from agf_theory.proofs_check.linear.factored_residual import POSITIVE, FactoredResidual, KnownSingularValues
from agf_theory.proofs_check.linear.rational_draws import orthogonal_matrix, unit_column
from agf_theory.proofs_check.linear.rational_form import as_matrix, as_rational, rational_value, shifted
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.parts import without_arguments
from agf_theory.proofs_check.strategies.rational_matrix import Matrix as Rows
from agf_theory.proofs_check.strategies.rational_matrix import diagonal, identity

__all__ = ["BRIEF", "LIN_03", "Maximisers"]

OTHER = MatrixSymbol("q'", sym.multiplicity, 1)
"""A second unit vector, for the mutant that mixes two bases."""

BASES = 2

BRIEF = FactoredResidual(identity(3), (Fraction(2), Fraction(2), Fraction(1)), identity(3))
"""R = diag(2, 2, 1): a circle of maximisers."""


@dataclass(frozen=True)
class Maximisers:
    """The maximisers of LIN-03, in the symbols of `closed_form.symbols`.

    Attributes
    ----------
    outgoing, incoming
        Weights of the maximiser that belongs to a unit vector q.
    dimension
        Of the sphere they fill.
    """

    outgoing: Callable[[], MatrixExpr] = closed_form.repeated_maximising_outgoing_weights
    incoming: Callable[[], MatrixExpr] = closed_form.repeated_maximising_incoming_weights
    dimension: Callable[[], Expr] = closed_form.repeated_maximiser_dimension

    def neuron(self, R: FactoredResidual, q: Any, other: Any) -> Matrix:
        """(a, w) for explicit singular blocks and unit vectors; entries with √2."""
        m = R.multiplicity
        blocks = {
            sym.left_block: _columns(R.left, m),
            sym.right_block: _columns(R.right, m),
            sym.mixing: Matrix(q),
            OTHER: Matrix(other),
        }
        a, w = (with_matrices(weights(), blocks) for weights in (self.outgoing, self.incoming))
        return Matrix.vstack(a, w)


def _columns(basis: Rows, count: int) -> Matrix:
    return as_matrix(tuple(row[:count] for row in basis))


def fills_the_kernel(formula: Maximisers, instance: Instance) -> Evidence:
    """One residual: σ₁/2 minus utility is semidefinite, and the formula gives the unit sphere of its kernel."""
    R: FactoredResidual = instance["R"]
    m, slack = R.multiplicity, shifted(R.form, R.largest)
    assert definiteness(slack).negative is None, "LIN-02"
    attained = kernel(slack)
    dimension = rational_value(formula.dimension(), {sym.multiplicity: Fraction(m)})
    if dimension != len(attained) - 1:
        return _refuted(
            "the maximisers fill a sphere of another dimension", R, found=len(attained) - 1, claimed=dimension
        )
    random = Random(7)
    for _ in range(3):
        q, other = ([as_rational(entry) for entry in unit_column(random, m)] for _ in range(2))
        neuron = formula.neuron(R, q, other)
        norm = sympy.expand((neuron.T * neuron)[0])
        if norm != 1:
            return _refuted("not on the unit sphere", R, q=q, squared_norm=norm)
        if any(sympy.expand(entry) != 0 for entry in as_matrix(slack) * neuron):
            return _refuted("not the largest utility", R, q=q, neuron=list(neuron))
    # q to neuron is linear: the images of a basis span what all maximisers span.
    images = [formula.neuron(R, sympy.eye(m).col(i), sympy.eye(m).col(i)) * sympy.sqrt(2) for i in range(m)]
    spanned = tuple(tuple(Fraction(int(e.p), int(e.q)) for e in map(sympy.expand, image)) for image in images)
    if rank(spanned) != len(attained) or rank((*spanned, *attained)) != len(attained):
        return _refuted("not all maximisers are of this form", R, rank=rank(spanned), dimension=len(attained))
    return _found(1)


def diagonal_instance(formula: Maximisers, context: Context) -> Evidence:
    """R = diag(2, 2, 1): a circle of maximisers; and the identity, of which every size has a whole sphere."""
    whole = [FactoredResidual(identity(n), (Fraction(3),) * n, identity(n)) for n in (1, 2, 3, 4)]
    for count, R in enumerate((BRIEF, *whole), start=1):
        one = fills_the_kernel(formula, {"R": R})
        if one.level is None:
            return replace(one, instances=count)
    return _found(5)


def repeated_singular_values(formula: Maximisers, context: Context) -> Evidence:
    """Residuals up to 3 × 3 with rational singular vectors and a repeated σ₁, simple ones among them."""
    count, multiplicities = 0, set()
    for count, instance in enumerate(context.instances(16), start=1):
        one = fills_the_kernel(formula, instance)
        if one.level is None:
            return replace(one, instances=count)
        multiplicities.add(instance["R"].multiplicity)
    if max(multiplicities, default=1) < 2:
        return Evidence.inconclusive("no largest singular value was repeated")
    return replace(_found(count), figures={"multiplicities": sorted(multiplicities)})


def no_unique_maximiser_needed(formula: Maximisers, context: Context) -> Evidence:
    """Singular values 2, 2, 1 in several bases, learned by alternating gradient flows: some maximiser, one staircase.

    The first saddle is 4 a wᵀ with (a, w) the neuron that the formula has for its q, whichever it took; the levels
    are those of q on an axis. Cost minimisation ends at critical points to 1e-9.
    """
    random = context.random()
    turned = (
        FactoredResidual(orthogonal_matrix(random, 3), BRIEF.singular_values, orthogonal_matrix(random, 3))
        for _ in range(BASES)
    )
    for count, R in enumerate((BRIEF, *turned), start=1):
        whitened = [[[str(entry) for entry in row] for row in matrix] for matrix in (identity(3), R.matrix)]
        found = numeric.alternating_gradient_flows(LinearNetwork(*whitened), InitScale("1e-30"), seed=count)
        levels = [found.initial_loss, *found.loss_levels]
        if not np.allclose(levels, [4.5, 2.5, 0.5, 0.0], atol=1e-8):
            return _refuted("another staircase", R, levels=levels)
        U = np.array(R.left, dtype=float)[:, :2]
        q = U.T @ np.linalg.svd(found.saddles[0])[0][:, 0]
        vectors = (list(map(sympy.Float, each)) for each in (q, (-q[1], q[0])))
        neuron = np.array(formula.neuron(R, *vectors), dtype=float).ravel()
        if not np.allclose(4 * np.outer(neuron[:3], neuron[3:]), found.saddles[0], atol=1e-7):
            return _refuted("the neuron that was learned is no such maximiser", R, q=q, claimed=neuron)
    detail = "alternating gradient flows take some maximiser, and have the same levels in every basis"
    return Evidence.of(Level.SAMPLED, detail, instances=1 + BASES)


def _found(count: int) -> Evidence:
    detail = "the kernel of σ₁/2 minus utility is what the maximisers span, as fractions"
    return Evidence.of(Level.EXACT, detail, instances=count)


def _refuted(what: str, R: FactoredResidual, **figures: Any) -> Evidence:
    return Evidence.refuted(what, {"R": str(R), **figures}, instances=1)


def zero_has_them_all(formula: Maximisers, witness: Any) -> Evidence:
    """R = 0: every neuron has utility 0, outgoing weights alone for instance."""
    R: FactoredResidual = witness["R"]
    attained = len(kernel(shifted(R.form, R.largest)))
    dimension = rational_value(formula.dimension(), {sym.multiplicity: Fraction(R.multiplicity)})
    detail = "every neuron is a maximiser, and their sphere is larger"
    return failure(dimension != attained - 1, Level.EXACT, detail, {"R": str(R)}, found=attained - 1, claimed=dimension)


_ZERO = FactoredResidual(identity(2), (Fraction(0), Fraction(0)), diagonal([Fraction(1)] * 2, rows=2, columns=2))
_OWN = Maximisers()

LIN_03 = Claim(
    id="LIN-03",
    system="linear",
    title="maximisers of a repeated singular value",
    statement="Where σ₁(R) has multiplicity m the neurons of largest utility are (U₁q, V₁q)/√2 with one unit vector q "
    "for both layers: a sphere of dimension m − 1.",
    kind=Kind.EQUALITY,
    status=Status.THEOREM,
    source=Source("this project", "the source takes σ₁ to be simple"),
    hypotheses=Hypotheses((KnownSingularValues(repeated=True), POSITIVE)),
    formula=_OWN,
    checks=(
        Check("diagonal", diagonal_instance),
        Check("repeated singular values", repeated_singular_values),
        Check("no unique maximiser needed", no_unique_maximiser_needed),
        Check(
            "derivation",
            partial(
                every_step,
                name="LIN-03",
                parts=lambda formula: {
                    "outgoing": formula.outgoing,
                    "incoming": formula.incoming,
                    "dimension": formula.dimension,
                },
            ),
        ),
    ),
    mutants=(
        Mutant(
            "mixed-bases",
            replace(_OWN, incoming=lambda: sym.right_block * OTHER / sympy.sqrt(2)),
            "(U₁q, V₁q′): the bases of the two blocks not paired",
        ),
        Mutant("dimension-m", replace(_OWN, dimension=lambda: sym.multiplicity), "a sphere of dimension m"),
        Mutant("two-points", replace(_OWN, dimension=lambda: sympy.Integer(0)), "two maximisers, whatever m is"),
        Mutant("sign", replace(_OWN, incoming=lambda: -_OWN.incoming()), "(U₁q, −V₁q)"),
    ),
    remark="The neurons of one jump are then not determined by the residual: the initialisation picks q.",
    necessity=(Necessity(POSITIVE, {"R": _ZERO}, zero_has_them_all),),
    parts=(
        *without_arguments(_OWN, "outgoing"),
        *without_arguments(_OWN, "incoming"),
        *without_arguments(_OWN, "dimension"),
    ),
    probes=(Probe("fills the kernel", fills_the_kernel),),
)
