"""LIN-09: saddles of a linear network, their levels, and the noise floor."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

import flint
import sympy
from sympy import Expr, Identity, MatrixExpr, MatrixSymbol, Symbol

from agf_theory.closed_form import linear as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.matrices import with_matrices
from agf_theory.numeric import linear as numeric
from agf_theory.problems import LinearNetwork
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Probe, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level, weakest
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.linear.exact_algebra import exact
from agf_theory.proofs_check.linear.factored_moments import FactoredMoments, KnownSpectrum
from agf_theory.proofs_check.linear.level_instances import (
    best_of_its_rank,
    competitors,
    escapes,
    loss,
    only_best,
    subsets,
    top_eigenvectors,
)
from agf_theory.proofs_check.linear.rational_form import matrix_value, rational_value
from agf_theory.proofs_check.parts import without_arguments
from agf_theory.proofs_check.strategies.rational_matrix import Matrix, product, transpose

__all__ = ["LIN_09", "Saddles"]

ROWS = MatrixSymbol("Q", sym.inputs, sym.inputs)
"""The projection on right singular vectors, for the mutant that projects from the right."""


def _unique(mu: Fraction, following: Fraction, definite: bool) -> bool:
    return definite and (mu > following or following == 0)


@dataclass(frozen=True)
class Saddles:
    """What LIN-09 states, in the symbols of `closed_form.symbols`.

    Attributes
    ----------
    modes
        The matrix whose eigenvectors are learned, that of the largest eigenvalue first.
    falls
        The matrix whose eigenvalues are twice the falls of the loss.
    best, saddle, residual
        The least-squares map; a saddle and the residual there, given the projection P on the modes learned.
    floor, level
        The matrix whose half trace is the noise floor; the loss level, given the number of modes and those learned.
    curvature
        Of the loss, as a mode learned turns towards one that is missed.
    unique
        Whether the best map of rank k is the only one, given μ_k, μ_{k+1} and whether Σ_xx is definite.
    """

    modes: Callable[[], MatrixExpr] = closed_form.drop_matrix
    falls: Callable[[], MatrixExpr] = closed_form.drop_matrix
    best: Callable[[], MatrixExpr] = closed_form.best_map
    saddle: Callable[[], MatrixExpr] = closed_form.saddle_map
    residual: Callable[[], MatrixExpr] = closed_form.saddle_residual
    floor: Callable[[], MatrixExpr] = closed_form.unexplained
    level: Callable[[int, Collection[int]], Expr] = closed_form.loss_level
    curvature: Callable[[], Expr] = closed_form.escape_curvature
    unique: Callable[[Fraction, Fraction, bool], bool] = _unique


class _Values:
    """The formulas at one problem, as fractions."""

    def __init__(self, formula: Saddles, moments: FactoredMoments) -> None:
        self.formula = formula
        self.moments = moments
        self._data = {
            "Sigma_xx": moments.sigma_xx,
            "Sigma_xx^+": moments.pseudo_inverse,
            "Sigma_yx": moments.sigma_yx,
            "Sigma_yy": moments.sigma_yy,
        }

    def matrix(self, expression: MatrixExpr, learned: tuple[int, ...] = ()) -> Matrix | None:
        """None if a value is not rational, or the shapes do not fit together."""
        left, right = (self.moments.projection(learned, right=side) for side in (False, True))
        return matrix_value(expression, {**self._data, "P": left, "Q": right})

    def number(self, expression: Expr, **values: Fraction) -> Fraction | None:
        """At numbers for the symbols, by name; None if the value is not rational."""
        return rational_value(expression, {s: values[s.name] for s in expression.free_symbols if s.name in values})


def saddles_of_one_problem(formula: Saddles, instance: Instance) -> Evidence:
    """One problem: every set of modes, from the moments alone: critical, its level, how it is left, which is best."""
    moments: FactoredMoments = instance["moments"]
    values = _Values(formula, moments)
    best = values.matrix(formula.best())
    if best != product(moments.sigma_yx, moments.pseudo_inverse):
        return _refuted("not the least-squares map of least norm", moments, claimed=best)
    falls = values.matrix(formula.falls())
    if not _has_spectrum(falls, moments.mu):
        return _refuted("its eigenvalues are not twice the falls of the loss", moments, claimed=falls)
    links = [_saddle(values, learned) for learned in subsets(moments.c, min(moments.c, moments.d))]
    links += [_best_of_rank(values, k) for k in range(min(moments.c, moments.d) + 1)]
    return weakest(links)


def _saddle(values: _Values, learned: tuple[int, ...]) -> Evidence:
    """P_S B*: both stationarity equations, the residual, the loss level, and the curve along which it is left."""
    moments, formula = values.moments, values.formula
    saddle, residual = (values.matrix(e, learned) for e in (formula.saddle(), formula.residual()))
    assert saddle is not None, "rational moments"
    shown = {"learned": [k + 1 for k in learned], "saddle": saddle}
    seen = _minus(moments.sigma_yx, product(saddle, moments.sigma_xx))
    if seen != residual:
        return _refuted("not the residual at the saddle", moments, **shown, residual=seen, claimed=residual)
    vectors = transpose(tuple(tuple(row[k] for k in learned) for row in moments.left)) if learned else ()
    force = product(seen, transpose(saddle))
    if any(map(any, force)) or (vectors and any(map(any, product(vectors, seen)))):
        return _refuted("the gradient does not vanish", moments, **shown, force=force)
    mu = {f"mu_{i}": value for i, value in enumerate(moments.mu, start=1)}
    noise = values.matrix(formula.floor())
    if noise is None:
        return _refuted("the noise has no rational moments here", moments, claimed=str(formula.floor()))
    floor = sum((row[i] for i, row in enumerate(noise)), Fraction(0)) / 2
    level = values.number(formula.level(moments.c, [k + 1 for k in learned]), ell_0=floor, **mu)
    if level != loss(moments, saddle):
        return _refuted("the loss is another", moments, **shown, loss=loss(moments, saddle), claimed=level)
    return escapes(
        moments, learned, lambda i, j: values.number(formula.curvature(), mu_i=moments.mu[i], mu_j=moments.mu[j])
    )


def _best_of_rank(values: _Values, k: int) -> Evidence:
    """The first k modes: top eigenvectors of the matrix claimed, best by an exact certificate, unique or not."""
    moments, formula = values.moments, values.formula
    top = tuple(range(k))
    following = moments.mu[k] if k < moments.c else Fraction(0)
    gap = k == 0 or moments.mu[k - 1] > following
    saddle, matrix = values.matrix(formula.saddle(), top), values.matrix(formula.modes())
    assert saddle is not None, "rational moments"
    links = [best_of_its_rank(moments, k), competitors(moments, saddle, k)]
    if gap:
        links.append(top_eigenvectors(matrix, moments, k))
    if k:
        links.append(only_best(moments, saddle, k, formula.unique(moments.mu[k - 1], following, moments.definite)))
    return weakest(links)


def rational_spectra(formula: Saddles, context: Context) -> Evidence:
    """Problems up to 3 × 3 with rational spectra, white and coloured, singular Σ_xx, with noise and without."""
    count = singular = noisy = coloured = 0
    for count, instance in enumerate(context.instances(14), start=1):
        one = saddles_of_one_problem(formula, instance)
        if one.level is None:
            return replace(one, instances=one.instances and count)
        moments = instance["moments"]
        singular += not moments.definite
        noisy += any(map(any, moments.noise))
        coloured += len(set(moments.scales)) > 1
    if not (singular and noisy and coloured):
        return Evidence.inconclusive("no singular Σ_xx, no noise, or no coloured input", singular=singular, noisy=noisy)
    detail = "critical, with this level, left where it is not best, best where it is: in fractions, every set of modes"
    figures = {"singular": singular, "noisy": noisy, "coloured": coloured}
    return Evidence.of(Level.EXACT, detail, instances=count, **figures)


def limiting_levels(formula: Saddles, context: Context) -> Evidence:
    """The numeric recursion in balls: its maps and levels enclose those of the formula, where μ are distinct."""
    count, widest = 0, 0.0
    for instance in context.instances(18):
        moments: FactoredMoments = instance["moments"]
        positive = [mu for mu in moments.mu if mu]
        if not positive or len(set(positive)) < len(positive):
            continue  # which direction is learned first is then not determined
        values = _Values(formula, moments)
        data = (moments.sigma_xx, moments.sigma_yx, moments.sigma_yy)
        problem = LinearNetwork(*([[str(entry) for entry in row] for row in matrix] for matrix in data))
        found = numeric.limiting_sequence(problem, rule="recursion", arithmetic="ball")
        if not found.complete:
            continue  # jumps at one time have no order
        count += 1
        if len(found) != len(positive):
            return _refuted("another number of jumps", moments, jumps=len(found))
        for k in range(len(positive) + 1):
            balls = [] if k == 0 else found.saddles[k - 1].ravel().tolist()
            balls.append(found.loss_levels[k - 1] if k else found.initial_loss)
            exactly = _map_and_level(values, k)
            entries = exactly[-1:] if k == 0 else exactly
            widest = max(widest, *(float(ball.rad()) for ball in balls))
            if not all(_encloses(ball, entry) for ball, entry in zip(balls, entries, strict=True)):
                shown = {"learned": k, "found": [ball.str(8) for ball in balls], "claimed": entries}
                return _refuted("the numeric route has another saddle or level", moments, **shown)
    if not widest < 1e-25:
        return Evidence.inconclusive("balls too wide", widest=widest)
    detail = "maps and levels of the numeric recursion, in balls of radius below 1e-25, enclose the exact ones"
    return Evidence.of(Level.CERTIFIED, detail, instances=count, widest=widest)


def _map_and_level(values: _Values, k: int) -> list[Fraction | None]:
    """Entries of the map with the first k modes learned, and the loss there, as the formulas have them."""
    moments, formula = values.moments, values.formula
    saddle, noise = values.matrix(formula.saddle(), tuple(range(k))), values.matrix(formula.floor())
    if saddle is None or noise is None:
        return [None] * (moments.c * moments.d + 1)
    floor = sum((row[i] for i, row in enumerate(noise)), Fraction(0)) / 2
    mu = {f"mu_{i}": value for i, value in enumerate(moments.mu, start=1)}
    level = values.number(formula.level(moments.c, list(range(1, k + 1))), ell_0=floor, **mu)
    return [*(entry for row in saddle for entry in row), level]


def _encloses(ball: flint.arb, exactly: Fraction | None) -> bool:
    """Whether a ball meets a rational number, which is itself taken as a ball far narrower than those looked at."""
    if exactly is None:
        return False
    with flint.ctx.workprec(1024):
        return bool(ball.overlaps(flint.arb(flint.fmpq(exactly.numerator, exactly.denominator))))


def two_outputs(formula: Saddles, context: Context) -> Evidence:
    """Two outputs, two inputs, every moment a symbol: the loss at the best map of rank one and at the other saddle.

    With e, q and δ² = e² + q² for half the difference of the diagonal entries of Σ_yx Σ_xx⁻¹ Σ_yxᵀ, the entry beside
    it, and half the difference of its eigenvalues: identities of polynomials, reduced modulo δ² − e² − q².
    """
    x, y, z, a, b, c, d, *noise = sympy.symbols("x y z a b c d n_1 n_2 n_3", real=True)
    # Written in the least-squares map, so that all but Σ_xx⁻¹, which then cancels, are polynomials.
    inputs, best = sympy.Matrix([[x, y], [y, z]]), sympy.Matrix([[a, b], [c, d]])
    cross, drops = best * inputs, (best * inputs * best.T).expand()
    outputs = drops + sympy.Matrix([[noise[0], noise[1]], [noise[1], noise[2]]])
    half, e, q = (drops[0, 0] + drops[1, 1]) / 2, (drops[0, 0] - drops[1, 1]) / 2, drops[0, 1]
    delta, half_e, half_q = Symbol("delta", positive=True), Symbol("e", real=True), Symbol("q", real=True)
    inverse = sympy.Matrix([[z, -y], [-y, x]]) / (x * z - y**2)
    data = {sym.sigma_xx: inputs, sym.sigma_xx_inverse: inverse, sym.sigma_yx: cross, sym.sigma_yy: outputs}
    floor = sympy.cancel(with_matrices(formula.floor(), data).trace() / 2)
    mu = {Symbol("mu_1", nonnegative=True): half + delta, Symbol("mu_2", nonnegative=True): half - delta}
    for number, sign in ((1, 1), (2, -1)):
        turned = sympy.Matrix([[half_e, half_q], [half_q, -half_e]]) * sign / delta
        learned = {sym.learned: (sympy.eye(2) + turned) / 2, ROWS: sympy.eye(2)}
        saddle = with_matrices(formula.saddle(), {**data, **learned}).applyfunc(sympy.cancel)
        seen = (outputs - saddle * cross.T - cross * saddle.T + saddle * inputs * saddle.T).trace() / 2
        claimed = formula.level(2, [number]).subs({**mu, sym.noise: floor}, simultaneous=True)
        top = sympy.expand((seen - claimed) * delta**2).subs({half_e: e, half_q: q})
        left = sympy.rem(sympy.expand(top), sympy.expand(delta**2 - e**2 - q**2), delta)
        if left != 0:
            return Evidence.inconclusive(f"the loss with mode {number} learned was not reduced to the level claimed")
    return Evidence.of(Level.EXACT, "the loss at both saddles of rank one, all moments symbols, one size", instances=1)


def _has_spectrum(matrix: Matrix | None, mu: tuple[Fraction, ...]) -> bool:
    if matrix is None or len(matrix) != len(mu):
        return False
    wanted = flint.fmpq_poly([1])
    for value in mu:
        wanted *= flint.fmpq_poly([flint.fmpq(-value.numerator, value.denominator), 1])
    return bool(exact(matrix).charpoly() == wanted)


def _minus(a: Matrix, b: Matrix) -> Matrix:
    return tuple(tuple(p - q for p, q in zip(*rows, strict=True)) for rows in zip(a, b, strict=True))


def _refuted(what: str, moments: FactoredMoments, **figures: Any) -> Evidence:
    return Evidence.refuted(what, {"moments": str(moments), **figures}, instances=1)


_OWN = Saddles()
_CROSS = sym.sigma_yx * sym.sigma_yx.T

LIN_09 = Claim(
    id="LIN-09",
    system="linear",
    title="saddles, levels and the noise floor",
    statement="Among maps of rank k the loss is least at P_{U_k} B*, U_k the top eigenvectors of Σ_yx Σ_xx⁺ Σ_yxᵀ, "
    "where it is half the sum of the other eigenvalues plus the noise floor ½ tr(Σ_yy − Σ_yx Σ_xx⁺ Σ_yxᵀ); each P_S B* "
    "is critical, and one with another set S of k eigenvectors is left within the maps of rank k.",
    kind=Kind.EQUALITY,
    status=Status.ERRATUM,
    source=Source("kunin2025", "fully connected linear networks, cost minimisation"),
    hypotheses=Hypotheses((KnownSpectrum(),)),
    formula=_OWN,
    checks=(
        Check("rational spectra", rational_spectra),
        Check("two outputs", two_outputs),
        Check("limiting levels", limiting_levels),
        Check(
            "derivation",
            partial(
                every_step,
                name="LIN-09",
                parts=lambda formula: {
                    "best_map": formula.best,
                    "drop_matrix": formula.falls,
                    "saddle_map": formula.saddle,
                    "saddle_residual": formula.residual,
                    "unexplained": formula.floor,
                    "loss_level": formula.level,
                    "escape_curvature": formula.curvature,
                },
                beyond="the loss level of three and of five modes for any number",
            ),
        ),
    ),
    mutants=(
        Mutant(
            "truncated-least-squares-map",
            replace(_OWN, modes=lambda: sym.sigma_yx * sym.sigma_xx_inverse**2 * sym.sigma_yx.T),
            "the left singular vectors of B*: its truncated singular value decomposition",
        ),
        Mutant(
            "singular-vectors-of-sigma-yx", replace(_OWN, modes=lambda: _CROSS), "the left singular vectors of Σ_yx"
        ),
        Mutant(
            "projected-from-the-right",
            replace(_OWN, saddle=lambda: sym.sigma_yx * sym.sigma_xx_inverse * ROWS),
            "B* P_V for P_U B*",
        ),
        Mutant(
            "squared-singular-values", replace(_OWN, falls=lambda: _CROSS), "σ_i² for μ_i, as where the input is white"
        ),
        Mutant(
            "floor-dropped",
            replace(_OWN, level=lambda c, learned: closed_form.loss_level(c, learned) - sym.noise),
            "the noise floor dropped, as in the source",
        ),
        Mutant("floor-of-outputs", replace(_OWN, floor=lambda: sym.sigma_yy), "½ tr Σ_yy for the floor"),
        Mutant(
            "residual-of-white-input",
            replace(_OWN, residual=lambda: sym.sigma_yx - sym.learned * sym.sigma_yx * sym.sigma_xx_inverse),
            "Σ_yx − β_k for Σ_yx − β_k Σ_xx",
        ),
        Mutant(
            "residual-projected",
            replace(_OWN, residual=lambda: (Identity(sym.outputs) + sym.learned) * sym.sigma_yx),
            "1 + P for 1 − P",
        ),
        Mutant(
            "unique-without-a-gap",
            replace(_OWN, unique=lambda mu, following, definite: definite),
            "unique without a gap",
        ),
        Mutant(
            "gap-always",
            replace(_OWN, unique=lambda mu, following, definite: definite and mu > following),
            "not unique where nothing is left to learn",
        ),
        Mutant(
            "unique-for-singular-input",
            replace(_OWN, unique=lambda mu, following, definite: mu > following or following == 0),
            "unique for a singular Σ_xx too",
        ),
    ),
    remark="The source leaves out the noise floor, right only where y = B*x. The best map of rank k is the only "
    "one iff Σ_xx is definite and μ_k > μ_{k+1} or μ_{k+1} = 0; a map that vanishes on the range of Σ_xx may be added. "
    "No hypothesis to drop: the moments of any data.",
    parts=(
        *without_arguments(_OWN, "modes"),
        *without_arguments(_OWN, "falls"),
        *without_arguments(_OWN, "best"),
        *without_arguments(_OWN, "saddle"),
        *without_arguments(_OWN, "residual"),
        *without_arguments(_OWN, "floor"),
        *without_arguments(_OWN, "curvature"),
    ),
    equivalent={
        "bred: modes: doubled": "a multiple has the same eigenvectors, in the same order",
        "bred: modes: halved": "a multiple has the same eigenvectors, in the same order",
    },
    probes=(Probe("saddles of one problem", saddles_of_one_problem),),
)
