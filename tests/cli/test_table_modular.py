import csv
import io
import json

import pytest

from agf_theory.cli import modular
from agf_theory.cli.methods import Method
from agf_theory.errors import IntegrationFailed
from agf_theory.problems import zoo
from agf_theory.tables import FORMATS

REFERENCE = ("table", "modular", "--problem", "three-frequencies")


def document_of(outcome):
    assert outcome.status == 0, outcome.err
    return json.loads(outcome.out)


def test_the_reference_task_frequency_by_frequency(agf):
    outcome = agf(*REFERENCE)
    assert outcome.status == 0
    lines = [line.split() for line in outcome.out.splitlines()]
    assert ["frequency", "class", "modulus", "energy", "utility", "needs", "first"] in lines
    assert ["ξ=1", "generic", "10.0000", "10", "3.04290", "6", "2"] in lines
    assert ["ξ=3", "generic", "5.00000", "5/2", "0.380363", "6", "3"] in lines
    assert ["ξ=5", "quarter", "2.50000", "5/8", "0.0475454", "4", "13"] in lines
    assert ["jump", "formula", "bound", "loss", "who"] in lines
    assert ["1", "0.176153", "0.151330", "1.56250", "+ξ=1"] in lines
    assert ["3", "8.57150", "8.16140", "0", "+ξ=5"] in lines


def test_every_centred_problem_of_the_zoo_has_a_table_of_80_columns(agf):
    for name in zoo.names("modular"):
        outcome = agf("table", "modular", "--problem", name, "--centred")
        assert outcome.status == 0, outcome.err
        assert max(map(len, outcome.out.splitlines())) <= 80


def test_exact_numbers_are_balls_and_fractions(agf):
    rows = document_of(agf(*REFERENCE, "--exact", "--methods", "formula", "--format", "json"))["rows"]
    assert [row["loss"] for row in rows] == ["25/16", "5/16", "0"]
    assert all(float(row["times"]["formula"]["radius"]) < 1e-40 for row in rows)
    assert float(rows[0]["times"]["formula"]["midpoint"]) == pytest.approx(0.17615251859, rel=1e-10)


def test_flow_and_algorithm_tend_to_the_formula_at_the_first_jump(agf):
    arguments = ("--problem", "parity", "--alpha", "1e-2", "--alpha", "1e-4", "--format", "json")
    found = document_of(agf("table", "modular", *arguments))
    times = [(row["alpha"], row["times"]) for row in found["rows"]]
    assert [alpha for alpha, _ in times] == ["1e-2", "1e-4"]
    errors = [abs(row["gf"] / row["formula"] - 1) for _, row in times]
    assert errors[1] < errors[0] / 20 < 1e-3
    assert all(row["bound"] < min(row["agf"], row["gf"], row["formula"]) for _, row in times)
    assert any("2 after ξ=1" in note["note"] for note in found["notes"])


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_jumps_and_what_is_known_of_the_frequencies(agf, form):
    outcome = agf("table", "modular", "--template", "1,-1/2,-1/2", "--format", form)
    assert outcome.status == 0
    assert "generic" in outcome.out
    assert "1.632" in outcome.out


def test_csv_has_the_particulars_of_the_frequency_that_enters(agf):
    (row,) = csv.DictReader(io.StringIO(agf("table", "modular", "--problem", "parity", "--format", "csv").out))
    wanted = {"entered": "ξ=1", "frequency_class": "nyquist", "neurons_needed": "2", "loss": "0.0", "alpha": ""}
    assert {key: row[key] for key in wanted} == wanted


def test_a_spectrum_a_template_and_a_file_that_say_the_same_give_the_same(agf, tmp_path):
    file = tmp_path / "template.txt"
    file.write_text("1\n0\n-1\n0\n", encoding="utf-8")
    rows = [
        document_of(agf("table", "modular", *source, "--format", "json"))["rows"][0]
        for source in (
            ("--spectrum", "1=2", "--p", 4),
            ("--template", "1, 0, -1, 0"),
            ("--data", file),
            ("--problem", "quarter-of-4"),
        )
    ]
    assert all(row["entered"] == ["ξ=1"] for row in rows)
    assert len({round(row["times"]["formula"], 12) for row in rows}) == 1


def test_complex_coefficients_of_a_spectrum(agf):
    found = document_of(agf("table", "modular", "--spectrum", "1=3+4i,2=-5i", "--p", "7", "--format", "json"))
    moduli = [each["coefficient_modulus"] for each in found["particulars"]["of"].values()]
    assert moduli == [5.0, 5.0]


def test_width_and_seed_change_the_start(agf):
    times = [
        document_of(agf(*REFERENCE, *more, "--format", "json"))["rows"][0]["times"]["formula"]
        for more in ((), ("--seed", "0"), ("--seed", "1"), ("--width", "40"))
    ]
    assert times[0] == times[1]
    assert len(set(times)) == 3


