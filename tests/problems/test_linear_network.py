import copy
import pickle
import sys
from fractions import Fraction

import flint
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agf_theory.errors import InputError, MissingDependency, MissingInput, UnknownName
from agf_theory.problems import LinearNetwork

INPUTS, CROSS = [[4, "1/2"], ["1/2", "1/2"]], [[2, 0], [0, 1]]


@pytest.fixture
def problem():
    return LinearNetwork(INPUTS, CROSS)


def test_moments_are_kept_exactly_and_as_read_only_floats(problem):
    assert problem.rational_sigma_xx == flint.fmpq_mat([[flint.fmpq(4), flint.fmpq(1, 2)], [flint.fmpq(1, 2)] * 2])
    assert problem.rational_sigma_yx == flint.fmpq_mat([[2, 0], [0, 1]])
    assert problem.rational_sigma_yy is None
    assert problem.sigma_xx.tolist() == [[4, 0.5], [0.5, 0.5]]
    for array in (problem.sigma_xx, problem.sigma_yx):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1


def test_sizes_width_and_rank():
    problem = LinearNetwork([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [[1, 2, 0], [2, 4, 0]])
    assert (problem.c, problem.d, problem.width, problem.rank) == (2, 3, 2, 1)
    assert problem.input_names == ("x1", "x2", "x3")
    assert problem.output_names == ("y1", "y2")


def test_the_rational_moments_are_copies(problem):
    problem.rational_sigma_xx[0, 0] = 7
    assert problem.rational_sigma_xx[0, 0] == 4


def test_text_is_exact_and_a_float_is_the_binary_number_it_is():
    exact, binary = (LinearNetwork([[1]], [[entry]]).rational_sigma_yx[0, 0] for entry in ("0.1", 0.1))
    assert exact == flint.fmpq(1, 10)
    assert binary == flint.fmpq(*(0.1).as_integer_ratio())


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (([[1, 2], [3, 1]], CROSS), r"sigma_xx: a symmetric matrix is required, got 3 in row 2, column 1 and 2 across"),
        (([[1, 2], [2, 1]], CROSS), "sigma_xx: a positive semidefinite matrix is required"),
        (([[1, 1], [1, 1]], CROSS), "sigma_yx: rows in the range of sigma_xx are required"),
        (([[1, 0], [0, 0]], [[1, "1e-300"]]), "sigma_yx: rows in the range of sigma_xx are required"),
        (([[1]], CROSS), r"sigma_xx: shape \(2, 2\) is required, as sigma_yx has 2 columns, got \(1, 1\)"),
        (([[1, 0, 0], [0, 1, 0]], CROSS), r"sigma_xx: shape \(2, 2\) is required.*got \(2, 3\)"),
        ((INPUTS, CROSS, [[1]]), r"sigma_yy: shape \(2, 2\) is required, as sigma_yx has 2 rows"),
        ((INPUTS, CROSS, [[9, 1], [2, 9]]), "sigma_yy: a symmetric matrix is required"),
        ((INPUTS, CROSS, [[1, 2], [2, 1]]), "sigma_yy: a positive semidefinite matrix is required"),
        ((INPUTS, CROSS, [[1, 0], [0, 1]]), "the moments together .* a positive semidefinite matrix is required"),
        (([[np.nan]], [[1]]), "sigma_xx, row 1, column 1.*finite"),
        (([[1]], [[np.inf]]), "sigma_yx.*finite"),
        (([[True]], [[1]]), "sigma_xx.*truth value"),
        (([[1]], [[1j]]), "sigma_yx.*real number"),
        (([[1]], [["x"]]), "sigma_yx"),
        (([1], [[1]]), "sigma_xx"),
        (([[]], [[]]), "at least one entry"),
        (([[1]], None), "sigma_yx"),
    ],
)
def test_what_are_no_moments_is_refused(arguments, expected):
    with pytest.raises(InputError, match=expected):
        LinearNetwork(*arguments)


