import csv
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agf_theory.errors import InputError, MissingInput
from agf_theory.problems import csv_reader
from agf_theory.problems.csv_reader import read_csv


@pytest.fixture
def written(tmp_path):
    def write(content):
        path = tmp_path / "data.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_the_target_is_set_apart_and_decimals_are_exact(written):
    table = read_csv(written("a,y,b\n0.1,1,2\n-3e-1,1/3,4\n"), target="y")
    assert table.names == ("a", "b")
    assert [list(map(str, row)) for row in table.X] == [["1/10", "2"], ["-3/10", "4"]]
    assert table.y == [Fraction(1), Fraction(1, 3)]
    assert (table.title, table.source) == ("data.csv: y", "data.csv, target y")


@pytest.mark.parametrize(
    "content",
    [
        "a,y\r\n1,2\r\n",
        "a,y\n1,2",
        "a,y\r1,2\r",
        "\ufeffa,y\n1,2\n",
        '"a","y"\n"1","2"\n',
        " a , y \n 1 , 2 \n",
        "\na,y\n\n1,2\n\n\n",
    ],
)
def test_line_ends_quotes_byte_order_marks_and_blank_lines_make_no_difference(written, content):
    table = read_csv(written(content), target="y")
    assert (table.names, table.X, table.y) == (("a",), [[1]], [2])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_delimiter_is_read(written, delimiter):
    assert read_csv(written(f"a{delimiter}y\n1{delimiter}2\n"), target="y", delimiter=delimiter).y == [2]


def test_quoted_names_may_hold_delimiters_and_quotes(written):
    assert read_csv(written('"a, ""b""",y\n1,2\n'), target="y").names == ('a, "b"',)


def test_names_may_be_numbers_if_one_of_them_is_the_target(written):
    assert read_csv(written("2001,2002\n1,2\n"), target="2002").names == ("2001",)


def test_another_delimiter_is_refused(written):
    with pytest.raises(
        InputError, match=r"delimiter: one of ',' \(comma\), ';' \(semicolon\), '\\t' \(tab\) is required, got '\|'"
    ):
        read_csv(written("a|y\n"), target="y", delimiter="|")


def test_a_missing_target_lists_the_columns_and_suggests_one(written):
    with pytest.raises(
        MissingInput, match=r"data\.csv: no column 'prise' .*; the columns are 'price', 'size'; did you mean 'price'\?"
    ):
        read_csv(written("price,size\n1,2\n"), target="prise")


def test_many_columns_are_listed_only_in_part(written):
    header = ",".join(f"c{i}" for i in range(1000))
    with pytest.raises(MissingInput, match="'c19', ...") as caught:
        read_csv(written(header + "\n"), target="y")
    assert len(str(caught.value)) < 500


def test_a_wrong_delimiter_is_recognised(written):
    with pytest.raises(
        InputError, match="separated by comma are required, got a header with semicolons; pass delimiter=';'"
    ):
        read_csv(written("a;y\n1;2\n"), target="y")


def test_a_missing_header_is_recognised(written):
    with pytest.raises(MissingInput, match="a header row with the column names is required, got numbers"):
        read_csv(written("1,2\n3,4\n"), target="y")


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_refused(written, content):
    with pytest.raises(InputError, match="a header row with the column names is required, got an empty file"):
        read_csv(written(content), target="y")


def test_a_header_without_rows_is_refused(written):
    with pytest.raises(InputError, match="at least one row of numbers is required after the header, got none"):
        read_csv(written("a,y\n"), target="y")


def test_a_target_without_other_columns_is_refused(written):
    with pytest.raises(InputError, match="a column besides the target 'y' is required, got none"):
        read_csv(written("y\n1\n"), target="y")


def test_a_single_column_that_is_not_the_target_is_a_missing_target(written):
    with pytest.raises(MissingInput, match="no column 'y' to be the target; the columns are 'a'$"):
        read_csv(written("a\n1\n"), target="y")


def test_text_in_a_cell_is_shown_with_file_line_and_column(written):
    with pytest.raises(InputError, match=r"data\.csv, line 3, column 'b': expected a number such as .*, got 'n/a'"):
        read_csv(written("a,b,y\n1,2,3\n4,n/a,6\n"), target="y")


