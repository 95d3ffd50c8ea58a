"""What odd17 says as plain JSON values: raw numbers, statuses, intervals, reasons as code and text, sources.

Keys are always there and always in the same order; what is unknown is null.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from odd17.core.diagnosis.card import IndicatorCard
from odd17.core.diagnosis.course import Course
from odd17.core.diagnosis.ranking import Ranking
from odd17.core.diagnosis.reading import Diagnosis, DomainReading, Figure, Rank, Score
from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import Estimate, Provenance, Reason, in_language
from odd17.core.territories.territory import Territory

from . import reason_words, wording
from .addresses import territory_path
from .charts.readings import sources_of
from .courses import sentences

Payload = dict[str, Any]


def diagnosis_payload(diagnosis: Diagnosis, language: str) -> Payload:
    """A diagnosis: the 16 domains in the report's order, with all behind them."""
    sources = sources_of(diagnosis)
    title = wording.territory_name(diagnosis.territory, language)
    return {
        "release": diagnosis.release,
        "territory": territory_payload(diagnosis.territory, language),
        "parents": [territory_payload(parent, language) for parent in diagnosis.parents],
        "peers": None
        if diagnosis.peers is None
        else {
            "id": diagnosis.peers.id,
            "size": diagnosis.peers.size,
            "text": wording.peer_set(diagnosis.peers, language),
        },
        "key_message": list(wording.key_message(diagnosis, language)),
        "fragilities": list(diagnosis.fragilities),
        "strengths": list(diagnosis.strengths),
        "profile": [
            {
                "key": item.key,
                "name": wording.profile_label(item.key, language),
                "unit": item.unit,
                "period": item.period,
                **estimate_payload(item.estimate),
                "note": _reason(item.note, language),
                "stale": _reason(item.stale, language),
            }
            for item in diagnosis.profile
        ],
        "overall": score_payload(diagnosis.overall, language),
        "dimensions": [score_payload(score, language) for score in diagnosis.dimensions],
        "domains": [_domain(reading, language) for reading in diagnosis.domains],
        "sources": [source_payload(source, language) for source in sources],
        "citation": wording.how_to_cite(title, diagnosis.release, sources, language),
    }


def ranking_payload(ranking: Ranking, language: str) -> Payload:
    """The rows of a ranking, most fragile first."""
    sources = {column.indicator.source.id: column.indicator.source for column in ranking.columns}
    return {
        "release": ranking.release,
        "node": ranking.node,
        "name": wording.node_name(ranking.node, language),
        "peers": {
            "id": ranking.peers.id,
            "size": ranking.peers.size,
            "text": wording.peer_set(ranking.peers, language),
        },
        "scored": ranking.scored,
        "start": ranking.start,
        "columns": [
            {
                "indicator": column.indicator.id,
                "name": column.indicator.name.in_language(language),
                "unit": column.indicator.unit.value,
                "period": column.period,
                "not_scored": _reason(column.not_scored, language),
            }
            for column in ranking.columns
        ],
        "rows": [
            {
                "territory": territory_payload(row.territory, language),
                "score": score_payload(row.score, language),
                "population_class": row.population_class,
                "figures": [estimate_payload(figure) for figure in row.figures],
            }
            for row in ranking.rows
        ],
        "sources": [source_payload(source, language) for source in sources.values()],
    }


def card_payload(card: IndicatorCard, language: str) -> Payload:
    """An indicator: definition, coverage and distribution by level, checks and flags."""
    return {
        "release": card.release,
        "indicator": indicator_payload(card.indicator, language),
        "not_scored": _reason(card.not_scored, language),
        "flags": [_reason(flag, language) for flag in card.flags],
        "levels": [
            {
                "level": coverage.level.value,
                "period": coverage.period,
                "periods": list(coverage.periods),
                "present": coverage.present,
                "total": coverage.total,
                "absences": {kind.value: count for kind, count in coverage.absences.items()},
                "quantiles": {f"{at:g}": value for at, value in coverage.distribution.quantiles.items()},
                "edges": list(coverage.distribution.edges),
                "counts": list(coverage.distribution.counts),
                "highest": [_named(territory, shown, language) for territory, shown in coverage.highest],
                "lowest": [_named(territory, shown, language) for territory, shown in coverage.lowest],
            }
            for coverage in card.levels
        ],
        "source": source_payload(card.indicator.source, language),
    }


def territory_payload(territory: Territory, language: str) -> Payload:
    """A territory with its address on the platform."""
    return {
        "id": territory.id,
        "level": territory.level.value,
        "code": territory.code,
        "name": wording.territory_name(territory, language),
        "parents": list(territory.parents),
        "other_parents": list(territory.other_parents),
        "population": territory.population,
        "area_km2": territory.area_km2,
        "is_overseas": territory.is_overseas,
        "has_true_contour": territory.has_true_contour,
        "path": territory_path(territory, language),
    }


