import pickle
import subprocess
import sys
import time
from fractions import Fraction

import flint
import joblib
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agf_theory.errors import InputError, MissingInput, UnknownName
from agf_theory.problems import DiagonalNetwork


def small(**options):
    return DiagonalNetwork([[1, "1/3"], [0.5, 2], [0, 1]], [1, 2, "0.1"], **options)


def same(problem):
    return pickle.loads(pickle.dumps(problem))  # noqa: S301  our own bytes


def test_sizes_names_and_floats():
    problem = small()
    assert (problem.n, problem.d, problem.names, problem.title) == (3, 2, ("x1", "x2"), "Diagonal network")
    assert problem.X.tolist() == [[1.0, 1 / 3], [0.5, 2.0], [0.0, 1.0]]
    assert problem.y.tolist() == [1.0, 2.0, 0.1]


def test_the_exact_data_are_flint_rationals():
    problem = small()
    assert problem.rational_X == flint.fmpq_mat(3, 2, [1, flint.fmpq(1, 3), flint.fmpq(1, 2), 2, 0, 1])
    assert problem.rational_y == flint.fmpq_mat(3, 1, [1, 2, flint.fmpq(1, 10)])
    assert not problem.exact_in_floats


def test_floats_are_exactly_the_numbers_they_are():
    problem = DiagonalNetwork(np.array([[0.1]]), np.array([0.3]))
    assert problem.rational_X[0, 0] == flint.fmpq(*(0.1).as_integer_ratio())
    assert problem.exact_in_floats


def test_names_come_from_the_columns_of_a_frame():
    frame = pd.DataFrame({"age": [1.0, 2.0], "bmi": [3.0, 5.0]})
    assert DiagonalNetwork(frame, pd.Series([1, 2])).names == ("age", "bmi")
    assert DiagonalNetwork(frame, [1, 2], names=["a", "b"]).names == ("a", "b")


def test_a_frame_and_a_series_with_different_indices_are_refused():
    frame = pd.DataFrame({"a": [1.0, 2.0]}, index=[0, 1])
    with pytest.raises(InputError, match=r"the same index as that of X is required, got another; align them"):
        DiagonalNetwork(frame, pd.Series([1.0, 2.0], index=[1, 0]))


@pytest.mark.parametrize("y", [[1, 2], [1, 2, 3, 4], ["1"]])
def test_a_target_of_the_wrong_length_is_refused(y):
    with pytest.raises(InputError, match=f"y: one entry for each of the 3 rows of X is required, got {len(y)}"):
        DiagonalNetwork([[1], [2], [3]], y)


def test_wrong_names_are_refused():
    with pytest.raises(InputError, match="one name for each of the 2 columns"):
        small(names=["a"])
    with pytest.raises(InputError, match="got 'a' for columns 1 and 2"):
        small(names=["a", "a"])


def test_a_frame_with_repeated_columns_is_refused():
    with pytest.raises(InputError, match="names that differ are required"):
        DiagonalNetwork(pd.DataFrame([[1.0, 2.0]], columns=["a", "a"]), [1.0])


def test_a_title_of_two_lines_is_refused():
    with pytest.raises(InputError, match="title: one line of printable text is required"):
        small(title="two\nlines")
    with pytest.raises(InputError, match="title: one line of printable text is required"):
        small().with_title("two\nlines")


@pytest.mark.parametrize("attribute", ["X", "y", "names", "n", "rational_X", "anything"])
def test_nothing_can_be_set_or_deleted(attribute):
    problem = small()
    with pytest.raises(AttributeError, match=f"immutable: {attribute} cannot be set"):
        setattr(problem, attribute, None)
    with pytest.raises(AttributeError, match=f"immutable: {attribute} cannot be deleted"):
        delattr(problem, attribute)


def test_the_arrays_are_read_only_also_after_pickling():
    for problem in (small(), same(small())):
        with pytest.raises(ValueError, match="read-only"):
            problem.X[0, 0] = 7
        with pytest.raises(ValueError, match="read-only"):
            problem.y[0] = 7


