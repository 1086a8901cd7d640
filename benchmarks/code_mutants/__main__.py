"""Mutation testing of the code: see survey.py for what it does and how to call it."""

import os

# before numpy is loaded: one thread, the same sums in the same order
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = "1"
# examples that do not depend on the day, so that a survivor stays one
os.environ["HYPOTHESIS_PROFILE"] = "ci"

from survey import main  # noqa: E402 - after the environment is set

main()
