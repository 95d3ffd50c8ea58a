"""Tables from what the core says: a diagnosis, a ranking, an indicator's values at a level.

Each row carries the full mention of its source and the release: a line copied elsewhere stays cited.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from odd17.core.diagnosis.ranking import Ranking
from odd17.core.diagnosis.reading import Diagnosis, Figure
from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import Estimate
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory
from odd17.publishing import format, reason_words, wording
from odd17.publishing.charts.readings import all_sources, sources_of
from odd17.publishing.courses import breaks_behind, point_note
from odd17.publishing.language import Translator, translator

from .cells import (
    Row,
    absence,
    cited,
    column,
    estimate_cells,
    finished,
    indicator_cells,
    laid_out,
    score_cells,
    territory_cells,
)
from .table import Cell, Column, Kind, Table

_DIAGNOSIS: Final = (
    "territory", "territory_name", "level", "domain", "domain_name", "measure", "indicator", "indicator_name", "period",
    "value", "unit", "low", "high", "absence", "obs_status", "conf_status", "rank", "tied", "of", "rank_low",
    "rank_high", "rank_overlaps", "since", "rank_change", "rank_change_low", "rank_change_high", "peers", "note",
    "citation", "licence", "release",
)  # fmt: skip
_RANKING: Final = (
    "rank", "tied", "of", "rank_low", "rank_high", "rank_overlaps", "territory", "territory_name", "score",
    "population_class", "class_rank", "class_of", "class_rank_low", "class_rank_high", "since", "rank_change",
    "rank_change_low", "rank_change_high", "note",
)  # fmt: skip
_RANKS: Final = (
    "territory", "territory_name", "domain", "domain_name", "rank", "tied", "of", "rank_low", "rank_high",
    "rank_overlaps", "since", "rank_change", "rank_change_low", "rank_change_high", "peers", "note", "citation",
    "licence", "release",
)  # fmt: skip
_INDICATOR: Final = (
    "territory", "territory_name", "level", "indicator", "indicator_name", "period", "value", "unit", "absence",
    "obs_status", "conf_status", "citation", "licence", "release",
)  # fmt: skip


def diagnosis_table(diagnosis: Diagnosis, language: str) -> Table:
    """A diagnosis, one row a figure: profile, then for each domain its score and figures, here and in those compared.

    ``measure`` is ``profile``, ``score``, ``indicator``, or ``earlier`` for a figure of another period. ``absence`` is
    empty beside a value, zero included.
    """
    _ = translator(language)
    rows = [laid_out(row, _DIAGNOSIS) for row in _diagnosis_rows(diagnosis, _)]
    title = _("Diagnosis of {name}", name=wording.territory_name(diagnosis.territory, language))
    sources = all_sources(diagnosis)
    return finished(
        f"odd17-{diagnosis.territory.id}",
        title,
        [column(id, _) for id in _DIAGNOSIS],
        rows,
        sources,
        diagnosis.release,
        _,
    )


def ranks_table(diagnosis: Diagnosis, language: str) -> Table:
    """The ranks of a territory's domains with their intervals and their changes, one row a domain."""
    _ = translator(language)
    rows = [laid_out(row, _RANKS) for row in _diagnosis_rows(diagnosis, _) if row["measure"] == "score"]
    title = _("{name}: ranks by domain", name=wording.territory_name(diagnosis.territory, language))
    columns = [column(id, _) for id in _RANKS]
    name = f"odd17-{diagnosis.territory.id}-ranks"
    return finished(name, title, columns, rows, sources_of(diagnosis), diagnosis.release, _)


