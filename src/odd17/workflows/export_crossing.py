"""Export: the crossing, and what studies tell, as files that people and programs open."""

from __future__ import annotations

import json
from collections.abc import Iterable

from odd17.core.diagnosis.crossing_reading import CrossedViews, PeerCrossing
from odd17.publishing import wording
from odd17.publishing.crossing_payload import crossing_payload
from odd17.publishing.exports import crossing_table, perceptions_table
from odd17.publishing.language import translator
from odd17.store.releases import Release

from .export import FileFormat, written


def export_crossing(views: CrossedViews, format: FileFormat, language: str) -> bytes:
    """The crossing of a territory, one row a measure of an actor."""
    _ = translator(language)
    title = _("{name}: figures and eyes crossed", name=wording.territory_name(views.territory, language))
    name = f"odd17-{views.territory.id}-crossing"
    return written(crossing_table(name, title, views.domains, views.studies, views.release, language), format)


def export_peer_crossing(crossing: PeerCrossing, format: FileFormat, language: str) -> bytes:
    """The crossing of a domain, or of all, over the peers."""
    domains = {row.domain.id for row in crossing.rows}
    subject = domains.pop() if len(domains) == 1 else None
    _ = translator(language)
    facts = {"peers": wording.peer_set(crossing.peers, language)}
    if subject is None:
        title = _("Figures and eyes crossed: {peers}", **facts)
    else:
        title = _("{name}: figures and eyes crossed, {peers}", name=wording.node_name(subject, language), **facts)
    name = f"odd17-{subject or 'crossing'}-{crossing.peers.id}"
    return written(crossing_table(name, title, crossing.rows, crossing.studies, crossing.release, language), format)


def crossing_json(views: CrossedViews, language: str) -> bytes:
    """The crossing of a territory as JSON, as the API gives it."""
    text = json.dumps(crossing_payload(views, language), ensure_ascii=False, indent=2, allow_nan=False)
    return f"{text}\n".encode()


def export_perceptions(
    release: Release,
    format: FileFormat,
    language: str,
    *,
    territories: Iterable[str] | None = None,
    measure: str | None = None,
    domains: Iterable[str] | None = None,
    actors: Iterable[str] | None = None,
) -> bytes:
    """What the studies of a release tell, the rows that pass every filter given."""
    rows = release.perceptions(territories=territories, measure=measure, domains=domains, actors=actors)
    return written(perceptions_table(rows, release.studies, release.cog, release.id, language), format)