def test_writing_to_the_flint_matrices_changes_a_copy_only():
    problem = small()
    problem.rational_X[0, 0] = 7
    problem.rational_y[0, 0] = 7
    assert (problem.rational_X[0, 0], problem.rational_y[0, 0]) == (1, 1)


def test_equal_content_makes_equal_problems_however_it_was_written():
    left = DiagonalNetwork([[1, 2.5]], ["1/2"], title="one")
    right = DiagonalNetwork(np.array([[1.0, 2.5]]), [Fraction(1, 2)], title="another")
    assert left == right
    assert hash(left) == hash(right)


@pytest.mark.parametrize(
    "other",
    [
        DiagonalNetwork([[1, "1/3"]], [2]),
        DiagonalNetwork([[1, 1 / 3]], [1]),
        DiagonalNetwork([[1], ["1/3"]], [1, 1]),
        DiagonalNetwork([[1, "1/3"]], [1], names=["a", "b"]),
        "something else",
    ],
)
def test_other_content_makes_another_problem(other):
    assert DiagonalNetwork([[1, "1/3"]], [1]) != other


def test_a_problem_is_a_key():
    assert {small(): "found"}[small()] == "found"


def test_a_problem_survives_pickling_with_all_it_knows():
    problem = small(title="title", names=["a", "b"], source="source")
    _ = (problem.rational_X, problem.rank)  # cached FLINT matrices do not pickle and must not be tried
    copy = same(problem)
    assert copy == problem
    assert (copy.names, copy.title, copy.source) == (problem.names, problem.title, problem.source)
    assert copy.rational_X == problem.rational_X


def test_a_problem_reaches_a_worker_process_unchanged():
    problem = small()
    digests = joblib.Parallel(n_jobs=2)(joblib.delayed(getattr)(problem, "digest") for _ in range(2))
    assert digests == [problem.digest] * 2


def test_the_digest_is_the_same_in_a_process_with_other_hash_seeds():
    code = "from agf_theory.problems import DiagonalNetwork as D; print(D([[1, '1/3']], [0.5]).digest)"
    run = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONHASHSEED": "1"}, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == DiagonalNetwork([[1, "1/3"]], [0.5]).digest


@given(st.lists(st.lists(st.fractions(max_denominator=1000), min_size=2, max_size=2), min_size=1, max_size=4))
def test_exact_data_survive_construction_and_pickling(rows):
    problem = same(DiagonalNetwork(rows, [row[0] for row in rows]))
    assert [[Fraction(int(x.p), int(x.q)) for x in row] for row in problem.rational_X.tolist()] == rows


def test_a_million_floats_are_ready_in_well_under_a_second():
    X = np.random.default_rng(0).normal(size=(1000, 1000))
    start = time.perf_counter()
    problem = DiagonalNetwork(X, X[:, 0])
    hash(problem)
    str(problem)
    assert time.perf_counter() - start < 1  # measured 0.04 s; the margin is for a busy machine


def test_rank_is_exact():
    assert DiagonalNetwork([[1, "1/3"], [3, 1]], [1, 2]).rank == 1
    assert DiagonalNetwork([[1, 1 / 3], [3, 1]], [1, 2]).rank == 2  # the float 1/3 is no third


def test_standardising_centres_and_scales():
    problem = small(standardize=True)
    assert problem.X.mean(axis=0) == pytest.approx([0, 0], abs=4e-16)  # three roundings of numbers near one
    assert (problem.X**2).mean(axis=0) == pytest.approx([1, 1], rel=1e-15)
    assert problem.y.mean() == pytest.approx(0, abs=4e-16)
    assert problem.exact_in_floats


def test_standardising_a_constant_column_names_it():
    with pytest.raises(InputError, match="standardising column 'b': values that differ are required"):
        DiagonalNetwork([[1, 2], [3, 2]], [1, 2], names=["a", "b"], standardize=True)


