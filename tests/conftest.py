"""What all tests share: properties take the time they need, and try the same examples on every run of the checks."""

import os

from hypothesis import settings

settings.register_profile("here", deadline=None, max_examples=25)
settings.register_profile("checks", deadline=None, max_examples=25, derandomize=True)
settings.load_profile("checks" if os.environ.get("CI") else "here")
