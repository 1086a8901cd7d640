"""How many neurons a frequency takes: exact fits, searches for fits with fewer, and the best losses of too few.

    python benchmarks/modular_fits.py                 300 starts each; some minutes
    python benchmarks/modular_fits.py --starts 40     fewer starts, a minute

Nothing here is certified: a search bounds an infimum from above. What is proved is under MOD-12 to MOD-16.
"""

import argparse
import time

import numpy as np

from agf_theory.numeric.modular import (
    CHARACTERS,
    degenerate_fit,
    exact_fit,
    fit_system,
    search_best_fit,
    search_merging_fit,
)

FITS = (
    *((p, xi) for p in (5, 7, 9, 12) for xi in (1, 2)),
    *((p, p // 4) for p in (4, 8, 12, 20)),
    *((p, p // 2) for p in (4, 6, 8, 20)),
)
FEWER = (("generic", 5), ("quarter", 3), ("nyquist", 1))
ROWS = (
    ("generic", "general", (8 / 9, 5 / 9, 0.325628341, 1 / 6, 0, 0)),
    ("generic", "equal", (8 / 9, 5 / 9, 1 / 3, 0.2196917, 0.0946910, 0)),
    ("generic", "aligned", (8 / 9, 2 / 3, 1 / 3, 5 / 18, 1 / 6, 0)),
    ("quarter", "general", (7 / 8, 3 / 8, 0, 0)),
    ("nyquist", "general", (1 / 2, 0)),
)
JETS = (
    ("general", (2,)),
    ("general", (3,)),
    ("general", (2, 1)),
    ("general", (2, 2)),
    ("general", (4,)),
    ("equal", (2,)),
    ("equal", (2, 2)),
    ("equal", (5,)),
)
FAMILIES = ((2, False, 5 / 9), (4, False, 1 / 6), (5, False, 0.0), (2, True, 3 / 8), (3, True, 0.0))


def left_by(template, frequency, u, v, w):
    """Loss at the frequency over its value without neurons, over all pairs of inputs, by the definition."""
    p = len(template)
    spectrum = np.fft.fft(template)
    keep = np.zeros(p)
    keep[[frequency, -frequency]] = 1
    part = np.fft.ifft(spectrum * keep).real
    inputs = np.array([np.roll(template, a) for a in range(p)])
    made = np.einsum("hab,hj->abj", ((u @ inputs.T)[:, :, None] + (v @ inputs.T)[:, None, :]) ** 2, w)
    target = np.array([[np.roll(part, a + b) for b in range(p)] for a in range(p)])
    return np.sum((made - target) ** 2) / np.sum(target**2)


def exact_fits():
    print("exact fits as weights, random centred templates, relative loss over all pairs")
    for p, xi in FITS:
        template = np.random.default_rng(p).standard_normal(p)
        u, v, w = exact_fit(template - template.mean(), xi)
        print(f"  p = {p:2}  xi = {xi:2}  {len(u)} neurons  {left_by(template - template.mean(), xi, u, v, w):.1e}")


def fewer_neurons(starts):
    print(f"\nfits with fewer, {starts} starts each: exact (below 1e-20) and bounded (no neuron above norm 20)")
    for kind, most in FEWER:
        for neurons in range(1, most + 2):
            found = search_best_fit(neurons, kind=kind, starts=starts, seed=1)
            largest = found.largest_weights[0]
            print(
                f"  {kind:8}  N = {neurons}  exact and bounded {found.exact_and_bounded():3} of {starts}"
                f"  best {found.best:.2e}  its largest norm {largest:.3g}"
            )


def table(starts):
    print(f"\nbest relative losses, {starts} starts each: found from above, and the value of the table")
    for kind, amplitudes, values in ROWS:
        for neurons, value in enumerate(values, start=1):
            begin = time.perf_counter()
            found = search_best_fit(neurons, kind=kind, amplitudes=amplitudes, starts=starts, seed=2)
            seconds = time.perf_counter() - begin
            print(
                f"  {kind:8} {amplitudes:8} N = {neurons}  found {found.best:.10f}  table {value:.10f}"
                f"  above by {found.best - value:+.1e}  {seconds:5.1f} s"
            )


def without_one_condition(starts):
    print(f"\none condition of the nine dropped, {min(starts, 40)} starts each: four neurons pass that are no fit")
    for character in CHARACTERS:
        if character == (-1, -1):  # the target's own
            continue
        for neurons in (3, 4):
            found = search_best_fit(neurons, starts=min(starts, 40), seed=4, without=character)
            exact = found.exact_and_bounded()
            print(f"  without {character!s:8}  N = {neurons}  best {found.best:.1e}  exact and bounded {exact}")


def limits():
    print("\nlimits of neurons that merge in groups; actual neurons at distance 0.1, 0.03, 0.01 on the best curves")
    for amplitudes, groups in JETS:
        found = search_merging_fit(groups, amplitudes=amplitudes, starts=60, seed=3)
        near = "  ".join(f"{loss:.8f}" for loss in found.losses_along((0.1, 0.03, 0.01)))
        print(f"  {amplitudes:8} {groups!s:8} limit {found.best:.10f}   {near}")
    print("\nfamilies explicit in their distance h = 0.1, 0.01, 0.001")
    for neurons, quarter, limit in FAMILIES:
        system = fit_system("quarter" if quarter else "generic")
        losses = [
            system.relative_loss(system.squares(degenerate_fit(neurons, h, quarter=quarter)))
            for h in (0.1, 0.01, 0.001)
        ]
        where = "quarter" if quarter else "generic"
        print(f"  {where:8} N = {neurons}  limit {limit:.6f}   {'  '.join(f'{loss - limit:+.2e}' for loss in losses)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--starts", type=int, default=300)
    chosen = parser.parse_args()
    exact_fits()
    limits()
    fewer_neurons(chosen.starts)
    without_one_condition(chosen.starts)
    table(chosen.starts)
