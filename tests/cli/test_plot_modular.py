import pytest

from agf_theory.cli import modular
from agf_theory.cli.methods import Method
from agf_theory.errors import HypothesisNotMet

PARITY = ("plot", "modular", "--problem", "parity")
MAGIC = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}


@pytest.fixture(scope="module")
def flow():
    from agf_theory.numeric.modular import gradient_flow
    from agf_theory.problems import InitScale, ModularAddition, zoo

    return gradient_flow(zoo.get("parity", ModularAddition), InitScale("1e-2"))


@pytest.fixture
def drawn(monkeypatch, flow):
    """The figure and its content; the flow is integrated once for all tests."""
    from agf_theory import figures

    seen = []
    original = figures.fourier_figure

    def spy(content):
        seen.append((content, original(content)))
        return seen[-1][-1]

    monkeypatch.setattr(figures, "fourier_figure", spy)
    monkeypatch.setitem(modular.METHODS, "gf", Method("the flow", True, lambda request, scale: flow))
    return seen


@pytest.mark.parametrize("kind", MAGIC)
def test_the_ending_chooses_the_format(agf, tmp_path, drawn, kind):
    outcome = agf(*PARITY, "--alpha", "1e-2", "--out", tmp_path / f"f.{kind}")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == f"{tmp_path / f'f.{kind}'}: Addition modulo 2\n"
    assert (tmp_path / f"f.{kind}").read_bytes().startswith(MAGIC[kind])


def test_the_figure_shows_powers_predictions_outputs_and_weights(agf, tmp_path, drawn):
    assert agf(*PARITY, "--alpha", "1e-2", "--out", tmp_path / "f.svg").status == 0
    ((content, figure),) = drawn
    assert set(content.predictions) == {"formula", "bound"}
    assert [output.label for output in content.outputs] == ["start", "end"]
    assert content.outputs[1].values == pytest.approx([1, -1], abs=0.05)
    assert content.portrait.powers.shape == (2, 1)
    labels = [axes.get_ylabel() for axes in figure.axes]
    assert r"output power $\mathbb{E}\|f^{(\xi)}\|^2$" in labels
    assert "answer to (0, 0)" in labels
    assert r"$s_u+s_v$" in labels
    legend = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    assert legend == ["gradient flow", "formula", "lower bound"]


def test_without_a_scale_the_staircase_is_drawn(agf, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    outcome = agf("plot", "modular", "--problem", "three-frequencies")
    assert (outcome.status, outcome.out) == (0, "modular.svg: Addition modulo 20, three frequencies\n")
    assert (tmp_path / "modular.svg").exists()


def test_a_figure_is_of_one_scale(complaint):
    line = complaint(*PARITY, "--alpha", "1e-2", "--alpha", "1e-3")
    assert line == "--alpha: one scale a figure is required, whose weights are drawn, got 1e-2, 1e-3"


def test_a_prediction_that_cannot_be_made_is_left_out_and_said(agf, tmp_path, drawn, monkeypatch):
    def refuse(request, scale):
        raise HypothesisNotMet("a centred template is needed")

    monkeypatch.setitem(modular.METHODS, "formula", Method("meaning", False, refuse))
    outcome = agf(*PARITY, "--alpha", "1e-2", "--out", tmp_path / "f.svg")
    assert outcome.status == 0
    assert outcome.err == "agf: formula is not drawn: a centred template is needed\n"
    assert set(drawn[0][0].predictions) == {"bound"}


def test_a_template_with_a_mean_has_no_staircase(complaint):
    assert "blow-up times need a centred template" in complaint("plot", "modular", "--problem", "raw-one-hot")


def test_an_ending_that_is_no_figure_is_refused_before_anything_is_integrated(complaint):
    assert "written as svg, png, pdf" in complaint(*PARITY, "--alpha", "1e-2", "--out", "f.jpg")
