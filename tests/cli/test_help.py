"""What `--help` says, of every command: it fits the terminal, and its examples are taken."""

import shlex

import pytest
import typer

from agf_theory.cli.application import app
from agf_theory.cli.examples import EXAMPLES

AGF = typer.main.get_command(app)
GROUPS = {name: command for name, command in AGF.commands.items() if hasattr(command, "commands")}
COMMANDS = [("agf", *path) for path in [(), *((name,) for name in AGF.commands)]]
COMMANDS += [("agf", name, system) for name, group in GROUPS.items() for system in group.commands]


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_help_of_a_command_fits_eighty_columns_and_ends_with_its_examples(agf, path):
    shown = agf(*path[1:], "--help")
    assert shown.status == 0
    assert max(map(len, shown.out.splitlines())) <= 80
    examples = EXAMPLES[" ".join(path)]
    assert shown.out.endswith("".join(f"  {line}\n" for line in examples))
    assert all(line.startswith((" ".join(path), 'eval "$(agf')) for line in examples)


def test_the_help_of_agf_fits_a_screen_with_the_prompt_below(agf):
    assert len(agf("--help").out.splitlines()) <= 23


@pytest.mark.parametrize("group", GROUPS)
def test_the_help_of_a_group_names_every_system_in_full(agf, group):
    listed = agf(group, "--help").out.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    assert len(listed) == len(GROUPS[group].commands)
    assert not [line for line in listed if line.endswith("...")]


@pytest.mark.parametrize("line", dict.fromkeys(line for lines in EXAMPLES.values() for line in lines))
def test_an_example_is_a_command_with_options_that_it_knows(line):
    words = shlex.split(line.removeprefix('eval "$(').removesuffix(')"').partition(" >")[0])
    command = AGF
    for word in words[1:]:
        if not hasattr(command, "commands"):
            break
        command = command.commands[word]
        words = words[1:]
    command.make_context(words[0], words[1:])  # raises for an option it does not know


def test_there_are_no_examples_of_commands_that_are_not_there():
    assert set(EXAMPLES) == {" ".join(path) for path in COMMANDS}