def estimate_payload(shown: Estimate) -> Payload:
    """A figure: raw value and interval, statuses, and the kind of absence where there is no value."""
    return {
        "value": shown.value,
        "low": shown.low,
        "high": shown.high,
        "n": shown.n,
        "obs_status": shown.obs_status.value,
        "conf_status": shown.conf_status.value,
        "absence": None if shown.absence is None else shown.absence.value,
    }


def score_payload(score: Score, language: str) -> Payload:
    """A score with its ranks, its inputs and, where it is refused, why."""
    return {
        "node": score.node,
        "name": wording.node_name(score.node, language),
        **estimate_payload(score.estimate),
        "rank": _rank(score.rank),
        "class_rank": _rank(score.class_rank),
        "available": score.available,
        "total": score.total,
        "refusal": _reason(score.refusal, language),
    }


def indicator_payload(indicator: Indicator, language: str) -> Payload:
    """The definition of an indicator."""
    return {
        "id": indicator.id,
        "name": indicator.name.in_language(language),
        "definition": indicator.definition.in_language(language),
        "unit": indicator.unit.value,
        "direction": indicator.direction.value,
        "direction_status": indicator.direction_status,
        "domain": indicator.domain,
        "source": indicator.source.id,
    }


def source_payload(source: Provenance, language: str) -> Payload:
    """A source with its full mention."""
    return {
        "id": source.id,
        "title": in_language(source.title, language),
        "producer": source.producer,
        "citation": source.citation,
        "licence": in_language(source.licence, language),
        "url": source.url,
        "published": None if source.published is None else source.published.isoformat(),
        "retrieved": None if source.retrieved is None else source.retrieved.isoformat(),
        "sha256": source.sha256,
        "note": None if source.note is None else in_language(source.note, language),
    }


def _domain(reading: DomainReading, language: str) -> Payload:
    return {
        "id": reading.domain.id,
        "dimension": reading.domain.dimension,
        "name": reading.domain.name.in_language(language),
        "status": reading.domain.status,
        "score": score_payload(reading.score, language),
        "figures": [_figure(figure, language) for figure in reading.figures],
        "others": [
            {"territory": other.id, "name": other.name, "score": score_payload(score, language)}
            for other, score in reading.others
        ],
    }


def _figure(figure: Figure, language: str) -> Payload:
    return {
        "indicator": indicator_payload(figure.indicator, language),
        "period": figure.period,
        **estimate_payload(figure.estimate),
        "comparisons": [_named(item.territory, item.estimate, language) for item in figure.comparisons],
        "flags": [_reason(flag, language) for flag in figure.flags],
        "not_scored": _reason(figure.not_scored, language),
        "history": [{"period": period, **estimate_payload(shown)} for period, shown in figure.history],
        "course": None if figure.course is None else course_payload(figure.course, figure.indicator, language),
    }


def course_payload(course: Course, indicator: Indicator, language: str) -> Payload:
    """A figure over its periods, beside others' and the median of the peers; the change, the slope, or what hinders."""
    return {
        "points": [
            {
                "period": point.period,
                **estimate_payload(point.estimate),
                "breaks": point.breaks,
                "flags": [_reason(flag, language) for flag in point.flags],
                "others": [estimate_payload(shown) for shown in point.others],
                "median": None if point.middle is None else point.middle.value,
                "median_of": None if point.middle is None else point.middle.count,
            }
            for point in course.points
        ],
        "others": [{"id": other.id, "name": wording.territory_name(other, language)} for other in course.others],
        "change": None if course.change is None else asdict(course.change),
        "slope": None if course.slope is None else asdict(course.slope),
        "hindrance": None if course.hindrance is None else course.hindrance.value,
        "text": sentences(course, indicator, language),
    }


def _named(territory: Territory, shown: Estimate, language: str) -> Payload:
    return {
        "territory": territory.id,
        "name": wording.territory_name(territory, language),
        "path": territory_path(territory, language),
        **estimate_payload(shown),
    }


def _rank(rank: Rank | None) -> Payload | None:
    if rank is None:
        return None
    return {
        "value": rank.value,
        "of": rank.of,
        "tied": rank.tied,
        "low": rank.low,
        "high": rank.high,
        "level": rank.level,
        "alone": rank.alone,
        "overlaps": rank.overlaps,
        "change": None if rank.change is None else asdict(rank.change),
        "peers": rank.peers.id,
        "population_class": rank.peers.population_class,
    }


def _reason(reason: Reason | None, language: str) -> Payload | None:
    if reason is None:
        return None
    params = {key: list(value) if isinstance(value, tuple) else value for key, value in reason.params.items()}
    return {"code": reason.code.value, "params": params, "text": reason_words.sentence(reason, language)}
