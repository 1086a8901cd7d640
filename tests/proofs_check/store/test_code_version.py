import shutil
import sys
from functools import partial
from pathlib import Path

import pytest

from agf_theory.proofs_check import Job, all_claims, as_check, get, run_here
from agf_theory.proofs_check.store import key_of
from agf_theory.proofs_check.store.code_version import ROOT, CodeVersion, environment
from agf_theory.proofs_check.store.description import Description, Indescribable


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the package to edit; nothing of it is imported."""
    folder = tmp_path_factory.mktemp("copy") / ROOT.name
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def every_job():
    for claim in all_claims():
        for check in claim.checks:
            yield Job(claim, check, claim.formula, 0)
        for necessity in claim.necessity:
            yield Job(claim, as_check(necessity), claim.formula, 0, necessity=True)


def versions(folder):
    """By job the version of the code in the folder that it rests on."""
    code = CodeVersion(folder)
    return {str(job): key_of(job, code).version["code"] for job in every_job()}


@pytest.fixture(scope="module")
def unchanged(copy):
    return versions(copy)


class Edits:
    """Edits of files of the copy, taken back in the end."""

    def __init__(self, folder, unchanged):
        self.folder, self.unchanged, self.before = folder, unchanged, {}

    def keep(self, file, text="\n_EDITED = 1\n"):
        """Edit a file, and do not look yet at what that changes."""
        path = self.folder / file
        self.before.setdefault(path, path.read_bytes() if path.exists() else None)
        path.write_bytes((self.before[path] or b"") + text.encode())

    def __call__(self, file, text="\n_EDITED = 1\n"):
        """The claims whose jobs have another version after this edit and those before."""
        self.keep(file, text)
        now = versions(self.folder)
        return {job.split()[0] for job in now if now[job] != self.unchanged[job]}

    def take_back(self):
        for path, content in self.before.items():
            path.unlink() if content is None else path.write_bytes(content)


@pytest.fixture
def changed_by(copy, unchanged):
    """`changed_by("numeric/framework.py")`: the claims whose version an edit of that file changes."""
    edits = Edits(copy, unchanged)
    yield edits
    edits.take_back()


CLAIMS = {claim.id for claim in all_claims()}
DIAGONAL = {claim_id for claim_id in CLAIMS if claim_id.startswith("DIAG")}
FRAMEWORK = CLAIMS - DIAGONAL


def test_an_edit_of_the_plateaus_concerns_what_integrates_them(changed_by):
    changed = changed_by("numeric/diagonal/plateaus.py")
    assert {"DIAG-09", "DIAG-10"} <= changed
    assert not changed & {"FRM-01", "FRM-02", "FRM-07", "DIAG-01", "DIAG-05"}


def test_an_edit_of_a_closed_form_concerns_what_states_it(changed_by):
    changed = changed_by("closed_form/framework/growth.py")
    assert {"FRM-02", "FRM-03"} <= changed
    assert not changed & {"DIAG-05", "DIAG-06", "DIAG-09"}


@pytest.mark.parametrize(
    "file",
    ["proofs_check/child.py", "proofs_check/evidence.py", "proofs_check/context.py", "proofs_check/hypotheses.py"],
)
def test_an_edit_of_what_runs_every_check_concerns_all(changed_by, file):
    assert changed_by(file) == CLAIMS


def test_edits_of_what_only_prints_or_compares_concern_none(changed_by):
    *files, last = (
        "cli/verify.py",
        "proofs_check/rendering.py",
        "proofs_check/verdicts.json",
        "proofs_check/record.py",
        "tables/jump_table.py",
        "certificate_checker.py",
    )
    for file in files:
        changed_by.keep(file)
    assert changed_by(last) == set()


def test_another_export_that_names_the_same_module_concerns_none(changed_by):
    assert changed_by("numeric/diagonal/__init__.py", "\n# words\n") == set()


def test_a_package_that_begins_to_act_when_it_is_imported_concerns_all(changed_by):
    assert changed_by("numeric/diagonal/__init__.py", "\nimport numpy\nnumpy.seterr(all='ignore')\n") == CLAIMS


def test_a_data_file_that_nobody_names_concerns_all_in_its_folder(changed_by):
    changed = changed_by("problems/zoo/new.csv", "1,2\n")
    assert {"DIAG-05", "DIAG-09"} <= changed
    assert not changed & {"FRM-01", "FRM-02"}


def test_a_data_file_concerns_those_that_name_it(copy, changed_by):
    changed_by("numeric/diagonal/plateaus.py", '\n_TABLE = "table.csv"\n')
    before = versions(copy)
    changed_by("problems/table.csv", "1,2\n")
    after = versions(copy)
    assert {job.split()[0] for job in after if after[job] != before[job]} == {
        job.split()[0] for job in before if before[job] != before["FRM-01 general function"]
    } & _needing("agf_theory.numeric.diagonal.plateaus")


def test_a_stored_counterexample_concerns_the_checks_that_replay_one(copy, unchanged, changed_by):
    changed_by("proofs_check/counterexamples/DIAG-05-clip-once.json", "\n")
    now = versions(copy)
    replays = {job for job in now if job.endswith(" stored counterexamples")}
    assert {job for job in now if now[job] != unchanged[job]} == replays


def test_a_new_counterexample_concerns_the_checks_that_replay_one(changed_by):
    assert "DIAG-05" in changed_by("proofs_check/counterexamples/DIAG-05-new.json", "{}\n")


def test_compiled_files_that_come_and_go_are_no_data(copy, unchanged, changed_by):
    (copy / "proofs_check" / "__pycache__").mkdir()
    assert changed_by("proofs_check/__pycache__/child.cpython-312.pyc.140", "half") == set()


def _needing(module):
    code = CodeVersion.installed()
    return {j.claim.id for j in every_job() if module in code.needed(_described(j).modules)}


def _described(job):
    return Description(job.check.run, job.formula, job.context())


QUICK_TO_TRACE = [
    pytest.param("FRM-01", "rational neurons", marks=pytest.mark.survey),
    ("FRM-02", "rational neurons"),
    ("FRM-04", "enclosed integrals"),
    ("FRM-05", "maximisers"),
    ("FRM-06", "rational networks"),
    ("DIAG-01", "symbolic"),
    ("DIAG-03", "eigenvalues"),
    ("DIAG-04", "integrated neurons"),
    ("DIAG-06", "subgradient"),
    ("DIAG-06", "linear program"),
]


def executed(job):
    """The modules of the package whose functions the job calls."""
    found = set()

    def note(frame, event, argument):
        if event == "call":
            found.add(frame.f_globals.get("__name__", ""))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        run_here(job)
    finally:
        sys.setprofile(before)
    return {name for name in found if name.partition(".")[0] == "agf_theory"}


@pytest.mark.parametrize(("claim_id", "name"), QUICK_TO_TRACE)
def test_every_module_that_a_check_executes_counts_for_it(claim_id, name):
    claim = get(claim_id)
    (check,) = (check for check in claim.checks if check.name == name)
    job = Job(claim, check, claim.formula, 0, certificates=True)
    calls = executed(job)
    assert check.run.__module__ in calls if not isinstance(check.run, partial) else calls
    assert calls <= CodeVersion.installed().needed(_described(job).modules)


IN_SHORT = {"FRM-06", "DIAG-05", "LIN-05", "MOD-10", "ATT-07", "SN-07", "TM-07"}


def _traced(claim):
    """A claim as a case; all but one of each system are surveys."""
    return pytest.param(claim, id=claim.id, marks=[pytest.mark.survey] * (claim.id not in IN_SHORT))


@pytest.mark.parametrize(
    "claim", [_traced(claim) for claim in all_claims() if claim.necessity and claim.id not in {"DIAG-09", "DIAG-10"}]
)
def test_every_module_that_a_witness_of_necessity_executes_counts_for_it(claim):
    for necessity in claim.necessity:
        job = Job(claim, as_check(necessity), claim.formula, 0, necessity=True)
        assert executed(job) <= CodeVersion.installed().needed(_described(job).modules)


def test_what_is_loaded_was_foreseen():
    foreseen = CodeVersion.installed()._loaded
    inside = {name for name in sys.modules if name.startswith("agf_theory.")}
    outside = (
        "agf_theory.cli",
        "agf_theory.tables",
        "agf_theory.figures",
        "agf_theory.report",
        "agf_theory.explore",
        "agf_theory.certificate",
        "agf_theory.__main__",
    )
    assert {name for name in inside - foreseen if not name.startswith(outside)} == set()


def test_a_function_of_a_stranger_counts_with_its_file_and_everything(copy, tmp_path, monkeypatch):
    code = CodeVersion(copy)
    assert code.of({__name__}) != code.of({"agf_theory.errors"})
    assert code.of({__name__, "numpy", "json"}) == code.of({__name__})
    with pytest.raises(Indescribable, match="no source file"):
        code.of({"made.up"})


def test_libraries_interpreter_and_threads_are_part_of_the_version(monkeypatch):
    found = dict(environment())
    assert {"sympy", "python-flint", "numpy", "python", "OPENBLAS_NUM_THREADS"} <= set(found)
    assert found["python"] == ".".join(map(str, sys.version_info[:3]))
    environment.cache_clear()
    monkeypatch.setattr("agf_theory.proofs_check.store.code_version.LIBRARIES", ("no-such-library",))
    assert environment()["no-such-library"] == "none"
    environment.cache_clear()


def test_the_package_is_where_it_is():
    assert Path(ROOT, "proofs_check", "child.py").is_file()
