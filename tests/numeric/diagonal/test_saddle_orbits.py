import numpy as np
import pytest

from agf_theory.numeric import diagonal
from agf_theory.problems import DiagonalNetwork, InitScale, zoo


def losses(problem, points):
    return ((points @ problem.X.T - problem.y) ** 2).sum(-1) / (2 * problem.n)


@pytest.mark.parametrize("name", ["sign-change", "two-leavers", "badly-scaled", "wide"])
def test_each_orbit_goes_down_from_a_saddle_to_the_next(name):
    problem = zoo.get(name, DiagonalNetwork)
    limit = diagonal.pesme_flammarion(problem, arithmetic="float")
    orbits = diagonal.saddle_orbits(problem, limit)
    assert len(orbits) == len(limit)
    for orbit, before, after in zip(orbits, [np.zeros(problem.d), *limit.saddles], limit.saddles, strict=False):
        assert orbit[0].tolist() == before.tolist()
        assert orbit[-1].tolist() == after.tolist()
        assert (np.diff(losses(problem, orbit)) <= 1e-12 * losses(problem, before)).all()


def test_gradient_flow_at_a_tiny_scale_follows_the_orbits():
    problem = zoo.get("deactivation-2d", DiagonalNetwork)
    orbits = np.concatenate(diagonal.saddle_orbits(problem, diagonal.pesme_flammarion(problem)))
    flow = diagonal.gradient_flow(problem, InitScale("1e-300")).coefficients
    away = np.abs(flow[:, None] - orbits[None]).max(axis=-1).min(axis=1)
    assert away.max() < 0.01 * np.abs(orbits).max()  # a two-hundredth of an orbit lies between its points


@pytest.mark.parametrize("name", ["exact-tie", "duplicate-columns", "non-unique-face"])
def test_where_the_saddles_do_not_determine_the_orbit_they_stand_alone(name):
    problem = zoo.get(name, DiagonalNetwork)
    limit = diagonal.pesme_flammarion(problem, arithmetic="exact")
    last = diagonal.saddle_orbits(problem, limit)[-1]
    assert last.tolist() == [[float(x) for x in limit.saddles[-2]], [float(x) for x in limit.saddles[-1]]]


def test_without_jumps_there_are_no_orbits():
    problem = zoo.get("zero-target", DiagonalNetwork)
    assert diagonal.saddle_orbits(problem, diagonal.pesme_flammarion(problem)) == ()
