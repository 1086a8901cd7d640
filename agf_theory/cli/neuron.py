"""The single linear neuron on the command line: what its closed forms predict, and what its flow does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from agf_theory.cli.neuron_figure import neuron_figure
from agf_theory.cli.neuron_options import NeuronOptions
from agf_theory.cli.neuron_runs import NeuronRun, run_of
from agf_theory.cli.quantity_system import QuantitySystem

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from agf_theory.problems import SingleNeuron
    from agf_theory.tables import Column, QuantityTable

__all__ = ["SYSTEM"]


def _table(options: NeuronOptions) -> QuantityTable:
    from agf_theory.tables import Particulars, QuantityTable

    problems = options.read()
    runs = [run_of(problem) for problem in problems.values()]
    first = runs[0].problem
    alone = options.data is not None and runs[0].prediction is None
    return QuantityTable(
        system="single linear neuron",
        title=_title(options, first),
        facts=_facts(options, first),
        options={"problem": options.problem, "data": options.data, "deltas": list(problems)},
        clock="flow time of the loss ‖Xβ−y‖²/2",
        particulars=Particulars("δ", tuple(problems), _flow_alone(runs[0]) if alone else _columns(runs)),
        notes=(
            *(f"δ = {name}: {run.absent}" for name, run in zip(problems, runs, strict=True) if run.absent),
            *(_ANY_DATA if alone else ()),
        ),
    )


def _title(options: NeuronOptions, first: SingleNeuron) -> str:
    return "A sweep of its imbalance" if options.sweeps else first.title


def _facts(options: NeuronOptions, first: SingleNeuron) -> dict[str, Any]:
    from agf_theory.tables.numbers import short

    if not options.sweeps:
        return {"n": first.n, "d": first.d, "rank": first.rank, "whitened": first.whitened, "source": first.source}
    start = {key: short(value) for key, value in options.start().items() if key != "inputs"}
    return {"d": first.d, "b": start["goal"], "φ₀": start["cosine"], "μ₀": start["size"]}


def _columns(runs: list[NeuronRun]) -> tuple[Column, ...]:
    from agf_theory.tables import Column

    def column(key: str, head: str, meaning: str) -> Column:
        return Column(key, head, meaning, tuple(getattr(run, key) for run in runs))

    return (
        column("chi", "χ", "its sign is that of a at the end"),
        column("end", "a∞", "sign of a where the goal is reached; saddle: χ = 0, and it is not"),
        column("half_time", "t½", "when the map along the goal is b/2, by the closed form"),
        column("half_time_asymptotic", "t½ asym", "to leading order in the regime"),
        column("half_time_flow", "t½ flow", "by the flow, integrated"),
        column("kernel_change", "ΔK", "‖K∞−K₀‖/‖K₀‖ of the tangent kernel, by the end states"),
        column("kernel_change_flow", "ΔK flow", "the same by the flow"),
        column("regime", "regime", "lazy: ΔK < 0.1; delayed rich: t½ within 10 % of SN-09; rich: otherwise, ΔK > 1"),
    )


_ANY_DATA: Final = (
    "left out: χ, the end, half-times and the change of the kernel in closed form (SN-04 to SN-09)",
    "on any data: δ is conserved (SN-01), and an interpolant at the end is the one of least bias (SN-10)",
)


def _flow_alone(run: NeuronRun) -> tuple[Column, ...]:
    """What the flow says where there is nothing to compare it with."""
    from agf_theory.tables import Column

    flow = run.flow
    rows = (
        ("loss_start", "loss, first", "at the start", float(flow.losses[0])),
        ("loss_end", "last", "where the flow rests", float(flow.losses[-1])),
        ("outer_end", "a∞", "outer weight at the end", float(flow.outer[-1])),
        ("map_norm_end", "‖β∞‖", "norm of the map at the end", float(run.map_norm_end)),
        ("half_time_flow", "t½", "when the map along the least squares solution X⁺y is half of it", run.half_time_flow),
        ("kernel_change_flow", "ΔK", "‖K∞−K₀‖/‖K₀‖ of the tangent kernel", run.kernel_change_flow),
    )
    return tuple(Column(key, head, meaning, (value,)) for key, head, meaning, value in rows)


def _figure(options: NeuronOptions) -> tuple[Figure, str]:
    problems = options.read()
    first = next(iter(problems.values()))
    start = options.start() if options.sweeps else None
    return neuron_figure(problems, start), _title(options, first)


SYSTEM: Final = QuantitySystem(
    options=NeuronOptions,
    table=_table,
    figure=_figure,
    about_table="""A single linear neuron: half-time, end and change of its tangent kernel, predicted and by the flow.

    Without --problem and --data: on whitened data, one row an imbalance, from the same size and the same angle. With
    --data FILE --target NAME --a0 X --w0 LIST: your own, by the flow alone unless it is whitened.
    """,
    about_plot="""A single linear neuron: paths in the space of maps, half-times and kernels over the imbalance, and the
    regimes over imbalance and angle, 17.8 cm wide.

    With --problem or --data: its path and its loss alone.
    """,
)
