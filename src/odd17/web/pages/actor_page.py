"""What the page of an actor shows: what this group sees, whom it trusts, and how it ranks the three levers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from odd17.core.diagnosis.actor_views import ActorCrossing, ItemShare
from odd17.core.kernel import Actor
from odd17.core.perceptions.tables import Measure
from odd17.core.territories.territory import Territory
from odd17.publishing.charts.actor_shares import share_charts
from odd17.publishing.charts.shares import shares_svg
from odd17.workflows.crossing import METROPOLITAN, actor_crossing, peer_crossing
from odd17.workflows.releases import Release

from .drawings import Drawing, File, in_two_widths, table_files
from .language import language
from .regards_page import in_demonstration


@dataclass(frozen=True, slots=True)
class ActorPage:
    """``crossing`` is None where nobody of this group was asked; ``regions`` are those in which they were."""

    actor: Actor
    crossing: ActorCrossing | None
    regions: tuple[Territory, ...]
    items: tuple[tuple[Measure, tuple[ItemShare, ...]], ...]
    charts: Mapping[str, Drawing]
    files: tuple[File, ...]
    elsewhere: str | None


def actor_page(release: Release, actor: Actor, territory: str | None) -> ActorPage:
    """The page of ``actor``, for the whole country or for a territory; raises UnknownTerritory, AmbiguousTerritory."""
    elsewhere = in_demonstration(release, reverse("actor", args=[actor.slug]))
    asked = any(study.actor == actor.id for study in release.studies.values())
    if not asked:
        return ActorPage(actor, None, (), (), {}, (), elsewhere)
    crossing = actor_crossing(release, actor.id, territory)
    found = peer_crossing(release, METROPOLITAN)
    regions = dict.fromkeys(row.territory for row in found.rows if row.view(actor.id) is not None)
    measures = dict.fromkeys(item.measure for item in crossing.items)
    return ActorPage(
        actor,
        crossing,
        tuple(regions),
        tuple((one, tuple(item for item in crossing.items if item.measure is one)) for one in measures),
        _charts(actor, crossing),
        table_files("perceptions_table"),
        elsewhere,
    )


def _charts(actor: Actor, found: ActorCrossing) -> Mapping[str, Drawing]:
    """The drawings of shares, by what they are of: ``fragile``, ``levers``."""
    caption = _("Each mark is a share of those asked; its bar holds what 19 samples in 20 would give.")
    return {
        chart.id: Drawing(
            "chart",
            f"after-{chart.id}",
            in_two_widths(shares_svg(chart), shares_svg(chart, narrow=True)),
            caption,
            tuple(
                File(label, reverse("shares_file", args=[actor.slug, found.territory.id, chart.id, kind]))
                for label, kind in ((_("Chart (SVG)"), "svg"), (_("Chart (PNG)"), "png"))
            ),
        )
        for chart in share_charts(found, language())
    }
