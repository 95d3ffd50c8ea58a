"""The letter that reviews a programme as of a day, to print or to go on writing in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from odd17.core.kernel import in_language
from odd17.core.programmes.programme import Measure, Programme
from odd17.core.programmes.state import Change, MeasureState, State

from . import format
from .document import Block, Document, Grid, Heading, Paragraph, Points
from .language import Translator, translator
from .programme_words import change_words, level_name, review_words, state_name

_MANY = 8
"""Measures that moved in the same way are named up to so many, and beyond told by their numbers."""


def review_letter(
    programme: Programme, state: State, changes: Sequence[Change], since: date | None, language: str
) -> Document:
    """State, totals, the reviews that stood, what is expected, what changed ``since`` a day, measure by measure."""
    _ = translator(language)
    blocks: list[Block] = [Heading(_("Where the programme stands")), *_standing(programme, state, _)]
    blocks += [Heading(_("What should show its first effects")), _expected(programme, state, _)]
    if since is not None:
        blocks.append(Heading(_("What changed since {day}", day=format.day(since, language))))
        blocks += _changes(programme, changes, _)
    blocks.append(Heading(_("Measure by measure")))
    heads = [_("No."), _("Measure"), _("Level reached"), _("Review of"), _("Reason")]
    told = 5 if any(one.reason for one in state.measures) else 4
    for dimension in programme.dimensions:
        rows = tuple(_row(programme, one, _)[:told] for one in state.measures if one.measure.dimension == dimension.id)
        blocks.append(Grid(in_language(dimension.name, _.language), tuple(heads[:told]), rows))
    mentions = dict.fromkeys(one.mention for one in state.reviews if one.mention)  # the programme's is at every foot
    blocks += [Paragraph(mention, quiet=True) for mention in mentions]
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


def _standing(programme: Programme, state: State, _: Translator) -> Iterator[Block]:
    if not state.reviews:
        yield Paragraph(_("No review was published by this day: the level of no measure is known."))
        return
    totals = [(level_name(programme, level, _.language), count) for level, count in state.totals.items()]
    for words, count in ((_("level not published"), state.unpublished), (_("not reviewed yet"), state.not_reviewed)):
        if count:
            totals.append((words, count))
    totals.append((_("Whole programme"), len(programme.measures)))
    rows = tuple((name, format.number(count, _.language, decimals=0)) for name, count in totals)
    yield Grid(_("Measures by level"), (_("Level reached"), _("Measures")), rows)
    if state.done is not None:
        yield Paragraph(
            _("Done: {done} of {all} measures.", done=state.done, all=len(programme.measures))
        )  # fmt: skip
    yield Heading(_("Reviews published by this day"), level=2)
    yield Points(tuple(review_words(one, state.reviews, _.language) for one in state.reviews))


def _expected(programme: Programme, state: State, _: Translator) -> Block:
    if not state.expected:
        return Paragraph(_("Nothing yet at this date."))
    return Points(
        tuple(
            _("{measure}: {level}", measure=_named(one.measure, _), level=state_name(programme, one, _.language))
            for one in state.measures
            if one.expected
        )
    )


def _changes(programme: Programme, changes: Sequence[Change], _: Translator) -> list[Block]:
    """By how they moved: each measure where few did so, their numbers where many did."""
    if not changes:
        return [Paragraph(_("Nothing that is known."))]
    moved: dict[str, list[Change]] = {}
    for one in changes:
        moved.setdefault(change_words(programme, one, _.language), []).append(one)
    blocks: list[Block] = []
    for words, those in moved.items():
        move = words[:1].upper() + words[1:]
        measures = [one.after.measure for one in those]
        if len(measures) > _MANY:
            facts = {"count": len(measures), "numbers": _runs([one.number for one in measures])}
            blocks.append(Paragraph(_("{move}, for {count} measures: {numbers}.", move=move, **facts)))
        else:
            blocks += [Paragraph(move), Points(tuple(_named(one, _) for one in measures))]
    return blocks


def _named(measure: Measure, _: Translator) -> str:
    return f"{measure.number}. {in_language(measure.label, _.language)}"


def _runs(numbers: Sequence[int]) -> str:
    """Numbers with those that follow one another as a range.

    >>> _runs([1, 2, 3, 5])
    '1–3, 5'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _row(programme: Programme, one: MeasureState, _: Translator) -> tuple[str, ...]:
    return (
        str(one.measure.number),
        in_language(one.measure.label, _.language),
        state_name(programme, one, _.language),
        "–" if one.review is None else format.day(one.review.day, _.language),
        one.reason,
    )
