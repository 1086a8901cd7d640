import csv
import io
from fractions import Fraction

import pandas as pd

from agf_theory.tables.as_csv import as_csv


def rows_of(table):
    return list(csv.DictReader(io.StringIO(as_csv(table))))


def test_pandas_reads_numbers_and_gaps(four_methods):
    frame = pd.read_csv(io.StringIO(as_csv(four_methods)))
    assert frame["time_gf"].dropna().tolist() == [0.5201, 1.15, 40.9]
    assert frame["jump"].isna().sum() == 3
    assert frame["loss"].dtype == float
    assert frame["error_gf"].dropna().tolist() == [1e-3] * 3
    assert "error_pf" not in frame


def test_a_row_says_why_times_are_missing(four_methods):
    row = rows_of(four_methods)[3]
    assert row["time_pf"] == ""
    assert row["note"] == "corrected: takes jumps 2–3 of pf in another order: +age, then +s5"
    assert row["active"] == "age;bmi"


def test_rationals_and_balls_are_complete(hostile):
    rows = rows_of(hostile)
    assert [Fraction(row["time_pf"]) for row in rows] == [
        Fraction(1, 3),
        Fraction(10**9 + 7, 3 * 10**9),
        Fraction(1, 10**300),
    ]
    midpoint, radius = rows[0]["time_agf"].split("±")
    assert abs(Fraction(midpoint) - Fraction(1, 3)) <= Fraction(radius)


def test_names_survive_the_separator(table_of, run_of, sequence_of):
    names = ("a;b", "c\\", 'd",\ne')
    table = table_of(run_of("pf", sequence_of([(1.0, [0, 1, 2], [])], names=names)), names=names)
    assert rows_of(table)[0]["entered"] == 'a\\;b;c\\\\;d",\ne'


def test_the_limit_alone_has_an_empty_alpha(table_of, run_of, sequence_of):
    table = table_of(run_of("pf", sequence_of([(1.0, [0], [])])), alpha=None)
    assert rows_of(table)[0]["alpha"] == ""
