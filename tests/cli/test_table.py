import csv
import io
import json
import os
import subprocess
import sys
from fractions import Fraction

import pytest

from agf_theory.cli import diagonal, main
from agf_theory.cli.methods import Method
from agf_theory.errors import HypothesisNotMet
from agf_theory.tables import FORMATS
from agf_theory.tables.characters import cell_len

ONE = ("--problem", "one-coordinate")


@pytest.fixture
def without_correction(monkeypatch):
    def refuse(request, scale):
        raise HypothesisNotMet("two coordinates join at once")

    method = Method("meaning", True, refuse)
    monkeypatch.setitem(diagonal.METHODS, "corrected", method)


def test_the_limit_alone_needs_no_scale(agf):
    outcome = agf("table", "diagonal", "--problem", "deactivation-2d")
    assert outcome.status == 0
    lines = outcome.out.splitlines()
    assert lines[-4].split() == ["0", "2.31110"]
    assert [line.split()[3:] for line in lines[-3:]] == [["+x1"], ["+x2", "−x1"], ["+x1"]]


def test_a_file_of_the_readers_own(agf, table_csv):
    outcome = agf("table", "diagonal", "--data", table_csv, "--target", "outcome", "--exact", "--format", "json")
    document = json.loads(outcome.out)
    assert document["problem"]["names"] == ["age", "bmi"]
    times = [Fraction(row["times"]["pf"]) for row in document["rows"]]
    # X'y/n = ((1 + 0)/3, (3 + 0)/3): bmi jumps when its gradient has been 1 for one unit of time.
    assert times[0] == 1
    assert document["rows"][0]["entered"] == ["bmi"]
    assert document["rows"][0]["saddle"] == {"bmi": "12/5"}
    assert document["options"] == {"alphas": [], "convention": "paper", "methods": ["pf"], "exact": True}


def test_an_archive_with_its_own_names(agf, tmp_path):
    import numpy as np

    np.savez(tmp_path / "d.npz", X=[[1.0, 0.0], [0.0, 1.0]], y=[1.0, 3.0], z=[3.0, 1.0], names=["left", "right"])
    first = [
        json.loads(agf("table", "diagonal", "--data", tmp_path / "d.npz", *more, "--format", "json").out)["rows"][0][
            "entered"
        ]
        for more in ((), ("--target", "z"))
    ]
    assert first == [["right"], ["left"]]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_printed_and_written_alike(agf, tmp_path, form):
    printed = agf("table", "diagonal", *ONE, "--format", form)
    assert printed.status == 0
    written = agf("table", "diagonal", *ONE, "--format", form, "--out", tmp_path / "result")
    assert (written.status, written.out) == (0, "")
    assert (tmp_path / "result").read_text(encoding="utf-8") == printed.out


@pytest.mark.parametrize(
    ("ending", "start"),
    [
        (".json", "{"),
        (".csv", "alpha,"),
        (".tex", "%"),
        (".md", "###"),
        (".html", "<!"),
        (".txt", "diagonal"),
        (".dat", "diagonal"),
    ],
)
def test_the_ending_of_the_file_chooses_the_format(agf, tmp_path, ending, start):
    agf("table", "diagonal", *ONE, "--out", tmp_path / f"t{ending}")
    assert (tmp_path / f"t{ending}").read_text(encoding="utf-8").startswith(start)


def test_real_data_fit_eighty_columns(agf):
    outcome = agf("table", "diagonal", "--dataset", "diabetes", "--standardize")
    assert outcome.status == 0
    assert max(map(cell_len, outcome.out.splitlines())) <= 80
    assert "n = 442, d = 10, standardised" in outcome.out
    assert "+s2 −s3" in outcome.out


def test_the_zoo_can_be_standardised(agf):
    plain, scaled = (
        agf("table", "diagonal", "--problem", "deactivation-2d", *more).out for more in ((), ("--standardize",))
    )
    assert "standardised" in scaled
    assert "standardised" not in plain
    assert plain.splitlines()[-1] != scaled.splitlines()[-1]


def test_four_methods_side_by_side_one_block_a_scale(agf):
    outcome = agf(
        "table", "diagonal", "--problem", "deactivation-2d", "--alpha", "1e-8", "--alpha", "1e-1000", "--format", "csv"
    )
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    assert [row["alpha"] for row in rows] == ["1e-8"] * 3 + ["1e-1000"] * 3
    for row in rows:
        limit, alternating = float(row["time_pf"]), float(row["time_agf"])
        assert alternating == pytest.approx(limit, rel=1e-12)
        # The error is a power of alpha; its exponent, about 0.6 here, is set by the shortest plateau.
        tolerance = 1e-4 if row["alpha"] == "1e-8" else 1e-9
        assert float(row["time_gf"]) == pytest.approx(float(row["time_corrected"]), rel=tolerance)
        assert abs(float(row["time_gf"]) / limit - 1) < (0.4 if row["alpha"] == "1e-8" else 4e-3)


