"""Releases: immutable folders of figures, one of which answers at a time."""

from .release import Release
from .shelf import current_release, list_releases, open_release, use
from .verification import Difference, verify

__all__ = ["Difference", "Release", "current_release", "list_releases", "open_release", "use", "verify"]
