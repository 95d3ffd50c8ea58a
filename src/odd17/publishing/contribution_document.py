"""Figures before, during and after an alliance, as part of a document."""

from __future__ import annotations

from collections.abc import Sequence

from odd17.core.alliances.contribution import Reading

from . import format, wording
from .charts.contribution import contribution_chart
from .charts.lines import course_svg
from .charts.svg import for_print
from .contribution_words import change_words, phase_name, plain_word, standing_words, twins_words, warning
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
        blocks.append(Image(for_print(course_svg(drawing)), _("The figure over time; the tables below say the same.")))
        blocks += [_figures(reading, _), _changes(reading, _)]
    return [*blocks, Paragraph(wording.citation(reading.indicator.source, reading.release, _.language), quiet=True)]


def _figures(reading: Reading, _: Translator) -> Grid:
    indicator = reading.indicator
    rows = tuple(
        (
            format.period(one.point.period, _.language),
            phase_name(one.phase, _.language),
            format.estimate(one.point.estimate, indicator.unit, _.language, decimals=indicator.decimals),
            format.interval(one.point.estimate, indicator.unit, _.language, decimals=indicator.decimals) or "",
        )
        for one in reading.found.periods
    )
    return Grid(_("Period by period"), (_("Period"), _("Phase"), _("Figure"), _("Interval")), rows)


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
    return Grid(_("What changed, beside the twins"), (_("Phase"), _("Here"), _("Twins"), _("Among them")), rows)
