"""Figures before, during and after an alliance, as part of a document."""

from __future__ import annotations

from collections.abc import Sequence

from odd17.core.alliances.contribution import Reading

from . import format, wording
from .charts.contribution import contribution_chart
from .charts.lines import course_svg
from .charts.svg import for_print
from .contribution_words import (
    change_words,
    period_note,
    phase_name,
    plain_word,
    standing_words,
    twins_middle,
    twins_range,
    twins_words,
    warning,
)
from .document import Block, Grid, Heading, Image, Paragraph
from .language import Translator, translator


def contribution_blocks(readings: Sequence[Reading], language: str) -> list[Block]:
    """The warning, then each indicator with its drawing, its changes and its source; nothing without ``readings``."""
    if not readings:
        return []
    _ = translator(language)
    blocks: list[Block] = [
        Heading(_("The territory before, during and after")),
        Paragraph(warning(language)),
    ]
    twins = [wording.territory_name(one, language) for one in readings[0].twins]
    if twins:
        blocks.append(
            Paragraph(_("Twins, nearest in profile: {twins}.", twins=wording.enumeration(twins, language)), quiet=True)
        )
    for reading in readings:
        blocks += _indicator(reading, _)
    return blocks


def _indicator(reading: Reading, _: Translator) -> list[Block]:
    name = reading.indicator.name.in_language(_.language)
    blocks: list[Block] = [Heading(name, 2)]
    plain = plain_word(reading, _.language)
    drawing = contribution_chart(reading, _.language)
    if plain is not None:
        blocks.append(Paragraph(plain))
    if drawing is not None:
        words = _("The figure over time; the tables below say the same.")
        blocks.append(Image(for_print(course_svg(drawing)), words, 70))
        blocks += [_figures(reading, _), _changes(reading, _)]
    return [*blocks, Paragraph(wording.citation(reading.indicator.source, reading.release, _.language), quiet=True)]


def _figures(reading: Reading, _: Translator) -> Grid:
    indicator = reading.indicator
    heads, parts = [_("Period"), _("Phase"), wording.territory_name(reading.territory, _.language)], [4, 2, 3]
    if reading.twins:
        heads, parts = [*heads, _("Middle of the twins")], [*parts, 4]
    rows = []
    for one in reading.found.periods:
        figure = format.estimate(one.point.estimate, indicator.unit, _.language, decimals=indicator.decimals)
        between = format.interval(one.point.estimate, indicator.unit, _.language, decimals=indicator.decimals)
        row = [format.period(one.point.period, _.language), phase_name(one.phase, _.language), _cell(figure, between)]
        if reading.twins:
            row.append(_cell(twins_middle(one, reading, _.language), twins_range(one, reading, _.language)))
        remark = period_note(one, _.language)
        row[0] = _cell(row[0], remark or None)
        rows.append(tuple(row))
    return Grid(_("Period by period"), tuple(heads), tuple(rows), tuple(parts))


def _cell(figure: str, more: str | None) -> str:
    return figure if more is None else f"{figure}\n{more}"


def _changes(reading: Reading, _: Translator) -> Grid:
    rows = tuple(
        (
            phase_name(one.phase, _.language),
            change_words(one, reading, _.language),
            twins_words(one, reading, _.language),
            standing_words(one, _.language),
        )
        for one in reading.found.stretches
    )
    return Grid(
        _("What changed, beside the twins: no proof of a cause"),
        (_("Phase"), _("Here"), _("Twins"), _("Among them")),
        rows,
        (2, 4, 5, 5),
    )
