"""The page without a server: its application, answering in this process."""

from contextlib import closing
from types import SimpleNamespace

import pytest

from agf_theory.cli.exploration import explored
from agf_theory.cli.explore_forms import system_forms
from agf_theory.cli.written_out import written_out
from agf_theory.explore import Admission, Answer, Part

PORT = 4242
DATA = "a,b,y\n1,2,3\n2,1,0\n"
# To draw takes longer than everything else together: where a test is not about the figure, this stands in its place.
_NOT_DRAWN = Part("figure", files={"figure.svg": b"<svg/>", "figure.pdf": b"%PDF"})


class Here:
    """Answers at once, what was asked before from memory; and remembers what was asked."""

    def __init__(self):
        self.asked = []
        self.draws = False
        self._known = {}

    def answer(self, asked, tab):
        self.asked.append(asked)
        key = (asked, self.draws)
        if key not in self._known:
            self._known[key] = self._computed(asked)
        return self._known[key]

    def _computed(self, asked):
        with closing(explored(asked)) as parts:
            table = next(parts)
            return Answer(table, next(parts) if self.draws or table.line else _NOT_DRAWN)


@pytest.fixture(scope="session")
def forms():
    return {form.name: form for form in system_forms()}


@pytest.fixture(scope="session")
def _here():
    return Here()


@pytest.fixture
def computer(_here):
    _here.asked, _here.draws = [], False
    return _here


@pytest.fixture
def drawn(computer):
    """Figures are the real ones."""
    computer.draws = True


@pytest.fixture(scope="session")
def admission():
    return Admission()


@pytest.fixture(scope="session")
def said():
    """What stands in the terminal."""
    return []


@pytest.fixture(scope="session")
def application(forms, _here, admission, said):
    testing = pytest.importorskip("flask.testing")
    from agf_theory.explore.page import page

    class Browser(testing.FlaskClient):
        """Knows where it is: paths are those after the token, unless they begin at "//"."""

        def open(self, path, *, headers=(), **more):
            whole = path if path.startswith(("/static/", admission.root)) else f"{admission.root}{path[1:]}"
            return super().open(
                path[1:] if path.startswith("//") else whole,
                headers={"Host": f"127.0.0.1:{PORT}", **dict(headers)},
                **more,
            )

    application = page(list(forms.values()), _here, written_out, admission, port=PORT, say=said.append)
    # As the server has it: what goes wrong is answered, not raised.
    application.testing = False
    application.test_client_class = Browser
    return application


@pytest.fixture
def client(application, computer):
    return application.test_client()


@pytest.fixture
def ask(client):
    """Send the fields of a page with some of them changed; the page that comes back."""

    def post(system="diagonal", **changed):
        given = {"source": "own", "own.data": DATA, "own.data.name": "data.csv", "own.target": "y", "method": ["pf"]}
        given |= {key.replace("__", "."): value for key, value in changed.items()}
        answer = client.post(f"/{system}", data=given)
        return SimpleNamespace(status=answer.status_code, text=answer.get_data(as_text=True), headers=answer.headers)

    return post
