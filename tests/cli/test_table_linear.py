import csv
import io
import json
from functools import partial

import pytest

from agf_theory.cli import linear
from agf_theory.cli.methods import Method
from agf_theory.errors import HypothesisNotMet, UndecidedError
from agf_theory.numeric.linear import examine_conjecture
from agf_theory.problems import zoo
from agf_theory.tables import FORMATS

REVERSED = ("table", "linear", "--problem", "reversed")


@pytest.fixture
def men(tmp_path):
    path = tmp_path / "men.csv"
    path.write_text("age,dose,weight,pulse\n1,0.1,6,7\n2,0.3,5,1\n0,0.2,1,3\n3,1,2,2\n", encoding="utf-8")
    return path


def rows_of(outcome):
    assert outcome.status == 0, outcome.err
    return json.loads(outcome.out)["rows"]


def test_the_closed_form_and_the_limit_of_the_reversed_problem_part_at_the_first_jump(agf):
    outcome = agf(*REVERSED, "--methods", "limit,recursion,glrl")
    assert outcome.status == 0
    lines = [line.split() for line in outcome.out.splitlines()]
    assert ["1", "0.500000", "—", "taken", "1.00000", "+μ2", "[a]"] in lines
    assert ["2", "1.00000", "—", "taken", "0", "+μ1", "[a]"] in lines
    assert ["—", "—", "0.500000", "—", "0.500000", "+μ1", "[a]"] in lines
    assert ["—", "—", "0.750000", "—", "0", "+μ2", "[a]"] in lines
    assert "[a] recursion: takes jumps 1–2 of limit in another order: +μ1, then +μ2" in outcome.out


def test_without_a_scale_the_methods_are_those_of_the_limit(agf):
    outcome = agf(*REVERSED)
    heads = [line.split() for line in outcome.out.splitlines() if line.startswith("jump")]
    assert heads == [["jump", "limit", "recursion", "glrl", "loss", "who"]]
    assert "no time could be read off" not in outcome.out
    assert "- glrl: greedy low-rank learning has an order and levels, no times" in outcome.out


def test_flow_and_alternating_flows_at_a_scale(agf):
    rows = rows_of(agf(*REVERSED, "--alpha", "1e-20", "--methods", "limit,gf", "--format", "json"))
    assert [row["entered"] for row in rows] == [["μ2"], ["μ1"]]
    for row, limit in zip(rows, (0.5, 1.0), strict=True):
        assert row["times"]["limit"] == limit
        assert abs(row["times"]["gf"] - limit) < 2 / 46.05  # O(1)/log(1/alpha)


def test_every_problem_of_the_zoo_has_a_table_of_80_columns(agf):
    for name in zoo.names("linear"):
        outcome = agf("table", "linear", "--problem", name, "--methods", "limit,recursion")
        assert outcome.status == 0, outcome.err
        assert max(map(len, outcome.out.splitlines())) <= 80


def test_five_methods_fit_80_columns(agf):
    outcome = agf("table", "linear", "--problem", "irreducible", "--alpha", "1e-20")
    assert outcome.status == 0
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert "agf" in outcome.out


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_made(agf, form):
    outcome = agf(*REVERSED, "--format", form)
    assert outcome.status == 0
    assert "recursion" in outcome.out


def test_a_method_without_times_is_null_in_json_and_empty_in_csv(agf):
    rows = rows_of(agf(*REVERSED, "--methods", "limit,glrl", "--format", "json"))
    assert [(row["times"]["glrl"], row["jumps"]["glrl"]) for row in rows] == [(None, 1), (None, 2)]
    written = list(csv.DictReader(io.StringIO(agf(*REVERSED, "--methods", "limit,glrl", "--format", "csv").out)))
    assert [(row["time_glrl"], row["jump_glrl"], row["time_limit"]) for row in written] == [
        ("", "1", "0.5"),
        ("", "2", "1.0"),
    ]


def test_columns_of_the_readers_own_file(agf, men):
    outcome = agf(
        "table", "linear", "--data", men, "--targets", "weight, pulse", "--methods", "limit", "--format", "json"
    )
    document = json.loads(outcome.out)
    assert (
        document["problem"] | {"c": 2, "d": 2, "H": 2, "source": "men.csv, targets weight, pulse"}
        == document["problem"]
    )
    assert document["options"] == {"alphas": [], "methods": ["limit"], "seed": 0, "exact": False, "verdict": False}
    assert len(document["rows"]) == 2


