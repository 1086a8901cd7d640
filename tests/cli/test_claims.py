import io

from agf_theory.cli import main
from agf_theory.proofs_check import all_claims


def test_every_claim_is_listed_with_status_source_and_record(capsys):
    assert main(["claims"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if line[:1].isupper()] == [claim.id for claim in all_claims()]
    assert "nothing" not in " ".join(line[-10:] for line in lines)
    assert max(map(len, lines)) <= 80


def test_the_claims_of_one_system_are_listed_alone(capsys):
    assert main(["claims", "Framework"]) == 0
    assert "DIAG" not in capsys.readouterr().out


def test_an_unknown_system_is_one_line_with_what_comes_close(capsys):
    assert main(["claims", "framwork"]) == 2
    assert capsys.readouterr().err == "agf: unknown system 'framwork'; did you mean framework?\n"


def test_the_list_fits_an_output_that_knows_few_signs(monkeypatch):
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding="ascii"))
    assert main(["claims", "diagonal"]) == 0
    assert b"\\u221a" in written.getvalue()  # the square root sign
