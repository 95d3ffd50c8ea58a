"""The levels of territory, from the country to the commune."""

from __future__ import annotations

from enum import StrEnum

from odd17.core.kernel import Text


class Level(StrEnum):
    """A level; its value is the prefix of identifiers (``REG-53``). The two countries have one territory each.

    >>> Level("DEP").name
    'DEPARTEMENT'
    """

    COUNTRY = "FR"
    METROPOLITAN = "FRM"
    REGION = "REG"
    DEPARTEMENT = "DEP"
    EPCI = "EPCI"
    COMMUNE = "COM"
    OWN = "TER"  # a user's own perimeter: no part of the code officiel géographique

    @property
    def is_single(self) -> bool:
        """Whether the level has a single territory whose identifier is the level itself (``FR``, ``FRM``)."""
        return self in (Level.COUNTRY, Level.METROPOLITAN)

    @property
    def label(self) -> Text:
        """The level's name in the singular."""
        return _LABELS[self]


_LABELS = {
    Level.COUNTRY: Text("France", "France"),
    Level.METROPOLITAN: Text("France métropolitaine", "Metropolitan France"),
    Level.REGION: Text("région", "region"),
    Level.DEPARTEMENT: Text("département", "département"),
    Level.EPCI: Text("EPCI", "EPCI (inter-municipality)"),
    Level.COMMUNE: Text("commune", "commune"),
    Level.OWN: Text("territoire de projet", "territory of one’s own"),
}


def territory_id(level: Level, code: str) -> str:
    """The identifier of the territory of ``level`` with this COG ``code``.

    >>> territory_id(Level.DEPARTEMENT, "2A"), territory_id(Level.COUNTRY, "FR")
    ('DEP-2A', 'FR')
    """
    return level.value if level.is_single else f"{level.value}-{code}"


def split_id(identifier: str) -> tuple[Level, str]:
    """Level and code of an identifier; raises ValueError where it has not the form of one.

    >>> split_id("COM-35238")
    (<Level.COMMUNE: 'COM'>, '35238')
    """
    prefix, _, code = identifier.partition("-")
    level = Level(prefix)
    if level.is_single != (code == ""):
        raise ValueError(f"{identifier!r} is not a territory identifier")
    return level, code or prefix