def test_a_scale_given_twice_is_computed_once(agf):
    outcome = agf(
        "table", "diagonal", *ONE, "--alpha", "1e-8", "--alpha", "0.00000001", "--methods", "agf", "--format", "json"
    )
    assert [row["alpha"] for row in json.loads(outcome.out)["rows"]] == ["1e-8"]


def test_the_limit_is_not_repeated_for_every_scale(agf):
    outcome = agf(
        "table", "diagonal", *ONE, "--alpha", "1e-8", "--alpha", "1e-9", "--methods", "pf", "--format", "json"
    )
    assert [row["alpha"] for row in json.loads(outcome.out)["rows"]] == [None]


def test_methods_keep_the_order_asked_for(agf):
    outcome = agf("table", "diagonal", *ONE, "--alpha", "1e-8", "--methods", "agf, pf,agf")
    assert "\njump       agf        pf" in outcome.out


def test_the_convention_changes_the_clock_of_agf(agf):
    times = {}
    for convention in ("paper", "slides"):
        outcome = agf(
            "table",
            "diagonal",
            *ONE,
            "--alpha",
            "1e-2",
            "--methods",
            "agf",
            "--convention",
            convention,
            "--format",
            "json",
        )
        (row,) = json.loads(outcome.out)["rows"]
        times[convention] = row["times"]["agf"]
    # rho of the slides is 1 + log 2/(2 log(1/alpha)) to first order, that of the paper 1 to order alpha^4.
    assert times["slides"] / times["paper"] == pytest.approx(1 + 0.6931 / (2 * 4.6052), rel=1e-3)


def test_exact_gives_rationals_and_balls(agf):
    outcome = agf(
        "table",
        "diagonal",
        "--problem",
        "two-leavers",
        "--alpha",
        "0.6",
        "--methods",
        "pf,agf",
        "--exact",
        "--format",
        "json",
    )
    rows = json.loads(outcome.out)["rows"]
    assert [row["times"]["pf"] for row in rows] == ["3/7", "4/7", "19/27", "127/27"]
    assert [row["loss"] for row in rows] == ["19/12", "27/20", "1/12", "0"]
    for row in rows:
        assert set(row["times"]["agf"]) == {"midpoint", "radius"}
        assert float(row["times"]["agf"]["radius"]) < 1e-30


def test_a_method_that_does_not_apply_leaves_its_place_to_the_others(agf, without_correction):
    outcome = agf("table", "diagonal", *ONE, "--alpha", "1e-8", "--methods", "pf,corrected")
    assert outcome.status == 0
    assert "- corrected: no result: two coordinates join at once" in outcome.out
    assert outcome.out.splitlines()[-2].split() == ["1", "0.285714", "—", "0.0500000", "+x1"]


def test_if_no_method_applies_the_reason_is_the_complaint(complaint, without_correction):
    assert (
        complaint("table", "diagonal", *ONE, "--alpha", "1e-8", "--methods", "corrected")
        == "two coordinates join at once"
    )


FOREIGN = "größe,中,outcome\n1,0,1\n0,1,3\n"


@pytest.mark.parametrize(
    ("encoding", "form"),
    [
        ("ascii", "text"),
        ("latin-1", "text"),
        ("ascii", "json"),
        ("ascii", "csv"),
        ("latin-1", "html"),
        ("utf-8", "text"),
    ],
)
def test_no_encoding_of_standard_output_is_too_poor(table_csv, encoding, form, monkeypatch, capsys):
    table_csv.write_text(FOREIGN, encoding="utf-8")
    written = io.BytesIO()
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding=encoding))
    status = main(["table", "diagonal", "--data", str(table_csv), "--target", "outcome", "--format", form])
    sys.stdout.flush()
    assert (status, capsys.readouterr().err) == (0, "")
    text = written.getvalue().decode(encoding)
    if form == "json":
        assert json.loads(text)["problem"]["names"] == ["größe", "中"]
    if encoding == "ascii" and form == "text":
        assert r"+\u4e2d" in text


def test_the_encoding_of_a_process_may_be_poor_too(table_csv):
    table_csv.write_text(FOREIGN, encoding="utf-8")
    program = "import sys; from agf_theory.cli import main; sys.exit(main())"
    run = subprocess.run(
        [sys.executable, "-c", program, "table", "diagonal", "--data", table_csv, "--target", "outcome"],
        env={**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "80"},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, b"")
    assert r"+\u4e2d" in run.stdout.decode("ascii")
