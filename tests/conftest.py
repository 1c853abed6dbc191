"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("project", deadline=None)  # how long a thing takes is measured in bench/, not claimed here
settings.load_profile("project")
