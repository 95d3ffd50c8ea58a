"""Reading releases: which one answers, which there are, and where they are kept."""

from __future__ import annotations

from odd17.store.places import demonstration, home
from odd17.store.releases import Release, current_release, list_releases, open_release

__all__ = ["Release", "current_release", "demonstration", "home", "list_releases", "open_release"]
