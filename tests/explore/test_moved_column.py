import pytest

from agf_theory.errors import InputError
from agf_theory.explore import moved_column
from agf_theory.explore.moved_column import column_names

TEXT = 'a, b,y\n1,2,3\n1/3,"4",1e-2\n'


def moved(text=TEXT, *, column="", factor="", toward="", share=""):
    return moved_column(text, file="d.csv", column=column, factor=factor, toward=toward, share=share)


def test_nothing_is_moved_unless_a_column_is_named_and_changed():
    assert moved() == TEXT
    assert moved(column="a") == TEXT
    assert moved(column="a", share="0.5") == TEXT
    assert moved(factor="2") == TEXT


def test_a_scaled_column_is_exact_and_the_others_stay_as_they_were_written():
    assert moved(column="a", factor="0.3").split() == ["a,b,y", "0.3,2,3", "0.1,4,1e-2"]
    assert moved(column="a", factor="-2").split() == ["a,b,y", "-2,2,3", "-2/3,4,1e-2"]
    assert moved(column="y", factor="1/1000").split()[2] == "1/3,4,0.00001"


def test_a_share_of_another_column_is_added():
    assert moved(column="a", toward="b", share="0.25").split() == ["a,b,y", "1.5,2,3", "4/3,4,1e-2"]


def test_an_unknown_column_is_named_with_those_there_are():
    with pytest.raises(InputError, match=r"d\.csv: no column 'c' to move; the columns are 'a', 'b', 'y'"):
        moved(column="c", factor="2")


def test_a_factor_that_is_no_number_is_refused():
    with pytest.raises(InputError, match="factor of a column"):
        moved(column="a", factor="2*3")


@pytest.mark.parametrize("written", ["1e4500", "1e-4500"])
def test_a_number_of_more_digits_than_are_read_is_refused(written):
    with pytest.raises(InputError, match=r"d\.csv, column 'a': numbers of at most 4000 digits are required"):
        moved(f"a,y\n{written},1\n", column="a", factor="1/3")


def test_short_data_that_grow_beyond_measure_are_refused():
    text = "a,y\n" + "1e3000,1\n" * 400  # a few kilobytes, a megabyte once they are moved
    with pytest.raises(InputError, match="at most 1 MiB of data"):
        moved(text, column="a", factor="2")


@pytest.mark.parametrize("text", ["", "a,b\n1\n", "a,b\nx,1\n", 'a,b\n"1,2\n'])
def test_what_is_no_table_is_left_for_its_reader_to_complain_about(text):
    assert moved(text, column="a" if "a" in text else "", factor="2", toward="b") == text


def test_names_of_columns_are_those_of_the_first_row():
    assert column_names(TEXT) == ("a", "b", "y")
    assert column_names("") == ()
