"""No closed form is without a claim: each, made wrong in its own function, is noticed by a check that is named here."""

import functools
import types

import pytest
from sympy import Eq, Expr, Not, Order, Piecewise, Rational, Symbol, Tuple
from sympy.core.relational import Equality
from sympy.logic.boolalg import Boolean
from sympy.matrices.expressions.matexpr import MatrixExpr

from agf_theory.closed_form import attention, catalogue, diagonal, finite_width, framework, linear, modular, neuron
from agf_theory.closed_form import symbols as sym
from agf_theory.proofs_check import Level, get
from agf_theory.proofs_check.child import Job, run_here

WATCHED = {
    "framework": {
        "accumulated_utility": ("FRM-03", "derivation"),
        "blow_up": ("FRM-04", "derivation"),
        "conserved_quantity": ("FRM-07", "symbolic neurons"),
        "direction_velocity": ("FRM-02", "derivation"),
        "euler_identity": ("FRM-01", "derivation"),
        "gradient_scaling": ("FRM-06", "derivation"),
        "homogeneous_function": ("FRM-01", "derivation"),
        "jump_time_lower_bound": ("FRM-05", "derivation"),
        "jump_time_upper_bound": ("FRM-05", "derivation"),
        "limiting_threshold": ("FRM-04", "derivation"),
        "norm": ("FRM-03", "derivation"),
        "norm_growth": ("FRM-02", "derivation"),
        "plateau_scale": ("FRM-04", "derivation"),
        "threshold": ("FRM-04", "derivation"),
        "utility": ("FRM-02", "derivation"),
    },
    "diagonal": {
        "accumulated_utility": ("DIAG-02", "derivation"),
        "activation_angle": ("DIAG-04", "derivation"),
        "activation_threshold": ("DIAG-04", "derivation"),
        "active_kick": ("DIAG-10", "closed forms"),
        "coefficient": ("DIAG-01", "derivation"),
        "coefficient_from_dual": ("DIAG-01", "derivation"),
        "coefficient_velocity": ("DIAG-01", "derivation"),
        "conserved_quantity": ("DIAG-01", "derivation"),
        "corrected_jump_time": ("DIAG-10", "closed forms"),
        "dormant_angle": ("DIAG-04", "derivation"),
        "dormant_kick": ("DIAG-10", "closed forms"),
        "dual_from_coefficient": ("DIAG-01", "derivation"),
        "hitting_time": ("DIAG-05", "hitting times"),
        "hyperbolic_angle": ("DIAG-01", "derivation"),
        "hyperbolic_entropy": ("DIAG-01", "derivation"),
        "jump_time": ("DIAG-04", "derivation"),
        "leaver_kick": ("DIAG-10", "closed forms"),
        "leaver_level": ("DIAG-10", "closed forms"),
        "maximal_normalised_utility": ("DIAG-03", "derivation"),
        "normalised_utility": ("DIAG-02", "derivation"),
        "one_coordinate_coefficient": ("DIAG-10", "one coordinate"),
        "one_coordinate_dual": ("DIAG-10", "one coordinate"),
        "one_coordinate_effective_jump_time": ("DIAG-10", "one coordinate"),
        "one_coordinate_jump_time": ("DIAG-10", "one coordinate"),
        "one_coordinate_level_time": ("DIAG-10", "one coordinate"),
        "one_coordinate_logistic": ("DIAG-10", "one coordinate"),
        "one_coordinate_rate": ("DIAG-10", "one coordinate"),
        "pinned_level": ("DIAG-10", "closed forms"),
        "pinned_level_exact": ("DIAG-10", "closed forms"),
        "product_scale": ("DIAG-01", "symbolic"),
        "rho": ("DIAG-08", "derivation"),
        "rho_from_log_inverse": ("DIAG-08", "derivation"),
        "rho_series": ("DIAG-08", "terms"),
        "rho_series_coefficient": ("DIAG-08", "derivation"),
        "rho_series_remainder": ("DIAG-08", "symbolic"),
        "signed_start": ("DIAG-04", "derivation"),
        "squared_norm": ("DIAG-01", "derivation"),
        "utility_along_flow": ("DIAG-02", "derivation"),
        "utility_maximiser": ("DIAG-03", "derivation"),
        "weight_u": ("DIAG-01", "derivation"),
        "weight_v": ("DIAG-01", "derivation"),
    },
    "linear": {
        "accumulated_exponent": ("LIN-10", "where the bounds are met"),
        "aligned_jump_time": ("LIN-05", "derivation"),
        "aligned_strength": ("LIN-12", "derivation"),
        "balanced_solution": ("LIN-20", "derivation"),
        "balanced_velocity": ("LIN-20", "derivation"),
        "best_map": ("LIN-09", "rational spectra"),
        "conserved_imbalance": ("LIN-01", "polynomial losses"),
        "critical_utility": ("LIN-02", "rational singular values"),
        "crossover_exponent": ("LIN-15", "rate and law"),
        "crossover_time": ("LIN-15", "rate and law"),
        "decaying_overlap": ("LIN-04", "derivation"),
        "dormant_accumulated_utility": ("LIN-04", "derivation"),
        "dormant_jump_time": ("LIN-06", "derivation"),
        "dormant_jump_time_lower": ("LIN-06", "derivation"),
        "dormant_jump_time_upper": ("LIN-06", "derivation"),
        "dormant_later_term": ("LIN-06", "derivation"),
        "dormant_squared_norm": ("LIN-04", "derivation"),
        "drop_matrix": ("LIN-09", "rational spectra"),
        "earliest_jump_time": ("LIN-10", "certified instances"),
        "effective_strength": ("LIN-19", "derivation"),
        "escape_curvature": ("LIN-09", "rational spectra"),
        "escape_rate": ("LIN-15", "rate and law"),
        "gradient_descent_drift": ("LIN-22", "steps of gradient descent"),
        "gradient_identity": ("LIN-01", "polynomial losses"),
        "growing_overlap": ("LIN-04", "derivation"),
        "growth_matrix": ("LIN-20", "derivation"),
        "growth_rate": ("LIN-20", "derivation"),
        "half_time_from_effective_strength": ("LIN-19", "derivation"),
        "half_time_from_overlap": ("LIN-19", "derivation"),
        "imbalanced_rate": ("LIN-19", "derivation"),
        "imbalanced_strength": ("LIN-19", "derivation"),
        "imbalanced_strength_far": ("LIN-19", "derivation"),
        "imbalanced_time": ("LIN-19", "derivation"),
        "imbalanced_velocity": ("LIN-19", "derivation"),
        "incoming_gradient": ("LIN-01", "every small size"),
        "initial_overlap": ("LIN-06", "derivation"),
        "integrated_propagator": ("LIN-20", "derivation"),
        "linear_direction_velocity": ("LIN-08", "linear neurons"),
        "latest_jump_time": ("LIN-10", "where the bounds are met"),
        "logistic_half_time": ("LIN-18", "derivation"),
        "logistic_strength": ("LIN-18", "derivation"),
        "logistic_strength_from_below": ("LIN-18", "derivation"),
        "logistic_time": ("LIN-18", "derivation"),
        "logistic_transit_time": ("LIN-18", "derivation"),
        "logistic_velocity": ("LIN-18", "derivation"),
        "loss_fall": ("LIN-12", "derivation"),
        "loss_level": ("LIN-09", "rational spectra"),
        "lower_fixed_ratio": ("LIN-19", "derivation"),
        "maximal_utility": ("LIN-02", "rational singular values"),
        "maximising_incoming_weights": ("LIN-02", "rational singular values"),
        "maximising_outgoing_weights": ("LIN-02", "rational singular values"),
        "mean_log_inverse_overlap": ("LIN-07", "derivation"),
        "mean_log_overlap": ("LIN-21", "Gaussian starts"),
        "mean_refined_jump_time": ("LIN-21", "Gaussian starts"),
        "minima_are_smooth": ("LIN-23", "the cross"),
        "normalised_utility_gradient": ("LIN-08", "linear neurons"),
        "normalised_utility_power": ("LIN-08", "linear neurons"),
        "order_key": ("LIN-12", "derivation"),
        "outgoing_gradient": ("LIN-01", "every small size"),
        "plateau_strength": ("LIN-12", "derivation"),
        "product_jacobian_rank": ("LIN-23", "ranks of the derivative"),
        "propagator": ("LIN-20", "derivation"),
        "ratio_in_time": ("LIN-19", "derivation"),
        "recursion_jump_time": ("LIN-10", "where the bounds are met"),
        "refined_jump_time": ("LIN-21", "Gaussian starts"),
        "repeated_maximiser_dimension": ("LIN-03", "diagonal"),
        "repeated_maximising_incoming_weights": ("LIN-03", "diagonal"),
        "repeated_maximising_outgoing_weights": ("LIN-03", "diagonal"),
        "rescaled_mode_strength": ("LIN-14", "derivation"),
        "saddle_map": ("LIN-09", "rational spectra"),
        "saddle_residual": ("LIN-09", "rational spectra"),
        "squared_overlap": ("LIN-21", "flows"),
        "staircase_jump_time": ("LIN-12", "derivation"),
        "strength_of_ratio": ("LIN-19", "derivation"),
        "strength_ratio": ("LIN-19", "derivation"),
        "time_between_ratios": ("LIN-19", "derivation"),
        "transverse_determinant": ("LIN-15", "rate and law"),
        "unexplained": ("LIN-09", "rational spectra"),
        "upper_fixed_ratio": ("LIN-19", "derivation"),
        "utility_gap_of_mode": ("LIN-02", "sum of squares"),
        "utility_gap_outside_modes": ("LIN-02", "sum of squares"),
    },
    "modular": {
        "activation_rate": ("MOD-10", "derivation"),
        "aligned_blow_up_time": ("MOD-10", "derivation"),
        "aligned_weight": ("MOD-13", "canonical fits"),
        "alignment": ("MOD-09", "derivation"),
        "alignment_velocity": ("MOD-09", "derivation"),
        "canonical_phase_u": ("MOD-13", "canonical fits"),
        "canonical_phase_v": ("MOD-13", "canonical fits"),
        "class_maximum": ("MOD-07", "derivation"),
        "class_variation": ("MOD-08", "derivation"),
        "conserved_difference": ("MOD-09", "derivation"),
        "conserved_misalignment": ("MOD-09", "derivation"),
        "constant_made": ("MOD-20", "derivation"),
        "constant_neurons": ("MOD-20", "derivation"),
        "convention_factor": ("MOD-04", "every convention"),
        "coordinate_mean_share": ("MOD-17", "exact components"),
        "cosine_form": ("MOD-14", "forms on the inputs"),
        "cross_term": ("MOD-01", "derivation"),
        "cubature_kernel": ("MOD-13", "orthonormal monomials"),
        "first_crossing_time": ("MOD-11", "derivation"),
        "fit_coefficient": ("MOD-12", "networks pair by pair"),
        "fit_conditions_complete": ("MOD-12", "characters of every group"),
        "fit_form_square": ("MOD-14", "pencil"),
        "fit_loss": ("MOD-12", "networks pair by pair"),
        "fit_target": ("MOD-12", "networks pair by pair"),
        "five_neuron_loss": ("MOD-15", "families pair by pair"),
        "form_distance": ("MOD-15", "bounds"),
        "generic_energy": ("MOD-17", "exact components"),
        "generic_maximum": ("MOD-02", "enclosed maxima"),
        "growing_blow_up_time": ("MOD-10", "enclosed flows"),
        "half_spectrum_weight": ("MOD-21", "exact for each shape"),
        "invariant_cubic": ("MOD-10", "derivation"),
        "joint_norm_factor": ("MOD-04", "joint norms"),
        "least_blow_up_time": ("MOD-11", "derivation"),
        "legendre_blow_up_time": ("MOD-10", "derivation"),
        "level_share": ("MOD-17", "exact components"),
        "maximal_utility": ("MOD-04", "every convention"),
        "maximal_utility_nyquist": ("MOD-04", "every convention"),
        "maximising_phase": ("MOD-03", "enclosed tori"),
        "maximising_size": ("MOD-03", "enclosed tori"),
        "mean_inequality_gap": ("MOD-11", "derivation"),
        "mean_to_wave": ("MOD-07", "derivation"),
        "mixture_variation": ("MOD-08", "derivation"),
        "mode_velocity": ("MOD-09", "derivation"),
        "neurons_needed": ("MOD-16", "needed by class"),
        "never_blows_up": ("MOD-10", "enclosed flows"),
        "norm_growth_rate": ("MOD-11", "derivation"),
        "nyquist_column_power": ("MOD-21", "derivation"),
        "nyquist_energy_threshold": ("MOD-05", "exact winners"),
        "nyquist_factor": ("MOD-05", "exact winners"),
        "nyquist_maximum": ("MOD-02", "enclosed maxima"),
        "nyquist_threshold": ("MOD-05", "exact winners"),
        "nyquist_wave_neuron": ("MOD-20", "derivation"),
        "nyquist_weight": ("MOD-16", "two at the Nyquist frequency"),
        "one_neuron_loss": ("MOD-15", "bounds"),
        "pair_moment": ("MOD-19", "networks in fractions"),
        "pair_pull": ("MOD-19", "networks in fractions"),
        "quarter_phase_u": ("MOD-16", "four at a quarter"),
        "quarter_phase_v": ("MOD-16", "four at a quarter"),
        "quarter_wave_neurons": ("MOD-20", "derivation"),
        "quarter_weight": ("MOD-16", "four at a quarter"),
        "self_conjugate_energy": ("MOD-17", "exact components"),
        "self_term": ("MOD-01", "derivation"),
        "separate_width_lower_bound": ("MOD-20", "ranks of combinations"),
        "sine_form": ("MOD-14", "forms on the inputs"),
        "tie_factor": ("MOD-06", "derivation"),
        "turning_blow_up_time": ("MOD-10", "enclosed flows"),
        "two_neuron_loss": ("MOD-15", "families pair by pair"),
        "vanishing_form": ("MOD-14", "forms on the inputs"),
        "wave_neurons": ("MOD-20", "derivation"),
        "width_lower_bound": ("MOD-20", "ranks of combinations"),
        "width_upper_bound": ("MOD-20", "networks pair by pair"),
    },
    "attention": {
        "gram_mean": ("ATT-01", "indeterminate coordinates"),
        "gram_product": ("ATT-01", "indeterminate coordinates"),
        "loss_matrix": ("ATT-02", "indeterminate coordinates"),
        "token_contribution": ("ATT-11", "full matrices"),
        "token_product": ("ATT-01", "indeterminate coordinates"),
        "best_map_inverse": ("ATT-03", "normal equations"),
        "component_fall": ("ATT-04", "every set of components"),
        "component_strength": ("ATT-03", "normal equations"),
        "curvature_matrix": ("ATT-03", "normal equations"),
        "excess_loss": ("ATT-03", "normal equations"),
        "exchange_gap": ("ATT-05", "every set of components"),
        "head_maximiser_dimension": ("ATT-13", "directions between"),
        "head_utility_gap": ("ATT-07", "each saddle"),
        "learned_map": ("ATT-04", "every set of components"),
        "leftover_slope": ("ATT-15", "every pair of components"),
        "loss_level": ("ATT-04", "every set of components"),
        "maximal_head_utility": ("ATT-07", "each saddle"),
        "maximal_head_utility_separate": ("ATT-07", "each saddle"),
        "maximising_direction": ("ATT-07", "each saddle"),
        "maximising_value": ("ATT-07", "each saddle"),
        "mean_convention_factor": ("ATT-14", "every quantity"),
        "remaining_eigenvalue": ("ATT-06", "every set of components"),
        "remaining_gradient": ("ATT-06", "every set of components"),
        "remaining_in_eigenspace": ("ATT-13", "directions between"),
        "repeated_maximising_direction": ("ATT-13", "directions between"),
        "first_head_crossing": ("ATT-09", "derivation"),
        "head_blow_up_time": ("ATT-08", "enclosed times"),
        "head_invariant": ("ATT-12", "derivation"),
        "head_mean_gap": ("ATT-09", "derivation"),
        "head_norm_growth": ("ATT-09", "derivation"),
        "head_velocity": ("ATT-08", "exact series"),
        "key_along_path": ("ATT-08", "exact series"),
        "least_head_blow_up": ("ATT-09", "derivation"),
        "query_along_path": ("ATT-08", "exact series"),
        "rest_margin": ("ATT-15", "every pair of components"),
        "resting_value": ("ATT-15", "every pair of components"),
        "squared_value_gain": ("ATT-08", "exact series"),
    },
    "neuron": {
        "across_propagated": ("SN-07", "enclosed flows"),
        "aligned_size": ("SN-06", "derivation"),
        "balanced_cosine": ("SN-06", "enclosed flows"),
        "balanced_cosine_velocity": ("SN-05", "derivation"),
        "balanced_kernel_change": ("SN-18", "upstream and balanced"),
        "balanced_objective": ("SN-12", "derivation"),
        "balanced_preconditioner": ("SN-02", "rational neurons"),
        "balanced_size": ("SN-06", "enclosed flows"),
        "balanced_size_velocity": ("SN-05", "derivation"),
        "bias_gap": ("SN-10", "derivation"),
        "bias_potential": ("SN-10", "rational ends"),
        "bias_slope": ("SN-10", "rational ends"),
        "bias_weights_pull": ("SN-10", "rational ends"),
        "cosine_coefficient_slope": ("SN-05", "derivation"),
        "cosine_in_time": ("SN-07", "enclosed flows"),
        "cosine_velocity": ("SN-04", "rational neurons"),
        "crosses_zero": ("SN-08", "integrated ends"),
        "decayed_quantity": ("SN-14", "decaying flows"),
        "decayed_translation": ("SN-14", "decaying flows"),
        "delayed_correction": ("SN-09", "ratios"),
        "delayed_cosine_square": ("SN-09", "ratios"),
        "delayed_half_time": ("SN-09", "ratios"),
        "delayed_kernel_change": ("SN-18", "far ends"),
        "delayed_objective": ("SN-12", "derivation"),
        "directional_velocity": ("SN-03", "rational neurons"),
        "end_predictor": ("SN-08", "derivation"),
        "fast_stage_excess": ("SN-20", "derivation"),
        "fast_stage_lack": ("SN-20", "derivation"),
        "fast_stage_size": ("SN-20", "best constants"),
        "final_kernel_change": ("SN-16", "enclosed kernels"),
        "final_kernel_growth": ("SN-16", "enclosed kernels"),
        "homogeneous_neuron_quantity": ("SN-14", "rational neurons"),
        "inner_end_square": ("SN-08", "derivation"),
        "inner_square": ("SN-01", "rational neurons"),
        "kernel_distance_square": ("SN-16", "enclosed kernels"),
        "kernel_square": ("SN-16", "enclosed kernels"),
        "lazy_correction": ("SN-17", "corrections"),
        "lazy_distance_bound": ("SN-17", "derivation"),
        "lazy_kernel_bound": ("SN-18", "far ends"),
        "lazy_map": ("SN-17", "enclosed flows"),
        "lazy_objective": ("SN-12", "derivation"),
        "linear_symmetry_quantity": ("SN-13", "rational symmetries"),
        "map_velocity": ("SN-02", "rational neurons"),
        "neuron_growth_rate": ("SN-07", "enclosed flows"),
        "neuron_imbalance": ("SN-01", "rational neurons"),
        "one_sample_outer_square": ("SN-11", "one sample"),
        "one_sample_side": ("SN-11", "derivation"),
        "opposed_size": ("SN-06", "derivation"),
        "outer_end_square": ("SN-08", "derivation"),
        "outer_growing_part": ("SN-08", "derivation"),
        "outer_propagated": ("SN-07", "enclosed flows"),
        "outer_square": ("SN-01", "rational neurons"),
        "parallel_propagated": ("SN-07", "enclosed flows"),
        "plane_rotation_quantity": ("SN-13", "rational symmetries"),
        "plateau_bound": ("SN-19", "plateaus"),
        "preconditioner": ("SN-02", "rational neurons"),
        "preconditioner_of_map": ("SN-02", "rational neurons"),
        "pull_of_vanishing_map": ("SN-12", "derivation"),
        "quantity_after_step": ("SN-14", "steps of gradient descent"),
        "radial_velocity": ("SN-03", "rational neurons"),
        "rate_factor": ("SN-15", "rational neurons"),
        "refined_delayed_half_time": ("SN-09", "ratios"),
        "relaxation_rate": ("SN-08", "derivation"),
        "rich_half_time": ("SN-19", "half-times"),
        "rich_map_correction": ("SN-19", "derivation"),
        "rich_size_correction": ("SN-19", "derivation"),
        "size_in_time": ("SN-07", "enclosed flows"),
        "size_velocity": ("SN-04", "rational neurons"),
        "size_velocity_at_zero": ("SN-05", "names of equations"),
        "slow_stage_lag": ("SN-20", "derivation"),
        "start_pull": ("SN-10", "rational ends"),
        "stated_objective": ("SN-10", "derivation"),
        "stretch": ("SN-07", "enclosed flows"),
        "tangent_kernel": ("SN-02", "rational neurons"),
        "total_size": ("SN-01", "rational neurons"),
        "translation_after_step": ("SN-14", "steps of gradient descent"),
        "translation_quantity": ("SN-13", "rational symmetries"),
        "unrestricted_objective": ("SN-11", "derivation"),
    },
    "finite_width": {
        "alignment_change_bound": ("TM-10", "best constants"),
        "alignment_cosine": ("TM-06", "enclosed angles"),
        "alignment_of_growth": ("TM-06", "enclosed angles"),
        "alignment_share": ("TM-07", "shares"),
        "approach_rate": ("TM-08", "derivation"),
        "ascent_velocity": ("TM-13", "small models"),
        "balanced_change_bound": ("TM-10", "best constants"),
        "conserved_area": ("TM-05", "rational spreads"),
        "conserved_gap": ("TM-02", "rational networks"),
        "conserved_gram": ("TM-02", "rational networks"),
        "conserved_product": ("TM-02", "rational networks"),
        "conserved_spread": ("TM-04", "rational kernels"),
        "discriminant": ("TM-03", "power series"),
        "effective_input": ("TM-01", "rational data"),
        "effective_loss": ("TM-01", "rational data"),
        "effective_output": ("TM-01", "rational data"),
        "effective_target": ("TM-01", "rational data"),
        "final_alignment": ("TM-06", "angles at the end"),
        "final_output": ("TM-08", "derivation"),
        "fixed_growth": ("TM-03", "power series"),
        "frozen_weights": ("TM-01", "rational data"),
        "gaussian_spread": ("TM-09", "derivation"),
        "growth_in_time": ("TM-03", "enclosed flows"),
        "growth_velocity": ("TM-03", "power series"),
        "kernel_ratio": ("TM-09", "derivation"),
        "light_cone": ("TM-02", "rational networks"),
        "logistic_output": ("TM-08", "aligned courses"),
        "loss_constant": ("TM-01", "rational data"),
        "output_ascent": ("TM-13", "small models"),
        "output_of_growth": ("TM-03", "enclosed flows"),
        "output_velocity": ("TM-04", "rational kernels"),
        "product_of_norms": ("TM-06", "enclosed angles"),
        "rescaling_change": ("TM-07", "shares"),
        "rescaling_change_bound": ("TM-10", "best constants"),
        "rescaling_share": ("TM-07", "shares"),
        "saddle_output": ("TM-08", "aligned courses"),
        "spread_from_area": ("TM-05", "rational spreads"),
        "spread_from_norms": ("TM-05", "rational spreads"),
        "squared_start": ("TM-03", "enclosed flows"),
        "tangent_kernel": ("TM-04", "rational kernels"),
        "tangent_kernel_of_weights": ("TM-04", "rational kernels"),
        "time_change_velocity": ("TM-13", "small models"),
        "time_without_half": ("TM-12", "both flows"),
        "two_neuron_alignment": ("TM-11", "derivation"),
        "two_neuron_kernel_ratio": ("TM-11", "derivation"),
        "weight_drive": ("TM-01", "rational data"),
        "weight_in_time": ("TM-03", "enclosed flows"),
        "width_exponent": ("TM-09", "derivation"),
    },
}
"""By room and function: the check that notices."""