def test_a_problem_prints_what_it_is():
    assert str(small(title="Title", names=["a", "b"], source="a file")) == (
        "Title\n"
        "  diagonal linear network, n = 3 samples, d = 2 coordinates, rank 2\n"
        "  names: a, b\n"
        "  data: exact rationals; X and y hold the nearest binary floats\n"
        "  source: a file"
    )


@pytest.mark.parametrize(
    ("entry", "kind"), [(2, "exact integers"), (0.5, "all entries are binary floats"), ("0.1", "exact rationals")]
)
def test_printing_says_what_kind_of_numbers_the_data_are(entry, kind):
    assert kind in str(DiagonalNetwork([[entry]], [1]))


@pytest.mark.parametrize("d", [1, 10, 40, 41, 300])
def test_a_printed_problem_fits_eighty_columns(d):
    problem = DiagonalNetwork(np.ones((200, d)), np.ones(200), title="A long title " * 20, source="s" * 60)
    lines = str(problem).splitlines()
    assert max(map(len, lines)) <= 80
    assert len(lines) < 20


def test_large_problems_print_without_computing_their_rank():
    assert "rank" not in str(DiagonalNetwork(np.ones((200, 300)), np.ones(200)))


def test_repr_is_one_short_line():
    assert repr(small()).startswith("<DiagonalNetwork 'Diagonal network': n=3, d=2, ")


def test_another_title_makes_the_same_problem():
    problem = small(source="here")
    titled = problem.with_title("new")
    assert (titled.title, titled.source, titled) == ("new", "here", problem)
    assert problem.with_title("new", "there").source == "there"
    assert problem.title == "Diagonal network"


def test_a_csv_file_becomes_a_problem(tmp_path):
    (tmp_path / "houses.csv").write_text("size;rooms;price\n0.1;1;10\n0.2;4;20\n")
    problem = DiagonalNetwork.from_csv(tmp_path / "houses.csv", target="price", delimiter=";")
    assert problem == DiagonalNetwork([["0.1", 1], ["0.2", 4]], [10, 20], names=["size", "rooms"])
    assert (problem.title, problem.source) == ("houses.csv: price", "houses.csv, target price")


def test_options_of_reading_reach_the_problem(tmp_path):
    (tmp_path / "houses.csv").write_text("size,rooms,price\n1,1,10\n2,4,20\n")
    problem = DiagonalNetwork.from_csv(tmp_path / "houses.csv", target="price", standardize=True, title="Houses")
    assert problem.X.tolist() == [[-1.0, -1.0], [1.0, 1.0]]
    assert (problem.title, problem.source) == ("Houses", "houses.csv, target price; standardised")


def test_an_npz_file_becomes_a_problem(tmp_path):
    np.savez(tmp_path / "data.npz", X=[["1/3", "2"]], price=[1.5], names=["a", "b"])
    problem = DiagonalNetwork.from_npz(tmp_path / "data.npz", target="price")
    assert problem == DiagonalNetwork([["1/3", 2]], [1.5], names=["a", "b"])


def test_an_npz_file_with_arrays_that_are_no_problem_is_refused(tmp_path):
    np.savez(tmp_path / "data.npz", X=[[1.0, np.nan]], y=[1.5])
    with pytest.raises(InputError, match="X, row 1, column 2: a finite number is required, got nan"):
        DiagonalNetwork.from_npz(tmp_path / "data.npz")


def test_a_data_set_becomes_a_problem():
    problem = DiagonalNetwork.from_dataset("diabetes")
    assert (problem.n, problem.d, problem.rank, problem.names[2]) == (442, 10, 10, "bmi")
    assert DiagonalNetwork.from_dataset("linnerud", target="pulse", standardize=True).source.endswith("standardised")


def test_what_is_not_there_is_refused(tmp_path):
    with pytest.raises(MissingInput, match="no such file"):
        DiagonalNetwork.from_csv(tmp_path / "none.csv", target="y")
    with pytest.raises(UnknownName, match="no data set 'iris'"):
        DiagonalNetwork.from_dataset("iris")
