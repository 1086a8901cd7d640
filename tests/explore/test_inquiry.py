import itertools

import pytest

from agf_theory.errors import InputError, UnknownName
from agf_theory.explore import MOST_BYTES, Given, Upload, inquiry


def asked(form, methods=(), uploads=None, **changed):
    first = Given.at_first(form)
    values = {**first.values, **{key.replace("__", "."): value for key, value in changed.items()}}
    return inquiry(form, Given(values, methods or first.methods, uploads or {}))


def test_what_stands_on_a_page_at_first_is_a_question(forms):
    for form in forms.values():
        found = asked(form)
        assert found.table[:2] == ("table", form.name)
        assert found.plot[:2] == ("plot", form.name)


def test_the_command_has_what_differs_from_what_it_does_anyway(forms):
    found = asked(forms["linear"], seed="0", width="3")
    assert "--seed" not in found.table
    assert found.commands[0] == (
        "agf table linear --data data.csv --targets y1,y2 --width 3 --alpha 1e-8 --methods limit,recursion,gf"
    )


def test_only_the_fields_of_the_chosen_source_count(forms):
    found = asked(forms["diagonal"], source="zoo", zoo__problem="reactivation")
    assert found.commands[0] == "agf table diagonal --problem reactivation --alpha 1e-8"
    assert found.files == ()


def test_a_scale_is_given_where_a_method_needs_one_and_not_otherwise(forms):
    assert "--alpha" in asked(forms["diagonal"]).table
    assert "--alpha" not in asked(forms["diagonal"], methods=("pf",)).table
    several = asked(forms["diagonal"], methods=("pf", "gf"), alpha="1e-3", more="1e-8, 1e-1000").table
    assert [b for a, b in itertools.pairwise(several) if a == "--alpha"] == ["1e-3", "1e-8", "1e-1000"]


def test_options_of_tables_alone_are_left_out_of_the_plot(forms):
    found = asked(forms["diagonal"], exact="on")
    assert "--exact" in found.table
    assert "--exact" not in found.plot


def test_a_value_that_begins_with_a_dash_is_no_option(forms):
    assert "--delta=-1,0" in asked(forms["neuron"], sweep__delta="-1,0").table
    assert "--target=--out=x" in asked(forms["diagonal"], own__target="--out=x").table


def test_a_command_can_be_pasted_whatever_is_in_it(forms):
    command = asked(forms["modular"], template__template="1, $(rm x); -1").commands[0]
    assert "'1, $(rm x); -1'" in command


@pytest.mark.parametrize("sent", ["../../men.csv", "/etc/men.csv", r"C:\data\men.csv"])
def test_a_file_has_the_last_part_of_its_name_and_no_folder(forms, sent):
    assert asked(forms["diagonal"], **{"own.data.name": sent}).files[0][0] == "men.csv"


def test_a_moved_column_is_in_the_file(forms):
    found = asked(forms["diagonal"], **{"own.data": "a,y\n1,2\n", "own.data.column": "a", "own.data.factor": "3"}).files
    assert found == (("data.csv", b"a,y\n3,2"),)


def test_a_method_that_does_not_exist_is_named(forms):
    with pytest.raises(UnknownName, match=r"--methods takes pf, agf, corrected, gf, got 'x'"):
        asked(forms["diagonal"], methods=("x",))


def test_data_beyond_the_limit_is_refused(forms):
    large = "a,y\n" + "1,2\n" * (MOST_BYTES // 4)
    with pytest.raises(InputError, match=r"data\.csv: at most 1 MiB of data are allowed on this page, got more"):
        asked(forms["diagonal"], own__data=large)
    with pytest.raises(InputError, match=r"men\.csv: at most 1 MiB"):
        asked(forms["diagonal"], uploads={"own.data": Upload("men.csv", large.encode())})


def test_a_file_takes_the_place_of_the_text_beside_it(forms):
    given = Given({"own.data": "old"}, uploads={"own.data": Upload("men.csv", b"\xef\xbb\xbfa,y\n")}).with_uploads()
    assert given.values == {"own.data": "a,y\n", "own.data.name": "men.csv"}
    with pytest.raises(InputError, match=r"men\.csv: UTF-8 text is required"):
        Given({}, uploads={"own.data": Upload("men.csv", b"\xff")}).with_uploads()


@pytest.mark.parametrize("name", ["x" * 101 + ".csv", "a\u202eb.csv"])
def test_a_name_that_is_none_is_refused(forms, name):
    with pytest.raises(InputError, match="name of the data"):
        asked(forms["diagonal"], **{"own.data.name": name})


def test_a_covariance_of_sixty_thousand_characters_is_asked_for_and_a_longer_text_is_not(forms):
    sigma = ", ".join(["1/2"] * 12_000)
    assert sigma in asked(forms["attention"], source="sigma", sigma__sigma=sigma).table
    with pytest.raises(InputError, match=r"sigma\.sigma: at most 100000 characters are allowed, got 100001"):
        asked(forms["attention"], source="sigma", sigma__sigma="1" * 100_001)
