"""What the page of a domain shows of the crossing: in which territories eyes part most from the figures."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from odd17.core.diagnosis.crossing_reading import CrossedDomain, PeerCrossing
from odd17.core.kernel import Actor, Domain, actors
from odd17.publishing.charts.crossing import domain_gap_charts
from odd17.publishing.charts.gaps import gaps_svg
from odd17.workflows.crossing import METROPOLITAN, domain_crossing
from odd17.workflows.releases import Release

from .drawings import Drawing, File, in_two_widths, table_files
from .language import language


@dataclass(frozen=True, slots=True)
class DomainCrossed:
    """The crossing of a domain over the metropolitan regions; ``rows`` have the widest gap of ``actor`` first."""

    found: PeerCrossing
    asked: tuple[Actor, ...]
    actor: Actor
    gaps: tuple[Drawing, ...]
    rows: tuple[CrossedDomain, ...]
    files: tuple[File, ...]


def domain_crossed(release: Release, domain: Domain, asked: str) -> DomainCrossed | None:
    """The section for the actor of slug ``asked`` (the first one where none is); None where nobody was asked."""
    if not release.studies:
        return None
    whole = domain_crossing(release, domain.id, METROPOLITAN)
    if whole.reason is not None:
        return None
    known = tuple(actor for actor in actors() if actor.id in whole.actors)
    actor = next((one for one in known if one.slug == asked), known[0])
    return DomainCrossed(
        whole,
        known,
        actor,
        tuple(
            Drawing(
                "chart",
                f"after-{chart.id}",
                in_two_widths(gaps_svg(chart), gaps_svg(chart, narrow=True)),
                _(
                    "Dots are ranks by the figures, marks those by the people asked; bars hold nine draws in ten. "
                    "At the end of a row, the widest gap: + seen as more fragile than the figures say, − as less."
                ),
                _files(domain.id, chart.id.removeprefix("gaps-")),
            )
            for chart in domain_gap_charts(whole, language())
        ),
        tuple(
            row for row in domain_crossing(release, domain.id, METROPOLITAN, actor=actor.id).rows if row.view(actor.id)
        ),
        table_files("peer_crossing_table", domain.id, METROPOLITAN),
    )


def _files(domain: str, year: str) -> tuple[File, ...]:
    labels = ((_("Chart (SVG)"), "svg"), (_("Chart (PNG)"), "png"))
    return tuple(
        File(label, reverse("domain_gaps_file", args=[domain, METROPOLITAN, year, kind])) for label, kind in labels
    )
