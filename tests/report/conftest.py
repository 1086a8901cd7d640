"""Pages to look at: hostile content that no run would give, and the record of what a page holds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

import pytest

from agf_theory.report.content import (
    CheckEntry,
    ClaimEntry,
    Contradiction,
    Count,
    ErratumEntry,
    FormulaEntry,
    HypothesisEntry,
    LeftOut,
    MutantCount,
    MutantEntry,
    NecessityEntry,
    Provenance,
    Report,
    SystemSection,
)

VOID = {"meta", "input", "br", "hr", "img", "link"}
LOADS = {"src", "href", "xlink:href", "data", "poster", "srcset", "action", "formaction", "background"}


@dataclass
class Outline(HTMLParser):
    """What a page consists of; reading one that is not well formed fails."""

    ids: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    unscoped: int = 0
    _open: list[str] = field(default_factory=list)

    def __post_init__(self):
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        given = dict(attributes)
        assert len(given) == len(attributes), f"<{tag}> has an attribute twice"
        self.attributes += [(tag, name, value or "") for name, value in given.items()]
        self.links += [(tag, value or "") for name, value in given.items() if name in LOADS]
        self.ids += [given["id"]] if "id" in given else []
        self.unscoped += tag == "th" and "scope" not in given
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag):
        assert self._open, f"</{tag}> closes nothing"
        opened = self._open.pop()
        assert opened == tag, f"<{opened}> is closed by </{tag}> at {self.getpos()}"

    def handle_data(self, data):
        self.texts.append(data)

    def close(self):
        super().close()
        assert self._open == [], f"never closed: {self._open}"

    @property
    def text(self):
        return "".join(self.texts)


def outline(page):
    found = Outline()
    found.feed(page)
    found.close()
    return found


def report_of_texts(text):
    """A report in which every text is the given one; ids, levels and systems are made unique."""
    check = CheckEntry(text, "proved", text, text, text, text, ((text, text),), text, text, text)
    needed = NecessityEntry("T-1", text, True, "exact", text, text, ((text, text),), text)
    mutants = tuple(
        MutantEntry("T-1", text, text, text, fate, text, text, text, text)
        for fate in ("survives", "refuted", "equivalent")
    )
    mutants += (replace(mutants[1], brief=True),)
    claim = ClaimEntry(
        id="T-1",
        system=text,
        title=text,
        statement=text,
        kind=text,
        status=text,
        source=text,
        references=(text,),
        remark=text,
        hypotheses=(HypothesisEntry(text, True),),
        drawn_from=(text,),
        formulas=(FormulaEntry(text, "", text),),
        result="proved",
        means=text,
        on_record=text,
        rests_on=(text,),
        differences=(text,),
        checks=(check,),
        left_out=(LeftOut(text, text),),
        necessity=(needed,),
        mutants=mutants,
        mutants_command=text,
        command=text,
    )
    erratum = ErratumEntry(claim, mutants)
    return Report(
        provenance=Provenance(text, text, text, text, text, 0, text, ((text, text),), (text,)),
        conclusion=text,
        complaints=(text,),
        levels=(("proved", text),),
        by_system=(Count(text, (1,)),),
        by_status=(Count(text, (1,)),),
        systems=(SystemSection(text, (claim,)),),
        mutants=(MutantCount("T-1", 1, 1, 1),),
        counterexamples=(Contradiction("T-1", text, text, text, (text,)),),
        errata=(erratum,),
        disagreements=(erratum,),
    )


@pytest.fixture
def read_page():
    return outline


@pytest.fixture
def every_text_is():
    return report_of_texts
