import pytest

from agf_theory.cli import linear
from agf_theory.cli.methods import Method
from agf_theory.errors import UndecidedError

REVERSED = ("plot", "linear", "--problem", "reversed")
MAGIC = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}


@pytest.fixture
def drawn(monkeypatch):
    """What the figure was asked to show, and the figure."""
    from agf_theory import figures

    seen = []
    original = figures.jump_figure

    def spy(limit, scales, **options):
        seen.append((limit, scales, original(limit, scales, **options)))
        return seen[-1][-1]

    monkeypatch.setattr(figures, "jump_figure", spy)
    return seen


@pytest.mark.parametrize("kind", MAGIC)
def test_the_ending_chooses_the_format(agf, tmp_path, kind):
    outcome = agf(*REVERSED, "--out", tmp_path / f"f.{kind}")
    assert (outcome.status, outcome.err) == (0, "")
    assert (tmp_path / f"f.{kind}").read_bytes().startswith(MAGIC[kind])


def test_without_out_the_figure_is_named_after_the_system(agf, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert agf(*REVERSED).status == 0
    assert (tmp_path / "linear.svg").exists()


def test_the_figure_shows_limit_recursion_and_flow(agf, tmp_path, drawn):
    outcome = agf(*REVERSED, "--alpha", "1e-20", "--alpha", "1e-8", "--out", tmp_path / "f.svg")
    assert (outcome.status, outcome.err) == (0, "")
    ((limit, scales, figure),) = drawn
    assert limit.saddles.tolist() == [[0.5, 0], [2, 0.5]]
    assert [scale.alpha for scale in scales] == ["1e-8", "1e-20"]
    legend = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    assert legend[:2] == [r"limit $\alpha\to0$", "recursion"]
    assert legend[-1] == "flow's jump"
    assert figure.axes[1].get_ylabel() == r"singular values of $AW$"


def test_where_the_recursion_is_right_it_is_not_drawn_twice(agf, tmp_path, drawn):
    agf("plot", "linear", "--problem", "co-ordered", "--out", tmp_path / "f.svg")
    ((_, _, figure),) = drawn
    assert len(figure.axes[0].get_legend().get_texts()) == 1


def test_a_problem_without_signal_is_drawn(agf, tmp_path):
    assert agf("plot", "linear", "--problem", "no-signal", "--alpha", "1e-8", "--out", tmp_path / "f.svg").status == 0


def test_a_method_that_has_no_answer_is_left_out_with_a_warning(agf, tmp_path, monkeypatch):
    def refuse(request, scale):
        raise UndecidedError("a coupling in doubt")

    monkeypatch.setitem(linear.METHODS, "recursion", Method("meaning", False, refuse))
    outcome = agf(*REVERSED, "--out", tmp_path / "f.svg")
    assert outcome.status == 0
    assert outcome.err == "agf: recursion is not drawn: a coupling in doubt\n"
