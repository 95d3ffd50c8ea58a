"""What the page of an actor shows: what this group sees, whom it trusts, and how it ranks the three levers."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from odd17.core.diagnosis.actor_views import ActorCrossing, ItemShare
from odd17.core.kernel import Actor
from odd17.core.perceptions.tables import Measure
from odd17.core.territories.territory import Territory
from odd17.workflows.crossing import METROPOLITAN, actor_crossing, peer_crossing
from odd17.workflows.releases import Release

from .drawings import File, table_files
from .regards_page import in_demonstration


@dataclass(frozen=True, slots=True)
class ActorPage:
    """``crossing`` is None where nobody of this group was asked; ``regions`` are those in which they were."""

    actor: Actor
    crossing: ActorCrossing | None
    regions: tuple[Territory, ...]
    items: tuple[tuple[Measure, tuple[ItemShare, ...]], ...]
    files: tuple[File, ...]
    elsewhere: str | None


def actor_page(release: Release, actor: Actor, territory: str | None) -> ActorPage:
    """The page of ``actor``, for the whole country or for a territory; raises UnknownTerritory, AmbiguousTerritory."""
    elsewhere = in_demonstration(release, reverse("actor", args=[actor.slug]))
    asked = any(study.actor == actor.id for study in release.studies.values())
    if not asked:
        return ActorPage(actor, None, (), (), (), elsewhere)
    crossing = actor_crossing(release, actor.id, territory)
    found = peer_crossing(release, METROPOLITAN)
    regions = dict.fromkeys(row.territory for row in found.rows if row.view(actor.id) is not None)
    measures = dict.fromkeys(item.measure for item in crossing.items)
    return ActorPage(
        actor,
        crossing,
        tuple(regions),
        tuple((one, tuple(item for item in crossing.items if item.measure is one)) for one in measures),
        table_files("perceptions_table"),
        elsewhere,
    )
