import numpy as np
import pytest

from agf_theory.errors import IntegrationFailed
from agf_theory.numeric.attention import DormantHead, blow_up_time
from agf_theory.numeric.attention.bracketed_root import bracketed_root


@pytest.mark.parametrize("root", [1e-250, 1e-200, 1e-9, 0.3, 1e200])
def test_roots_of_every_size_have_all_their_digits(root):
    assert bracketed_root(lambda s: np.arctan(s / root - 1), 0.0, 1e250) == pytest.approx(root, rel=1e-14)


def test_a_root_that_is_not_found_is_said_so():
    with pytest.raises(IntegrationFailed, match="a root between 0 and 1 is required"):
        bracketed_root(lambda s: -1.0 if s == 0 else (1.0 if s == 1 else np.nan), 0.0, 1.0)


def test_a_head_with_entries_1e200_apart_has_its_time():
    times = [
        blow_up_time(1e-200, [1.0, 1e-200], [-1.0, 1.0], [2.0, 1.0]),
        DormantHead(1, [1e-200], [0], [1]).blow_up_time,
    ]
    assert np.isfinite(times).all()
