"""What the crossing of a territory shows on its page: gaps, quadrants of one actor, priorities, and who was asked."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from odd17.core.diagnosis.crossing_reading import CrossedDomain, CrossedViews
from odd17.core.kernel import Actor, actors
from odd17.core.territories.territory import Territory
from odd17.publishing.charts.crossing import gap_charts, quadrant_chart
from odd17.publishing.charts.gaps import gaps_svg
from odd17.publishing.charts.quadrants import quadrants_svg
from odd17.workflows.crossing import crossing_at
from odd17.workflows.releases import Release

from .addresses import address_of
from .drawings import Drawing, File, in_two_widths, table_files
from .language import language
from .regards_page import in_demonstration


@dataclass(frozen=True, slots=True)
class CrossedSection:
    """``actor`` is the one whose quadrants are shown, of ``asked``; ``priorities`` have a place."""

    views: CrossedViews
    gaps: tuple[Drawing, ...]
    asked: tuple[Actor, ...]
    actor: Actor
    quadrants: Drawing | None
    priorities: tuple[CrossedDomain, ...]
    files: tuple[File, ...]

    @property
    def rows(self) -> tuple[CrossedDomain, ...]:
        """The domains, the widest gap of the chosen actor first."""
        return self.views.by_gap(self.actor.id)


def crossed_section(release: Release, territory: Territory, asked: str) -> CrossedSection | None:
    """The section for the actor of slug ``asked`` (the first one where none is); None where no study asked anybody."""
    views = crossing_at(release, territory) if release.studies else None
    if views is None or not views.actors:
        return None
    known = tuple(actor for actor in actors() if actor.id in views.actors)
    actor = next((one for one in known if one.slug == asked), known[0])
    return CrossedSection(
        views,
        tuple(
            Drawing(
                "chart",
                f"after-{chart.id}",
                in_two_widths(gaps_svg(chart), gaps_svg(chart, narrow=True)),
                _(
                    "Dots are ranks by the figures, marks those by the people asked; bars hold nine draws in ten. "
                    "At the end of a row, the widest gap: + seen as more fragile than the figures say, − as less."
                ),
                _files("gaps_file", territory.id, chart.id.removeprefix("gaps-")),
            )
            for chart in gap_charts(views, language())
        ),
        known,
        actor,
        _quadrants(views, actor),
        tuple(row for row in views.by_priority() if row.priority is not None),
        table_files("crossing_table", territory.id),
    )


def elsewhere(release: Release, territory: Territory) -> str | None:
    """Where the demonstration shows the same page, for a territory of which no study asked anybody; None inside it."""
    found = in_demonstration(release, address_of(territory))
    return None if found is None else f"{found}#crossed"


def _quadrants(views: CrossedViews, actor: Actor) -> Drawing | None:
    chart = quadrant_chart(views, actor.id, language())
    if chart is None:
        return None
    caption = _("To the right, more fragile by the figures; upwards, more often seen as fragile.")
    files = _files("quadrants_file", views.territory.id, actor.slug)
    svg = in_two_widths(quadrants_svg(chart), quadrants_svg(chart, narrow=True))
    return Drawing("chart", "after-quadrants", svg, caption, files)


def _files(name: str, *of: str) -> tuple[File, ...]:
    labels = ((_("Chart (SVG)"), "svg"), (_("Chart (PNG)"), "png"))
    return tuple(File(label, reverse(name, args=[*of, kind])) for label, kind in labels)
