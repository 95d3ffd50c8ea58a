"""Where a territory's page is: the lasting addresses that maps, files and reports link to."""

from __future__ import annotations

from odd17.core.territories.territory import Territory

from .language import language_of


def territory_path(territory: Territory, language: str) -> str:
    """The path of a territory's page on the platform.

    >>> from odd17.core.territories.levels import Level
    >>> place = Territory("REG-53", Level.REGION, "53", "Bretagne", "bretagne", (), None, None, False)
    >>> territory_path(place, "fr"), territory_path(place, "en")
    ('/territoires/REG-53-bretagne/', '/en/territoires/REG-53-bretagne/')
    """
    prefix = "/en" if language_of(language) == "en" else ""
    return f"{prefix}/territoires/{territory.id}-{territory.slug}/"
