"""The table of figures before, during and after an alliance: here and at each twin, then the change of each phase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from odd17.core.alliances.contribution import Reading
from odd17.core.kernel import Estimate
from odd17.publishing.contribution_words import period_note, phase_name, plain_word, standing_words, warning
from odd17.publishing.language import Translator, translator

from .cells import Row, column, estimate_cells, finished, indicator_cells, laid_out, territory_cells
from .table import Column, Table

_COLUMNS: Final = (
    "territory", "territory_name", "level", "measure", "indicator", "indicator_name", "phase", "changed_since",
    "period", "value", "unit", "low", "high", "absence", "obs_status", "conf_status", "note", "citation", "licence",
    "release",
)  # fmt: skip


def contribution_table(readings: Sequence[Reading], title: str, language: str) -> Table:
    """A row a period and territory (``measure`` ``indicator``), then one a phase (``change``), beginning here.

    Raises ValueError without ``readings``.
    """
    if not readings:
        raise ValueError("nothing is read")
    _ = translator(language)
    own = {"phase": Column("phase", _("Phase")), "changed_since": Column("changed_since", _("Changed since"))}
    decimals = max(one.indicator.decimals for one in readings)
    plain = [
        f"{one.indicator.name.in_language(_.language)} : {word}"
        for one in readings
        if (word := plain_word(one, language)) is not None
    ]
    return finished(
        f"odd17-contribution-{readings[0].territory.id}",
        title,
        [own.get(id) or column(id, _, decimals) for id in _COLUMNS],
        [laid_out(row, _COLUMNS) for reading in readings for row in _rows(reading, _)],
        list({one.indicator.source.citation: one.indicator.source for one in readings}.values()),
        readings[0].release,
        _,
        said=[warning(language), *plain],
    )


def _rows(reading: Reading, _: Translator) -> Iterator[Row]:
    places = [territory_cells(one, _) for one in (reading.territory, *reading.twins)]
    for dated in reading.found.periods:
        point = dated.point
        common: Row = {**indicator_cells(reading.indicator, point.period, _), "release": reading.release}
        common |= {"measure": "indicator", "phase": phase_name(dated.phase, _.language)}
        for at, (place, shown) in enumerate(zip(places, (point.estimate, *point.others), strict=True)):
            note = period_note(dated, _.language) or None if at == 0 else None
            yield {**common, **place, **estimate_cells(shown, _), "note": note}
    for stretch in reading.found.stretches:
        if stretch.change is None or stretch.since is None or stretch.until is None:
            continue
        common = {**indicator_cells(reading.indicator, stretch.until, _), "release": reading.release}
        common |= {"measure": "change", "changed_since": stretch.since, "phase": phase_name(stretch.phase, _.language)}
        for at, (place, change) in enumerate(zip(places, (stretch.change, *stretch.others), strict=True)):
            if change is not None:
                said = standing_words(stretch, _.language) if at == 0 else None
                yield {**common, **place, **estimate_cells(Estimate(change), _), "note": said}
