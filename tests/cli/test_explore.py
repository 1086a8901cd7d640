"""`agf explore`: the forms of its pages, and what it says when it cannot start."""

import re
import sys

import pytest

from agf_theory.cli.exploration import explored
from agf_theory.cli.explore_forms import system_forms
from agf_theory.cli.systems import QUANTITY_SYSTEMS, SYSTEMS
from agf_theory.cli.written_out import written_out
from agf_theory.errors import InputError, UnknownName
from agf_theory.explore import Inquiry
from agf_theory.explore.server import listening
from agf_theory.problems import zoo
from agf_theory.problems.input_file import files_in_memory

FORMS = {form.name: form for form in system_forms()}


@pytest.mark.parametrize("name", [*SYSTEMS, *QUANTITY_SYSTEMS])
def test_a_page_has_every_option_of_its_command(agf, name):
    for verb, other in (("table", "figure"), ("plot", "table")):
        shown = {field.option for field in FORMS[name].all_fields() if not getattr(field, f"{other}_only")}
        said = set(re.findall(r"^ +(--[\w-]+)", agf(verb, name, "--help").out, re.MULTILINE))
        assert said - shown <= {"--alpha", "--methods", "--format", "--out", "--help", "--quiet"}
        assert shown <= said


@pytest.mark.parametrize("name", [*SYSTEMS, *QUANTITY_SYSTEMS])
def test_what_names_a_problem_stands_in_a_source_of_its_own(name):
    naming = {"--data", "--problem", "--dataset", "--eigenvalues", "--sigma", "--template", "--spectrum", "--widths"}
    assert not naming & {field.option for field in FORMS[name].fields}
    for source in FORMS[name].sources:
        assert len(naming & {field.option for field in source.fields}) <= 1


@pytest.mark.parametrize("name", [*SYSTEMS, *QUANTITY_SYSTEMS])
def test_every_problem_of_the_zoo_can_be_chosen(name):
    field = next(field for field in FORMS[name].source("zoo").fields if field.option == "--problem")
    assert tuple(choice.value for choice in field.choices) == zoo.names(name)
    assert field.value in zoo.names(name)


@pytest.fixture
def undrawn(monkeypatch):
    """Figures are made and not drawn, which takes longest: `make browser` looks at real ones."""
    monkeypatch.setattr("agf_theory.figures.figure_bytes", lambda figure, kind: kind.encode())


@pytest.mark.usefixtures("undrawn")
def test_methods_are_asked_once_for_table_and_figure(monkeypatch):
    from agf_theory.numeric import diagonal

    calls = []
    path = diagonal.pesme_flammarion
    monkeypatch.setattr(diagonal, "pesme_flammarion", lambda *a, **k: calls.append(a) or path(*a, **k))
    table, figure = explored(
        Inquiry(
            ("table", "diagonal", "--problem", "one-coordinate"), ("plot", "diagonal", "--problem", "one-coordinate")
        )
    )
    assert len(calls) == 1
    assert table.title.startswith("diagonal linear network: ")
    assert figure.files == {"figure.svg": b"svg", "figure.pdf": b"pdf"}


@pytest.mark.usefixtures("undrawn")
def test_what_a_figure_leaves_out_is_remarked():
    arguments = ("linear", "--problem", "irreducible", "--alpha", "1e-3", "--methods", "limit,refined")
    table, figure = explored(Inquiry(("table", *arguments), ("plot", *arguments)))
    assert "refined: no result" in table.content
    assert [remark.partition(":")[0] for remark in figure.remarks] == ["refined at alpha = 1e-3 is not drawn"]


@pytest.mark.parametrize("name", ["reactivation", "one-coordinate"])
def test_a_problem_written_out_is_read_as_itself(name):
    from agf_theory.problems import DiagonalNetwork

    fields = written_out("diagonal", name)
    with files_in_memory({"data.csv": fields["own.data"].encode()}):
        assert DiagonalNetwork.from_csv("data.csv", fields["own.target"]) == zoo.get(name, DiagonalNetwork)


def _asked_again(system, fields):
    """The problem that the command makes of what is written out."""
    chosen = {key.partition(".")[2]: value for key, value in fields.items() if key.startswith(f"{fields['source']}.")}
    name, text = chosen.pop("data.name", ""), chosen.pop("data", "")
    options = QUANTITY_SYSTEMS[system].options(**chosen, **({"data": name} if name else {}))
    options.require_consistent()
    with files_in_memory({name: text.encode()}):
        return options.networks()[0] if system == "finite-width" else next(iter(options.read().values()))


@pytest.mark.parametrize("name", ["rich-neuron", "two-rates", "wide-upstream"])
def test_a_neuron_written_out_is_read_as_itself(name):
    assert _asked_again("neuron", written_out("neuron", name)) == zoo.get(name)


@pytest.mark.parametrize("name", ["line-rotation", "line-unequal-rates", "line-large-scale"])
def test_a_network_on_a_line_written_out_is_read_as_itself(name):
    assert _asked_again("finite-width", written_out("finite-width", name)) == zoo.get(name)


def test_numbers_that_no_option_takes_are_not_written_out():
    with pytest.raises(InputError, match="weights v and one sample are required"):
        written_out("finite-width", "line-on-a-line")
    with pytest.raises(InputError, match="at most 50 neurons are written out, got 1000"):
        written_out("finite-width", "line-kernel-width")
    with pytest.raises(InputError, match="a linear problem of the zoo is given by its moments"):
        written_out("linear", "reversed")
    with pytest.raises(UnknownName, match="no problem 'none'"):
        written_out("modular", "none")


def test_without_flask_there_is_one_line_with_the_way_out(complaint, monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] in ("flask", "werkzeug")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "flask", None)
    monkeypatch.setitem(sys.modules, "werkzeug", None)
    monkeypatch.delitem(sys.modules, "agf_theory.explore.page", raising=False)
    assert complaint("explore", "--no-browser") == (
        "agf explore: flask is required and is not installed; pip install 'agf-theory[explore]'"
    )


def test_a_port_in_use_is_one_line(complaint):
    pytest.importorskip("flask")
    with listening(0) as own:
        line = complaint("explore", "--no-browser", "--port", own.getsockname()[1])
    assert line.endswith("leave --port out to have one chosen")
