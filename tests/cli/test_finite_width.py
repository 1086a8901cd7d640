import json

import pytest

from agf_theory.cli.width_sweep import sweep_row
from agf_theory.errors import IntegrationFailed
from agf_theory.problems import OneDimensionalNetwork

SWEEP = ("table", "finite-width", "--widths", "20,2,10", "--exponents", "1/2,0,1")


def rows(agf, *arguments):
    outcome = agf(*arguments, "--format", "json")
    assert (outcome.status, outcome.err) == (0, "")
    return json.loads(outcome.out)


def test_a_sweep_has_a_row_a_width_and_what_is_predicted_is_measured(agf):
    table = rows(agf, *SWEEP)
    assert table["schema"] == "agf-theory/quantity-table"
    assert [row["name"] for row in table["rows"]] == ["2", "10", "20"]
    for row in table["rows"]:
        for name in ("kernel_ratio", "cosine_end", "half_time"):
            assert row[f"{name}_flow"] == pytest.approx(row[name], rel=1e-6), name
        for name in ("rescaling", "alignment", "disalignment"):
            assert row[f"{name}_flow"] == pytest.approx(row[name], abs=2e-3), name
    assert table["problem"]["phase"] == "kernel, Λ ~ H^E with E = 1/2"
    assert any("the layers turn all the same" in note for note in table["notes"])


@pytest.mark.parametrize(
    ("exponents", "phase"), [("1", "feature learning"), ("3/2,0", "saddle"), ("0,0,0,1,-1", "kernel")]
)
def test_the_phase_goes_by_the_exponent(agf, exponents, phase):
    assert rows(agf, "table", "finite-width", "--widths", 3, "--exponents", exponents)["problem"]["phase"].startswith(
        phase
    )


def test_the_table_fits_the_terminal_and_repeats_the_widths_in_each_part(agf):
    outcome = agf(*SWEEP)
    assert outcome.status == 0
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert sum(line.startswith("20  ") for line in outcome.out.splitlines()) >= 3


def test_a_given_network_is_a_table_of_one_row(agf):
    table = rows(agf, "table", "finite-width", "--u", "10,0", "--v", "0,1/10")
    (row,) = table["rows"]
    assert (row["name"], round(row["kernel_ratio"], 4), round(row["cosine_end"], 6)) == ("2", 1.0002, 0.707107)


def test_an_output_that_rests_is_said_to_rest(agf):
    table = rows(agf, "table", "finite-width", "--u", "1", "--v", "1")
    assert table["rows"][0]["rescaling"] is None
    assert table["notes"] == ["the output rests: it has no way to share"]


def test_where_the_flow_fails_the_predictions_stand(monkeypatch):
    from agf_theory.numeric import finite_width

    def fail(*_):
        raise IntegrationFailed("too many steps")

    monkeypatch.setattr(finite_width, "gradient_flow", fail)
    row = sweep_row(OneDimensionalNetwork([1], ["1/2"]))
    assert (row.flow, row.reason, row.measured_half_time) == (None, "too many steps", None)
    assert row.values.cosine_end == 1.0


@pytest.mark.parametrize(
    "arguments",
    [
        ("--widths", "3"),
        pytest.param(("--widths", "3,10"), marks=pytest.mark.survey),
        pytest.param(("--problem", "line-sign-change"), marks=pytest.mark.survey),
        pytest.param(("--problem", "line-balanced-and-opposed"), marks=pytest.mark.survey),
    ],
)
def test_the_figure_is_drawn(agf, tmp_path, arguments):
    outcome = agf("plot", "finite-width", *arguments, "--out", tmp_path / "f.svg")
    assert (outcome.status, outcome.err) == (0, "")
    assert (tmp_path / "f.svg").read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize("verb", ["table", "plot"])
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "exactly one of --problem NAME, --widths LIST and --u LIST is required, got none of them"),
        (("--widths", "10", "--u", "1"), "exactly one of"),
        (("--widths", "0,10"), "--widths: whole numbers from 1 to 100000 are required, got 0"),
        (("--widths", "2.5"), "--widths: whole numbers"),
        (("--widths", "ten"), "--widths, entry 1"),
        (("--widths", "1,2,3,4,5,6,7,8,9,10,11"), "--widths: at most 10"),
        (("--widths", "3", "--exponents", "1,2,3,4,5,6"), "--exponents: at most five"),
        (("--widths", "3", "--exponents", "9"), "--exponents: numbers from -4 to 4"),
        (("--widths", "3", "--rates", "1,1"), "--rates goes with --u, got it with --widths"),
        (("--u", "1,2"), "--u: --v LIST is required too"),
        (("--u", "1,2", "--v", "1"), "v0"),
        (("--u", "1", "--v", "1", "--gamma", "1,2"), "--gamma: one number is required, got 2"),
        (("--u", "1", "--v", "1", "--rates", "1"), "rates"),
        (("--u", "1", "--v", "1", "--seed", "3"), "--seed goes with --widths"),
        (("--problem", "line-rotation", "--target", "1"), "--target goes with --widths or --u"),
        (("--problem", "line-rotatoin"), "line-rotation"),
        (("--widths", "3", "--alpha", "1"), "--alpha"),
    ],
)
def test_bad_input_is_one_clear_line(complaint, verb, arguments, said):
    assert said in complaint(verb, "finite-width", *arguments)


def test_a_figure_of_an_output_that_rests_is_refused(complaint):
    assert "needs an output that moves" in complaint("plot", "finite-width", "--u", "1", "--v", "1")
