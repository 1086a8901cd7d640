"""The command line: `agf VERB ...`."""

from agf_theory.cli.application import main

__all__ = ["main"]
