import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agf_theory.numeric.diagonal.peaks import prominent_peaks


def by_definition(heights, prominence):
    """Every top, its dips looked for sample by sample."""
    found = []
    for k in range(1, len(heights) - 1):
        if heights[k] <= heights[k - 1]:
            continue
        end = k
        while end + 1 < len(heights) and heights[end + 1] == heights[k]:
            end += 1
        if end + 1 == len(heights) or heights[end + 1] > heights[k]:
            continue
        dips = []
        for way in (heights[:k][::-1], heights[end + 1 :]):
            higher = next((i for i, height in enumerate(way) if height > heights[k]), len(way))
            dips.append(min(way[:higher]))
        if heights[k] - max(dips) >= prominence:
            found.append((k + end) // 2)
    return found


@given(st.lists(st.integers(0, 6), min_size=1, max_size=30), st.integers(0, 5))
def test_peaks_are_those_of_the_definition(heights, prominence):
    assert prominent_peaks(np.array(heights, dtype=float), prominence).tolist() == by_definition(heights, prominence)


def test_an_end_is_no_peak():
    assert prominent_peaks(np.array([5.0, 1.0, 5.0]), 0.0).tolist() == []


def test_a_peak_before_a_higher_one_stands_out_from_the_dip_between_them():
    heights = np.array([0.0, 4.0, 3.0, 9.0, 0.0])
    assert prominent_peaks(heights, 1.0).tolist() == [1, 3]
    assert prominent_peaks(heights, 1.5).tolist() == [3]


@pytest.mark.survey
def test_scipy_finds_the_same():
    from scipy.signal import find_peaks

    rng = np.random.default_rng(0)
    for heights in rng.standard_normal((2000, 40)).round(1):
        assert prominent_peaks(heights, 1.0).tolist() == find_peaks(heights, prominence=1.0)[0].tolist()
