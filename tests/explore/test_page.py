import io
import re
from types import SimpleNamespace

import pytest

from agf_theory.cli import main
from agf_theory.explore import MOST_BYTES, Superseded

_FILE = re.compile(r'href="([^"]+/files/[^"]+)"')


def wrong(page):
    found = re.search(r'class="wrong" role="alert">(.*?)</p>', page.text, re.DOTALL)
    return found and found[1]


@pytest.mark.parametrize("system", ["diagonal", "linear", "modular", "attention", "neuron", "finite-width"])
def test_every_system_has_a_page_that_computes_nothing_by_itself(client, admission, computer, system):
    answer = client.get(f"/{system}")
    assert answer.status_code == 200
    assert f'<form method="post" action="{admission.root}{system}"' in answer.get_data(as_text=True)
    assert computer.asked == []


def test_a_page_loads_nothing_from_elsewhere_and_has_no_script_or_style_inside(client):
    text = client.get("/").get_data(as_text=True)
    assert re.findall(r'(?:src|href|action)="(?!/|#)', text) == []
    assert "<style" not in text
    assert "style=" not in text
    assert re.findall(r"<script(?! src=)", text) == []
    assert re.findall(r"\son[a-z]+=", text) == []


def test_the_answer_is_a_page_with_table_figure_and_commands(ask):
    page = ask()
    assert page.status == 200
    assert wrong(page) is None
    assert "<caption>α → 0</caption>" in page.text
    assert re.search(r'<img src="/[\w-]+/files/[\w-]+/result/figure\.svg\?shown"', page.text)
    assert "agf table diagonal --data data.csv --target y --methods pf\n" in page.text
    assert "agf plot diagonal --data data.csv --target y --methods pf\n" in page.text


@pytest.fixture
def links(ask):
    """Files of an answer, with the addresses to fetch them from."""

    def found():
        return {link.rpartition("/")[2]: link for link in _FILE.findall(ask().text)}

    return found


_ASKED = ["diagonal", "--data", "data.csv", "--target", "y", "--methods", "pf"]
_TABLES, _FIGURES = {f"table.{ending}" for ending in ("csv", "tex", "json", "txt")}, {"figure.svg", "figure.pdf"}


def test_tables_are_those_of_the_command_line(links, client, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = links()
    assert set(found) == {*_TABLES, *_FIGURES, "data.csv"}
    (tmp_path / "data.csv").write_bytes(client.get(found["data.csv"]).data)
    for name in _TABLES:
        assert main(["table", *_ASKED, "--out", name]) == 0
        answer = client.get(found[name])
        assert answer.data == (tmp_path / name).read_bytes()
        assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.survey
@pytest.mark.usefixtures("drawn")
def test_figures_are_those_of_the_command_line(links, client, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = links()
    (tmp_path / "data.csv").write_bytes(client.get(found["data.csv"]).data)
    for name in _FIGURES:
        assert main(["plot", *_ASKED, "--out", name]) == 0
        assert client.get(found[name]).data == (tmp_path / name).read_bytes()


def test_a_figure_may_have_styles_of_its_own_and_nothing_else(ask, client):
    svg = next(link for link in _FILE.findall(ask().text) if link.endswith("svg"))
    answer = client.get(f"{svg}?shown")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert "Content-Disposition" not in answer.headers


def test_a_file_of_the_reader_is_saved_and_never_shown_as_a_page(ask, client):
    page = ask(own__data="<script>alert(1)</script>", own__data__name="men.html")
    link = next(link for link in _FILE.findall(page.text) if link.endswith("men.html"))
    assert client.get(f"{link}?shown").headers["Content-Disposition"] == "attachment; filename=men.html"


def test_a_system_without_jumps_is_served_by_the_same_code(ask):
    page = ask("neuron", source="sweep", sweep__delta="-1,1", sweep__cosine="0.1", sweep__size="0.001", sweep__goal="1")
    assert wrong(page) is None
    assert "agf table neuron --delta=-1,1 --cosine 0.1 --size 0.001 --goal 1\n" in page.text


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        (
            {"own__data": "a,y\n1,2\nx,3\n"},
            "agf: data.csv, line 3, column &#39;a&#39;: expected a number such as 12, -0.5, 1e-8 or 3/4, got",
        ),
        ({"own__target": "z"}, "agf: data.csv: no column &#39;z&#39; to be the target"),
        ({"method": ["pf", "gf"], "alpha": "2"}, "agf: initialisation scale: 0 &lt; alpha &lt; 1 is required"),
        ({"own__data__name": "men.npz"}, "agf: men.npz: an npz archive (numpy.savez) is required"),
        ({"own__data__name": "passwd"}, "agf: --data must be a .csv or .npz file, got &#39;passwd&#39;"),
        ({"source": "zoo", "zoo__problem": "none"}, "agf: no problem &#39;none&#39; in the zoo"),
        ({"own__data__column": "q", "own__data__factor": "2"}, "agf: data.csv: no column &#39;q&#39; to move"),
        ({"method": []}, "agf: --methods needs some of pf, agf, corrected, gf"),
        ({"own__data": "<script>alert(1)</script>"}, "agf: data.csv: no column"),
    ],
)
def test_what_is_wrong_is_said_in_the_line_of_the_command_line(ask, changed, line):
    page = ask(**changed)
    assert page.status == 200
    assert f"agf: {wrong(page).removeprefix('agf: ')}".startswith(line)
    assert page.text.count('class="wrong"') == 1
    assert "Traceback" not in page.text
    assert "<script>alert" not in page.text


