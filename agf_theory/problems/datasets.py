"""Real data with a name, from scikit-learn, which is imported only when one is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from agf_theory.errors import MissingDependency, UnknownName
from agf_theory.problems.labelled_data import LabelledData
from agf_theory.problems.names import did_you_mean

__all__ = ["dataset_names", "load_dataset", "target_names"]


@dataclass(frozen=True)
class _Recipe:
    title: str
    loader: str  # function of sklearn.datasets
    targets: tuple[str, ...]


_RECIPES = {
    "diabetes": _Recipe("Diabetes", "load_diabetes", ("progression",)),
    "linnerud": _Recipe("Linnerud", "load_linnerud", ("weight", "waist", "pulse")),
}


def dataset_names() -> tuple[str, ...]:
    """Names of the data sets; needs no scikit-learn."""
    return tuple(_RECIPES)


def target_names(name: str) -> tuple[str, ...]:
    """Targets of one data set, its default first."""
    return _recipe(name).targets


def load_dataset(name: str, *, target: str | None = None) -> LabelledData:
    """One data set, exactly as scikit-learn returns it by default: its own scaling, no further centring.

    "diabetes" has 442 rows and 10 columns, each centred and of sum of squares one (not mean square one); y is not
    centred. "linnerud" has 20 rows and three integer columns, neither centred nor scaled.

    Parameters
    ----------
    name : {"diabetes", "linnerud"}
    target : str, optional
        Default: "progression" for diabetes; "weight" (of "weight", "waist", "pulse") for linnerud.

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
    bunch = _loader(name, recipe)()
    targets = np.asarray(bunch.target, dtype=np.float64).reshape(len(bunch.data), -1)
    return LabelledData(
        X=np.asarray(bunch.data, dtype=np.float64),
        y=targets[:, recipe.targets.index(wanted)],
        names=tuple(str(feature).lower() for feature in bunch.feature_names),
        title=f"{recipe.title}: {wanted}",
        source=f"scikit-learn {recipe.loader}, target {wanted}",
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
