"""What every test shares: hypothesis profiles, a figure backend without a screen, a reader of notebook fragments."""

import os
from html.parser import HTMLParser
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("MPLBACKEND", "Agg")
# Finished checks of tests are no business of the user's cache: a folder that goes with this process.
_CACHE = TemporaryDirectory(prefix="agf-theory-tests-")
os.environ["AGF_THEORY_CACHE"] = _CACHE.name

# No deadline: exact arithmetic is fast on most instances and slow on a few, and a slow instance is no failure.
settings.register_profile("default", deadline=None, max_examples=50)
# Derandomised: a submission passes or fails for what it changes, not for the seed of the day.
settings.register_profile(
    "ci",
    deadline=None,
    max_examples=50,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# For hunting: HYPOTHESIS_PROFILE=hunt pytest tests/numeric
settings.register_profile("hunt", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default"))


class Fragment(HTMLParser):
    """What a reader of a notebook sees: `text` and the `rows` of tables; insists on closed tags and on no scripts."""

    def __init__(self, html):
        super().__init__()
        self.open, self.rows, self.text = [], [], ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert tag != "script"
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag != "br":
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data
        if self.rows and {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data


class _Reading:
    """`fragment(shown)` reads what an object shows in a notebook, `fragment.of(html)` a piece of HTML."""

    def __call__(self, shown):
        return Fragment(shown._repr_html_())

    def of(self, html):
        return Fragment(html)


@pytest.fixture
def fragment():
    return _Reading()