def ranking_table(ranking: Ranking, language: str) -> Table:
    """The rows of a ranking, with each figure of the node and, where it has none, why."""
    _ = translator(language)
    figures: list[Column] = []
    for item in ranking.columns:
        name = f"{item.indicator.name.in_language(language)}, {format.period(item.period, language)}"
        unit = format.unit_label(item.indicator.unit, language)
        figures.append(Column(item.indicator.id, f"{name} ({unit})", Kind.NUMBER, item.indicator.decimals))
        figures.append(Column(f"{item.indicator.id}_period", _("{name}: period", name=name)))
        figures.append(Column(f"{item.indicator.id}_status", _("{name}: status (SDMX)", name=name)))
        figures.append(Column(f"{item.indicator.id}_absence", _("{name}: why there is no value", name=name)))
    sources = list({item.indicator.source.id: item.indicator.source for item in ranking.columns}.values())
    rows: list[tuple[Cell, ...]] = []
    for row in ranking.rows:
        facts: Row = {
            "territory": row.territory.id,
            "territory_name": row.territory.name,
            "population_class": row.population_class,
            **score_cells(row.score, _),
        }
        facts["score"] = facts.pop("value")
        if row.score.class_rank is not None:
            within = row.score.class_rank
            facts |= {"class_rank": within.value, "class_of": within.of}
            facts |= {"class_rank_low": within.low, "class_rank_high": within.high}
        cells = [
            cell
            for item, shown in zip(ranking.columns, row.figures, strict=True)
            for cell in (shown.value, item.period, shown.obs_status.value, absence(shown, _))
        ]
        mentions = " ; ".join(source.citation for source in sources)
        rows.append((*laid_out(facts, _RANKING), *cells, mentions, ranking.release))
    columns = [*(column(id, _) for id in _RANKING), *figures, column("citation", _), column("release", _)]
    title = _(
        "{node}: ranking of the {peers}",
        node=wording.node_name(ranking.node, language),
        peers=wording.peer_set(ranking.peers, language),
    )
    return finished(f"odd17-{ranking.node}-{ranking.peers.id}", title, columns, rows, sources, ranking.release, _)


def indicator_table(
    indicator: Indicator,
    period: str,
    level: Level,
    figures: Iterable[tuple[Territory, Estimate]],
    *,
    release: str,
    language: str,
) -> Table:
    """An indicator's figures at a level, one row a territory."""
    _ = translator(language)
    rows = []
    for territory, shown in figures:
        row = {**territory_cells(territory, _), **indicator_cells(indicator, period, _), **estimate_cells(shown, _)}
        rows.append(laid_out(row | {"release": release}, _INDICATOR))
    title = f"{indicator.name.in_language(language)}, {format.period(period, language)}"
    columns = [column(id, _, indicator.decimals) for id in _INDICATOR]
    return finished(f"odd17-{indicator.id}-{level.value}", title, columns, rows, [indicator.source], release, _)


def _diagnosis_rows(diagnosis: Diagnosis, _: Translator) -> Iterator[Row]:
    release: Row = {"release": diagnosis.release}
    here = territory_cells(diagnosis.territory, _)
    for item in diagnosis.profile:
        yield {
            **here,
            **release,
            "measure": "profile",
            "indicator": item.key,
            "indicator_name": wording.profile_label(item.key, _.language),
            "period": item.period,
            "unit": item.unit,
            "note": reason_words.profile_note(item, _.language),
            **estimate_cells(item.estimate, _),
            **cited([] if item.source is None else [item.source], _),
        }
    for reading in diagnosis.domains:
        domain: Row = {"domain": reading.domain.id, "domain_name": reading.domain.name.in_language(_.language)}
        score = score_cells(reading.score, _) | cited((figure.indicator.source for figure in reading.figures), _)
        if (care := breaks_behind(reading, _.language)) is not None:
            score["note"] = care
        yield {**here, **release, **domain, "measure": "score", **score}
        for other, theirs in reading.others:
            beside = {**score_cells(theirs, _), "citation": score["citation"], "licence": score["licence"]}
            yield {**territory_cells(other, _), **release, **domain, "measure": "score", **beside}
        for figure in reading.figures:
            common: Row = {**release, **domain, "measure": "indicator"}
            common |= indicator_cells(figure.indicator, figure.period, _)
            yield {**here, **common, **estimate_cells(figure.estimate, _), "note": _remarks(figure, _)}
            for point in () if figure.course is None else figure.course.points:
                if point.period != figure.period:
                    earlier: Row = {"measure": "earlier", "period": point.period, "note": point_note(point, _.language)}
                    yield {**here, **common, **earlier, **estimate_cells(point.estimate, _)}
            for comparison in figure.comparisons:
                other_place = territory_cells(comparison.territory, _)
                yield {**other_place, **common, **estimate_cells(comparison.estimate, _)}


def _remarks(figure: Figure, _: Translator) -> str | None:
    reasons = [*figure.flags, *([] if figure.not_scored is None else [figure.not_scored])]
    return " ".join(reason_words.sentence(reason, _.language) for reason in reasons) or None
