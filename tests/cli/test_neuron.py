"""`agf table neuron` and `agf plot neuron`."""

import csv
import io
import json

import pytest

from agf_theory.cli.systems import QUANTITY_SYSTEMS
from agf_theory.tables import FORMATS

SWEEP = ("--delta", "-10,0,10")


def test_predictions_and_flow_agree_over_a_sweep(agf):
    outcome = agf("table", "neuron", *SWEEP, "--format", "json")
    assert outcome.status == 0, outcome.err
    document = json.loads(outcome.out)
    assert [row["name"] for row in document["rows"]] == ["-10", "0", "10"]
    assert [row["regime"] for row in document["rows"]] == ["delayed rich", "rich", "lazy"]
    for row in document["rows"]:
        assert row["end"] == "+"
        assert row["half_time_flow"] == pytest.approx(row["half_time"], rel=1e-6)
        assert row["half_time_asymptotic"] == pytest.approx(row["half_time"], rel=0.03)
        assert row["kernel_change_flow"] == pytest.approx(row["kernel_change"], rel=1e-6)


def test_the_table_fits_a_terminal_and_every_format(agf):
    lines = agf("table", "neuron", "--delta", "-4,1/3,100").out.splitlines()
    assert max(map(len, lines)) <= 80
    assert any(line.split()[:2] == ["δ", "χ"] for line in lines)
    for form in FORMATS:
        assert "lazy" in agf("table", "neuron", "--delta", "10", "--format", form).out
    rows = list(csv.DictReader(io.StringIO(agf("table", "neuron", "--delta", "10", "--format", "csv").out)))
    assert float(rows[0]["half_time"]) == pytest.approx(0.069169070304)


def test_the_flow_stands_alone_where_the_closed_forms_do_not_hold(agf):
    document = json.loads(agf("table", "neuron", "--problem", "two-rates", "--format", "json").out)
    (row,) = document["rows"]
    assert row["chi"] is None
    assert row["kernel_change_flow"] > 0
    assert "whitened data" in document["notes"][0]


@pytest.mark.parametrize("name", ["resting-neuron", "nothing-to-learn"])
def test_neurons_that_reach_no_goal_have_a_table_and_a_figure(agf, tmp_path, name):
    assert agf("table", "neuron", "--problem", name).status == 0
    assert agf("plot", "neuron", "--problem", name, "--out", tmp_path / "f.svg").status == 0


def test_a_sweep_is_drawn(agf, tmp_path, monkeypatch):
    from agf_theory.cli import neuron_figure

    monkeypatch.setattr(neuron_figure, "_MAP", (8, 8))
    monkeypatch.setattr(neuron_figure, "_CURVE", 9)
    file = tmp_path / "f.png"
    outcome = agf("plot", "neuron", "--delta", "-1,0,10", "--out", file)
    assert outcome.status == 0, outcome.err
    assert file.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("verb", ["table", "plot"])
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--problem", "saddle-neuron", "--delta", "1"), "--delta"),
        (("--problem", "no-such-neuron"), "no-such-neuron"),
        (("--delta", "1,two"), "--delta, entry 2"),
        (("--delta", ""), "--delta"),
        (("--delta", ",".join(map(str, range(30)))), "at most 25"),
        (("--delta", "1e400"), "delta: zero, or"),
        (("--delta", "1e-5000"), "delta: zero, or"),
        (("--size", "1e400"), "size: from"),
        (("--cosine", "2"), "cosine"),
        (("--cosine", "1/2,1/3"), "--cosine: one number"),
        (("--size", "0"), "size"),
        (("--goal", "nan"), "--goal"),
        (("--inputs", "1"), "inputs"),
        (("--alpha", "1e-3"), "--alpha"),
        (("--out", "no/such/folder/f.svg"), "folder"),
    ],
)
def test_bad_input_is_one_line(complaint, verb, options, expected):
    assert expected in complaint(verb, "neuron", *options)


@pytest.mark.parametrize("name", QUANTITY_SYSTEMS)
def test_a_system_without_jumps_has_no_scale(agf, name):
    assert "--alpha" not in agf("table", name, "--help").out
    assert "--format" in agf("table", name, "--help").out
    assert "--format" not in agf("plot", name, "--help").out


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "doses.csv"
    path.write_text("dose,age,y\n1,1/2,1\n0,1,-0.5\n2,1.5,2.25\n-1,0.25,-1\n", encoding="utf-8")
    return path


def test_your_own_data_stand_alone_and_say_which_closed_forms_are_left_out(agf, file):
    outcome = agf("table", "neuron", "--data", file, "--target", "y", "--a0", "1/10", "--w0", "0.2,-1/10")
    assert outcome.status == 0, outcome.err
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert "whitened data, XᵀX = I, are required" in outcome.out
    assert "left out: χ, the end" in outcome.out
    document = json.loads(
        agf("table", "neuron", "--data", file, "--target", "y", "--a0", "0.1", "--w0", "0.1", "--format", "json").out
    )
    (row,) = document["rows"]
    assert row["loss_end"] == pytest.approx(0.0919436, rel=1e-5)  # least squares: the design has full rank
    assert "chi" not in row


def test_your_own_whitened_data_are_predicted_too(agf, tmp_path):
    path = tmp_path / "white.csv"
    path.write_text("a,b,y\n1,0,1\n0,1,0\n", encoding="utf-8")
    given = ("--data", path, "--target", "y", "--a0", "0.1", "--w0", "0.2")
    (row,) = json.loads(agf("table", "neuron", *given, "--format", "json").out)["rows"]
    assert row["half_time_flow"] == pytest.approx(row["half_time"], rel=1e-6)
    assert agf("plot", "neuron", *given, "--out", tmp_path / "f.svg").status == 0


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--a0", "1"), "--a0 goes with --data FILE"),
        (("--data", "x.npz"), "must be a .csv file"),
        (("--data", "FILE"), "--target is required with --data"),
        (("--data", "FILE", "--target", "y", "--a0", "1"), "--w0 is required"),
        (("--data", "FILE", "--target", "y", "--a0", "1", "--w0", "1,2,3"), "each of the 2 columns"),
        (("--data", "FILE", "--target", "y", "--a0", "1,2", "--w0", "1"), "--a0: one number"),
        (("--data", "FILE", "--target", "y", "--a0", "nan", "--w0", "1"), "--a0, entry 1"),
        (("--data", "FILE", "--target", "y", "--a0", "1", "--w0", "1", "--rates", "0,1"), "a positive learning rate"),
        (("--data", "FILE", "--target", "y", "--a0", "1", "--w0", "1", "--delta", "1"), "--delta: a file has its own"),
        (("--data", "FILE", "--target", "y", "--a0", "1e60", "--w0", "1e60"), "take smaller weights"),
    ],
)
def test_a_file_without_a_start_that_fits_is_one_line_and_status_two(agf, file, options, expected):
    outcome = agf("table", "neuron", *(file if option == "FILE" else option for option in options))
    assert outcome.status == 2
    assert expected in outcome.err
    assert outcome.err.count("\n") == 1
