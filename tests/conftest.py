"""What holds for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# How long a thing takes is measured in bench/, not claimed here. The gate judges every change by the same examples;
# elsewhere they are drawn anew, so that new ones are found where somebody can look at them.
settings.register_profile("project", deadline=None)
settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile("gate" if os.environ.get("CI") else "project")
