import numpy as np
import pytest

from agf_theory.proofs_check.power_law import fit_power


def test_an_exact_power_is_found_without_uncertainty():
    logs = np.array([-1.0, -10.0, -100.0])
    power = fit_power(logs, 0.5 * logs + 3)
    assert (power.exponent, power.uncertainty) == (pytest.approx(0.5), pytest.approx(0, abs=1e-10))
    assert power.log_constant == pytest.approx(3)


def test_scatter_shows_in_the_uncertainty():
    """Residuals ±1 about slope 0 on x = −3, −1, 1, 3: standard error √((Σr²/2)/Σx²)."""
    power = fit_power([-3.0, -1.0, 1.0, 3.0], [1.0, -1.0, -1.0, 1.0])
    assert power.exponent == pytest.approx(0)
    assert power.uncertainty == pytest.approx(np.sqrt(4 / 2 / 20), rel=1e-2)


def test_two_points_fix_a_line_but_no_uncertainty():
    assert fit_power([0.0, 1.0], [0.0, 2.0]).uncertainty == float("inf")


def test_a_power_prints_with_its_uncertainty():
    assert str(fit_power([0.0, 1.0, 2.0], [0.0, 2.0, 4.1])) == "2.05 ± 0.029"