@pytest.mark.parametrize("width", [0, -1, 1.0, "2", True, np.float64(2), 10**9])
def test_a_width_that_is_no_number_of_neurons_is_refused(problem, width):
    with pytest.raises(InputError, match="width: a number of hidden neurons from 1 to 100000 is required, got"):
        LinearNetwork(INPUTS, CROSS, width=width)
    with pytest.raises(InputError, match="width"):
        problem.with_width(width)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({"input_names": ["a"]}, "input_names: one name for each of the 2 columns is required, got 1"),
        ({"input_names": ["a", "a"]}, "input_names: names that differ are required"),
        ({"output_names": ["a", "b", "c"]}, "output_names: one name for each of the 2 columns is required, got 3"),
        ({"output_names": []}, "output_names: one name for each of the 2 columns is required, got 0"),
        ({"title": "two\nlines"}, "title: one line of printable text is required"),
        ({"source": "\x1b[31m"}, "source: one line of printable text is required"),
    ],
)
def test_names_have_to_fit_and_print(names, expected):
    with pytest.raises(InputError, match=expected):
        LinearNetwork(INPUTS, CROSS, **names)


def test_names_may_be_an_array():
    assert LinearNetwork(INPUTS, CROSS, output_names=np.array(["u", "v"])).output_names == ("u", "v")


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.integers(-4, 4), min_size=5, max_size=5), min_size=1, max_size=4))
def test_the_moments_of_any_data_are_accepted(rows):
    problem = LinearNetwork.from_data([row[:3] for row in rows], [row[3:] for row in rows])
    X, Y = np.array(rows)[:, :3], np.array(rows)[:, 3:]
    assert problem.sigma_xx == pytest.approx(X.T @ X / len(rows))
    assert problem.sigma_yx == pytest.approx(Y.T @ X / len(rows))
    assert problem == LinearNetwork(problem.rational_sigma_xx, problem.rational_sigma_yx, problem.rational_sigma_yy)


def test_another_width_is_another_problem_with_the_same_moments(problem):
    digest = problem.digest
    wide = problem.with_width(5)
    assert (wide.width, problem.width) == (5, 2)
    assert wide == LinearNetwork(INPUTS, CROSS, width=5)
    assert wide != problem
    assert problem.digest == digest


def test_equality_is_that_of_the_moments_and_names_and_not_of_titles(problem):
    assert problem == LinearNetwork(np.array([[4, 0.5], [0.5, 0.5]]), CROSS, title="another", source="there")
    assert hash(problem) == hash(problem.with_title("another"))
    others = [
        LinearNetwork(INPUTS, [[2, 0], [0, "1.0000000000000000001"]]),
        LinearNetwork(INPUTS, CROSS, [[9, 0], [0, 9]]),
        LinearNetwork(INPUTS, CROSS, input_names=["a", "b"]),
        LinearNetwork(INPUTS, CROSS, output_names=["a", "b"]),
    ]
    assert all(problem != other for other in others)
    assert len({problem.digest, *(other.digest for other in others)}) == 5
    assert problem != "moments"


@pytest.mark.parametrize("outputs", [None, [[9, "1/3"], ["1/3", 9]]])
def test_copies_and_pickles_are_equal_and_keep_their_labels(outputs):
    problem = LinearNetwork(INPUTS, CROSS, outputs, width=3, input_names=["a", "b"], title="t", source="s")
    for again in (copy.copy(problem), copy.deepcopy(problem), pickle.loads(pickle.dumps(problem))):  # noqa: S301  our own bytes
        assert again == problem
        assert (again.title, again.source, again.width, again.input_names) == ("t", "s", 3, ("a", "b"))
        assert again.rational_sigma_yy == problem.rational_sigma_yy
        assert not again.sigma_xx.flags.writeable


def test_a_problem_cannot_be_changed(problem):
    with pytest.raises(AttributeError, match="immutable: width cannot be set"):
        problem.width = 3
    with pytest.raises(AttributeError, match="immutable: width cannot be deleted"):
        del problem.width


def test_it_prints_within_80_columns_and_says_what_it_knows():
    plain = LinearNetwork(INPUTS, CROSS, [[9, 0], [0, 9]], source="a lecture")
    assert str(plain).splitlines()[1:] == [
        "  two-layer linear network, d = 2 inputs, H = 2 hidden neurons, c = 2 outputs",
        "  rank of Σ_yx 2, of Σ_xx 2; second moments of the target given",
        "  source: a lecture",
    ]
    named = LinearNetwork(INPUTS, CROSS, input_names=["a" * 60, "b" * 60])
    assert max(map(len, str(named).splitlines())) <= 80
    assert repr(plain).startswith("<LinearNetwork 'Linear network': d=2, H=2, c=2, ")


