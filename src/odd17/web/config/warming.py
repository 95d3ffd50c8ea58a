"""What a worker reads before it answers, so that its first readers do not wait for it."""

from __future__ import annotations

import logging

from django.urls import get_resolver

from odd17.core.territories.levels import Level
from odd17.workflows.diagnose import diagnose
from odd17.workflows.releases import current_release
from odd17.workflows.twins import twins


def warm() -> None:
    """Load every address, and read a territory of each level in the current release, where it can be read."""
    _ = get_resolver().url_patterns
    try:
        release = current_release()
        for level in (Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE):
            territory = release.cog.at(level)[0]
            diagnose(release, territory)
            twins(release, territory, count=1)
        release.cog.search("a", limit=1)
    except Exception as error:  # a damaged release, whatever is wrong with it, must not keep the site from saying so
        logging.getLogger(__name__).warning("The current release could not be read ahead: %s", error)
