"""`agf completion SHELL`: what makes a shell complete names of claims, formulas, problems and options."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Final

import typer
from typer._completion_classes import BashComplete, FishComplete, ZshComplete, completion_init

from agf_theory.cli.output import to_stdout

__all__ = ["COMPLETION_VARIABLE", "Shell", "completion"]

COMPLETION_VARIABLE = "_AGF_COMPLETE"
"""By this variable of the environment the scripts ask `agf` for what may follow."""

# How each shell asks and is answered; the library registers it where it adds its own two options, which edit files of
# the user. Ours prints.
completion_init()


class Shell(Enum):
    """The shells there is a script for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


_Script = type[BashComplete] | type[ZshComplete] | type[FishComplete]
_SCRIPTS: Final[dict[Shell, _Script]] = {Shell.BASH: BashComplete, Shell.ZSH: ZshComplete, Shell.FISH: FishComplete}


def completion(
    context: typer.Context,
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")],
) -> int:
    """Print the script that completes agf's commands, options and names after TAB.

    bash: the line below, in ~/.bashrc. zsh: the script as ~/.zfunc/_agf, with ~/.zfunc in fpath before compinit is
    called. fish: the script as ~/.config/fish/completions/agf.fish. The next shell that is opened knows it.
    """
    script = _SCRIPTS[shell](context.find_root().command, {}, "agf", COMPLETION_VARIABLE).source()
    to_stdout(f"{script.strip()}\n")  # zsh looks for its tag on the first line
    return 0
