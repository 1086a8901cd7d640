import pytest

TWO = ("plot", "diagonal", "--problem", "deactivation-2d")


@pytest.fixture
def drawn(monkeypatch):
    """The figures."""
    from agf_theory import figures

    seen = []
    original = figures.jump_figure

    def spy(limit, scales, **options):
        seen.append(original(limit, scales, **options))
        return seen[-1]

    monkeypatch.setattr(figures, "jump_figure", spy)
    return seen


def labels(figure):
    return [axes.get_ylabel() for axes in figure.axes]


def test_show_chooses_the_panels(agf, tmp_path, drawn):
    outcome = agf(*TWO, "--alpha", "1e-8", "--show", "phase, utilities", "--out", tmp_path / "f.svg")
    assert (outcome.status, outcome.err) == (0, "")
    assert labels(drawn[0]) == [r"accumulated utility $\mathcal{S}_i/c_i$", "β (x2)"]


def test_coefficients_name_the_two_of_a_portrait(agf, tmp_path, drawn):
    wide = ("plot", "diagonal", "--problem", "gaussian", "--show", "phase")
    outcome = agf(*wide, "--coefficients", "x3,x1", "--out", tmp_path / "f.svg")
    assert (outcome.status, outcome.err) == (0, "")
    (axes,) = drawn[0].axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("β (x3)", "β (x1)")
    assert "least" in axes.get_legend().get_texts()[-1].get_text()


def test_linear_networks_show_utilities_of_effective_neurons(agf, tmp_path, drawn):
    outcome = agf(
        *("plot", "linear", "--problem", "reversed", "--alpha", "1e-8"),
        *("--show", "singular-values,utilities", "--out", tmp_path / "f.svg"),
    )
    assert (outcome.status, outcome.err) == (0, "")
    assert [text.get_text() for text in drawn[0].axes[1].texts] == ["θ₂", "θ₁"]


def test_neurons_that_start_active_are_left_out_with_a_warning(agf, tmp_path, drawn):
    outcome = agf(*TWO, "--alpha", "0.9", "--methods", "gf", "--show", "utilities", "--out", tmp_path / "f.svg")
    assert outcome.status == 0
    assert outcome.err.startswith("agf: utilities at alpha = 0.9 are not drawn: ")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ("--show", "loss,power"),
            "--show takes loss, coefficients, excess, utilities, phase, comma-separated, got 'power'",
        ),
        (
            ("--show", ","),
            "--show needs some of loss, coefficients, excess, utilities, phase, comma-separated, got ','",
        ),
        (("--coefficients", "x1,x2"), "--coefficients names the two of a phase portrait: add --show phase"),
        (
            ("--show", "phase", "--coefficients", "x1,x1"),
            "--coefficients: two different names are required, got 'x1,x1'",
        ),
        (("--show", "phase", "--coefficients", "x1,y"), "--coefficients: names of x1, x2 are required, got 'y'"),
    ],
)
def test_a_wrong_choice_is_one_line(complaint, arguments, line):
    assert complaint(*TWO, *arguments) == line


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        ("one-coordinate", "--show phase: two coefficients are required, got d = 1; leave phase out"),
        (
            "gaussian",
            "--show phase: two coefficients are required, got d = 5; name two of them, --coefficients x1,x2",
        ),
    ],
)
def test_a_portrait_without_two_coefficients_is_one_line(complaint, problem, line):
    assert complaint("plot", "diagonal", "--problem", problem, "--show", "phase") == line


def test_tables_have_no_option_of_figures(complaint):
    line = complaint("table", "diagonal", "--problem", "gaussian", "--coefficients", "x1,x2")
    assert "--coefficients" in line
