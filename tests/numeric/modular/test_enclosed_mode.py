import flint
import pytest

from agf_theory.errors import IntegrationFailed
from agf_theory.numeric.modular import certified_blow_up_time, enclosed_blow_up_time
from agf_theory.numeric.modular.enclosed_mode import enclosed_mode_at, enclosed_step, scaled_mode

MODES = [((1, 2), (0, -1), (1, -2), (13, 2)), ((1, 2), (0, 1), (-1, 2), (13, 2)), ((-1, 0), (7, 0), (20, 0), (9, 0))]


@pytest.mark.parametrize("mode", MODES)
def test_taylor_steps_and_the_elliptic_integral_enclose_the_same_time(mode):
    with flint.ctx.workprec(128):
        seen = enclosed_blow_up_time(*(flint.acb(*each) for each in mode), 6)
    assert seen.overlaps(certified_blow_up_time(*mode, 6))
    assert seen.rad() < 1e-11 * seen.mid()


def test_a_balanced_aligned_mode_grows_like_the_inverse_of_the_time_left():
    with flint.ctx.workprec(128):
        u, v, w = enclosed_mode_at(*(flint.acb(1) for _ in range(4)), 2, flint.arb("1.5"))  # C|x̂| = 1/2
    assert all(abs(each).contains(4) for each in (u, v, w))


def test_the_remainder_covers_what_the_polynomial_leaves_out():
    with flint.ctx.workprec(256):
        start = scaled_mode(*(flint.acb(1) for _ in range(4)))
        half = enclosed_step(start, flint.arb("0.5"))[0].real
    assert half.contains(2)
    assert half.rad() > 1e-9  # two to the minus 25, not the rounding at 256 bits


def test_a_mode_that_shrinks_for_ever_has_no_enclosed_time():
    with flint.ctx.workprec(64), pytest.raises(IntegrationFailed, match="blow-up time"):
        enclosed_blow_up_time(flint.acb(1), flint.acb(1), flint.acb(-1), flint.acb(1), 2)