@pytest.mark.usefixtures("drawn")
def test_a_table_stays_where_only_the_figure_is_impossible(ask):
    page = ask(
        "attention",
        source="eigenvalues",
        eigenvalues__eigenvalues="1,1/2",
        eigenvalues__context_length="4",
        method=["limit", "bound", "agf"],
        alpha="1e-3",
        more="1e-4",
    )
    assert "one scale a figure is required" in wrong(page)
    assert page.text.count("<caption>") == 2


def test_names_in_the_data_are_shown_as_text(ask):
    page = ask(own__data="<b>x</b>,y\n1,2\n2,3\n")
    assert wrong(page) is None
    assert "<b>x</b>" not in page.text
    assert "&lt;b&gt;x&lt;/b&gt;" in page.text


def test_no_file_of_the_disk_is_read(ask, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data.csv").write_text("secret,y\n1,2\n2,1\n")
    assert "the columns are &#39;a&#39;, &#39;b&#39;, &#39;y&#39;" in wrong(ask(own__target="secret"))
    assert "got an empty file" in wrong(ask(own__data=""))
    assert [path.name for path in tmp_path.iterdir()] == ["data.csv"]


def test_a_chosen_file_is_read_by_its_name_and_shown_in_the_page(client):
    given = {"source": "own", "own.data": "old", "own.target": "y", "method": "pf"}
    answer = client.post("/diagonal", data=given | {"own.data.file": (io.BytesIO(b"a,y\n1,2\n"), "men.csv")})
    text = answer.get_data(as_text=True)
    assert "agf table diagonal --data men.csv --target y" in text
    assert "a,y\n1,2\n</textarea>" in text


def test_too_much_data_is_refused_in_one_line(client):
    for size in (MOST_BYTES, 5 * MOST_BYTES):
        answer = client.post("/diagonal", data={"source": "own", "own.data": "1" * (size + 1), "own.target": "y"})
        text = answer.get_data(as_text=True)
        assert "at most 1 MiB of data are allowed on this page, got more; the command line takes larger files" in text
        assert answer.status_code in (200, 413)


def test_a_problem_of_the_zoo_is_written_out_to_be_changed(ask):
    page = ask("diagonal", source="zoo", zoo__problem="reactivation", change="numbers")
    data = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page.text, re.DOTALL)[1]
    assert data.splitlines()[0].endswith(",y")
    again = ask(own__data=data)
    named = ask(source="zoo", zoo__problem="reactivation")
    rows = re.compile(r"<tbody>.*?</tbody>", re.DOTALL)
    assert rows.findall(again.text) == rows.findall(named.text) != []


def test_a_problem_that_no_option_holds_is_said_to_be_none(ask):
    page = ask("linear", source="zoo", zoo__problem="reversed", change="numbers")
    assert "nothing to change" in wrong(page)


def test_a_defect_is_a_line_here_and_a_traceback_in_the_terminal(client, computer, said, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(computer, "answer", broken)
    answer = client.post("/diagonal", data={"source": "own"})
    assert answer.status_code == 500
    assert wrong(SimpleNamespace(text=answer.get_data(as_text=True))) == (
        "agf: a defect of this program, please report it: ZeroDivisionError: division by zero; "
        "its traceback stands in the terminal that runs agf explore"
    )
    assert said[-1].startswith("Traceback (most recent call last):\n")
    assert said[-1].endswith("ZeroDivisionError: division by zero")


def test_a_question_given_up_says_so(ask, computer, monkeypatch):
    def later(*_):
        raise Superseded

    monkeypatch.setattr(computer, "answer", later)
    assert "given up: something else was asked meanwhile" in wrong(ask())


def test_a_name_with_two_spaces_in_a_row_is_one_name(ask):
    data = "a  b,y  z\n1,2\n2,3\n"
    page = ask(own__data=data, own__target="y  z", own__data__column="a  b", own__data__factor="2")
    assert wrong(page) is None
    assert '<option value="a  b" selected>' in page.text
    assert "--target &#39;y  z&#39;" in page.text


def test_files_of_old_answers_are_no_more(client):
    answer = client.get("/files/none/result/table.csv")
    assert answer.status_code == 404
    assert "only those of the last answers are kept" in answer.get_data(as_text=True)
