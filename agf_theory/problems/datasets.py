"""Real data with a name, from scikit-learn, which is imported only when one is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from agf_theory.errors import MissingDependency, UnknownName
from agf_theory.problems.labelled_data import LabelledData
from agf_theory.problems.names import did_you_mean

__all__ = ["dataset_names", "load_dataset", "load_targets", "target_names"]


@dataclass(frozen=True)
class _Recipe:
    title: str
    loader: str  # function of sklearn.datasets
    targets: tuple[str, ...]
    classes: bool = False  # whether the target is a class, which becomes one indicator (zero or one) a class


_RECIPES = {
    "diabetes": _Recipe("Diabetes", "load_diabetes", ("progression",)),
    "digits": _Recipe("Digits", "load_digits", tuple(f"digit {i}" for i in range(10)), classes=True),
    "linnerud": _Recipe("Linnerud", "load_linnerud", ("weight", "waist", "pulse")),
}


def dataset_names() -> tuple[str, ...]:
    """Names of the data sets; needs no scikit-learn."""
    return tuple(_RECIPES)


def target_names(name: str) -> tuple[str, ...]:
    """Targets of one data set, its default first."""
    return _recipe(name).targets


def load_dataset(name: str, *, target: str | None = None) -> LabelledData:
    """One data set with one target, exactly as scikit-learn returns it by default: no further scaling or centring.

    "diabetes" has 442 rows and 10 columns, each centred and of sum of squares one (not mean square one); y is not
    centred. "linnerud" has 20 rows and three integer columns, neither centred nor scaled. "digits" has 1797 rows and 64
    columns, pixels from 0 to 16, some of them constant; its targets are one where the digit is the one named and zero
    elsewhere.

    Parameters
    ----------
    name : {"diabetes", "digits", "linnerud"}
    target : str, optional
        Default: "progression" for diabetes; "digit 0" (to "digit 9") for digits; "weight" (of "weight", "waist",
        "pulse") for linnerud.

    Raises
    ------
    UnknownName
        If there is no such data set or target; close names are suggested.
    MissingDependency
        If scikit-learn is not installed.
    """
    recipe = _recipe(name)
    wanted = recipe.targets[0] if target is None else target
    if wanted not in recipe.targets:
        known = ", ".join(recipe.targets)
        raise UnknownName(
            f"data set {name}: no target {wanted!r:.60}; known: {known}{did_you_mean(wanted, recipe.targets)}"
        )
    data = load_targets(name)
    return LabelledData(
        X=data.X,
        y=data.y[:, recipe.targets.index(wanted)].copy(),
        names=data.names,
        title=f"{data.title}: {wanted}",
        source=f"{data.source}, target {wanted}",
    )


def load_targets(name: str) -> LabelledData:
    """One data set with all its targets: `y` is (n, c), in the order of `target_names`.

    Raises
    ------
    UnknownName
        If there is no such data set; close names are suggested.
    MissingDependency
        If scikit-learn is not installed.
    """
    recipe = _recipe(name)
    bunch = _loader(name, recipe)()
    target = np.asarray(bunch.target)
    columns = target[:, None] == np.arange(len(recipe.targets)) if recipe.classes else target
    return LabelledData(
        X=np.asarray(bunch.data, dtype=np.float64),
        y=np.asarray(columns, dtype=np.float64).reshape(len(bunch.data), -1),
        names=tuple(str(feature).lower() for feature in bunch.feature_names),
        title=recipe.title,
        source=f"scikit-learn {recipe.loader}",
    )


def _recipe(name: str) -> _Recipe:
    if name not in _RECIPES:
        known = ", ".join(_RECIPES)
        raise UnknownName(f"no data set {name!r:.60}; known: {known}{did_you_mean(str(name), _RECIPES)}")
    return _RECIPES[name]


def _loader(name: str, recipe: _Recipe) -> Callable[[], Any]:
    try:
        from sklearn import datasets
    except ImportError:
        raise MissingDependency(
            f"data set {name}: scikit-learn is required and is not installed; pip install 'agf-theory[data]'"
        ) from None
    loader: Callable[[], Any] = getattr(datasets, recipe.loader)
    return loader
