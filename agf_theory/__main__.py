"""`python -m agf_theory` is the command `agf`, for where the script is not on the path."""

import sys

from agf_theory.cli import main

if __name__ == "__main__":
    sys.exit(main())