ROOMS = {
    "framework": framework,
    "diagonal": diagonal,
    "linear": linear,
    "modular": modular,
    "attention": attention,
    "neuron": neuron,
    "finite_width": finite_width,
}
NEVER_WRONG_BY_A_FACTOR = {
    "framework.conserved_quantity",
    "framework.homogeneous_function",
    "linear.conserved_imbalance",
    "linear.gradient_identity",
    "modular.conserved_difference",
    "modular.conserved_misalignment",
    "modular.vanishing_form",
    "neuron.homogeneous_neuron_quantity",
}
"""A multiple of what is conserved is conserved, and one of what is homogeneous is homogeneous: these get a summand."""


def off_by_a_thousandth(value, name):
    if isinstance(value, MatrixExpr):
        return value + sym.outgoing.T * sym.outgoing if name in NEVER_WRONG_BY_A_FACTOR else 2 * value
    if isinstance(value, Equality):
        return Eq(value.lhs, value.rhs * Rational(1001, 1000), evaluate=False)
    if isinstance(value, Boolean):
        return Not(value)
    if isinstance(value, Order):
        return Order(value.expr * Symbol("alpha", positive=True) ** 4, Symbol("alpha", positive=True))
    if isinstance(value, Tuple):
        return Tuple(value[0], -value[1])
    if isinstance(value, Piecewise):
        return Piecewise(*((off_by_a_thousandth(branch, name), condition) for branch, condition in value.args))
    assert isinstance(value, Expr)
    if name in NEVER_WRONG_BY_A_FACTOR:
        return value + next(iter(sorted(value.free_symbols, key=str))) ** 7
    return value * Rational(1001, 1000)


