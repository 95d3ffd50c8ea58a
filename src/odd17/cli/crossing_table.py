"""The crossing of a territory as tables for a terminal: 16 domains under all eyes, gaps, priorities, studies."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Column, Table
from rich.text import Text

from odd17.core.diagnosis.crossing_reading import ActorView, CrossedDomain, CrossedViews
from odd17.core.kernel import FICTITIOUS_DATA
from odd17.publishing import crossing_words, format, priority_words, studies, wording
from odd17.publishing.language import Translator, translator
from odd17.publishing.share_words import share_in_full

_FIRST = 5
"""Priorities that are told with all their reasons."""


def crossing_table(views: CrossedViews, language: str) -> RenderableType:
    """The crossing in ``language``; where nothing can be crossed, what to do about it."""
    _ = translator(language)
    title = Text(wording.territory_name(views.territory, language), "bold")
    title.append(f" ({views.territory.id})")
    if views.fictitious:
        title = Text(f"{FICTITIOUS_DATA.in_language(_.language)} · ").append_text(title)
    if views.reason is not None:
        said = crossing_words.reason_sentence(views.reason, language)
        return Group(title, Text(said), Text(_no_study(_)))
    parts: list[RenderableType] = [title, Text(), _domains(views, _), Text()]
    parts += _told(views, _)
    parts += [Text(), Text(_("Studies"), style="bold"), *_studies(views, _)]
    return Group(*parts)


def _no_study(_: Translator) -> str:
    return _(
        "Bring a study in with odd17 survey import, then build a release; or see how it looks with made-up studies: "
        "odd17 demonstration, then this command with --demonstration."
    )


def _domains(views: CrossedViews, _: Translator) -> Table:
    caption = _("Rank 1: the most fragile, or where most judge it fragile; in brackets, nine draws in ten.")
    if views.peers is not None:
        among = wording.among(views.peers, _.language)
        caption = _(
            "Rank 1: the most fragile, or where most judge it fragile, {among}; in brackets, nine draws in ten.",
            among=among,
        )
    table = Table(
        Column(_("By"), ratio=4, overflow="fold"),
        Column(_("Share"), ratio=5, overflow="fold"),
        Column(_("Rank"), ratio=4, overflow="fold"),
        Column(_("Gap"), ratio=4, overflow="fold"),
        Column(_("Quadrant"), ratio=4, overflow="fold"),
        caption=caption,
        caption_justify="left",
        expand=True,
    )
    for row in views.by_gap():
        priority = _priority(row, _)
        name = Text(row.domain.name.in_language(_.language), "bold")
        table.add_row(name, "", "", "", "" if priority is None else Text(priority, "bold"))
        table.add_row(_("the figures"), "", _by_figures(row, _), "", "")
        for view in row.views:
            table.add_row(*_seen(view, _))
        for acting in row.acting:
            who = crossing_words.actor_name(acting.actor, _.language)
            table.add_row(_("{name}: act", name=who), share_in_full(acting.share, _.language), "", "", "")
        table.add_section()
    return table


def _by_figures(row: CrossedDomain, _: Translator) -> str:
    return _("not available") if row.score.rank is None else format.rank(row.score.rank, _.language)


def _seen(view: ActorView, _: Translator) -> tuple[str, str, str, str, str]:
    """A row of an actor: who, the share with all that it carries, its rank, the gap and the quadrant."""
    name = crossing_words.actor_name(view.actor, _.language)
    share = share_in_full(view.share, _.language)
    if view.rank is None:
        why = crossing_words.short_reason(view.reason, _.language)
        return name, share, "" if why == share else why, "", ""
    place = f"{crossing_words.ordinal(view.rank.value, _.language)} {crossing_words.bounds(view.rank, _.language)}"
    gap = "" if view.gap is None else crossing_words.places_apart(view.gap, _.language)
    return name, share, place, gap, crossing_words.quadrant_in_short(view, _.language) or ""


def _priority(row: CrossedDomain, _: Translator) -> str | None:
    if row.priority is None:
        return None
    place = row.priority.place
    number = format.number(place.value, _.language, decimals=0)
    found = _("priority {place}", place=f"{number} {crossing_words.bounds(place, _.language)}")
    is_blind = row.blind_spot is not None and row.blind_spot.told
    return f"{found}\n{_('blind spot')}" if is_blind else found


def _told(views: CrossedViews, _: Translator) -> Iterator[Text]:
    yield Text(_("First priorities"), style="bold")
    for row in views.by_priority()[:_FIRST]:
        if row.priority is None:
            continue
        name = row.domain.name.in_language(_.language)
        yield Text(f"{name} – {priority_words.priority_sentence(row.priority, _.language)}")
        for why in row.priority.reasons:
            yield Text(f"  · {priority_words.why_sentence(why, _.language)}")
        for sentence in priority_words.turns_sentences(row.priority, _.language):
            yield Text(f"  · {sentence}", style="italic")


def _studies(views: CrossedViews, _: Translator) -> Iterator[Text]:
    for study in views.studies.values():
        yield Text(wording.citation(studies.study_source(study), views.release, _.language))
        yield Text(f"  {studies.asked_sentence(study, _.language)} {studies.design_sentence(study, _.language)}")
