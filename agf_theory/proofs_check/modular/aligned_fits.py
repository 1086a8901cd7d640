"""MOD-13: aligned and balanced neurons fit a generic frequency six at a time, and all such fits are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import combinations
from random import Random
from typing import Any

from sympy import Expr, Poly, pi

from agf_theory.closed_form import modular as closed_form
from agf_theory.closed_form import symbols as sym
from agf_theory.numeric.modular.cyclotomic import CyclotomicField, CyclotomicNumber
from agf_theory.proofs_check.claims import Check, Claim, Kind, Mutant, Necessity, Source, Status
from agf_theory.proofs_check.context import Context
from agf_theory.proofs_check.discharged import every_step
from agf_theory.proofs_check.evidence import Evidence, Level
from agf_theory.proofs_check.hypotheses import Hypotheses, Instance
from agf_theory.proofs_check.modular.frequencies import GENERIC, Frequency, GroupFrequency
from agf_theory.proofs_check.modular.pure_networks import (
    PureNetwork,
    aligned_neurons,
    evaluated,
    field_for,
    rational_value,
)
from agf_theory.proofs_check.modular.torus_classification import relations, two_families
from agf_theory.proofs_check.necessity import failure
from agf_theory.proofs_check.parts import without_arguments

__all__ = ["MOD_13", "AlignedFits", "canonical_network"]


@dataclass(frozen=True)
class AlignedFits:
    """What MOD-13 states, in the symbols of `closed_form.symbols`.

    Attributes
    ----------
    neurons
        The fewest.
    kernel
        What the ratios of any two nodes of a fit by the fewest have to make zero.
    phase_u, phase_v
        Of the canonical fit, at m and n.
    shape
        How many values m and n take.
    weight
        Product of the amplitudes of each of its neurons.
    """

    neurons: int = 6
    kernel: Callable[[], Expr] = closed_form.cubature_kernel
    phase_u: Callable[[], Expr] = closed_form.canonical_phase_u
    phase_v: Callable[[], Expr] = closed_form.canonical_phase_v
    shape: tuple[int, int] = (3, 2)
    weight: Callable[[], Expr] = closed_form.aligned_weight


def canonical_network(formula: AlignedFits, frequency: Frequency, size: Fraction) -> PureNetwork | None:
    """The canonical fit of a cosine of this size, exactly; None if its weight or a phase is no number of the field."""
    field = field_for(frequency.p)
    empty = PureNetwork(frequency, field, size, ())
    values = {sym.template_amplitude: empty.amplitude, sym.modulus: frequency.p}
    weight = rational_value(formula.weight(), values)
    nodes = [{sym.triple: m, sym.pair: n} for m in range(formula.shape[0]) for n in range(formula.shape[1])]
    phases = [(formula.phase_u().subs(node), formula.phase_v().subs(node)) for node in nodes]
    neurons = None if weight is None else aligned_neurons(field, phases, weight)
    return None if neurons is None else replace(empty, neurons=neurons)


def _canonical(formula: AlignedFits, frequencies: tuple[tuple[int, int], ...]) -> Evidence:
    for count, (p, xi) in enumerate(frequencies, start=1):
        network = canonical_network(formula, Frequency(p, xi), Fraction(2, 3))
        left = None if network is None else network.relative_loss()
        if left is None or not left.is_zero():
            witness = {"ξ/p": f"{xi}/{p}", "relative loss": "no number of the field" if left is None else str(left)}
            return Evidence.refuted("the canonical neurons are no fit", witness, instances=count)
    seen = [f"{xi}/{p}" for p, xi in frequencies]
    detail = "the canonical neurons leave no loss over all pairs of inputs, in the field of the roots of unity"
    return Evidence.of(Level.EXACT, detail, instances=len(seen), frequencies=seen)


def canonical_fits(formula: AlignedFits, context: Context) -> Evidence:
    """The canonical neurons on all pairs of inputs, in cyclotomic fields: the loss is zero, by the definition."""
    return _canonical(formula, ((3, 1), (5, 1), (5, 2), (6, 1), (7, 1), (8, 1), (9, 2), (12, 1), (12, 5)))


def orthonormal_monomials(formula: AlignedFits, context: Context) -> Evidence:
    """The monomials of the kernel under the conditions of an aligned fit: as many nodes as monomials at least."""
    exact = {(0, 0)}
    for j, k in closed_form.CHARACTERS[1:]:
        # Amplitudes exp(i phi_u), exp(i phi_v), exp(i (phi_u + phi_v)): u^(j+1) v^(k+1) in X = u v, Y = u/v.
        node = ((j + k + 2) // 2, (j - k) // 2)
        exact |= {node, (-node[0], -node[1])}
    kernel = formula.kernel()
    if not kernel.is_polynomial(sym.ratio_sum, sym.ratio_difference):
        return Evidence.refuted("the kernel is no sum of monomials", {"kernel": str(kernel)})
    terms = Poly(kernel, sym.ratio_sum, sym.ratio_difference).terms()
    for a, _ in terms:
        for b, _ in terms:
            difference = (a[0] - b[0], a[1] - b[1])
            if difference not in exact:
                witness = {"monomials": [a, b], "no condition at": difference}
                return Evidence.refuted("two monomials are not orthogonal on the nodes of a fit", witness)
    if any(coefficient != 1 for _, coefficient in terms) or len(terms) != formula.neurons:
        counts = {"kernel": str(kernel), "monomials": len(terms), "neurons": formula.neurons}
        return Evidence.refuted("not as many orthonormal monomials as neurons", counts)
    argument = "orthonormal functions on N weighted points are at most N; if N, a unitary matrix: equal weights"
    return Evidence.of(Level.PROVED, "all differences of the exponents are conditions of the fit").by_hand(argument)


def classification(formula: AlignedFits, context: Context) -> Evidence:
    """Six points any two of which are zeros of the kernel: every way the zeros can fall, enumerated."""
    for cube, other in ((1, 1), (2, 3), (1, 5)):
        field = CyclotomicField(12)
        values = {sym.ratio_sum: field.root(4 * cube), sym.ratio_difference: field.root(other)}
        if not _is_zero(evaluated(formula.kernel(), values)):
            return Evidence.refuted("the kernel is not zero at a cube root of one", {"X": f"ζ_3^{cube}", "Y": other})
        values = {sym.ratio_sum: field.root(other), sym.ratio_difference: field.root(6)}
        if not _is_zero(evaluated(formula.kernel(), values)):
            return Evidence.refuted("the kernel is not zero at minus one", {"X": f"ζ_12^{other}", "Y": -1})
    if formula.kernel().subs({sym.ratio_sum: -1, sym.ratio_difference: 1}) == 0:
        return Evidence.refuted("the kernel is zero elsewhere too", {"X": -1, "Y": 1})
    first, second, others = two_families(relations(3), relations(2))
    if others or not (first and second):
        return Evidence.refuted("sets of six nodes outside the two families", {"relations": others[:1]})
    detail = "every way in which six points are related in pairs is of one of the two families"
    return Evidence.of(Level.PROVED, detail, of_the_first=first, of_the_second=second)


def families(formula: AlignedFits, context: Context) -> Evidence:
    """Members of the two families with random free nodes: all conditions hold, pairs are zeros of the kernel."""
    random, field = context.random(), CyclotomicField(60)
    count = 0
    for count in range(1, 13):
        nodes = _member(count % 2 == 0, random, field)
        for a, b in ((1, 0), (2, 0), (0, 1), (1, 1), (1, -1), (2, 1), (2, -1)):
            if not sum((x**a * y**b for x, y in nodes), field(0)).is_zero():
                return Evidence.refuted("a member of the families is no fit", {"nodes": str(nodes), "at": (a, b)})
        for (x, y), (x_2, y_2) in combinations(nodes, 2):
            ratios = {sym.ratio_sum: x * x_2.inverse(), sym.ratio_difference: y * y_2.inverse()}
            if not _is_zero(evaluated(formula.kernel(), ratios)):
                witness = {"nodes": str([(x, y), (x_2, y_2)])}
                return Evidence.refuted("the kernel is not zero at two nodes of a fit", witness, instances=count)
    return Evidence.of(Level.EXACT, "both families satisfy every condition, for random free nodes", instances=count)


def _member(second: bool, random: Random, field: CyclotomicField) -> list[tuple[CyclotomicNumber, CyclotomicNumber]]:
    free = [field.root(random.randrange(60)) for _ in range(4)]
    if second:
        return [(free[n] * field.root(20 * m), free[2] * (-1) ** n) for n in (0, 1) for m in range(3)]
    return [(free[0] * field.root(20 * m), free[1 + m] * (-1) ** n) for m in range(3) for n in (0, 1)]


def _is_zero(number: Any) -> bool:
    return isinstance(number, CyclotomicNumber) and number.is_zero()


def four_at_a_quarter(formula: AlignedFits, witness: Instance) -> Evidence:
    """A frequency p/4: an aligned fit by fewer neurons."""
    frequency: Frequency = witness["ξ/p"]
    field = field_for(frequency.p)
    phases = [(pi * a / 4, pi * b / 4) for a, b in ((1, 1), (1, 3), (3, 3), (3, 5))]
    size = Fraction(1)
    neurons = aligned_neurons(CyclotomicField(2 * field.order), phases, Fraction(2) / (frequency.p**2 * size))
    assert neurons is not None, "eighth roots of unity are in the field"
    network = PureNetwork(frequency, CyclotomicField(2 * field.order), size, neurons)
    fails = network.relative_loss().is_zero() and len(neurons) < formula.neurons
    return failure(fails, Level.EXACT, "four aligned neurons fit", {"ξ/p": str(frequency)}, neurons=len(neurons))


_OWN = AlignedFits()
_R, _S = sym.ratio_sum, sym.ratio_difference

MOD_13 = Claim(
    id="MOD-13",
    system="modular",
    title="six aligned neurons, and no fewer",
    statement="For 4ξ ≢ 0 mod p, aligned neurons with |û| = |v̂| that fit ξ exactly are at least six, and if six their "
    "weights are equal and their nodes X = exp(i(φ_u + φ_v)), Y = exp(i(φ_u − φ_v)) are either X₀{1, ζ, ζ²} with a "
    "pair ±Y_m for each, or ±Y₀ with a triple X_±{1, ζ, ζ²} for each, where ζ = exp(2πi/3).",
    kind=Kind.EXISTENCE,
    status=Status.THEOREM,
    source=Source("this project", "a cubature on the torus"),
    hypotheses=Hypotheses((GroupFrequency(), GENERIC)),
    formula=_OWN,
    checks=(
        Check("orthonormal monomials", orthonormal_monomials),
        Check("classification", classification),
        Check("families", families),
        Check("canonical fits", canonical_fits),
        Check(
            "derivation",
            partial(
                every_step,
                name="MOD-13",
                parts=lambda formula: {
                    "cubature_kernel": formula.kernel,
                    "aligned_weight": formula.weight,
                    "phase_u": formula.phase_u,
                    "phase_v": formula.phase_v,
                },
            ),
        ),
    ),
    mutants=(
        Mutant("five", replace(_OWN, neurons=5), "five neurons"),
        Mutant(
            "five-roots",
            replace(
                _OWN,
                neurons=5,
                shape=(5, 1),
                phase_u=lambda: 2 * pi * sym.triple / 5,
                phase_v=lambda: 4 * pi * sym.triple / 5,
                weight=lambda: closed_form.aligned_weight() * 6 / 5,
            ),
            "five neurons at the fifth roots of one",
        ),
        Mutant(
            "opposite-phases",
            replace(_OWN, phase_v=lambda: -closed_form.canonical_phase_u()),
            "φ_v = −φ_u",
        ),
        Mutant("square-roots", replace(_OWN, kernel=lambda: (1 + _R) * (1 + _S)), "X a square root of one"),
        Mutant(
            "fourth-roots",
            replace(_OWN, kernel=lambda: (1 + _R + _R**2 + _R**3) * (1 + _S), neurons=8),
            "X a fourth root of one: eight neurons",
        ),
        Mutant("y-forgotten", replace(_OWN, kernel=lambda: 1 + _R + _R**2, neurons=3), "no pairs ±Y: three neurons"),
    ),
    remark="The weights are positive: αβγ > 0 at the phase condition. Without the conditions on phases and sizes six "
    "are needed too (MOD-14). Nothing is special about p = 5.",
    necessity=(Necessity(GENERIC, {"ξ/p": Frequency(4, 1)}, four_at_a_quarter),),
    equivalent={
        "bred: phase u: factor 0 dropped at 1": "another fit of the first family: X = ζ^2m, Y = ±ζ^m",
        "bred: phase v: factor 0 dropped at 1": "another fit of the first family: X = ζ^2m, Y = ±ζ^−m",
    },
    parts=(
        *without_arguments(_OWN, "kernel"),
        *without_arguments(_OWN, "phase_u", values={sym.triple: (0, 1, 2), sym.pair: (0, 1)}),
        *without_arguments(_OWN, "phase_v", values={sym.triple: (0, 1, 2), sym.pair: (0, 1)}),
        *without_arguments(_OWN, "weight"),
    ),
)