def _instead(*args, _original=None, _wrong=None, **kwargs):
    return _wrong(_original(*args, **kwargs))


@pytest.fixture
def made_wrong():
    """Changes a function in place, so that everyone who ever imported it gets the wrong one; undone afterwards."""
    undo = []

    def change(function, wrong):
        saved = function.__code__, function.__defaults__, function.__kwdefaults__
        original = types.FunctionType(saved[0], function.__globals__, function.__name__, saved[1], function.__closure__)
        original.__kwdefaults__ = saved[2]
        undo.append((function, saved))
        function.__code__, function.__defaults__ = _instead.__code__, None
        function.__kwdefaults__ = {"_original": original, "_wrong": wrong}
        forget()

    yield change
    for function, (code, defaults, keywords) in undo:
        function.__code__, function.__defaults__, function.__kwdefaults__ = code, defaults, keywords
    forget()


def forget():
    """What was computed from the other formula: derivations are built once, numeric closed forms compiled once."""
    from agf_theory.proofs_check.diagonal import corrections_derived

    catalogue._as_it_stands.cache_clear()
    corrections_derived._number.cache_clear()
    corrections_derived._dormant_kick.cache_clear()


def found_by(claim_id, check_name):
    claim = get(claim_id)
    check = next(check for check in claim.checks if check.name == check_name)
    return run_here(Job(claim, check, claim.formula, 0)).result


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_formula_is_watched(room):
    public = {name for name in ROOMS[room].__all__ if name[0].islower()}
    assert public == set(WATCHED[room])


@pytest.mark.survey
@pytest.mark.parametrize(("room", "name"), [(room, name) for room, functions in WATCHED.items() for name in functions])
def test_a_formula_made_wrong_is_noticed_by_the_check_that_watches_it(room, name, made_wrong):
    wrong = functools.partial(off_by_a_thousandth, name=f"{room}.{name}")
    made_wrong(getattr(ROOMS[room], name), wrong)
    result = found_by(*WATCHED[room][name])
    assert not isinstance(result, Level), f"{name} off by a thousandth: {result}"


@pytest.mark.survey
@pytest.mark.parametrize("watch", sorted({entry for functions in WATCHED.values() for entry in functions.values()}))
def test_a_check_that_watches_passes_while_nothing_is_wrong(watch):
    assert isinstance(found_by(*watch), Level)
