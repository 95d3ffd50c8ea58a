"""A programme as tables: its state as of a day, measures and amounts as they come in, printed totals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from odd17.core.kernel import in_language
from odd17.core.programmes.amount_rows import AMOUNT_COLUMNS
from odd17.core.programmes.measure_rows import MEASURE_COLUMNS
from odd17.core.programmes.portfolio import Amount, Figure, disagreements
from odd17.core.programmes.programme import Measure, Programme, first_effects, full_effects
from odd17.core.programmes.state import MeasureState, State
from odd17.publishing.language import Translator, language_of, msgid, translator
from odd17.publishing.programme_words import pillar_name, state_name, step_name

from .table import Cell, Column, Kind, Table

_STATE: Final = (
    ("number", msgid("No."), Kind.INTEGER),
    ("label", msgid("Measure"), Kind.TEXT),
    ("dimension", msgid("Dimension"), Kind.TEXT),
    ("workstreams", msgid("Workstreams"), Kind.TEXT),
    ("responsible", msgid("Responsible bodies"), Kind.TEXT),
    ("known", msgid("What is known (code)"), Kind.TEXT),
    ("level", msgid("Level (code)"), Kind.TEXT),
    ("level_name", msgid("Level reached"), Kind.TEXT),
    ("done", msgid("Done (1: yes; empty: not known, or no level means it)"), Kind.INTEGER),
    ("reason", msgid("Reason"), Kind.TEXT),
    ("evidence", msgid("Evidence"), Kind.TEXT),
    ("review", msgid("Review of"), Kind.TEXT),
    ("source", msgid("Source of the level"), Kind.TEXT),
    ("expected", msgid("First effects due (1: yes)"), Kind.INTEGER),
    ("first_effects", msgid("First effects due on"), Kind.TEXT),
    ("full_effects", msgid("All effects due on"), Kind.TEXT),
    ("as_of", msgid("State as of"), Kind.TEXT),
    ("mention", msgid("Source to cite"), Kind.TEXT),
)


_MEASURE_KINDS: Final = {"number": Kind.INTEGER, "first": Kind.INTEGER, "full": Kind.INTEGER}
_AMOUNT_KINDS: Final = {"value": Kind.NUMBER, "year": Kind.INTEGER}


def state_table(programme: Programme, state: State, language: str) -> Table:
    """A row a measure; an unknown level is an empty cell, and ``known`` says why."""
    _ = translator(language)
    return _table(
        f"odd17-{programme.id}-{state.day}",
        programme,
        tuple(Column(id, _(title), kind) for id, title, kind in _STATE),
        tuple(_state_row(programme, one, state, _) for one in state.measures),
        _,
    )


def amounts_table(
    programme: Programme, amounts: Sequence[Amount], called: Callable[[str], str], language: str
) -> Table:
    """A row an amount, headed as a file of amounts is read: what goes out may come in again."""
    _ = translator(language)
    columns = [*_columns(AMOUNT_COLUMNS, _AMOUNT_KINDS, _), Column("territory_name", _("Name of the territory"))]
    columns.append(Column("mention", _("Source to cite")))
    rows = tuple((*_amount_row(one, called, _), programme.mention) for one in amounts)
    return _table(f"odd17-{programme.id}-amounts", programme, tuple(columns), rows, _)


def measures_table(programme: Programme, language: str) -> Table:
    """A row a measure, headed as a file of measures is read: what goes out may come in again."""
    _ = translator(language)
    rows = tuple(_measure_row(programme, one, _) for one in programme.measures)
    return _table(
        f"odd17-{programme.id}-measures", programme, _columns(MEASURE_COLUMNS, _MEASURE_KINDS, _), rows, _
    )  # fmt: skip


def blank_measures(language: str) -> Table:
    """A file of measures without a row, to fill in."""
    _ = translator(language)
    return _blank("odd17-measures", _("Measures"), _columns(MEASURE_COLUMNS, _MEASURE_KINDS, _), _)


def blank_amounts(language: str) -> Table:
    """A file of amounts without a row, to fill in."""
    _ = translator(language)
    return _blank("odd17-amounts", _("Amounts"), _columns(AMOUNT_COLUMNS, _AMOUNT_KINDS, _), _)


def figures_table(programme: Programme, figures: Sequence[Figure], language: str) -> Table:
    """A row a printed total; ``disagrees`` where another one on its subject says otherwise."""
    _ = translator(language)
    subjects = {one.subject for one in disagreements(figures)}
    columns = (
        Column("subject", _("Subject (code)")),
        Column("name", _("As the source calls it")),
        Column("value", _("Value"), Kind.NUMBER, 0),
        Column("unit", _("Unit")),
        Column("part_of", _("Part of (code)")),
        Column("disagrees", _("Disagrees with another (1: yes)"), Kind.INTEGER),
        Column("mention", _("Source to cite")),
    )
    rows = tuple(
        (
            one.subject, in_language(one.name, _.language), float(one.value), one.unit, one.part_of,
            int(one.subject in subjects), one.source,
        )
        for one in figures
    )  # fmt: skip
    return _table(f"odd17-{programme.id}-totals", programme, columns, rows, _)


def _columns(names: Mapping[str, tuple[str, ...]], kinds: Mapping[str, Kind], _: Translator) -> tuple[Column, ...]:
    """Columns headed as they are read, in both languages."""
    place = 0 if _.language == "fr" else -1
    return tuple(Column(known[-1], known[place], kinds.get(name, Kind.TEXT), 2) for name, known in names.items())


def _blank(name: str, title: str, columns: tuple[Column, ...], _: Translator) -> Table:
    return Table(name, title, columns, (), (), "", _("Data"), _("Sources"))


def _measure_row(programme: Programme, one: Measure, _: Translator) -> tuple[Cell, ...]:
    streams = {stream.id: in_language(stream.name, _.language) for stream in programme.workstreams}
    dimension = next(found for found in programme.dimensions if found.id == one.dimension)
    horizon = programme.horizon(one)
    return (
        one.number,
        in_language(one.label, _.language),
        in_language(dimension.name, _.language),
        "; ".join(streams[id] for id in one.workstreams),
        None if horizon is None else horizon.first,
        None if horizon is None else horizon.full,
        "; ".join(one.responsible),
        "; ".join(one.evidence),
    )


def _table(
    name: str, programme: Programme, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...], _: Translator
) -> Table:
    title = in_language(programme.title, _.language)
    return Table(name, title, columns, rows, (programme.mention,), "", _("Data"), _("Sources"))


def _state_row(programme: Programme, one: MeasureState, state: State, _: Translator) -> tuple[Cell, ...]:
    measure = one.measure
    streams = {stream.id: in_language(stream.name, _.language) for stream in programme.workstreams}
    dimension = next(found for found in programme.dimensions if found.id == measure.dimension)
    first, full = first_effects(programme, measure), full_effects(programme, measure)
    return (
        measure.number,
        in_language(measure.label, _.language),
        in_language(dimension.name, _.language),
        "; ".join(streams[id] for id in measure.workstreams),
        "; ".join(measure.responsible),
        one.known.value,
        one.level,
        state_name(programme, one, _.language),
        None if one.level is None or state.done is None else int(programme.level(one.level).done),
        one.reason,
        "; ".join(dict.fromkeys((*measure.evidence, *one.evidence))),
        None if one.review is None else one.review.day.isoformat(),
        None if one.review is None else one.review.mention or programme.mention,
        int(one.expected),
        None if first is None else first.isoformat(),
        None if full is None else full.isoformat(),
        state.day.isoformat(),
        programme.mention,
    )


def _amount_row(one: Amount, called: Callable[[str], str], _: Translator) -> tuple[Cell, ...]:
    language = language_of(_.language)
    return (
        float(one.value),
        one.currency,
        one.year,
        step_name(one.step, language),
        one.funder,
        one.device,
        one.source,
        one.territory,
        None if one.pillar is None else pillar_name(one.pillar, language),
        "; ".join(one.effects),
        None if one.territory is None else called(one.territory),
    )
