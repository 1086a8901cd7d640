import pytest

from agf_theory.cli import diagonal
from agf_theory.cli.methods import Method
from agf_theory.errors import HypothesisNotMet, UndecidedError

ONE = ("--problem", "one-coordinate")
MAGIC = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}


def refusing(error):
    def refuse(request, scale):
        raise error

    return Method("meaning", True, refuse)


@pytest.mark.parametrize("kind", MAGIC)
def test_the_ending_chooses_the_format(agf, tmp_path, kind):
    outcome = agf("plot", "diagonal", *ONE, "--out", tmp_path / f"f.{kind}")
    assert outcome.status == 0
    assert outcome.out.startswith(f"{tmp_path / f'f.{kind}'}: ")
    assert (tmp_path / f"f.{kind}").read_bytes().startswith(MAGIC[kind])


def test_without_out_the_figure_is_named_after_the_system(agf, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert agf("plot", "diagonal", *ONE).status == 0
    assert (tmp_path / "diagonal.svg").exists()


@pytest.fixture
def drawn(monkeypatch):
    """What the figure was asked to show."""
    from agf_theory import figures

    seen = []
    original = figures.jump_figure

    def spy(limit, scales, **options):
        seen.append((limit, scales))
        return original(limit, scales, **options)

    monkeypatch.setattr(figures, "jump_figure", spy)
    return seen


def test_scales_are_drawn_from_the_largest_with_flow_and_corrected_jumps(agf, tmp_path, drawn):
    outcome = agf("plot", "diagonal", *ONE, "--alpha", "1e-8", "--alpha", "1e-2", "--out", tmp_path / "f.svg")
    assert (outcome.status, outcome.err) == (0, "")
    ((limit, scales),) = drawn
    assert [scale.alpha for scale in scales] == ["1e-2", "1e-8"]
    assert all(scale.flow is not None and set(scale.predictions) == {"corrected"} for scale in scales)
    assert limit.method == "pesme_flammarion"


def test_methods_choose_what_is_drawn_beside_the_limit(agf, tmp_path, drawn):
    agf("plot", "diagonal", *ONE, "--alpha", "1e-8", "--methods", "agf", "--out", tmp_path / "f.svg")
    ((_, (scale,)),) = drawn
    assert scale.flow is None
    assert set(scale.predictions) == {"agf"}


def test_a_method_that_does_not_apply_is_left_out_with_a_warning(agf, tmp_path, monkeypatch, drawn):
    monkeypatch.setitem(diagonal.METHODS, "corrected", refusing(HypothesisNotMet("two join at once")))
    outcome = agf("plot", "diagonal", *ONE, "--alpha", "1e-8", "--out", tmp_path / "f.svg")
    assert outcome.status == 0
    assert outcome.err == "agf: corrected at alpha = 1e-8 is not drawn: two join at once\n"
    ((_, (scale,)),) = drawn
    assert scale.predictions == {}


def test_without_the_limit_there_is_no_figure(complaint, monkeypatch):
    refused = Method("meaning", False, refusing(UndecidedError("near tie")).compute)
    monkeypatch.setitem(diagonal.METHODS, "pf", refused)
    assert complaint("plot", "diagonal", *ONE, "--alpha", "1e-8", "--methods", "gf") == "near tie"
