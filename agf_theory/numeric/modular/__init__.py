"""Quadratic two-layer networks on modular addition: numeric routes."""

from agf_theory.numeric.modular.activation_times import activation_bounds, activation_times, opening_neurons
from agf_theory.numeric.modular.alternating import alternating_gradient_flows
from agf_theory.numeric.modular.best_fit import FitSearch, search_best_fit
from agf_theory.numeric.modular.blow_up import blow_up_time, blow_up_times
from agf_theory.numeric.modular.by_frequency import by_frequency
from agf_theory.numeric.modular.certified_blow_up import blow_up_time_of_balls, certified_blow_up_time
from agf_theory.numeric.modular.degenerate_fits import degenerate_fit
from agf_theory.numeric.modular.enclosed_mode import enclosed_blow_up_time
from agf_theory.numeric.modular.exact_fits import exact_fit
from agf_theory.numeric.modular.fit_system import CHARACTERS, FitSystem, fit_system
from agf_theory.numeric.modular.folded_power import folded_power
from agf_theory.numeric.modular.frequencies import Frequency, frequencies, frequency_names, lower_bounds
from agf_theory.numeric.modular.gradient_flow import gradient_flow
from agf_theory.numeric.modular.merging_fit import MergingSearch, search_merging_fit
from agf_theory.numeric.modular.modular_trajectory import ModularTrajectory
from agf_theory.numeric.modular.pairs import gradient_over_pairs, loss_over_pairs
from agf_theory.numeric.modular.population import population_gradient, population_loss
from agf_theory.numeric.modular.portrait import Portrait, network_output, portrait
from agf_theory.numeric.modular.shared_fit import shared_fit
from agf_theory.numeric.modular.starts import random_start
from agf_theory.numeric.modular.total_fit import search_total_fit

__all__ = [
    "CHARACTERS",
    "FitSearch",
    "FitSystem",
    "Frequency",
    "MergingSearch",
    "ModularTrajectory",
    "Portrait",
    "activation_bounds",
    "activation_times",
    "alternating_gradient_flows",
    "blow_up_time",
    "blow_up_time_of_balls",
    "blow_up_times",
    "by_frequency",
    "certified_blow_up_time",
    "degenerate_fit",
    "enclosed_blow_up_time",
    "exact_fit",
    "fit_system",
    "folded_power",
    "frequencies",
    "frequency_names",
    "gradient_flow",
    "gradient_over_pairs",
    "loss_over_pairs",
    "lower_bounds",
    "network_output",
    "opening_neurons",
    "population_gradient",
    "population_loss",
    "portrait",
    "random_start",
    "search_best_fit",
    "search_merging_fit",
    "search_total_fit",
    "shared_fit",
]


def __dir__() -> list[str]:
    return __all__
