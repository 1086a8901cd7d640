import copy
import pickle
from decimal import Decimal
from fractions import Fraction

import flint
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agf_theory.errors import InputError
from agf_theory.problems import ModularAddition, ModularConvention


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(-9, 9), min_size=2, max_size=13).filter(any), st.integers(1, 9))
def test_the_spectrum_is_the_transform_and_the_energies_add_up(entries, denominator):
    template = [Fraction(entry, denominator) for entry in entries]
    problem = ModularAddition(template)
    direct = np.fft.fft(np.array(template, dtype=float))
    assert problem.p == len(template)
    assert problem.rational_template == tuple(template)
    assert problem.spectrum == pytest.approx(direct, abs=1e-13)
    assert {k for k in range(problem.p // 2 + 1) if abs(direct[k]) > 1e-9} == set(problem.classes)
    assert sum(map(problem.energy, problem.classes)) == pytest.approx(float(sum(x * x for x in template)))


@pytest.mark.parametrize(
    ("template", "classes"),
    [
        ([1, 1, 1, 1, 1, 1], (0,)),
        ([1, -1, 1, -1], (2,)),
        ([2, -1, -1, 2, -1, -1], (2,)),
        ([1, 0, 0, 0, 0, 0, "-1e-40"], (0, 1, 2, 3)),
        (["1/3", "1/3", "-2/3"], (1,)),
        ([Decimal("0.5"), flint.fmpq(-1, 2), 0, np.int64(0)], (1, 2)),
    ],
)
def test_which_coefficients_vanish_is_decided_exactly(template, classes):
    problem = ModularAddition(template)
    assert problem.classes == classes
    assert all(bool(problem.spectrum[k] == 0) is (k not in classes) for k in range(problem.p // 2 + 1))


def test_a_coefficient_far_below_the_others_keeps_its_digits():
    tiny = Fraction(1, 10**40)
    problem = ModularAddition([1 + tiny, -1 - tiny, 1, -1])  # on top of the Nyquist template, at the quarter frequency
    assert problem.spectrum[1] == pytest.approx(1e-40 * (1 + 1j), rel=1e-14)


def test_rounding_errors_of_floats_are_no_frequencies():
    problem = ModularAddition(np.cos(2 * np.pi * 3 * np.arange(20) / 20))
    assert problem.classes == (3,)
    assert problem.spectrum[3] == pytest.approx(10)
    assert problem.spectrum[0] == 0
    assert problem.rational_template[1] == Fraction(float(np.cos(2 * np.pi * 3 / 20)))


def test_floats_that_are_whole_numbers_are_exact():
    assert ModularAddition([1.0, 0.0, -1.0, 0.0]) == ModularAddition([1, 0, -1, 0])


def test_a_spectrum_is_kept_exactly_and_mirrored():
    problem = ModularAddition.from_spectrum(8, {3: (1, "-2/3"), 1: 0.5, 4: -2, 2: 0, 0: Fraction(1, 3)})
    assert problem.classes == (0, 1, 3, 4)
    assert problem.rational_spectrum[3] == (1, Fraction(-2, 3))
    assert problem.rational_template is None
    assert problem.spectrum[5] == problem.spectrum[3].conjugate()
    assert np.fft.fft(problem.template) == pytest.approx(problem.spectrum, abs=1e-15)
    assert ModularAddition.from_spectrum(8, {1: 3 + 4j}).spectrum[1] == 3 + 4j
    with pytest.raises(TypeError, match="does not support item assignment"):
        problem.rational_spectrum[3] = 1


@pytest.mark.parametrize("p", [2, 3, 4, 5, 6, 9])
def test_a_one_hot_template_has_equal_coefficients(p):
    raw, centred = ModularAddition.one_hot(p), ModularAddition.one_hot(p, centred=True)
    assert raw == ModularAddition([1] + [0] * (p - 1))
    assert raw.spectrum.tolist() == [1] * p
    assert sum(centred.rational_template) == 0
    assert centred.spectrum.tolist() == [0] + [1] * (p - 1)
    assert raw.centred() == centred.with_width(raw.width)
    assert centred == ModularAddition(centred.rational_template)


def test_centring_takes_away_the_mean_alone():
    problem = ModularAddition(["0.1", "0.2", "0.9"], width=5, title="t")
    centred = problem.centred()
    assert centred.rational_template == (Fraction(-3, 10), Fraction(-1, 5), Fraction(1, 2))
    assert (centred.classes, centred.width, centred.title) == ((1,), 5, "t")
    assert centred.spectrum[1:] == pytest.approx(problem.spectrum[1:])
    assert centred.centred() is centred
    spectral = ModularAddition.from_spectrum(6, {0: 1, 3: 2}).centred()
    assert spectral == ModularAddition.from_spectrum(6, {3: 2}, width=spectral.width)
    assert spectral.template == pytest.approx(np.array([1, -1] * 3) / 3)
    with pytest.raises(InputError, match="template: a template that is not constant is required"):
        ModularAddition([2, 2, 2]).centred()


def test_frequencies_count_modulo_p_and_up_to_sign():
    problem = ModularAddition.from_spectrum(8, {0: 1, 1: 2, 4: 3})
    assert [problem.frequency_class(k) for k in (0, 8, 1, 7, -1, 4, 12, 3)] == [
        "dc",
        "dc",
        *["generic"] * 3,
        "nyquist",
        "nyquist",
        "generic",
    ]
    assert [problem.energy(k) for k in (0, 1, -1, 7, 4, 2)] == [1 / 8, 1, 1, 1, 9 / 8, 0]
    odd = ModularAddition([1, 0, 0])
    assert odd.frequency_class(1) == "generic"


def test_the_default_width_fits_every_class_by_itself():
    assert ModularAddition.from_spectrum(8, {0: 1, 1: 2, 4: 3}).width == 1 + 6 + 2
    assert ModularAddition.from_spectrum(8, {1: 2}, width=1).width == 1


@pytest.mark.parametrize(
    ("build", "expected"),
    [
        (lambda: ModularAddition([1]), "p: a whole number from 2 to 10000 is required, got 1"),
        (lambda: ModularAddition([]), "template: at least one entry is required"),
        (lambda: ModularAddition([0, 0.0, "0"]), "template: an entry other than zero is required"),
        (lambda: ModularAddition([1, np.nan]), "template, row 2: a finite number is required, got nan"),
        (lambda: ModularAddition([1, "x"]), "template, row 2: expected a number"),
        (lambda: ModularAddition([1, 1j]), "template, row 2: a real number is required"),
        (lambda: ModularAddition([[1, 2]]), "template: one number a row is required, got a table"),
        (lambda: ModularAddition("1234"), "template: one number a row is required, got str"),
        (lambda: ModularAddition(np.zeros(10_001)), "p: a whole number from 2 to 10000 is required, got 10001"),
        (lambda: ModularAddition([1, 2], width=0), "width: a number of neurons from 1 to 100000 is required, got 0"),
        (lambda: ModularAddition([1, 2], width=True), "width: a number of neurons"),
        (lambda: ModularAddition([1, 2], title="a\nb"), "title: one line of printable text"),
        (lambda: ModularAddition.one_hot(1), "p: a whole number"),
        (lambda: ModularAddition.one_hot(5.0), "p: a whole number from 2 to 10000 is required, got 5.0"),
        (lambda: ModularAddition.from_spectrum("5", {1: 1}), "p: a whole number"),
        (lambda: ModularAddition.from_spectrum(5, [1]), "spectrum: a mapping from frequency to coefficient"),
        (lambda: ModularAddition.from_spectrum(5, {}), "spectrum: a coefficient other than zero is required"),
        (lambda: ModularAddition.from_spectrum(5, {1: (0, 0)}), "spectrum: a coefficient other than zero"),
        (lambda: ModularAddition.from_spectrum(5, {3: 1}), "spectrum: frequencies from 0 to 2 are required, got 3"),
        (lambda: ModularAddition.from_spectrum(5, {True: 1}), "frequencies from 0 to 2 are required, got True"),
        (lambda: ModularAddition.from_spectrum(6, {3: (1, 1)}), "spectrum, k = 3: a real coefficient is required"),
        (lambda: ModularAddition.from_spectrum(6, {0: 1j}), "spectrum, k = 0: a real coefficient is required"),
        (lambda: ModularAddition.from_spectrum(6, {1: (1, 2, 3)}), "k = 1: a number or a pair .* got 3 numbers"),
        (lambda: ModularAddition.from_spectrum(6, {1: "ten"}), "spectrum, k = 1, row 1: expected a number"),
        (lambda: ModularAddition.from_spectrum(6, {1: np.inf}), "spectrum, k = 1.*finite"),
    ],
)
def test_what_is_no_problem_is_refused(build, expected):
    with pytest.raises(InputError, match=expected):
        build()


@pytest.mark.parametrize(
    "problem",
    [
        ModularAddition(["1/3", 0, -1], width=3, title="t", source="s"),
        ModularAddition.from_spectrum(6, {1: (1, "1/3"), 3: 1}, width=3, title="t", source="s"),
    ],
)
def test_copies_and_pickles_are_equal_and_keep_their_labels(problem):
    digest = problem.digest
    for again in (copy.copy(problem), copy.deepcopy(problem), pickle.loads(pickle.dumps(problem))):  # noqa: S301  our own bytes
        assert (again, hash(again), again.digest) == (problem, hash(problem), digest)
        assert (again.title, again.source, again.width) == ("t", "s", 3)
        assert again.rational_spectrum == problem.rational_spectrum
        assert again.spectrum == pytest.approx(problem.spectrum, abs=0)
        assert not again.template.flags.writeable
        assert not again.spectrum.flags.writeable


def test_equality_is_that_of_the_template_and_the_width():
    problem = ModularAddition([1, 0, "0.1"])
    assert problem == problem.with_title("another", "there")
    others = [ModularAddition([1, 0, 0.1]), ModularAddition([0, 1, "0.1"]), problem.with_width(8)]
    assert all(problem != other for other in others)
    assert problem != [1, 0, Fraction(1, 10)]


def test_a_problem_cannot_be_changed():
    problem = ModularAddition([1, 0, 0])
    with pytest.raises(AttributeError, match="immutable: width cannot be set"):
        problem.width = 3
    with pytest.raises(AttributeError, match="immutable: p cannot be deleted"):
        del problem.p
    for array in (problem.template, problem.spectrum):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_it_prints_within_80_columns():
    problem = ModularAddition.one_hot(101, title="One-hot", source="a lecture")
    assert str(problem).splitlines()[0] == "One-hot"
    assert max(map(len, str(problem).splitlines())) <= 80
    assert "not centred" in str(problem)
    assert repr(problem).startswith("<ModularAddition 'One-hot': p=101, H=301, ")
    assert "data: exact, by the spectrum" in str(ModularAddition.from_spectrum(5, {1: 1}))


def test_thousands_of_entries_take_no_time():
    rng = np.random.default_rng(1)
    problem = ModularAddition([int(value) for value in rng.integers(-9, 9, 3000)])
    assert problem.spectrum == pytest.approx(np.fft.fft(problem.template), abs=1e-9)
    assert len(problem.classes) == 1501


def test_a_convention_is_checked_data():
    assert ModularConvention() == ModularConvention("mean", 2, "joint", "unnormalised", "half")
    with pytest.raises(InputError, match="pairs: 'mean' or 'sum' is required, got 'average'"):
        ModularConvention(pairs="average")
    with pytest.raises(InputError, match="cross_factor: 2 or 1 is required, got True"):
        ModularConvention(cross_factor=True)
