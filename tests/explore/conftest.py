"""The page without a server: its application, answering in this process."""

from types import SimpleNamespace

import pytest

from agf_theory.cli.exploration import explored
from agf_theory.cli.explore_forms import system_forms
from agf_theory.cli.written_out import written_out
from agf_theory.explore import Answer

PORT = 4242
DATA = "a,b,y\n1,2,3\n2,1,0\n"


_known = {}


class Here:
    """Answers at once, what was asked before from memory; and remembers what was asked."""

    def __init__(self):
        self.asked = []

    def answer(self, asked):
        self.asked.append(asked)
        if asked not in _known:
            _known[asked] = Answer(*explored(asked))
        return _known[asked]


@pytest.fixture(scope="session")
def forms():
    return {form.name: form for form in system_forms()}


@pytest.fixture
def computer():
    return Here()


@pytest.fixture
def client(forms, computer):
    testing = pytest.importorskip("flask.testing")
    from agf_theory.explore.page import page

    class Browser(testing.FlaskClient):
        def open(self, *arguments, headers=(), **more):
            return super().open(*arguments, headers={"Host": f"127.0.0.1:{PORT}", **dict(headers)}, **more)

    application = page(list(forms.values()), computer, written_out, port=PORT)
    # As the server has it: what goes wrong is answered, not raised.
    application.testing = False
    application.test_client_class = Browser
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
