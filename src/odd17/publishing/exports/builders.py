"""Tables from what the core says: a diagnosis, a ranking, an indicator's values at a level.

Each row carries the full mention of its source and the release: a line copied elsewhere stays cited.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from odd17.core.diagnosis.ranking import Ranking
from odd17.core.diagnosis.reading import Diagnosis, Figure, Score
from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import ConfStatus, Estimate, ObsStatus, Provenance, in_language
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory
from odd17.publishing import format, wording
from odd17.publishing.charts.readings import source_lines, sources_of
from odd17.publishing.language import Translator, msgid, translator

from .table import Cell, Column, Kind, Table

_TITLES: Final = {
    "territory": msgid("Territory code"),
    "territory_name": msgid("Territory"),
    "level": msgid("Level"),
    "domain": msgid("Domain code"),
    "domain_name": msgid("Domain"),
    "measure": msgid("Measure"),
    "indicator": msgid("Indicator code"),
    "indicator_name": msgid("Indicator"),
    "period": msgid("Period"),
    "value": msgid("Value"),
    "unit": msgid("Unit"),
    "low": msgid("Lower bound"),
    "high": msgid("Upper bound"),
    "absence": msgid("Why there is no value"),
    "obs_status": msgid("Status (SDMX)"),
    "conf_status": msgid("Confidentiality (SDMX)"),
    "rank": msgid("Rank (1 = most fragile)"),
    "tied": msgid("Others at the same rank"),
    "of": msgid("Territories ranked"),
    "rank_low": msgid("Rank: lower bound of its interval"),
    "rank_high": msgid("Rank: upper bound of its interval"),
    "rank_overlaps": msgid("Others that cannot be told apart"),
    "peers": msgid("Compared with"),
    "note": msgid("Remarks"),
    "citation": msgid("Source to cite"),
    "licence": msgid("Licence"),
    "release": msgid("Release"),
    "score": msgid("Score (0 to 100, 100 = most fragile)"),
    "population_class": msgid("Population class"),
    "class_rank": msgid("Rank in the class"),
    "class_of": msgid("Territories ranked in the class"),
    "class_rank_low": msgid("Rank in the class: lower bound"),
    "class_rank_high": msgid("Rank in the class: upper bound"),
}
_NUMBERS: Final = {"value", "low", "high", "score"}
_INTEGERS: Final = {
    "rank", "tied", "of", "rank_low", "rank_high", "rank_overlaps", "class_rank", "class_of", "class_rank_low",
    "class_rank_high",
}  # fmt: skip
_DIAGNOSIS: Final = (
    "territory", "territory_name", "level", "domain", "domain_name", "measure", "indicator", "indicator_name", "period",
    "value", "unit", "low", "high", "absence", "obs_status", "conf_status", "rank", "tied", "of", "rank_low",
    "rank_high", "rank_overlaps", "peers", "note", "citation", "licence", "release",
)  # fmt: skip
_RANKING: Final = (
    "rank", "tied", "of", "rank_low", "rank_high", "rank_overlaps", "territory", "territory_name", "score",
    "population_class", "class_rank", "class_of", "class_rank_low", "class_rank_high", "note",
)  # fmt: skip
_INDICATOR: Final = (
    "territory", "territory_name", "level", "indicator", "indicator_name", "period", "value", "unit", "absence",
    "obs_status", "conf_status", "citation", "licence", "release",
)  # fmt: skip

Row = dict[str, Cell]


def diagnosis_table(diagnosis: Diagnosis, language: str) -> Table:
    """A diagnosis, one row a figure: profile, then for each domain its score and figures, here and in those compared.

    ``measure`` is ``profile``, ``score`` or ``indicator``. ``absence`` is empty beside a value, zero included.
    """
    _ = translator(language)
    rows = [_laid_out(row, _DIAGNOSIS) for row in _diagnosis_rows(diagnosis, _)]
    title = _("Diagnosis of {name}", name=wording.territory_name(diagnosis.territory, language))
    sources = sources_of(diagnosis)
    return _table(
        f"odd17-{diagnosis.territory.id}",
        title,
        [_column(id, _) for id in _DIAGNOSIS],
        rows,
        sources,
        diagnosis.release,
        _,
    )


def ranking_table(ranking: Ranking, language: str) -> Table:
    """The rows of a ranking, with each figure of the node and, where it has none, why."""
    _ = translator(language)
    figures: list[Column] = []
    for column in ranking.columns:
        name = f"{column.indicator.name.in_language(language)}, {format.period(column.period, language)}"
        unit = format.unit_label(column.indicator.unit, language)
        figures.append(Column(column.indicator.id, f"{name} ({unit})", Kind.NUMBER, column.indicator.decimals))
        figures.append(Column(f"{column.indicator.id}_absence", _("{name}: why there is no value", name=name)))
    sources = list({column.indicator.source.id: column.indicator.source for column in ranking.columns}.values())
    rows: list[tuple[Cell, ...]] = []
    for row in ranking.rows:
        facts: Row = {
            "territory": row.territory.id,
            "territory_name": row.territory.name,
            "population_class": row.population_class,
            **_score_cells(row.score, _),
        }
        facts["score"] = facts.pop("value")
        if row.score.class_rank is not None:
            within = row.score.class_rank
            facts |= {"class_rank": within.value, "class_of": within.of}
            facts |= {"class_rank_low": within.low, "class_rank_high": within.high}
        cells = [cell for shown in row.figures for cell in (shown.value, _absence(shown, _))]
        mentions = " ; ".join(source.citation for source in sources)
        rows.append((*_laid_out(facts, _RANKING), *cells, mentions, ranking.release))
    columns = [*(_column(id, _) for id in _RANKING), *figures, _column("citation", _), _column("release", _)]
    title = _(
        "{node}: ranking of the {peers}",
        node=wording.node_name(ranking.node, language),
        peers=wording.peer_set(ranking.peers, language),
    )
    return _table(f"odd17-{ranking.node}-{ranking.peers.id}", title, columns, rows, sources, ranking.release, _)


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
        row = {**_territory_cells(territory, _), **_indicator_cells(indicator, period, _), **_estimate_cells(shown, _)}
        rows.append(_laid_out(row | {"release": release}, _INDICATOR))
    title = f"{indicator.name.in_language(language)}, {format.period(period, language)}"
    columns = [_column(id, _, indicator.decimals) for id in _INDICATOR]
    return _table(f"odd17-{indicator.id}-{level.value}", title, columns, rows, [indicator.source], release, _)


def _diagnosis_rows(diagnosis: Diagnosis, _: Translator) -> Iterator[Row]:
    release: Row = {"release": diagnosis.release}
    here = _territory_cells(diagnosis.territory, _)
    for item in diagnosis.profile:
        yield {
            **here,
            **release,
            "measure": "profile",
            "indicator": item.key,
            "indicator_name": wording.profile_label(item.key, _.language),
            "period": item.period,
            "unit": item.unit,
            "note": wording.profile_note(item, _.language),
            **_estimate_cells(item.estimate, _),
        }
    for reading in diagnosis.domains:
        domain: Row = {"domain": reading.domain.id, "domain_name": reading.domain.name.in_language(_.language)}
        yield {**here, **release, **domain, "measure": "score", **_score_cells(reading.score, _)}
        for other, score in reading.others:
            yield {**_territory_cells(other, _), **release, **domain, "measure": "score", **_score_cells(score, _)}
        for figure in reading.figures:
            common: Row = {**release, **domain, "measure": "indicator"}
            common |= _indicator_cells(figure.indicator, figure.period, _)
            yield {**here, **common, **_estimate_cells(figure.estimate, _), "note": _remarks(figure, _)}
            for comparison in figure.comparisons:
                other_place = _territory_cells(comparison.territory, _)
                yield {**other_place, **common, **_estimate_cells(comparison.estimate, _)}


def _territory_cells(territory: Territory, _: Translator) -> Row:
    level = wording.level_name(territory.level, _.language)
    return {
        "territory": territory.id,
        "territory_name": wording.territory_name(territory, _.language),
        "level": level,
    }


def _indicator_cells(indicator: Indicator, period: str, _: Translator) -> Row:
    return {
        "indicator": indicator.id,
        "indicator_name": indicator.name.in_language(_.language),
        "period": period,
        "unit": indicator.unit.value,
        "citation": indicator.source.citation,
        "licence": in_language(indicator.source.licence, _.language),
    }


def _estimate_cells(shown: Estimate, _: Translator) -> Row:
    return {
        "value": shown.value,
        "low": shown.low,
        "high": shown.high,
        "absence": _absence(shown, _),
        "obs_status": shown.obs_status.value,
        "conf_status": shown.conf_status.value,
    }


def _score_cells(score: Score, _: Translator) -> Row:
    cells: Row = {"value": score.estimate.value, "low": score.estimate.low, "high": score.estimate.high}
    if score.rank is not None:
        cells |= {"rank": score.rank.value, "tied": score.rank.tied, "of": score.rank.of}
        cells |= {"rank_low": score.rank.low, "rank_high": score.rank.high, "rank_overlaps": score.rank.overlaps}
        cells["peers"] = wording.peer_set(score.rank.peers, _.language)
    if score.refusal is not None:
        cells["note"] = wording.sentence(score.refusal, _.language)
    return cells


def _absence(shown: Estimate, _: Translator) -> str | None:
    return None if shown.absence is None else format.absence(shown.absence, _.language)


def _remarks(figure: Figure, _: Translator) -> str | None:
    reasons = [*figure.flags, *([] if figure.not_scored is None else [figure.not_scored])]
    return " ".join(wording.sentence(reason, _.language) for reason in reasons) or None


def _column(id: str, _: Translator, decimals: int = 2) -> Column:
    kind = Kind.NUMBER if id in _NUMBERS else Kind.INTEGER if id in _INTEGERS else Kind.TEXT
    return Column(id, _(_TITLES[id]), kind, decimals)


def _laid_out(row: Row, ids: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(row.get(id) for id in ids)


def _table(
    name: str,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[Cell, ...]],
    sources: Sequence[Provenance],
    release: str,
    _: Translator,
) -> Table:
    notes = [
        _("An empty value is never zero: the column “Why there is no value” tells the kind of absence."),
        _("Statuses follow the SDMX code lists: {codes}.", codes=_codes(_)),
        *source_lines(sources, release, _.language),
        wording.how_to_cite(title, release, sources, _.language),
    ]
    return Table(name, title, tuple(columns), tuple(rows), tuple(notes), release, _("Data"), _("Sources"))


def _codes(_: Translator) -> str:
    found = [f"{status.value} = {wording.obs_status(status, _.language)}" for status in ObsStatus]
    found.append(f"{ConfStatus.CONFIDENTIAL.value} = " + _("confidential"))
    return ", ".join(found)
