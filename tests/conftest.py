"""What every test shares: hypothesis profiles and a figure backend that needs no screen."""

import os
from tempfile import TemporaryDirectory

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
