"""The letter that reviews a programme as of a day, to print or to go on writing in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from odd17.core.kernel import in_language
from odd17.core.programmes.programme import Programme
from odd17.core.programmes.state import Change, MeasureState, State

from . import format
from .document import Block, Document, Grid, Heading, Paragraph, Points
from .language import Translator, translator
from .programme_words import known_name, level_name, move_name


def review_letter(
    programme: Programme, state: State, changes: Sequence[Change], since: date | None, language: str
) -> Document:
    """State, totals, what is expected, what changed ``since`` a day, measure by measure."""
    _ = translator(language)
    totals = [
        (level_name(programme, level, language), format.number(count, language, decimals=0))
        for level, count in state.totals.items()
    ]
    for words, count in ((_("level not published"), state.unpublished), (_("not reviewed yet"), state.not_reviewed)):
        if count:
            totals.append((words, format.number(count, language, decimals=0)))
    blocks: list[Block] = [
        Heading(_("Where the programme stands")),
        Grid(_("Measures by level"), (_("Level reached"), _("Measures")), tuple(totals)),
        Heading(_("What should show its first effects")),
        _expected(state, _),
    ]
    if since is not None:
        blocks.append(Heading(_("What changed since {day}", day=format.day(since, language))))
        blocks.append(_changes(changes, _))
    blocks.append(Heading(_("Measure by measure")))
    for dimension in programme.dimensions:
        rows = tuple(_row(programme, one, _) for one in state.measures if one.measure.dimension == dimension.id)
        name = in_language(dimension.name, _.language)
        blocks.append(Grid(name, (_("No."), _("Measure"), _("Level reached"), _("Reason")), rows))
    mentions = dict.fromkeys([programme.mention, *(one.mention for one in state.reviews if one.mention)])
    blocks += [Paragraph(mention, quiet=True) for mention in mentions if mention]
    return Document(
        in_language(programme.title, _.language),
        _("odd17 · review of a programme"),
        _.language,
        tuple(blocks),
        programme.mention,
        (
            (_("State as of"), format.day(state.day, language)),
            (_("Published on"), format.day(programme.published, language)),
        ),
    )


def _expected(state: State, _: Translator) -> Block:
    if not state.expected:
        return Paragraph(_("Nothing yet at this date."))
    return Points(tuple(f"{one.number}. {in_language(one.label, _.language)}" for one in state.expected))


def _changes(changes: Sequence[Change], _: Translator) -> Block:
    if not changes:
        return Paragraph(_("Nothing that is known."))
    return Points(
        tuple(
            _(
                "{number}. {label}: {move}",
                number=one.after.measure.number,
                label=in_language(one.after.measure.label, _.language),
                move=move_name(one.move, _.language),
            )
            for one in changes
        )
    )


def _row(programme: Programme, one: MeasureState, _: Translator) -> tuple[str, str, str, str]:
    level = known_name(one.known, _.language) if one.level is None else level_name(programme, one.level, _.language)
    return str(one.measure.number), in_language(one.measure.label, _.language), level, one.reason