def test_a_column_name_with_a_comma_is_quoted(agf, men):
    men.write_text(men.read_text().replace("pulse", '"pulse, at rest"'))
    outcome = agf("table", "linear", "--data", men, "--targets", '"pulse, at rest",weight', "--methods", "limit")
    assert outcome.status == 0, outcome.err


def test_a_data_set_with_all_its_targets_standardised(agf):
    outcome = agf("table", "linear", "--dataset", "linnerud", "--standardize", "--methods", "limit")
    assert outcome.status == 0
    assert "c = 3, d = 3, H = 3, rank = 3, standardised" in outcome.out


def test_a_narrow_network_ends_at_the_best_map_of_its_rank(agf):
    outcome = agf("table", "linear", "--problem", "irreducible", "--width", "2", "--methods", "limit")
    assert "H = 2, rank = 3" in outcome.out
    assert "undecided" not in outcome.out


def test_a_narrow_network_at_another_saddle_is_undecided(agf):
    outcome = agf("table", "linear", "--problem", "reversed", "--width", "1", "--methods", "limit")
    assert "- limit: stops undecided before jump 2" in outcome.out


def test_the_seed_chooses_the_start(agf):
    times = [
        rows_of(agf(*REVERSED, "--alpha", "1e-8", "--methods", "gf", "--seed", seed, "--format", "json"))[0]["times"][
            "gf"
        ]
        for seed in (1, 1, 2)
    ]
    assert times[0] == times[1] != times[2]


@pytest.mark.parametrize("error", [UndecidedError("a coupling in doubt"), HypothesisNotMet("moments do not commute")])
def test_a_method_that_has_no_answer_says_why_and_leaves_its_place(agf, monkeypatch, error):
    def refuse(request, scale):
        raise error

    monkeypatch.setitem(linear.METHODS, "limit", Method("meaning", False, refuse))
    outcome = agf(*REVERSED, "--methods", "limit,recursion")
    assert outcome.status == 0
    assert f"- limit: no result: {error}" in outcome.out
    assert agf(*REVERSED, "--methods", "limit").status == 2


def test_the_recursion_is_put_to_the_test_on_request(agf, monkeypatch):
    one_seed = partial(examine_conjecture, seeds=(0,))
    monkeypatch.setattr("agf_theory.numeric.linear.examine_conjecture", one_seed)
    outcome = agf(*REVERSED, "--methods", "limit,recursion", "--verdict")
    assert outcome.status == 0
    said = " ".join(outcome.out.split())
    assert "- recursion: put to the test of gradient flow: disagrees: slopes and levels are others" in said


def test_a_verdict_is_about_the_recursion(complaint):
    expected = "--verdict is about the recursion: add it to --methods, got 'limit,glrl'"
    assert complaint(*REVERSED, "--methods", "limit,glrl", "--verdict") == expected


def test_a_test_without_a_verdict_says_why(agf, monkeypatch):
    def refuse(problem):
        raise UndecidedError("a coupling in doubt")

    monkeypatch.setattr("agf_theory.numeric.linear.examine_conjecture", refuse)
    outcome = agf(*REVERSED, "--methods", "recursion", "--verdict")
    assert "put to the test of gradient flow: no verdict: a coupling in doubt" in " ".join(outcome.out.split())


def test_refined_times_are_those_of_the_flow_where_the_moments_commute(agf):
    rows = rows_of(
        agf(
            "table",
            "linear",
            "--problem",
            "whitened",
            "--alpha",
            "1e-20",
            "--methods",
            "refined,gf",
            "--format",
            "json",
        )
    )
    for row in rows:
        assert row["times"]["refined"] == pytest.approx(row["times"]["gf"], abs=1e-5)


def test_refined_times_need_moments_that_commute(agf):
    outcome = agf("table", "linear", "--problem", "irreducible", "--alpha", "1e-8", "--methods", "limit,refined")
    assert outcome.status == 0
    assert "- refined: no result: refined jump times need commuting moments" in outcome.out


