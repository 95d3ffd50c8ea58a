"""What the page of an indicator shows, and the list of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from odd17.core.diagnosis.card import IndicatorCard, LevelCoverage
from odd17.core.diagnosis.companions import Companion
from odd17.core.diagnosis.indicator_moves import IndicatorMoves
from odd17.core.diagnosis.peers import PEER_SETS, level_of
from odd17.core.indicators.described import Described, DescribedSource
from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import Domain, UsageError, domains
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory
from odd17.publishing.drawing import Output
from odd17.workflows.coverage import companions_of
from odd17.workflows.draw import distribution, drawn
from odd17.workflows.indicator_card import describe
from odd17.workflows.indicator_moves import moves_of
from odd17.workflows.releases import Release

from .drawings import Drawing, File, map_drawing, on_page, table_files
from .language import language

FEWEST_DRAWN = 5
"""Under this number of figures, the table says it all."""


@dataclass(frozen=True, slots=True)
class LevelBlock:
    """A level of the indicator with its drawings; ``moves`` of ranks name their territories by ``named``."""

    coverage: LevelCoverage
    map: Drawing | None
    chart: Drawing | None
    files: tuple[File, ...]
    moves: IndicatorMoves | None = None
    named: Mapping[str, Territory] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """``domain`` is None for an indicator of the profile.

    ``described`` is what the catalogue says of it, with its ``sources``; ages are counted on ``day``.
    """

    card: IndicatorCard
    domain: Domain | None
    by_id: Mapping[str, Indicator]
    levels: tuple[LevelBlock, ...]
    described: Described | None = None
    sources: tuple[DescribedSource, ...] = ()
    companions: tuple[Companion, ...] = ()
    day: date | None = None


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """The indicators of a domain, or of the profile (None)."""

    domain: Domain | None
    indicators: tuple[Indicator, ...]


def indicator_page(release: Release, identifier: str) -> IndicatorPage:
    """Gather the card of an indicator that the release has."""
    card = describe(release, identifier)
    found = next((domain for domain in domains() if domain.id == card.indicator.domain), None)
    catalogue = release.catalogue
    entry = catalogue.indicators.get(identifier)
    return IndicatorPage(
        card,
        found,
        release.indicators,
        tuple(_block(release, card, item) for item in card.levels),
        described=entry,
        sources=() if entry is None else tuple(catalogue.sources[id] for id in entry.sources),
        companions=companions_of(release, identifier),
        day=release.day,
    )


def _block(release: Release, card: IndicatorCard, coverage: LevelCoverage) -> LevelBlock:
    identifier = card.indicator.id
    files = table_files("indicator_table", identifier, coverage.level.value)
    if coverage.level.is_single or coverage.present < FEWEST_DRAWN:
        return LevelBlock(coverage, None, None, files)
    picture = None
    if coverage.level is not Level.COMMUNE:
        caption = _("Choose a territory on the map.")
        picture = map_drawing(release, identifier, coverage.level, language(), caption)
    moves = moves_of(release, identifier, _peers_of(coverage.level))
    ends = () if moves is None else (*moves.nearer, *moves.further)
    named = {move.territory: release.cog[move.territory] for move in ends}
    return LevelBlock(coverage, picture, _chart(release, identifier, coverage.level), files, moves, named)


def _peers_of(level: Level) -> str:
    """The first peer set of a level: metropolitan regions, for regions."""
    return next(name for name in PEER_SETS if level_of(name) is level)


def _chart(release: Release, identifier: str, level: Level) -> Drawing | None:
    peer_set = _peers_of(level)
    try:
        chart = distribution(release, identifier, peer_set, language())
    except UsageError:
        return None
    name = f"distribution-{language()}-{identifier}-{peer_set}"
    files = tuple(
        File(label, reverse("distribution_file", args=[identifier, peer_set, kind]))
        for label, kind in ((_("Chart (SVG)"), "svg"), (_("Chart (PNG)"), "png"))
    )
    said = _("The figures of the {peers}, from the lowest to the highest.").format(
        peers=PEER_SETS[peer_set].in_language(language())
    )
    return Drawing("chart", f"after-{peer_set}", on_page(drawn(release, name, chart, Output.SVG)), said, files)


def indicators_by_domain(release: Release) -> tuple[IndicatorGroup, ...]:
    """Every indicator, in the order of the domains; the profile's last; empty domains left out."""
    groups = (
        IndicatorGroup(domain, tuple(item for item in release.indicators.values() if item.domain == identifier))
        for domain, identifier in (*((domain, domain.id) for domain in domains()), (None, None))
    )
    return tuple(group for group in groups if group.indicators)
