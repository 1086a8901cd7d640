"""LIN-23: the minima of a linear network form a smooth manifold under a condition on ranks, and not otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import product as all_of
from typing import Any

import sympy
from sympy import Eq, Expr, Integer, Min, Symbol
from sympy.logic.boolalg import Boolean

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses
from agf_theory.proofs_check.linear.exact_algebra import kernel, rank
from agf_theory.proofs_check.linear.rational_draws import orthogonal_matrix
from agf_theory.proofs_check.linear.rational_form import rational_value
from agf_theory.proofs_check.parts import without_arguments
from agf_theory.proofs_check.strategies.rational_matrix import Matrix, diagonal, product, transpose

__all__ = ["LIN_23", "SmoothMinima"]

LARGEST = 3


@dataclass(frozen=True)
class SmoothMinima:
    """What LIN-23 states, in the symbols of `closed_form.symbols`.

    Attributes
    ----------
    jacobian_rank
        Of the product of the layers, given the sizes of the map and the ranks of the layers.
    smooth
        Whether {A W = B} is a smooth manifold, given the rank of B and the sizes.
    """

    jacobian_rank: Callable[[], Expr] = closed_form.product_jacobian_rank
    smooth: Callable[[], Boolean] = closed_form.minima_are_smooth


def ranks_of_the_derivative(formula: SmoothMinima, context: Context) -> Evidence:
    """Layers of every rank, up to three outputs, inputs and neurons: the rank of (dA, dW) ↦ dA W + A dW, eliminated."""
    random, count = context.random(), 0
    for c, H, d in all_of(range(1, LARGEST + 1), repeat=3):
        for seen_a, seen_w in all_of(range(min(c, H) + 1), range(min(H, d) + 1)):
            count += 1
            A = product(
                orthogonal_matrix(random, c),
                diagonal([Fraction(2)] * seen_a, rows=c, columns=H),
                orthogonal_matrix(random, H),
            )
            W = product(
                orthogonal_matrix(random, H),
                diagonal([Fraction(1, 3)] * seen_w, rows=H, columns=d),
                orthogonal_matrix(random, d),
            )
            found = rank(_jacobian(A, W))
            values = {sym.outputs: c, sym.inputs: d, sym.rank_outgoing: seen_a, sym.rank_incoming: seen_w}
            claimed = rational_value(formula.jacobian_rank(), {s: Fraction(value) for s, value in values.items()})
            if claimed != found:
                witness = {"A": A, "W": W, "rank": found, "claimed": claimed}
                return Evidence.refuted("the derivative of the product has another rank", witness, instances=count)
    return Evidence.of(Level.EXACT, "ranks by elimination, all sizes up to three and all ranks", instances=count)


def minima_of_every_rank(formula: SmoothMinima, context: Context) -> Evidence:
    """Every rank of the map, up to three outputs, inputs and neurons: one rank at all minima, or a cone at one of them.

    Smooth: the derivative of the product has the same rank at all minima, whatever the ranks of the layers there (what
    Sylvester's inequality leaves open); a level set of constant rank is a manifold. Not smooth: at the minimum of least
    rank two lines lie in the set, exactly, whose velocities add up to no velocity of any curve in it.
    """
    count = kinks = 0
    for c, H, d in all_of(range(1, LARGEST + 1), repeat=3):
        for r in range(min(c, H, d) + 1):
            count += 1
            at = {"d_y": c, "H": H, "d_x": d, "r": r}
            smooth = bool(formula.smooth().subs({sym.outputs: c, sym.hidden: H, sym.inputs: d, sym.rank_map: r}))
            ranks = {c * d - (c - a) * (d - w) for a, w in _possible_ranks(c, H, d, r)}
            found = _corner(c, H, d, r)
            kinks += found is not None
            if smooth and found is not None:
                return Evidence.refuted("two lines of minima cross in a corner", at | found, instances=count)
            if not smooth and found is None and len(ranks) == 1:
                witness = at | {"rank of the derivative": ranks.pop()}
                return Evidence.refuted("constant rank makes it smooth", witness, instances=count)
            if (found is None) != (len(ranks) == 1):
                return Evidence.inconclusive("neither of constant rank nor a corner", **at)
    if not 0 < kinks < count:
        return Evidence.inconclusive("only smooth cases, or none", corners=kinks)
    detail = "constant rank where smooth, an exact corner where not, for all sizes up to three and all ranks"
    return Evidence.of(Level.EXACT, detail, instances=count, corners=kinks)


def _possible_ranks(c: int, H: int, d: int, r: int) -> Iterator[tuple[int, int]]:
    """Ranks of A and W with A W of rank r: at least r each, and r_A + r_W − H ≤ r by Sylvester's inequality."""
    for seen_a, seen_w in all_of(range(r, min(c, H) + 1), range(r, min(d, H) + 1)):
        if seen_a + seen_w - H <= r:
            yield seen_a, seen_w


def _corner(c: int, H: int, d: int, r: int) -> dict[str, Any] | None:
    """At A = W = diag(1, …, 1, 0, …) of rank r: dA and dW along which straight lines of minima run, and do not add up.

    (A + t dA) W = A W and A (W + t dW) = A W; but dA dW has a part outside what the derivative of the product reaches,
    which a curve with velocity (dA, dW) would have to cancel in second order.
    """
    A = diagonal([Fraction(1)] * r, rows=c, columns=H)
    W = diagonal([Fraction(1)] * r, rows=H, columns=d)
    target = product(A, W)
    along = [_shaped(vector, c, H) for vector in kernel(_by_outgoing(c, W))]
    across = [_shaped(vector, H, d) for vector in kernel(_by_incoming(A, d))]
    jacobian = transpose(_jacobian(A, W))
    reached = rank(jacobian)
    for dA, dW in all_of(along, across):
        assert product(_sum(A, dA), W) == target == product(A, _sum(W, dW)), "lines of minima"
        second = tuple(entry for row in product(dA, dW) for entry in row)
        if rank(tuple((*row, entry) for row, entry in zip(jacobian, second, strict=True))) > reached:
            return {"A": A, "W": W, "dA": dA, "dW": dW, "dA dW": product(dA, dW)}
    return None


def condition_for_every_size(formula: SmoothMinima, context: Context) -> Evidence:
    """Every size: with d_y = r + p, H = r + q, d_x = r + s the condition holds iff p, q or s is zero.

    By the derivation these are the sizes of the cone X Y = 0 that the minima look like next to least rank.
    """
    rank = Symbol("r", integer=True, nonnegative=True)
    positive = tuple(Symbol(name, integer=True, positive=True) for name in "pqs")
    others = tuple(Symbol(name, integer=True, nonnegative=True) for name in "pqs")
    cases = [(positive, False)]
    cases += [(tuple(Integer(0) if i == j else others[j] for j in range(3)), True) for i in range(3)]
    for excess, smooth in cases:
        smallest = {symbol: Integer(1) for e in excess for symbol in e.free_symbols}
        example = [int(e.subs(smallest)) for e in excess]
        if bool(_condition(formula, Integer(1), example)) is not smooth:
            witness = {"r": 1, "d_y − r, H − r, d_x − r": example, "claimed smooth": not smooth}
            return Evidence.refuted("not the condition that a size of the cone is zero", witness)
        claimed = _condition(formula, rank, excess)
        if claimed is not sympy.S(smooth):
            return Evidence.inconclusive(f"the condition was not decided: {claimed}")
    found = Evidence.of(Level.PROVED, "the condition holds iff a size of the cone X Y = 0 is zero, for every size")
    return found.by_hand("the minima are smooth iff one is: the last steps of the derivation, and constant rank")


def _condition(formula: SmoothMinima, rank: Any, excess: Any) -> Any:
    sizes = dict(zip((sym.outputs, sym.hidden, sym.inputs), (rank + e for e in excess), strict=True))
    claimed = formula.smooth().subs({sym.rank_map: rank, **sizes}, simultaneous=True)
    # The least of several sums with r is r plus the least of what is added: of that SymPy knows the sign.
    return claimed.replace(Min, lambda *sums: rank + Min(*(sympy.expand(each - rank) for each in sums)))


def the_cross(formula: SmoothMinima, context: Context) -> Evidence:
    """One weight a layer: aw = 0 is a cross, with a corner at zero, aw = 1 a hyperbola."""
    one = {sym.outputs: 1, sym.hidden: 1, sym.inputs: 1}
    corner = _corner(1, 1, 1, 0)
    assert corner is not None, "the cross aw = 0"
    for r, smooth in ((0, False), (1, True)):
        if bool(formula.smooth().subs({**one, sym.rank_map: r})) is not smooth:
            witness = {"B": r, "the set": "aw = 0, a cross" if r == 0 else "aw = 1, a hyperbola"}
            return Evidence.refuted("one weight a layer", witness | {"claimed smooth": not smooth}, instances=1)
    return Evidence.of(Level.EXACT, "aw = 0 has a corner, aw = 1 is smooth", instances=2)


def _jacobian(A: Matrix, W: Matrix) -> Matrix:
    """A row for each weight: the change of the product, entry by entry."""
    return (*transpose(_by_outgoing(len(A), W)), *transpose(_by_incoming(A, len(W[0]))))


def _by_outgoing(c: int, W: Matrix) -> Matrix:
    """The matrix of dA ↦ dA W, (c d, c H)."""
    H, d = len(W), len(W[0])
    return tuple(
        tuple(W[k][j] if row == i else Fraction(0) for row in range(c) for k in range(H))
        for i in range(c)
        for j in range(d)
    )


def _by_incoming(A: Matrix, d: int) -> Matrix:
    """The matrix of dW ↦ A dW, (c d, H d)."""
    H = len(A[0])
    return tuple(
        tuple(row[k] if column == j else Fraction(0) for k in range(H) for column in range(d))
        for row in A
        for j in range(d)
    )


def _shaped(vector: tuple[Fraction, ...], rows: int, columns: int) -> Matrix:
    return tuple(vector[i * columns : (i + 1) * columns] for i in range(rows))


def _sum(a: Matrix, b: Matrix) -> Matrix:
    return tuple(tuple(p + q for p, q in zip(*rows, strict=True)) for rows in zip(a, b, strict=True))


_OWN = SmoothMinima()

LIN_23 = Claim(
    id="LIN-23",
    system="linear",
    title="where the minima are smooth",
    statement="The weights with A W = B form a smooth manifold iff rank B = min(d_y, d_x) or rank B = H; the "
    "derivative of the product has rank d_y d_x − (d_y − rank A)(d_x − rank W).",
    kind=Kind.EQUALITY,
    status=Status.ERRATUM,
    source=Source("kunin2025", "where minima are said to form smooth submanifolds, without a condition"),
    hypotheses=Hypotheses(),
    formula=_OWN,
    checks=(
        Check("the cross", the_cross),
        Check("condition for every size", condition_for_every_size),
        Check("minima of every rank", minima_of_every_rank),
        Check("ranks of the derivative", ranks_of_the_derivative),
        Check(
            "derivation",
            partial(every_step, name="LIN-23", parts=lambda formula: {"product_jacobian_rank": formula.jacobian_rank}),
        ),
    ),
    mutants=(
        Mutant(
            "always-smooth", replace(_OWN, smooth=lambda: sympy.true), "smooth without a condition, as in the source"
        ),
        Mutant(
            "full-rank-alone",
            replace(_OWN, smooth=lambda: Eq(sym.rank_map, Min(sym.outputs, sym.inputs))),
            "the narrowest networks forgotten",
        ),
        Mutant(
            "narrowest-alone", replace(_OWN, smooth=lambda: Eq(sym.rank_map, sym.hidden)), "maps of full rank forgotten"
        ),
        Mutant(
            "square-rank",
            replace(_OWN, smooth=lambda: sympy.Or(Eq(sym.rank_map, sym.outputs), Eq(sym.rank_map, sym.hidden))),
            "rank d_y for rank min(d_y, d_x)",
        ),
        Mutant(
            "overlap-counted-twice",
            replace(
                _OWN,
                jacobian_rank=lambda: sym.rank_outgoing * sym.inputs + sym.rank_incoming * sym.outputs,
            ),
            "r_A d_x + r_W d_y: what both layers reach counted twice",
        ),
    ),
    remark="At the minima of the loss B is the least-squares map (Σ_xx definite), or the best map of rank H where it "
    "is the only one; there are none if rank B > H. The dimension is H(d_y + d_x) − d_y d_x, or H² in the second case. "
    "Orbits of the hidden symmetry are always smooth. No hypothesis to drop: every B, every width.",
    parts=without_arguments(_OWN, "jacobian_rank"),
)