def test_exact_gives_rationals_where_they_are_and_balls_elsewhere(agf):
    rows = rows_of(agf(*REVERSED, "--methods", "recursion", "--exact", "--format", "json"))
    assert [(row["times"]["recursion"], row["loss"]) for row in rows] == [("1/2", "1/2"), ("3/4", "0")]
    rows = rows_of(
        agf("table", "linear", "--problem", "greedy-differs", "--methods", "limit", "--exact", "--format", "json")
    )
    assert [row["entered"] for row in rows] == [["μ1"], ["μ3"], ["μ2"]]
    assert all(float(row["times"]["limit"]["radius"]) < 1e-12 for row in rows)
    assert float(rows[1]["times"]["limit"]["midpoint"]) == pytest.approx(1 / 1.4, abs=1e-12)


def test_exactly_equal_growth_is_one_jump_of_two_modes(agf):
    rows = rows_of(
        agf("table", "linear", "--problem", "repeated-growth", "--methods", "limit", "--exact", "--format", "json")
    )
    assert [(row["times"]["limit"], len(row["entered"])) for row in rows] == [("1/2", 2), ("1", 1)]


BAD = [
    ([], "exactly one of --data FILE, --dataset NAME and --problem NAME is required, got none"),
    (["--data", "men.csv"], "--targets LIST is required, the columns to predict"),
    (["--data", "men.csv", "--targets", "height"], "no column 'height' to be the target"),
    (["--data", "men.csv", "--targets", "weight,hight"], "no column 'hight' to be a target"),
    (["--data", "men.csv", "--targets", "weight,weight"], "columns that differ are required, got 'weight' twice"),
    (["--data", "men.csv", "--targets", "age,dose,weight,pulse"], "a column besides the targets is required"),
    (["--data", "men.csv", "--targets", " , "], "at least one column name is required"),
    (["--data", "men.csv", "--targets", '"weight'], "--targets: column names separated by commas are required"),
    (["--data", "men.csv", "--target", "weight"], "No such option: --target"),
    (["--data", "words.csv", "--targets", "weight"], "words.csv, line 2, column 'age'"),
    (["--data", "missing.csv", "--targets", "y"], "missing.csv"),
    (["--data", "men.npz", "--targets", "y"], "--data must be a .csv file, got 'men.npz'"),
    (["--dataset", "linerud"], "no data set 'linerud'"),
    (["--dataset", "linnerud", "--targets", "weight"], "--targets goes with --data"),
    (["--dataset", "digits", "--standardize"], "standardising column 'pixel_0_0'"),
    (["--problem", "ar1"], "problem ar1: a problem of system linear is required, got one of system diagonal"),
    (["--problem", "reversd"], "did you mean 'reversed'"),
    (["--problem", "reversed", "--standardize"], "--standardize goes with --data or --dataset"),
    (["--problem", "reversed", "--width", "0"], "width: a number of hidden neurons from 1 to 100000"),
    (["--problem", "reversed", "--width", "1000000000"], "width: a number of hidden neurons from 1 to 100000"),
    (["--problem", "reversed", "--width", "two"], "--width"),
    (["--problem", "reversed", "--seed", "-1"], "--seed"),
    (["--problem", "reversed", "--methods", "limit,lars"], "--methods takes limit, recursion, glrl"),
    (["--problem", "reversed", "--methods", "gf"], "--methods gf needs an initialisation scale: add --alpha"),
    (["--problem", "reversed", "--methods", ","], "--methods needs some of limit, recursion, glrl"),
    (["--problem", "reversed", "--alpha", "2"], "scale"),
    (["--problem", "reversed", "--convention", "paper"], "--convention"),
]


@pytest.mark.parametrize("verb", ["table", "plot"])
@pytest.mark.parametrize(
    ("arguments", "expected"), BAD, ids=lambda value: " ".join(value) if isinstance(value, list) else None
)
def test_bad_input_is_one_line_and_writes_nothing(complaint, men, verb, arguments, expected):
    (men.parent / "words.csv").write_text("age,weight\nold,3\n", encoding="utf-8")
    assert expected in complaint(verb, "linear", *arguments, "--out", "result.svg")


def test_a_linear_problem_is_refused_by_the_commands_of_another_system(complaint):
    for verb in ("table", "plot"):
        line = complaint(verb, "diagonal", "--problem", "reversed")
        assert line.startswith("problem reversed: a problem of system diagonal is required, got one of system linear")
