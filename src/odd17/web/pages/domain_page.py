"""What the page of a domain shows."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from odd17.core.diagnosis.peers import PEER_SETS, level_of
from odd17.core.diagnosis.ranking import Ranking
from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import Domain, Provenance, domains
from odd17.core.territories.levels import Level
from odd17.workflows.rankings import rank_node
from odd17.workflows.releases import Release

from .domain_crossed import DomainCrossed, domain_crossed
from .drawings import Drawing, File, map_drawing, table_files
from .language import language
from .regards_page import in_demonstration

LONGEST_TABLE = 1500
"""Rows of a ranking shown at once: every EPCI, and the first communes; the rest is in the files."""


@dataclass(frozen=True, slots=True)
class DomainPage:
    """``available`` are the peer sets with a figure of the domain; ``ranking`` is None where there is none."""

    domain: Domain
    indicators: tuple[Indicator, ...]
    available: tuple[str, ...]
    peer_set: str | None
    level: Level | None
    ranking: Ranking | None
    hidden: int
    map: Drawing | None
    files: tuple[File, ...]
    crossed: DomainCrossed | None
    elsewhere: str | None
    cited: tuple[Provenance, ...]
    before: Domain | None
    after: Domain | None


def domain_page(release: Release, domain: Domain, peer_set: str | None, actor: str = "") -> DomainPage:
    """Gather the domain's ranking among ``peer_set``, or among the first peers that have figures where it is None.

    ``actor`` is the slug of the one whose gaps are sorted.
    """
    available = tuple(name for name in PEER_SETS if _has_figures(release, domain, name))
    chosen = peer_set or next(iter(available), None)
    ranking = rank_node(release, domain.id, chosen, count=LONGEST_TABLE) if chosen in available and chosen else None
    order = domains()
    place = order.index(domain)
    return DomainPage(
        domain=domain,
        indicators=tuple(item for item in release.indicators.values() if item.domain == domain.id),
        available=available,
        peer_set=chosen,
        level=level_of(chosen) if chosen else None,
        ranking=ranking,
        hidden=max(0, ranking.table.height - len(ranking.rows)) if ranking else 0,
        map=None if ranking is None else _map(release, ranking),
        files=() if ranking is None else table_files("ranking_table", domain.id, ranking.peers.id),
        crossed=domain_crossed(release, domain, actor),
        elsewhere=in_demonstration(release, reverse("domain", args=[domain.slug])),
        cited=() if ranking is None else tuple(dict.fromkeys(column.indicator.source for column in ranking.columns)),
        before=order[place - 1] if place else None,
        after=order[place + 1] if place + 1 < len(order) else None,
    )


def _map(release: Release, ranking: Ranking) -> Drawing | None:
    """The map of the scores, else of the first figure; none of the communes, whose maps are by département."""
    level = level_of(ranking.peers.id)
    if level is Level.COMMUNE or ranking.peers.id == "REG-overseas":
        return None
    subject = ranking.node if ranking.scored else ranking.columns[0].indicator.id
    caption = _("Choose a territory on the map or in the table.")
    return map_drawing(release, subject, level, language(), caption)


def _has_figures(release: Release, domain: Domain, peer_set: str) -> bool:
    log = release.method_log(peer_set)
    return any(entry["domain"] == domain.id and entry["period"] is not None for entry in log["indicators"])
