"""What the figures of a single neuron show: flows and closed forms, over a sweep of the imbalance or for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any, Final

from agf_theory.cli.neuron_runs import NeuronRun, run_of

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from agf_theory.closed_form.neuron import NeuronPrediction
    from agf_theory.figures import ImbalanceCurves, NeuronPath, RegimeMap
    from agf_theory.problems import SingleNeuron

    Array = NDArray[np.float64]

__all__ = ["neuron_figure"]

_REGIMES: Final = ("lazy", "between", "rich", "delayed rich")
_CURVE = 49
_NEAR_ZERO = (0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)  # of the least imbalance: the rich peak is narrow
_MAP = (96, 32)  # imbalances, cosines
_BLOCK = 8  # cells across: within a block the regime is asked for only if its corners differ
_DOTS = 14
_EXTREME_COSINE = 0.98


def neuron_figure(problems: Mapping[str, SingleNeuron], start: Mapping[str, Any] | None) -> Figure:
    """Paths, half-times, kernels and regimes of a sweep; of one problem its path and its loss.

    Parameters
    ----------
    problems : mapping from name to SingleNeuron
    start : mapping or None
        What the neurons of a sweep share, as `agf_theory.problems.imbalanced_neuron` takes it; None for one problem.
    """
    from agf_theory import figures

    runs = {name: run_of(problem) for name, problem in problems.items()}
    paths = [_path(name, run) for name, run in runs.items()]
    if start is None:
        return figures.neuron_path_figure(paths[0])
    axis = _Imbalances(sorted(run.problem.delta for run in runs.values()))
    return figures.neuron_sweep_figure(paths, _curves(axis, start, list(runs.values())), _regimes(axis, start))


class _Imbalances:
    """The range of the sweep, linear near zero and logarithmic beyond, as the axis that shows it."""

    def __init__(self, deltas: list[float]) -> None:
        sizes = [abs(delta) for delta in deltas if delta]
        self.threshold = min(sizes, default=1.0)
        self.low, self.high = min(deltas[0], -self.threshold), max(deltas[-1], self.threshold)

    def with_points_near_zero(self, count: int) -> Array:
        """The same, and more close to zero."""
        import numpy as np

        near = self.threshold * np.array(_NEAR_ZERO)
        return np.unique(np.concatenate([self.points(count), near, -near]))

    def points(self, count: int) -> Array:
        """So many imbalances, even on the axis."""
        import numpy as np

        first, last = (float(np.arcsinh(end / self.threshold)) for end in (self.low, self.high))
        found = self.threshold * np.sinh(np.linspace(first, last, count))
        found[0], found[-1] = self.low, self.high
        return np.asarray(found)


def _path(name: str, run: NeuronRun) -> NeuronPath:
    import numpy as np

    from agf_theory.figures import NeuronPath

    X, y = run.problem.X, run.problem.y
    target = np.linalg.lstsq(X, y, rcond=None)[0]
    norm = float(np.linalg.norm(target))
    unit = target / norm if norm else np.eye(len(target))[0]
    times = _dense(run)
    maps = run.flow.at(times)
    along = maps @ unit
    across = np.linalg.norm(maps - along[:, None] * unit, axis=1)
    losses = np.sum((maps @ X.T - y) ** 2, axis=1) / 2
    return NeuronPath(name, times, losses, along, across, _dots(run, along, across), norm)


def _dense(run: NeuronRun) -> Array:
    """Times of the flow's steps and between them, so that its curve is smooth."""
    import numpy as np

    times = run.flow.times
    between = [times[:-1] + share * np.diff(times) for share in (0.0, 0.25, 0.5, 0.75)]
    return np.append(np.column_stack(between).ravel(), times[-1])


def _dots(run: NeuronRun, along: Array, across: Array) -> Array:
    """What the closed form says at times when the flow has gone equal lengths of its path."""
    import numpy as np

    if run.prediction is None or len(run.flow.times) < 2:
        return np.empty((0, 2))
    gone = np.append(0.0, np.cumsum(np.hypot(np.diff(along), np.diff(across))))[::4]
    wanted = np.linspace(0, gone[-1], _DOTS + 1)[:-1]
    times = np.interp(wanted, gone, run.flow.times)
    return np.array([run.prediction.plane_at(float(time)) for time in times])


def _prediction(delta: float, start: Mapping[str, Any]) -> NeuronPrediction:
    from fractions import Fraction

    from agf_theory.closed_form.neuron import NeuronPrediction
    from agf_theory.problems import imbalanced_neuron

    return NeuronPrediction.of(imbalanced_neuron(Fraction(delta), **start))


def _curves(axis: _Imbalances, start: Mapping[str, Any], runs: list[NeuronRun]) -> ImbalanceCurves:
    import numpy as np

    from agf_theory.figures import ImbalanceCurves

    deltas = axis.with_points_near_zero(_CURVE)
    found = [_prediction(delta, start) for delta in deltas.tolist()]
    rows = [(each.half_time(), each.asymptotic_half_time(), each.kernel_change()) for each in found]
    measured = [(run.problem.delta, run.half_time_flow, run.kernel_change_flow) for run in runs]
    half, asymptotic, kernel = np.array(rows, dtype=float).T
    return ImbalanceCurves(deltas, half, asymptotic, kernel, np.array(measured, dtype=float), axis.threshold)


def _regimes(axis: _Imbalances, start: Mapping[str, Any]) -> RegimeMap:
    import numpy as np

    from agf_theory.figures import RegimeMap

    across, up = _MAP
    deltas, cosines = axis.points(2 * across + 1), np.linspace(-_EXTREME_COSINE, _EXTREME_COSINE, 2 * up + 1)

    @cache
    def regime(i: int, j: int) -> int:
        row, column = 2 * min(i, up - 1) + 1, 2 * min(j, across - 1) + 1  # middles of cells: at a right angle none is
        name = _prediction(float(deltas[column]), {**start, "cosine": float(cosines[row])}).regime
        return _REGIMES.index(name) if name in _REGIMES else -1

    regimes = np.full((up, across), -1)
    for rows in pairwise(range(0, up + 1, _BLOCK)):
        for columns in pairwise(range(0, across + 1, _BLOCK)):
            _fill(regimes, regime, rows, columns)
    return RegimeMap(deltas[::2], cosines[::2], regimes, _REGIMES, float(start["cosine"]))


def _fill(
    regimes: NDArray[np.int64],
    regime: Callable[[int, int], int],
    rows: tuple[int, int],
    columns: tuple[int, int],
) -> None:
    """Fill a block of cells: with the regime of its corners, or, where they differ, quarter by quarter."""
    (top, below), (left, right) = rows, columns
    found = {regime(i, j) for i, j in product(rows, columns)}
    if len(found) == 1 or below - top == 1:
        regimes[top:below, left:right] = regime(top, left)
        return
    middle, centre = (top + below) // 2, (left + right) // 2
    for half, side in product(((top, middle), (middle, below)), ((left, centre), (centre, right))):
        _fill(regimes, regime, half, side)
