"""The gallery: figures of the paper and pictures of its slides, each drawn by one command of `agf plot`.

The command line and the page of the documentation both come from this list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from agf_theory.errors import UnknownName

__all__ = ["GALLERY", "GalleryFigure", "gallery_figure"]

_OTHER_DATA: Final = "Not the data of the published picture, which this project does not have:"


@dataclass(frozen=True)
class GalleryFigure:
    """One figure of the gallery.

    Attributes
    ----------
    name : str
        As ``agf plot gallery`` takes it.
    title : str
        At most 60 characters.
    shows : str
        What the figure demonstrates.
    source : str
        Which published figure it is drawn after, by key into the bibliography; or that there is none.
    data : str
        What it is drawn from, and where that is not what the source draws from.
    command : str
        What follows ``agf plot``.
    """

    name: str
    title: str
    shows: str
    source: str
    data: str
    command: str


GALLERY: Final = (
    GalleryFigure(
        name="figure-3",
        title="Diagonal linear networks: AGF against gradient flow",
        shows="As α falls, the loss of gradient flow becomes the staircase of the limit, and its jumps move towards "
        "those of alternating gradient flows, which the marks half-way down each drop show.",
        source="After [kunin2025], Figure 3",
        data=f"{_OTHER_DATA} a Gaussian design with five coordinates and twenty samples.",
        command="diagonal --problem gaussian --alpha 1e-2 --alpha 1e-8 --alpha 1e-100 --methods agf,gf",
    ),
    GalleryFigure(
        name="figure-4",
        title="Linear networks: stepwise singular decomposition",
        shows="A fully connected linear network learns one singular mode after another: as α falls, at the predicted "
        "times, and each to its predicted value.",
        source="After [kunin2025], Figure 4",
        data=f"{_OTHER_DATA} commuting moments with modes in one order, for which the published staircase is a theorem "
        "from an aligned start; the start here is random.",
        command="linear --problem co-ordered --alpha 1e-4 --alpha 1e-16 --alpha 1e-64",
    ),
    GalleryFigure(
        name="figure-5",
        title="Linear attention: stepwise principal components",
        shows="Attention heads that learn regression in context take one principal component each; the limit predicts "
        "the time of every drop, and the levels are exact.",
        source="After [kunin2025], Figure 5",
        data="The published covariance and context, from the start of the authors' run; the flow of the population "
        "loss, where they take minibatches.",
        command="attention --problem reference-run --alpha 1e-3",
    ),
    GalleryFigure(
        name="figure-6",
        title="Modular addition: stepwise Fourier decomposition",
        shows="A quadratic network that learns to add modulo 20 takes the frequencies of its template from the "
        "strongest to the weakest, each by several neurons that are pure at it.",
        source="After [kunin2025], Figure 6",
        data="The published template of three frequencies; the start is a draw of this project, and gradient flow "
        "follows it where the authors descend in steps.",
        command="modular --problem three-frequencies --alpha 1e-2",
    ),
    GalleryFigure(
        name="staircase",
        title="Diagonal linear networks: the staircase of the loss",
        shows="Plateaus and sharp drops: on a plateau dormant neurons compete by their utilities, at a drop one of "
        "them activates and the active ones find the least loss.",
        source="After the slides of [kunin2025]",
        data=f"{_OTHER_DATA} three coordinates in fractions, one of which leaves and returns.",
        command="diagonal --problem reactivation --alpha 1e-8 --methods agf,gf --show loss",
    ),
    GalleryFigure(
        name="utility",
        title="Diagonal linear networks: accumulated utilities",
        shows="A dormant neuron accumulates utility and activates at the threshold. One that returns to dormancy falls "
        "from there, and may rise again with the other sign.",
        source="After the slides of [kunin2025]",
        data=f"{_OTHER_DATA} two coordinates in fractions, one of which leaves and returns with the other sign.",
        command="diagonal --problem sign-change --alpha 1e-16 --methods gf --show coefficients,utilities",
    ),
    GalleryFigure(
        name="saddle-path",
        title="Diagonal linear networks: from saddle to saddle",
        shows="In the plane of two coefficients the flow runs, as α falls, through the saddles, each the least loss "
        "on its coordinates; at the second the first coordinate is back at zero.",
        source="A figure of this project",
        data="Two rotated coordinates, one of which leaves and returns.",
        command="diagonal --problem deactivation-2d --alpha 1e-1 --alpha 1e-8 --methods gf --show phase",
    ),
)


def gallery_figure(name: str) -> GalleryFigure:
    """The figure of this name.

    Raises
    ------
    UnknownName
        If there is none.
    """
    for figure in GALLERY:
        if figure.name == name:
            return figure
    raise UnknownName(f"unknown figure {name!r:.60}; known: {', '.join(figure.name for figure in GALLERY)}")
