"""The columns that tables share: their titles, and the cells that a territory, a figure or a score fills in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from odd17.core.diagnosis.reading import Score
from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import ConfStatus, Estimate, ObsStatus, Provenance, in_language
from odd17.core.territories.territory import Territory
from odd17.publishing import format, reason_words, wording
from odd17.publishing.charts.readings import source_lines
from odd17.publishing.language import Translator, msgid

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
    "since": msgid("Change of rank: since"),
    "rank_change": msgid("Change of rank (below 0: nearer to rank 1)"),
    "rank_change_low": msgid("Change of rank: lower bound"),
    "rank_change_high": msgid("Change of rank: upper bound"),
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
    "class_rank_high", "rank_change", "rank_change_low", "rank_change_high",
}  # fmt: skip

Row = dict[str, Cell]
"""Cells by column; a column that is left out is empty."""


def territory_cells(territory: Territory, _: Translator) -> Row:
    """Which territory."""
    level = wording.level_name(territory.level, _.language)
    return {
        "territory": territory.id,
        "territory_name": wording.territory_name(territory, _.language),
        "level": level,
    }


def indicator_cells(indicator: Indicator, period: str, _: Translator) -> Row:
    """Which indicator, when, and the source to cite."""
    return {
        "indicator": indicator.id,
        "indicator_name": indicator.name.in_language(_.language),
        "period": period,
        "unit": indicator.unit.value,
        **cited([indicator.source], _),
    }


def cited(sources: Iterable[Provenance], _: Translator) -> Row:
    """The sources to cite, each once, and their licences."""
    listed = list(sources)
    mentions = dict.fromkeys(source.citation for source in listed)
    licences = dict.fromkeys(in_language(source.licence, _.language) for source in listed)
    return {"citation": " ; ".join(mentions) or None, "licence": " ; ".join(licences) or None}


def estimate_cells(shown: Estimate, _: Translator) -> Row:
    """A figure with its interval and statuses."""
    return {
        "value": shown.value,
        "low": shown.low,
        "high": shown.high,
        "absence": absence(shown, _),
        "obs_status": shown.obs_status.value,
        "conf_status": shown.conf_status.value,
    }


def score_cells(score: Score, _: Translator) -> Row:
    """A score with its rank, the interval of that and how it moved."""
    cells: Row = {"value": score.estimate.value, "low": score.estimate.low, "high": score.estimate.high}
    if score.rank is not None:
        cells |= {"rank": score.rank.value, "tied": score.rank.tied, "of": score.rank.of}
        cells |= {"rank_low": score.rank.low, "rank_high": score.rank.high, "rank_overlaps": score.rank.overlaps}
        cells["peers"] = wording.peer_set(score.rank.peers, _.language)
        if (change := score.rank.change) is not None:
            cells |= {"since": change.since, "rank_change": change.value}
            cells |= {"rank_change_low": change.low, "rank_change_high": change.high}
    if score.refusal is not None:
        cells["note"] = reason_words.sentence(score.refusal, _.language)
    return cells


def absence(shown: Estimate, _: Translator) -> str | None:
    """The word for why there is no value; None where there is one."""
    return None if shown.absence is None else format.absence(shown.absence, _.language)


def column(id: str, _: Translator, decimals: int = 2) -> Column:
    """A column by its id, which says its title and kind."""
    kind = Kind.NUMBER if id in _NUMBERS else Kind.INTEGER if id in _INTEGERS else Kind.TEXT
    return Column(id, _(_TITLES[id]), kind, decimals)


def laid_out(row: Row, ids: Sequence[str]) -> tuple[Cell, ...]:
    """The cells of a row in the order of ``ids``."""
    return tuple(row.get(id) for id in ids)


def finished(
    name: str,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[Cell, ...]],
    sources: Sequence[Provenance],
    release: str,
    _: Translator,
    *,
    said: Sequence[str] = (),
) -> Table:
    """The table with what must stand beside it: what is ``said`` of it, how to read it, its sources, how to cite it."""
    notes = [
        *said,
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