def test_the_line_is_that_of_the_file_also_after_a_name_of_two_lines_or_blank_lines(written):
    with pytest.raises(InputError, match="line 5, column 'y'"):
        read_csv(written("a,y\n\n1,2\n\n1,x\n"), target="y")


def test_a_missing_value_is_called_one(written):
    with pytest.raises(InputError, match="line 2, column 'a': .*missing value"):
        read_csv(written("a,y\n,2\n"), target="y")


@pytest.mark.parametrize("cell", ["nan", "inf", "1e99999999", "９", "1 000", "=1+1", '"1\n2"', "9" * 5000])
def test_a_cell_that_is_no_finite_number_is_refused_in_one_short_line(written, cell):
    with pytest.raises(InputError, match=r"data\.csv, line \d, column 'a': ") as caught:
        read_csv(written(f"a,y\n{cell},2\n"), target="y")
    message = str(caught.value)
    assert message.isprintable()
    assert len(message) < 300


@pytest.mark.parametrize(("row", "count"), [("1", 1), ("1,2,3", 3), ("1,2,", 3)])
def test_a_ragged_row_is_refused_with_its_line(written, row, count):
    with pytest.raises(InputError, match=f"line 3: 2 cells are required, as in the header, got {count}"):
        read_csv(written(f"a,y\n1,2\n{row}\n"), target="y")


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("a,y,a", "line 1: names that differ are required, got 'a' for columns 1 and 3; rename one"),
        ("a,,y", "line 1: names of 1 to 200 printable characters are required, got '' for column 2"),
        ("a,y,\x07", "line 1: names of 1 to 200 printable characters are required, got .* for column 3"),
        ('a,y,"two\nlines"', "line 2: names of 1 to 200 printable characters"),
    ],
)
def test_names_that_would_confuse_are_refused(written, header, message):
    with pytest.raises(InputError, match=rf"data\.csv, {message}"):
        read_csv(written(f"{header}\n1,2,3\n"), target="y")


@pytest.mark.parametrize("content", ['a,y\n"1"x,2\n', 'a,y\n"1,2\n'])
def test_broken_quotes_are_refused(written, content):
    with pytest.raises(InputError, match=r"data\.csv, line 2: well-formed CSV is required, got: "):
        read_csv(written(content), target="y")


def test_an_enormous_cell_is_refused(written):
    with pytest.raises(InputError, match="well-formed CSV is required, got: field larger than field limit"):
        read_csv(written("a,y\n" + "1" * 200_000 + ",2\n"), target="y")


def test_text_that_is_not_utf_8_is_refused_with_its_line(written):
    with pytest.raises(InputError, match="line 2: UTF-8 text is required, got the byte 0xe9; save it as 'CSV UTF-8'"):
        read_csv(written(b"a,y\n\xe9,2\n"), target="y")


def test_utf_16_is_recognised(written):
    with pytest.raises(InputError, match="UTF-8 text is required, got UTF-16"):
        read_csv(written("a,y\n1,2\n".encode("utf-16")), target="y")


def test_binary_data_are_refused(written):
    with pytest.raises(InputError, match="a text file is required, got binary data"):
        read_csv(written(b"a,y\n\x00,2\n"), target="y")


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(MissingInput, match="no such file"):
        read_csv(tmp_path / "none.csv", target="y")


def test_more_cells_than_allowed_are_refused(written, monkeypatch):
    monkeypatch.setattr(csv_reader, "_MOST_CELLS", 3)
    with pytest.raises(InputError, match="at most 3 cells are allowed, got more"):
        read_csv(written("a,y\n1,2\n"), target="y")


cells = st.fractions() | st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # the file is written anew for each instance
@given(rows=st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=5), delimiter=st.sampled_from(",;\t"))
def test_numbers_written_to_a_file_are_read_back_exactly(rows, delimiter, tmp_path):
    path = tmp_path / "data.csv"
    with path.open("w", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([("a", "b", "y"), *rows])
    table = read_csv(path, target="y", delimiter=delimiter)
    assert [[*row, target] for row, target in zip(table.X, table.y, strict=True)] == [
        [Fraction(cell) for cell in row] for row in rows
    ]