def test_singular_inputs_are_legal_where_the_outputs_lie_in_their_range():
    problem = LinearNetwork.from_data([[1, 2, 0], [2, 4, 0]], [[1], [3]])
    assert problem.rational_sigma_xx.rank() == 1
    assert problem.rank == 1
    nothing = LinearNetwork([[0, 0], [0, 0]], [[0, 0]])
    assert nothing.rank == 0


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "men.csv"
    path.write_text("age,weight,waist,pulse\n0.1,1,2,3\n0.2,2,1,0\n0.3,1,1,1\n", encoding="utf-8")
    return path


def test_columns_of_a_csv_file_are_exact(table):
    problem = LinearNetwork.from_csv(table, ["waist", "weight"], width=4)
    assert problem.rational_sigma_xx[0, 0] == flint.fmpq(14, 300)
    assert problem.rational_sigma_yx[0, 0] == flint.fmpq(7, 30)
    assert (problem.input_names, problem.output_names, problem.width) == (("age", "pulse"), ("waist", "weight"), 4)
    assert (problem.title, problem.source) == ("men.csv: waist, weight", "men.csv, targets waist, weight")
    assert LinearNetwork.from_csv(table, ["waist"], title="Men").title == "Men"


def test_a_csv_file_can_be_standardised(table):
    problem = LinearNetwork.from_csv(table, ["waist", "weight"], standardize=True)
    assert np.diag(problem.sigma_xx) == pytest.approx(1)
    assert problem.source.endswith("; standardised")


@pytest.mark.parametrize(
    ("targets", "error", "expected"),
    [
        (["height"], MissingInput, r"men.csv: no column 'height' to be the target"),
        (["waist", "height"], MissingInput, r"men.csv: no column 'height' to be a target"),
        (["waist", "waist"], InputError, "columns that differ are required, got 'waist' twice"),
        (["age", "weight", "waist", "pulse"], InputError, "a column besides the targets is required, got none"),
        ("waist", InputError, "targets: a sequence of column names is required"),
        ([], InputError, "targets: at least one column name is required"),
    ],
)
def test_targets_that_cannot_be_had_are_refused(table, targets, error, expected):
    with pytest.raises(error, match=expected):
        LinearNetwork.from_csv(table, targets)


def test_linnerud_has_three_targets():
    problem = LinearNetwork.from_dataset("linnerud", width=2)
    assert (problem.c, problem.d, problem.width) == (3, 3, 2)
    assert problem.output_names == ("weight", "waist", "pulse")
    assert problem.input_names == ("chins", "situps", "jumps")
    assert (problem.title, problem.source) == ("Linnerud", "scikit-learn load_linnerud")
    assert problem.rational_sigma_yy is not None


def test_digits_have_ten_indicators_and_inputs_that_never_change():
    import sklearn.datasets

    problem = LinearNetwork.from_dataset("digits")
    images, labels = sklearn.datasets.load_digits(return_X_y=True)
    assert (problem.c, problem.d, problem.rank) == (10, 64, 10)
    assert problem.rational_sigma_xx.rank() == 61
    assert problem.rational_sigma_yy.tolist()[3][3] == flint.fmpq(int((labels == 3).sum()), len(labels))
    assert problem.sigma_yx[3] == pytest.approx(images[labels == 3].sum(axis=0) / len(labels), rel=1e-14)


def test_diabetes_is_a_network_with_one_output():
    problem = LinearNetwork.from_dataset("diabetes")
    assert (problem.c, problem.d, problem.width) == (1, 10, 1)


def test_digits_cannot_be_standardised_as_some_pixels_never_change():
    with pytest.raises(InputError, match="standardising column 'pixel_0_0': values that differ are required"):
        LinearNetwork.from_dataset("digits", standardize=True)


def test_a_data_set_that_is_not_known_or_cannot_be_loaded_is_named(monkeypatch):
    with pytest.raises(UnknownName, match="no data set 'linerud'.*did you mean 'linnerud'"):
        LinearNetwork.from_dataset("linerud")
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(MissingDependency, match=r"pip install 'agf-theory\[data\]'"):
        LinearNetwork.from_dataset("linnerud")


def test_fractions_and_flint_matrices_are_taken_as_they_are():
    third = Fraction(1, 3)
    assert LinearNetwork([[third]], [[third]]) == LinearNetwork(
        flint.fmpq_mat([[flint.fmpq(1, 3)]]), flint.fmpq_mat([[flint.fmpq(1, 3)]])
    )
