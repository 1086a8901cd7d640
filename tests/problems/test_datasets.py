import sys

import numpy as np
import pytest
import sklearn.datasets

from agf_theory.errors import MissingDependency, UnknownName
from agf_theory.problems.datasets import dataset_names, load_dataset, target_names


def test_diabetes_is_exactly_what_scikit_learn_returns():
    X, y = sklearn.datasets.load_diabetes(return_X_y=True)
    data = load_dataset("diabetes")
    assert np.array_equal(data.X, X)
    assert np.array_equal(data.y, y)
    assert data.names == ("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6")
    assert (data.title, data.source) == ("Diabetes: progression", "scikit-learn load_diabetes, target progression")


@pytest.mark.parametrize(("target", "column"), [("weight", 0), ("waist", 1), ("pulse", 2)])
def test_linnerud_offers_its_three_targets(target, column):
    X, Y = sklearn.datasets.load_linnerud(return_X_y=True)
    data = load_dataset("linnerud", target=target)
    assert np.array_equal(data.X, X)
    assert np.array_equal(data.y, Y[:, column])
    assert data.names == ("chins", "situps", "jumps")


def test_target_names_follow_the_order_of_scikit_learn():
    bunch = sklearn.datasets.load_linnerud()
    assert target_names("linnerud") == tuple(name.lower() for name in bunch.target_names)


def test_the_default_target_is_the_first():
    assert np.array_equal(load_dataset("linnerud").y, load_dataset("linnerud", target="weight").y)


def test_diabetes_comes_first():
    assert dataset_names() == ("diabetes", "digits", "linnerud")


@pytest.mark.parametrize("name", ["diabetis", "Diabetes"])
def test_an_unknown_data_set_lists_the_known_and_suggests_one(name):
    with pytest.raises(
        UnknownName, match=f"no data set '{name}'; known: diabetes, digits, linnerud; did you mean 'diabetes'"
    ):
        load_dataset(name)


def test_an_unknown_target_lists_the_known():
    with pytest.raises(
        UnknownName, match="data set linnerud: no target 'height'; known: weight, waist, pulse; did you mean 'weight'"
    ):
        load_dataset("linnerud", target="height")


def test_without_scikit_learn_the_extra_to_install_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(MissingDependency, match=r"data set diabetes: scikit-learn .* pip install 'agf-theory\[data\]'"):
        load_dataset("diabetes")
