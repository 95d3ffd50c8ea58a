"""Cross what figures say, what people see and who acts: of a territory, a domain, all of them, or as one actor does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from odd17.core.diagnosis.actor_views import ActorCrossing, read_actor
from odd17.core.diagnosis.crossing_reading import (
    CrossedDomain,
    CrossedViews,
    PeerCrossing,
    studies_behind,
    widest_first,
)
from odd17.core.diagnosis.peers import members, peer_set_id, peer_set_named, peer_set_of
from odd17.core.diagnosis.read_crossing import read_crossing, read_rows
from odd17.core.diagnosis.reading import Score
from odd17.core.diagnosis.scores import read_score, unscored
from odd17.core.diagnosis.selection import Entry
from odd17.core.kernel import Domain, Message, Reason, ReasonCode, UsageError, actors, domains
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory
from odd17.store.releases import Release

from .figure_sources import figure_sources

METROPOLITAN = "REG-metropolitan"
"""The peers of the report: those of the systemic view."""


def crossing_of(release: Release, territory: str) -> CrossedViews:
    """The crossing of ``territory`` (identifier, code or name) in ``release``.

    Raises UnknownTerritory or AmbiguousTerritory where a name is not that of one territory.
    """
    return crossing_at(release, release.cog.resolve(territory))


def crossing_at(release: Release, territory: Territory) -> CrossedViews:
    """The crossing of a territory that is already found."""
    peer_set = peer_set_id(territory)
    own = [territory.id]
    scores = _scores(release, [territory], peer_set, domains())
    views = read_crossing(
        release=release.id,
        fictitious=release.fictitious,
        territory=territory,
        peers=peer_set_of(territory, release.cog),
        scores={node: score for (_, node), score in scores.items()},
        crossings=release.crossings(peer_set=peer_set, territories=own),
        gaps=release.gaps(peer_set=peer_set, territories=own),
        priorities=release.priorities(peer_set=peer_set, territories=own),
        perceptions=release.perceptions(territories=own),
        studies=release.studies,
    )
    return replace(views, domains=_cited(views.domains, release))


def domain_crossing(
    release: Release, domain_id: str, peer_set: str = METROPOLITAN, *, actor: str | None = None
) -> PeerCrossing:
    """One domain over the peers: where eyes differ most from the figures comes first (of ``actor``, or of any).

    Raises UsageError for an unknown domain, actor or peer set.
    """
    found = _of_peers(release, peer_set, [_known_domain(domain_id)])
    rows = widest_first(found.rows, None if actor is None else known_actor(actor))
    return PeerCrossing(found.release, found.fictitious, found.peers, rows, found.studies)


def peer_crossing(release: Release, peer_set: str = METROPOLITAN) -> PeerCrossing:
    """The systemic view: every domain of every peer, by territory then domain. Raises UsageError for unknown peers."""
    return _of_peers(release, peer_set, domains())


def actor_crossing(release: Release, actor: str, territory: str | None = None) -> ActorCrossing:
    """What ``actor`` sees of ``territory`` (metropolitan France, or France where all were asked of it, without one).

    Raises UsageError for an unknown actor, and what ``crossing_of`` raises.
    """
    id = known_actor(actor)
    told = release.perceptions(actors=[id])
    if territory is None:
        whole = [name for name in ("FRM", "FR") if (told["territory"] == name).any()]
        here = release.cog[whole[0] if whole else "FRM"]
    else:
        here = release.cog.resolve(territory)
    return read_actor(
        release=release.id,
        fictitious=release.fictitious,
        actor=id,
        territory=here,
        own=told,
        others=release.perceptions(territories=[here.id]),
        crossing=crossing_at(release, here),
        studies=release.studies,
    )


def perceptions_of(
    release: Release,
    *,
    territory: str | None = None,
    measure: str | None = None,
    domain: str | None = None,
    actor: str | None = None,
    study: str | None = None,
) -> pl.DataFrame:
    """What studies tell (columns ``PERCEPTIONS``), the rows that pass every filter given.

    Raises UsageError for an unknown domain, actor or study, and what ``crossing_of`` raises.
    """
    if study is not None and study not in release.studies:
        raise UsageError(
            Message("No study {study!r} is in this release. It has: {known}", study=study, known=list(release.studies))
        )
    return release.perceptions(
        territories=None if territory is None else [release.cog.resolve(territory).id],
        measure=measure,
        domains=None if domain is None else [_known_domain(domain).id],
        actors=None if actor is None else [known_actor(actor)],
        studies=None if study is None else [study],
    )


def known_actor(actor: str) -> str:
    """The id of an actor given by its id or its slug; UsageError with those there are."""
    for known in actors():
        if actor in (known.id, known.slug):
            return known.id
    raise UsageError(
        Message(
            "{actor!r} is not an actor: choose one of {actors}.", actor=actor, actors=[known.id for known in actors()]
        )
    )


def _known_domain(id: str) -> Domain:
    for known in domains():
        if id in (known.id, known.slug):
            return known
    raise UsageError(
        Message(
            "{domain!r} is not a domain: choose one of {domains}.", domain=id, domains=[item.id for item in domains()]
        )
    )


def _of_peers(release: Release, peer_set: str, wanted: Sequence[Domain]) -> PeerCrossing:
    peers = peer_set_named(peer_set, release.cog)
    ids = members(peer_set, release.cog)["territory"].to_list()
    codes = [item.id for item in wanted]
    territories = release.cog.get(ids)
    told = release.perceptions(territories=ids, domains=codes)
    rows = read_rows(
        territories,
        _scores(release, territories, peer_set, wanted),
        release.crossings(peer_set=peer_set, domains=codes),
        release.gaps(peer_set=peer_set, domains=codes),
        release.priorities(peer_set=peer_set, domains=codes),
        told,
    )
    behind = studies_behind(rows, release.studies)
    return PeerCrossing(release.id, release.fictitious, peers, _cited(rows, release), behind)


def _cited(rows: Sequence[CrossedDomain], release: Release) -> tuple[CrossedDomain, ...]:
    """The rows with the sources of their figures."""
    sources = figure_sources(release)
    return tuple(replace(row, sources=sources.get(row.domain.id, ())) for row in rows)


def _scores(
    release: Release, territories: Sequence[Territory], peer_set: str | None, wanted: Sequence[Domain]
) -> dict[tuple[str, str], Score]:
    """The score of each domain, by territory and domain; refused ones say why."""
    log = release.method_log(peer_set or next(iter(release.peer_sets)))
    entries = [Entry.from_dict(item) for item in log["indicators"]]
    absent = unscored(entries, log)
    if peer_set is None:
        own = any(item.level is Level.OWN for item in territories)
        why = Reason(ReasonCode.OWN_TERRITORY if own else ReasonCode.TOO_FEW_PEERS)
        absent = {node: replace(score, refusal=why) for node, score in absent.items()}
    found = {(item.id, node.id): absent[node.id] for item in territories for node in wanted}
    if peer_set is None:
        return found
    peers = peer_set_named(peer_set, release.cog)
    only = [item.id for item in territories] if len(territories) == 1 else None
    rows = release.scores(peer_set=peer_set, territories=only, nodes=[node.id for node in wanted])
    for row in rows.filter(pl.col("territory").is_in([item.id for item in territories])).iter_rows(named=True):
        found[row["territory"], row["node"]] = read_score(row, entries, log, peers)
    return found
