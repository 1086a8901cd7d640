"""What the README and the pages show is what happens: examples, console blocks, citations."""

import doctest
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from agf_theory.cli import main
from agf_theory.report import bibliography

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
PAGES = [page for page in PAGES if "_build" not in page.parts]
_EXAMPLE = re.compile(r"^```(?:python|pycon)\n(?=>>>)(.*?)^```$", re.MULTILINE | re.DOTALL)
_KEY = re.compile(r"\[([a-z]+(?:19|20)\d\d[a-z]?)\]")


def _console_blocks() -> ModuleType:
    spec = importlib.util.spec_from_file_location("console_blocks", ROOT / "docs" / "console_blocks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


console = _console_blocks()
BLOCKS = [block for page in PAGES for block in console.blocks(page)]


@pytest.mark.parametrize(
    "page", [page for page in PAGES if _EXAMPLE.search(page.read_text())], ids=lambda page: page.name
)
def test_the_examples_of_a_page_print_what_it_shows(page):
    source = "\n".join(_EXAMPLE.findall(page.read_text()))
    example = doctest.DocTestParser().get_doctest(source, {}, page.name, str(page), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    assert runner.run(example).failed == 0
    assert runner.tries > 0


def _shown(block):
    """A block as a case; runs of every claim, of mutants and searches are surveys."""
    survey = block.command == "make verify" or "agf search" in block.command or "--mutants" in block.command
    marks = [pytest.mark.survey] * survey
    return pytest.param(block, id=f"{block.page}: {block.command}", marks=marks)


@pytest.mark.full
@pytest.mark.parametrize("block", [_shown(block) for block in BLOCKS])
def test_a_console_block_shows_what_the_command_prints(block, monkeypatch, capsys):
    for name, value in console.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(ROOT)
    main(console.arguments(block.command))  # in this process: what a new one imports would take longer than the run
    printed = console.as_shown(capsys.readouterr().out)
    assert console.agrees(block.output, printed), (
        f"{block.command} printed\n{printed}\nrenew with docs/console_blocks.py"
    )


def test_the_readme_shows_a_verification_and_a_table():
    commands = [block.command for block in console.blocks(ROOT / "README.md")]
    assert "make verify" in commands
    assert any(command.startswith("agf table diagonal") for command in commands)


def test_every_console_fence_is_one_the_comparison_reads():
    fences = sum(page.read_text().count("```console") for page in PAGES)
    assert fences == len(BLOCKS)


def test_a_wrong_output_does_not_agree_and_an_ellipsis_stands_for_a_time():
    assert not console.agrees("3 of 3 claims\n", "2 of 3 claims\n")
    assert console.agrees("3 claims in ... s\n", "3 claims in 12.5 s\n")


def _cited():
    sources = [path.read_text() for path in [*(ROOT / "agf_theory").glob("**/*.py"), *PAGES]]
    cited = {key for text in sources for key in _KEY.findall(text)}
    return cited | {key for text in sources for key in re.findall(r"Source\(\s*\"([a-z]+\d{4}[a-z]?)\"", text)}


LISTED = set(bibliography())


def test_every_key_cited_in_code_claims_and_pages_is_in_the_bibliography():
    assert _cited() >= {"pesme2023"}
    assert _cited() <= LISTED, f"not in agf_theory/report/bibliography.md: {sorted(_cited() - LISTED)}"


def test_every_entry_of_the_bibliography_is_cited():
    assert _cited() >= LISTED, f"cited nowhere: {sorted(LISTED - _cited())}"


def test_no_table_writes_a_norm_as_escaped_bars_which_markdown_makes_single_ones():
    rows = [(page.name, line) for page in PAGES for line in page.read_text().splitlines() if line.startswith("|")]
    assert [row for row in rows if any(r"\|" in formula for formula in re.findall(r"\$[^$]+\$", row[1]))] == []
