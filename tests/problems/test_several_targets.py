from fractions import Fraction

import pytest

from agf_theory.errors import InputError, MissingInput
from agf_theory.problems.several_targets import read_csv_targets, required_targets


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "a: b.csv"
    path.write_text("age, dose,weight ,pulse\n1,0.1,60,70\n2,1/3,61,7e1\n", encoding="utf-8")
    return path


def test_targets_come_in_the_order_asked_for_and_the_rest_are_inputs(table):
    data = read_csv_targets(table, ("pulse", "dose"), delimiter=",")
    assert data.y == [[70, Fraction(1, 10)], [70, Fraction(1, 3)]]
    assert data.X == [[1, 60], [2, 61]]
    assert data.names == ("age", "weight")
    assert (data.title, data.source) == ("a: b.csv: pulse, dose", "a: b.csv, targets pulse, dose")


def test_one_target_is_a_column(table):
    data = read_csv_targets(table, ["weight"], delimiter=",")
    assert data.y == [[60], [61]]
    assert data.source == "a: b.csv, target weight"


def test_spaces_around_names_do_not_count(table):
    assert read_csv_targets(table, [" dose ", "pulse "], delimiter=",").names == ("age", "weight")


@pytest.mark.parametrize("targets", [["pulse", "wieght"], ["wieght", "pulse"]])
def test_a_column_that_is_not_there_is_missing_and_the_nearest_is_suggested(table, targets):
    with pytest.raises(MissingInput, match=r"a: b.csv: no column 'wieght' .*did you mean 'weight'"):
        read_csv_targets(table, targets, delimiter=",")


def test_a_table_of_targets_alone_is_refused(table):
    with pytest.raises(InputError, match=r"a: b.csv: a column besides the targets is required, got none"):
        read_csv_targets(table, ["age", "dose", "weight", "pulse"], delimiter=",")


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ("pulse", "a sequence of column names is required, got 'pulse'"),
        (None, "a sequence of column names is required, got None"),
        ({"pulse"}, "a sequence of column names is required"),
        ([], "at least one column name is required, got none"),
        (["pulse", 3], "names of columns are required, got 3"),
        (["pulse", " pulse"], "columns that differ are required, got 'pulse' twice"),
    ],
)
def test_what_names_no_targets_is_refused(targets, expected):
    with pytest.raises(InputError, match=expected):
        required_targets(targets)
