from fractions import Fraction

import pytest

from agf_theory.errors import InputError, MissingInput
from agf_theory.problems import ModularAddition
from agf_theory.problems.template_file import read_template


@pytest.mark.parametrize("text", ["1,-1/2,0.5", "1\n-1/2\n0.5\n", "# a template\n 1; -1/2 ;0.5", "\ufeff1 -1/2\t0.5"])
def test_numbers_in_any_arrangement(tmp_path, text):
    file = tmp_path / "t.txt"
    file.write_text(text, encoding="utf-8")
    assert read_template(file) == [1, Fraction(-1, 2), Fraction(1, 2)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "the numbers of a template are required, got none"),
        (b"# nothing\n", "got none"),
        (b"1\n2\nthree\n", "line 3: expected a number such as 12"),
        (b"1 nan", "line 1: a finite number is required"),
        (b"1 \xff", "UTF-8 text is required, got the byte 0xff"),
        (b"1\x002", "a text file is required, got binary data"),
        (b"1 " * 10001, "at most 10000 numbers are allowed, got more"),
    ],
)
def test_what_is_no_template_is_refused_with_its_place(tmp_path, content, expected):
    file = tmp_path / "t.txt"
    file.write_bytes(content)
    with pytest.raises(InputError, match=expected):
        read_template(file)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(MissingInput, match="no such file"):
        read_template(tmp_path / "t.txt")


def test_a_problem_is_made_of_the_numbers_of_a_file_and_bears_its_name(tmp_path):
    file = tmp_path / "hat.txt"
    file.write_text("1 -1/2 0.5", encoding="utf-8")
    problem = ModularAddition.from_file(file, width=4)
    assert problem == ModularAddition([1, Fraction(-1, 2), Fraction(1, 2)], width=4)
    assert (problem.title, problem.source) == ("Addition modulo 3: hat.txt", "hat.txt")
