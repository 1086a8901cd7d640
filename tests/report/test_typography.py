import re

import pytest

from agf_theory.report.typography import with_scripts, with_whole_options


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Σ_yx Σ_xx⁺ Σ_yxᵀ", "Σ<sub>yx</sub> Σ<sub>xx</sub>⁺ Σ<sub>yx</sub>ᵀ"),
        ("η‖θ‖^(κ−1) at θ", "η‖θ‖<sup>κ−1</sup> at θ"),
        ("(τ_2, ℓ_1)", "(τ<sub>2</sub>, ℓ<sub>1</sub>)"),
        ("min_{i,k} T_{i,k}", "min_{i,k} T<sub>i,k</sub>"),
        (
            "√(η_aη_w) and ‖w_⊥‖ at θ_0/√X, as T_k.",
            "√(η<sub>a</sub>η<sub>w</sub>) and ‖w<sub>⊥</sub>‖ at θ<sub>0</sub>/√X, as T<sub>k</sub>.",
        ),
        ("γ = H^-1/2", "γ = H<sup>-1/2</sup>"),
        ("x̂_ξ ≠ 0", "x̂<sub>ξ</sub> ≠ 0"),
    ],
)
def test_indices_and_exponents_are_set_as_such(text, shown):
    assert with_scripts(text) == shown


@pytest.mark.parametrize(
    "text", ["benchmarks/modular_jump_times.py", "left_near_a_kink", "x_y.py", "a^, unnormalised", "1e-8"]
)
def test_names_and_numbers_stay_as_they_are(text):
    assert with_scripts(text) == text


@pytest.mark.parametrize("text", ["x_{<b>}", "x^(<b>)", "<i>_2", "a_<script>", "x_{&lt;}"])
def test_no_markup_gets_through_an_index(text):
    shown = with_scripts(text)
    for ours in ("<sub>", "</sub>", "<sup>", "</sup>"):
        shown = shown.replace(ours, "")
    assert "<" not in shown


def test_a_line_ends_between_options_not_in_them_and_the_command_is_pasted_as_it_was():
    command = "agf verify SN-10 --mutant 'bred: -1 for 1/2 at 0' --report DIR --seed 0"
    shown = with_whole_options(command)
    assert re.findall('<span class="option">(.*?)</span>', shown) == ["--mutant", "--report", "--seed 0"]
    assert shown.striptags() == command
    assert with_whole_options("--seed 0 <!-- x -->").endswith(" &lt;!-- x --&gt;")
