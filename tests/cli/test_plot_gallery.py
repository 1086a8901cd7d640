"""`agf plot gallery`, its list, and the page that shows it."""

import shlex
from pathlib import Path

import pytest
import typer

from agf_theory.cli.application import app
from agf_theory.cli.gallery import GALLERY

PAGE = Path(__file__).parents[2] / "docs" / "gallery.md"
PLOT = typer.main.get_command(app).commands["plot"]


@pytest.mark.parametrize("figure", GALLERY, ids=lambda figure: figure.name)
def test_a_figure_is_a_command_with_options_that_it_knows_and_stands_on_the_page(figure):
    verb, *options = shlex.split(figure.command)
    PLOT.commands[verb].make_context(verb, options)  # raises for an option it does not know
    assert len(figure.title) <= 60
    assert f'draw("{figure.name}"' in PAGE.read_text(encoding="utf-8")


def test_the_paper_s_figures_3_to_6_and_the_pictures_of_the_slides_are_there():
    assert {"figure-3", "figure-4", "figure-5", "figure-6", "staircase", "utility"} <= {each.name for each in GALLERY}


def test_a_figure_is_drawn_by_its_name(agf, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    outcome = agf("plot", "gallery", "utility")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == "utility.svg: A coordinate that returns with the opposite sign\n"
    assert (tmp_path / "utility.svg").read_bytes().startswith(b"<?xml")
    assert agf("plot", "gallery", "utility", "--quiet", "--out", tmp_path / "f.png") == type(outcome)(0, "", "")
    assert (tmp_path / "f.png").exists()


def test_without_a_name_the_figures_are_listed_with_their_commands(agf):
    outcome = agf("plot", "gallery")
    assert outcome.status == 0
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert all(f"\n{figure.name}: {figure.title}\n" in f"\n{outcome.out}" for figure in GALLERY)
    pasted = " ".join(outcome.out.replace("\\\n", "").split())
    assert all(f" agf plot {figure.command}" in pasted for figure in GALLERY)


def test_a_name_that_is_none_is_answered_with_those_there_are(complaint):
    assert complaint("plot", "gallery", "figure-7").startswith("unknown figure 'figure-7'; known: figure-3, figure-4")
    assert "the name of a figure is required" in complaint("plot", "gallery", "--out", "f.svg")