def test_a_template_with_a_mean_has_no_formula_and_says_why(agf, monkeypatch):
    outcome = agf("table", "modular", "--problem", "raw-one-hot")
    assert (outcome.status, outcome.out) == (2, "")
    assert "blow-up times need a centred template" in outcome.err
    flow = modular.METHODS["gf"]
    bound = modular.METHODS["bound"]
    monkeypatch.setitem(modular.METHODS, "gf", Method(flow.meaning, True, stand_in))
    outcome = agf("table", "modular", "--problem", "raw-one-hot", "--alpha", "1e-2", "--methods", "bound,gf")
    assert outcome.status == 0
    assert "- bound: no result: blow-up times need a centred template" in outcome.out
    assert "not centred" in outcome.out
    assert bound.meaning in outcome.out
    shown = [line.split() for line in outcome.out.splitlines()]
    assert ["ξ=0", "DC", "1.00000", "1/6", "0.0523783", "1", "—"] in shown


def stand_in(request, scale):
    """A sequence in the place of a flow that would take seconds."""
    from agf_theory.numeric.modular import activation_times

    return activation_times(request.problem.centred())


def test_a_flow_that_fails_leaves_its_place(agf, monkeypatch):
    def fail(request, scale):
        raise IntegrationFailed("the flow stopped at t = 3")

    monkeypatch.setitem(modular.METHODS, "gf", Method("meaning", True, fail))
    outcome = agf(*REFERENCE, "--alpha", "1e-2", "--methods", "formula,gf")
    assert outcome.status == 0
    assert "- gf: no result: the flow stopped at t = 3" in outcome.out


BAD = [
    ([], "exactly one of --problem NAME, --template LIST, --data FILE and --spectrum LIST is required, got none"),
    (["--problem", "parity", "--template", "1,-1"], "is required, got --problem and --template"),
    (["--problem", "ar1"], "problem ar1: a problem of system modular is required, got one of system diagonal"),
    (["--problem", "partiy"], "did you mean 'parity'"),
    (["--problem", "parity", "--p", "5"], "--p goes with --spectrum; with --problem the template itself says it"),
    (["--spectrum", "1=10"], "--spectrum: --p P is required too, the modulus"),
    (["--spectrum", "1=10", "--p", "1"], "p: a whole number from 2 to 10000 is required, got 1"),
    (["--spectrum", "1=10", "--p", "twenty"], "--p"),
    (["--spectrum", "11=1", "--p", "20"], "spectrum: frequencies from 0 to 10 are required, got 11"),
    (["--spectrum", "0=1i,1=1", "--p", "20"], "spectrum, k = 0: a real coefficient is required"),
    (["--spectrum", "10=1+i", "--p", "20"], "spectrum, k = 10: a real coefficient is required"),
    (["--spectrum", "1:10", "--p", "20"], "--spectrum: k=coefficient, comma-separated, is required, as 1=10,3=5"),
    (["--spectrum", "-1=10", "--p", "20"], "--spectrum: k=coefficient, comma-separated, is required"),
    (["--spectrum", "1=10,1=5", "--p", "20"], "--spectrum: each frequency once is required, got k = 1 twice"),
    (["--spectrum", "1=ten", "--p", "20"], "--spectrum, k = 1: a number such as 10, -5/2, 3+4i or -2i is required"),
    (["--spectrum", "1=3+4", "--p", "20"], "--spectrum, k = 1: a number such as 10, -5/2, 3+4i or -2i is required"),
    (["--spectrum", "1=1/0", "--p", "20"], "--spectrum, k = 1: a denominator other than zero is required"),
    (["--spectrum", "1=0", "--p", "20"], "spectrum: a coefficient other than zero is required"),
    (["--spectrum", "0=3", "--p", "20"], "template: one that is not constant is required"),
    (["--template", "1,1,1"], "template: one that is not constant is required"),
    (["--template", "0,0"], "template: an entry other than zero is required"),
    (["--template", "1"], "p: a whole number from 2 to 10000 is required, got 1"),
    (["--template", "1,,2"], "--template, entry 2: expected a number such as 12"),
    (["--template", "1,nan"], "--template, entry 2: a finite number is required"),
    (["--data", "missing.txt"], "missing.txt: no such file"),
    (["--data", "words.txt"], "words.txt, line 2: expected a number such as 12"),
    (["--problem", "parity", "--width", "0"], "width: a number of neurons from 1 to 100000 is required, got 0"),
    (["--spectrum", "1=1", "--p", "10000", "--width", "100000"], "start: at most 50000000 weights are drawn"),
    (["--problem", "parity", "--seed", "-1"], "--seed"),
    (["--problem", "parity", "--alpha", "1"], "scale"),
    (["--problem", "parity", "--alpha", "2"], "scale"),
    (["--problem", "parity", "--methods", "formula,pf"], "--methods takes formula, bound, agf, gf"),
    (["--problem", "parity", "--methods", "gf"], "--methods gf needs an initialisation scale: add --alpha"),
    (["--problem", "parity", "--convention", "paper"], "--convention"),
]


@pytest.mark.parametrize("verb", ["table", "plot"])
@pytest.mark.parametrize(
    ("arguments", "expected"), BAD, ids=lambda value: " ".join(value) if isinstance(value, list) else None
)
def test_bad_input_is_one_line_and_writes_nothing(complaint, tmp_path, verb, arguments, expected):
    (tmp_path / "words.txt").write_text("1\ntwo\n", encoding="utf-8")
    assert expected in complaint(verb, "modular", *arguments, "--out", "result.svg")
