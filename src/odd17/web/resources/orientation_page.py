"""What « Par où commencer ? » shows: the three answers, and what the platform knows of the territory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from odd17.core.kernel import AmbiguousTerritory, UnknownTerritory
from odd17.core.resources.orientation import Aim, Audience, Cell, Placed, audiences, maturities, objectives, orientation
from odd17.core.territories.territory import Territory
from odd17.workflows.releases import Release

from .known_here import KnownHere, known_here
from .places import Place, place

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """One question of the form: its parameter, its options, and the one that was chosen."""

    parameter: str
    options: tuple[Audience | Aim, ...]
    chosen: Audience | Aim | None

    @property
    def id(self) -> str | None:
        """The identifier of what was chosen."""
        return None if self.chosen is None else self.chosen.id


@dataclass(frozen=True, slots=True)
class Answer:
    """A cell in its place, with the places of the platform that it leads to."""

    placed: Placed
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class OrientationPage:
    """The form as filled, and the answers where the audience is known. ``problem`` is about the territory's name.

    ``known`` is what the platform knows of the territory, None where none was named.
    """

    choices: tuple[Choice, ...]
    named: str
    territory: Territory | None
    problem: str
    candidates: tuple[Territory, ...]
    answers: tuple[Answer, ...]
    known: KnownHere | None

    @property
    def audience(self) -> Audience | Aim | None:
        """Who asks."""
        return self.choices[0].chosen

    @property
    def unsaid(self) -> bool:
        """Whether something was said, but not by whom: there is no answer then."""
        return self.audience is None and (bool(self.named) or any(choice.chosen for choice in self.choices))


def orientation_page(release: Release, asked: Mapping[str, str]) -> OrientationPage:
    """The page for ``profil``, ``but``, ``etape`` (slugs) and ``territoire``; what is not known is left out."""
    who = _choice("profil", audiences(), asked)
    aim = _choice("but", objectives(), asked)
    reached = _choice("etape", maturities(), asked)
    named = asked.get("territoire", "").strip()[:LONGEST_NAME]
    territory, problem, candidates = _territory(release, named)
    answers: tuple[Answer, ...] = ()
    if who.chosen is not None:
        answers = tuple(
            Answer(placed, _places(placed.cell, territory)) for placed in orientation(who.chosen.id, aim.id, reached.id)
        )
    known = known_here(release, territory) if answers and territory is not None else None
    return OrientationPage((who, aim, reached), named, territory, problem, candidates, answers, known)


def _places(cell: Cell, territory: Territory | None) -> tuple[Place, ...]:
    """Where a cell leads, for this territory and for its audience."""
    found = (place(id, territory, cell.audience) for id in cell.leads_to)
    return tuple(one for one in found if one is not None)


def _choice(parameter: str, options: Iterable[Audience | Aim], asked: Mapping[str, str]) -> Choice:
    known = tuple(options)
    return Choice(parameter, known, next((one for one in known if one.slug == asked.get(parameter)), None))


def _territory(release: Release, name: str) -> tuple[Territory | None, str, tuple[Territory, ...]]:
    if not name:
        return None, "", ()
    try:
        return release.cog.widest(name)[0], "", ()
    except AmbiguousTerritory as error:
        found = release.cog.get(error.candidates[:12])
        return None, _("“{name}” may be several territories.").format(name=name), found
    except UnknownTerritory:
        near = tuple(release.cog.search(name, limit=5) or release.cog.suggest(name))
        return None, _("No territory is called “{name}”.").format(name=name), near
