import ast
import copy
import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agf_theory import certificate_checker as checker
from agf_theory.certificate_checker import Malformed, Untrue, check_document, main
from agf_theory.proofs_check import selected, verify_all, write_certificates
from agf_theory.proofs_check.framework.certificates import neuron_item
from agf_theory.proofs_check.framework.neurons import DormantNeuron, RectifiedUtility

SOURCE = Path(checker.__file__)
# The checks that carry certificates: what the others of these claims find is for `agf verify`.
CHECKS = {
    "FRM-01": ("generic polynomials", "rational neurons"),
    "DIAG-03": ("missing square", "eigenvalues"),
    "DIAG-04": ("enclosed",),
    "DIAG-05": ("random designs", "zoo"),
    "DIAG-06": ("subgradient",),
    "DIAG-08": ("enclosed",),
    "LIN-02": ("rational singular values",),
}
# What a certificate says about its making, free text: any text of the right type is as good as another.
FREE = {("check",), ("made_by", "version"), ("title",)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The certificates of a quick run, on fewer instances where a check says how many it draws."""
    folder = tmp_path_factory.mktemp("certificates")
    claims = [
        replace(claim, checks=tuple(_in_small(check) for check in claim.checks if check.name in CHECKS[claim.id]))
        for claim in selected(CHECKS)
    ]
    write_certificates(verify_all(claims, workers=0, certificates=True), folder)
    return folder


def _in_small(check):
    run = check.run
    if isinstance(run, partial) and "count" in run.keywords:
        run = partial(run, count=run.keywords["count"] // 4)
    return replace(check, run=run)


@pytest.fixture(scope="module")
def documents(folder):
    found = {path.name: json.loads(path.read_text()) for path in sorted(folder.iterdir())}
    neurons = next(document for document in found.values() if document["kind"] == "homogeneous-neuron")
    return found | {"no idle sample": neurons | {"count": 1, "items": [_rectified()]}}


def _rectified():
    """A rectified neuron with every sample active and no residual zero, which the run draws but rarely."""
    samples, residuals = ((Fraction(1), Fraction(2)), (Fraction(3), Fraction(-1))), (Fraction(1), Fraction(-2))
    utility = RectifiedUtility(2, samples, residuals)
    neuron = DormantNeuron(utility, (Fraction(2, 3), Fraction(1, 3), Fraction(2, 3)), Fraction(3, 10))
    scale = Fraction(3, 2)
    scaled = utility.gradient(tuple(scale * t for t in neuron.theta))
    return neuron_item(neuron, scale, utility.gradient(neuron.theta), scaled)


def _sample(documents, kind, wanted=lambda item: True):
    """A document of one kind that holds the first item wanted."""
    document = next(d for d in documents.values() if d["kind"] == kind and any(map(wanted, d["items"])))
    item = next(item for item in document["items"] if wanted(item))
    if "runs" in item:  # two of ten are fields enough
        item = item | {"runs": item["runs"][:2]}
    return copy.deepcopy(document | {"count": 1, "items": [item]})


def _several_jumps(item):
    # Without zeros in the data, no entry of them is idle: whatever is changed makes the path another one.
    full = all(x != "0" for row in item["X"] for x in row) and "0" not in item["y"]
    return len(item["saddles"]) >= 2 and full and len(item["y"]) <= 4


def _full_squares(item):
    # With all entries different, and none of them zero, an exchange of two is another residual, and another neuron.
    entries = [abs(Fraction(x)) for row in item["residual"] for x in row]
    neuron = [abs(Fraction(x)) for x in item["maximiser"]]
    return len(entries) == 4 and 0 not in entries and len(set(entries)) == 4 and len(set(neuron)) == 4


def _all_samples_count(item):
    if "samples" not in item["utility"] or "0" in [*item["theta"], *item["utility"]["residuals"]]:
        return False
    w = [Fraction(t) for t in item["theta"][1:]]
    return all(sum(a * Fraction(b) for a, b in zip(w, x, strict=True)) > 0 for x in item["utility"]["samples"])


def _polynomial(item):
    return "terms" in item["utility"] and "0" not in item["theta"]


SAMPLES = {
    "path": ("limiting-path", _several_jumps),
    "end point": ("least-norm-path", _several_jumps),
    "rescaled": ("rescaled-path", lambda item: _several_jumps(item) and item["saddles"][0]["coefficients"].count("0")),
    "dormant": ("dormant-jump", lambda item: item["angle"] != "0"),
    "symbolic square": ("missing-square", lambda item: item["sign"] != 0 and item["size"] == "h"),
    "rational square": ("missing-square", lambda item: item["sign"] != 0 and item["size"] != "h"),
    "sum of squares": ("sum-of-squares", lambda item: _full_squares(item)),
    "Euler": ("euler-identity", lambda item: item["degree"] == 3),
    "polynomial neuron": ("homogeneous-neuron", _polynomial),
    "rectified neuron": ("homogeneous-neuron", _all_samples_count),
}


WRONG_VALUES = (None, 0.5, True, {}, "1e3", "2/4", "x", [["x"]])


def _tampered(value, path=()):
    """Every way to change one field: (where, what, the changed whole)."""
    yield from ((path, repr(bad), bad) for bad in WRONG_VALUES if bad != value)
    if isinstance(value, dict):
        for key in value:
            yield path, f"without {key}", {k: v for k, v in value.items() if k != key}
            yield from ((at, what, {**value, key: new}) for at, what, new in _tampered(value[key], (*path, key)))
        yield path, "an extra field", {**value, "extra": "0"}
    elif isinstance(value, list):
        yield path, "longer", [*value, copy.deepcopy(value[-1]) if value else "0"]
        for i, entry in enumerate(value):
            head, tail = value[:i], value[i + 1 :]
            yield path, "an entry less", head + tail
            if tail and entry != tail[0]:
                yield path, "two entries swapped", [*head, tail[0], entry, *tail[1:]]
            yield from ((at, what, [*head, new, *tail]) for at, what, new in _tampered(entry, (*path, i)))
    elif isinstance(value, int):
        yield path, "plus one", value + 1
        yield path, "negative", -value - 1
    elif value.lstrip("-").replace("/", "").isdigit():
        yield path, "plus 1/7", str(Fraction(value) + Fraction(1, 7))
        if Fraction(value):
            yield path, "other sign", str(-Fraction(value))
    elif value:
        yield path, "another text", value + "x"


def _stays_true(path, what):
    """Changes that leave the statement true: of free text, of the order of a set, to a statement just as true."""
    fields = tuple(entry for entry in path if isinstance(entry, str) and entry != "items")
    if fields in FREE:
        return what in ("'1e3'", "'2/4'", "'x'", "another text", "plus 1/7")
    if what == "two entries swapped":  # the terms of a polynomial; (−u, −v) is as good as (u, v); runs are a set
        return fields[-1:] and fields[-1] in ("terms", "utility", "left", "right", "root", "attained_at", "runs")
    # A run told twice, or left out while others remain: less is said, nothing false.
    return fields == ("runs",) and path[-1] == "runs" and what in ("longer", "an entry less")


def _accepted(document):
    try:
        check_document(document)
    except (Malformed, Untrue):
        return False
    return True


def _as_read(document):
    """Through the reader, where floats are refused; tests change what json.loads would have accepted."""
    try:
        return json.loads(json.dumps(document), parse_float=checker._refuse_number, object_pairs_hook=checker._distinct)
    except Malformed:
        return None


def test_every_certificate_of_a_run_is_accepted(folder, capsys):
    assert main([str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(list(folder.iterdir())) == 10
    assert all(line.startswith("true ") for line in lines)
    assert {d["kind"] for d in map(json.loads, (p.read_text() for p in folder.iterdir()))} == set(checker.KINDS)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_tampered_field_of_every_kind_is_rejected(documents, name):
    document = _sample(documents, *SAMPLES[name])
    assert _accepted(document)
    tried, survivors = 0, []
    for path, what, changed in _tampered(document):
        if _stays_true(path, what):
            continue
        tried += 1
        changed = _as_read(changed)
        if changed is not None and _accepted(changed):
            survivors.append((path, what))
    assert survivors == []
    assert tried >= 100


def _squares(residual, maximum, weights, forms, maximiser):
    return {
        "residual": residual,
        "maximum": maximum,
        "weights": weights,
        "forms": forms,
        "maximiser": maximiser,
    }


@pytest.mark.parametrize(
    ("item", "complaint"),
    [
        (_squares([["1"]], "1/4", ["1/2", "-3/2"], [["1", "-2"], ["0", "1"]], ["1", "1"]), "a weight is negative"),
        (_squares([["1"]], "1", ["2", "3/2"], [["1", "-1/2"], ["0", "1"]], ["1", "1"]), "does not vanish"),
        (_squares([["0"]], "0", ["0", "0"], [["1", "0"], ["0", "1"]], ["1", "0"]), "more than one direction"),
        (_squares([["1"]], "1/2", ["0", "1"], [["1", "0"], ["-1", "1"]], ["1", "1"]), "form 1 is not triangular"),
        (_squares([["1"]], "1/2", ["1", "0"], [["1", "-1"], ["0", "1"]], ["2", "2"]), "the first entry"),
    ],
)
def test_squares_that_are_no_proof_of_a_maximum_are_false(item, complaint):
    checker._check_sum_of_squares(_squares([["1"]], "1/2", ["1", "0"], [["1", "-1"], ["0", "1"]], ["1", "1"]))
    with pytest.raises(Untrue, match=complaint):
        checker._check_sum_of_squares(item)


def test_a_tampered_number_is_false_and_not_just_malformed(documents):
    for name in SAMPLES:
        document = _sample(documents, *SAMPLES[name])
        changed = [whole for _, what, whole in _tampered(document) if what == "plus 1/7"]
        assert sum(_found_false(whole) for whole in changed) >= 4, name


def _found_false(document):
    try:
        check_document(document)
    except Untrue:
        return True
    except Malformed:
        return False
    return False


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda item: item["saddles"].pop(), "no least-squares solution"),
        (lambda item: item["saddles"].pop(0), "jump 1"),
        (lambda item: item["saddles"].reverse(), "jump 1"),
        (lambda item: item["saddles"].append(item["saddles"][-1]), "its time does not exceed the one before"),
        (lambda item: item.update(saddles=[]), "after jump 0 the gradient is not zero"),
        (lambda item: item["saddles"][0].update(loss="0"), "the loss is another"),
    ],
)
def test_a_path_with_saddles_missing_or_out_of_order_is_false(documents, change, complaint):
    document = _sample(documents, *SAMPLES["path"])
    change(document["items"][0])
    with pytest.raises(Untrue, match=complaint):
        check_document(document)


TWO = {
    "schema": "agf-certificates",
    "version": 1,
    "claim": "DIAG-05",
    "check": "by hand",
    "kind": "limiting-path",
    "seed": 0,
    "made_by": {"program": "agf_theory", "version": "0", "command": "agf verify DIAG-05 --seed 0"},
    "count": 1,
}


def _identity(*saddles):
    """X = I, y = (2, 1), worked by hand: the gradient at zero is (−1, −1/2), so coordinate 1 at time 1, 2 at time 2."""
    return {
        "title": "",
        "X": [["1", "0"], ["0", "1"]],
        "y": ["2", "1"],
        "initial_loss": "5/4",
        "saddles": list(saddles),
    }


FIRST = {"time": "1", "dual": ["1", "1/2"], "coefficients": ["2", "0"], "loss": "1/4"}
SECOND = {"time": "2", "dual": ["1", "1"], "coefficients": ["2", "1"], "loss": "0"}


def test_a_path_worked_by_hand_is_true():
    assert check_document(TWO | {"items": [_identity(FIRST, SECOND)]}) == "DIAG-05 limiting-path: 1 checked"


@pytest.mark.parametrize(
    ("saddles", "complaint"),
    [
        ([FIRST | {"time": "2", "dual": ["2", "1"]}], "beyond its boundary"),
        ([FIRST | {"time": "1/2", "dual": ["1/2", "1/4"]}], "no coordinate reaches its boundary"),
        ([FIRST | {"dual": ["1", "1/4"]}], "not the drifted one"),
        ([FIRST | {"coefficients": ["2", "1/2"], "loss": "1/16"}], "coordinate 1: active inside"),
        ([FIRST | {"coefficients": ["1", "0"], "loss": "1/2"}], "not stationary although active"),
        ([FIRST | {"coefficients": ["-1/9", "0"], "loss": "221/162"}], "the loss does not fall"),
        ([FIRST, SECOND | {"coefficients": ["2", "0"], "loss": "1/4"}], "the loss does not fall"),
        ([FIRST, SECOND | {"coefficients": ["0", "1"], "loss": "1"}], "the loss does not fall"),
    ],
)
def test_a_violated_condition_is_named(saddles, complaint):
    with pytest.raises(Untrue, match=complaint):
        check_document(TWO | {"items": [_identity(*saddles)]})


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "1/", "/2", "1/0", "2/4", "01", "+1", " 1", "1 ", "1.5", "1e3", "1_0", "--1", "1/-2", "-0", "٣"),
        *("1//2", "nan", "inf", "9" * 4001, "1/" + "9" * 4001),
    ],
)
def test_a_malformed_number_is_refused(text):
    with pytest.raises(Malformed):
        checker._number(text)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "not of the schema"),
        ('{"schema": "other"}', "not of the schema"),
        ('{"schema": "agf-certificates", "version": 2}', "version 1 is required"),
        ('{"schema": "agf-certificates", "version": true}', "version 1 is required"),
        ('{"schema": "agf-certificates", "schema": "agf-certificates"}', "a field occurs twice"),
        ('{"a": 0.5}', "integers or texts 'p/q', got 0.5"),
        ('{"a": NaN}', "got NaN"),
        ('{"a": 1e3}', "got 1e3"),
        ('{"a": 111111111111111111111}', "an integer of 21 digits"),
        (json.dumps(TWO | {"items": [], "kind": "other"}), "unknown kind 'other'"),
        (json.dumps(TWO | {"items": [], "kind": ["x"]}), "unknown kind"),
        (json.dumps(TWO | {"items": [], "claim": "DIAG-06"}), "is about DIAG-05"),
        (json.dumps(TWO | {"items": [], "seed": 1}), "the origin does not fit"),
        (json.dumps(TWO | {"items": []}), "a list of 1 entries is required, got 0"),
        (json.dumps(TWO | {"items": [_identity() | {"X": [["1"], ["1", "2"]]}]}), "rows of one length"),
        (json.dumps(TWO | {"items": [_identity() | {"X": [], "y": []}]}), "rows of one length"),
        (json.dumps(TWO | {"items": [_identity() | {"X": [["1"] * 2000], "y": ["1"]}]}), "too large"),
        (json.dumps(TWO | {"items": [_identity() | {"X": [["1"] * 5001], "y": ["1"]}]}), "at most 5000 entries"),
    ],
)
def test_a_malformed_file_has_status_two_and_one_line(tmp_path, capsys, content, complaint):
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    assert main([str(tmp_path)]) == 2
    captured = capsys.readouterr()
    assert captured.out.startswith("MALFORMED  x.json: ")
    assert complaint in captured.out
    assert captured.out.count("\n") == 1
    assert captured.err == ""


def test_what_is_no_text_too_large_or_missing_is_malformed(tmp_path, capsys, monkeypatch):
    (tmp_path / "x.json").write_bytes(b'"\xff"')
    assert main([str(tmp_path / "x.json"), str(tmp_path / "missing.json")]) == 2
    monkeypatch.setattr(checker, "LARGEST_FILE", 2)
    assert main([str(tmp_path)]) == 2
    assert "3 bytes; at most 2 are read" in capsys.readouterr().out


def test_a_folder_without_certificates_is_not_a_success(tmp_path, capsys):
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
    assert main([str(tmp_path)]) == 2
    assert "a folder without certificates" in capsys.readouterr().out


def test_a_folder_without_certificates_beside_a_true_one_is_not_a_success(tmp_path, capsys):
    (tmp_path / "a.json").write_text(json.dumps(TWO | {"items": [_identity(FIRST, SECOND)]}))
    (tmp_path / "empty").mkdir()
    assert main([str(tmp_path), str(tmp_path / "empty")]) == 2
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["true", "MALFORMED"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
def test_a_pipe_is_not_waited_for(tmp_path, capsys):
    os.mkfifo(tmp_path / "x.json")
    assert main([str(tmp_path)]) == 2
    assert "no regular file" in capsys.readouterr().out


def test_long_numbers_in_a_short_file_are_refused_before_they_take_hours(monkeypatch):
    monkeypatch.setattr(checker, "LARGEST_WORK", 3 * 10**9)  # a fraction of a second
    row = [f"{10**300 + 1}/{10**300 + k}" for k in range(2, 42)]
    row = [str(Fraction(entry)) for entry in row]
    item = _identity() | {"X": [row] * 40, "y": row}
    with pytest.raises(Malformed, match="too long for so many operations"):
        check_document(TWO | {"items": [item]})


def test_an_output_that_knows_few_signs_gets_the_line_all_the_same(tmp_path, monkeypatch):
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding="ascii"))
    (tmp_path / "x.json").write_text(json.dumps(TWO | {"kind": "α"} | {"items": []}))
    assert main([str(tmp_path)]) == 2
    sys.stdout.flush()
    assert written.getvalue() == b"MALFORMED  x.json: unknown kind '?'\n"


VANISHING = {
    "degree": 7,
    "theta": ["1", "-2"],
    "value": "0",
    "gradient": ["0", "0"],
    "scale": "2",
    "scaled_gradient": ["0", "0"],
}


@pytest.mark.parametrize(
    ("item", "complaint"),
    [
        # Zero with its gradient: the identity and the scaling hold for every degree.
        (VANISHING | {"utility": {"terms": [["1", [1, 0]], ["1/2", [0, 1]]]}}, "a term of another degree"),
        (VANISHING | {"utility": {"power": 1, "samples": [["1"]], "residuals": ["1"]}}, "has another degree"),
        # x + x³ at 1, where 1·(1 + 3) = 2·2, and a multiple that is none.
        (
            {"degree": 2, "utility": {"terms": [["1", [1]], ["1", [3]]]}, "theta": ["1"], "value": "2"}
            | {"gradient": ["4"], "scale": "1", "scaled_gradient": ["4"]},
            "a positive scale other than 1",
        ),
    ],
)
def test_an_identity_that_holds_by_accident_certifies_nothing(documents, item, complaint):
    document = _sample(documents, "homogeneous-neuron") | {"items": [item]}
    with pytest.raises(Untrue, match=complaint):
        check_document(document)


def test_a_false_file_among_malformed_and_true_ones_has_status_one(tmp_path, capsys):
    (tmp_path / "a.json").write_text(json.dumps(TWO | {"items": [_identity(FIRST, SECOND)]}))
    (tmp_path / "b.json").write_text(json.dumps(TWO | {"items": [_identity(FIRST)]}))
    (tmp_path / "c.json").write_text("{}")
    assert main([str(tmp_path)]) == 1
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["true", "FALSE", "MALFORMED"]


def test_a_hostile_text_reaches_the_terminal_without_control_characters(tmp_path, capsys):
    (tmp_path / "x.json").write_text(json.dumps({"schema": "agf-certificates", "version": "\x1b[2J"}))
    assert main([str(tmp_path)]) == 2
    assert "\x1b" not in capsys.readouterr().out


@given(st.fractions(min_value=1, max_value=10**30))
def test_logarithms_are_enclosed(x):
    low, high = checker.logarithm(x, x)
    assert high - low < Fraction(1, 10**90)
    with mpmath.workdps(110):
        exact = mpmath.log(mpmath.mpf(x.numerator) / x.denominator)
        slack = mpmath.mpf(10) ** -105
        assert mpmath.mpf(low.numerator) / low.denominator <= exact + slack
        assert exact - slack <= mpmath.mpf(high.numerator) / high.denominator


def test_the_checker_imports_the_standard_library_alone():
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"))
    imported = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add(node.module.split(".")[0])
    assert imported <= {
        "__future__",
        "collections",
        "fractions",
        "itertools",
        "json",
        "math",
        "pathlib",
        "sys",
        "typing",
    }
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not called & {"eval", "exec", "compile", "__import__", "open"}


@pytest.fixture
def small_folder(tmp_path):
    """One certificate, by hand."""
    folder = tmp_path / "certificates"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(TWO | {"items": [_identity(FIRST, SECOND)]}))
    return folder


def test_a_copy_of_the_file_runs_without_the_package(small_folder, tmp_path):
    copied = shutil.copy(SOURCE, tmp_path / "alone.py")
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(copied), str(small_folder)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("true ") == 1


def test_it_runs_as_a_module_of_the_package(small_folder, capsys, monkeypatch):
    spec = importlib.util.find_spec("agf_theory.certificate_checker")
    done = subprocess.run(
        [sys.executable, "-m", "agf_theory.certificate_checker", str(small_folder)],
        cwd=Path(spec.origin).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
