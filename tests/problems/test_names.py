import pytest

from agf_theory.errors import InputError
from agf_theory.problems.names import column_names, did_you_mean


def test_default_names_count_from_one():
    assert column_names(None, 3) == ("x1", "x2", "x3")


def test_names_that_are_not_text_become_text():
    assert column_names([2001, ("a", 1)], 2) == ("2001", "('a', 1)")


def test_names_of_other_alphabets_are_welcome():
    assert column_names(["β", "größe"], 2) == ("β", "größe")


def test_a_wrong_number_of_names_is_refused():
    with pytest.raises(InputError, match="one name for each of the 3 columns is required, got 2"):
        column_names(["a", "b"], 3)


def test_one_text_is_not_a_sequence_of_names():
    with pytest.raises(InputError, match="a sequence of 3 names is required, got one text"):
        column_names("abc", 3)


def test_repeated_names_are_refused_with_their_columns():
    with pytest.raises(InputError, match="got 'a' for columns 1 and 3"):
        column_names(["a", "b", "a"], 3)


@pytest.mark.parametrize("name", ["", "two\nlines", "\x1b[31mred", "a" * 201])
def test_a_name_that_would_spoil_a_line_of_output_is_refused(name):
    with pytest.raises(InputError, match="printable characters are required, got .* for column 2") as caught:
        column_names(["a", name], 2)
    assert str(caught.value).isprintable()


def test_a_close_name_is_suggested_whatever_its_case():
    assert did_you_mean("AGE", ["age", "sex"]) == "; did you mean 'age'?"


def test_nothing_is_suggested_for_a_name_unlike_all_others():
    assert did_you_mean("zzz", ["age", "sex"]) == ""


def test_several_close_names_are_suggested_together():
    assert did_you_mean("pulses", ["pulse", "weight", "impulse"]) == "; did you mean 'pulse' or 'impulse'?"
