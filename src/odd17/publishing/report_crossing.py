"""What a report says of the crossing: ranks by the figures and by those asked, quadrants, who acts, priorities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from odd17.core.diagnosis.crossing_reading import ActorView, CrossedDomain, CrossedViews
from odd17.core.kernel import Provenance
from odd17.core.perceptions.study import StudyDescription
from odd17.core.perceptions.tables import Measure

from . import crossing_words, format, priority_words, wording
from .language import Translator
from .report_sources import mention
from .share_words import share_in_full
from .studies import asked_sentence, design_sentence, study_sources

_FIRST: Final = 5
"""Priorities that are told with all their reasons."""

Drawings = Sequence[Mapping[str, str]]


def crossing_content(
    views: CrossedViews, sources: Sequence[Provenance], gaps: Drawings, quadrants: Drawings, _: Translator
) -> dict[str, Any] | None:
    """The crossing of a territory as JSON values; None where no study tells of it.

    ``sources`` are those of the figures; ``gaps`` and ``quadrants`` the drawings, as the report's template sets them.
    """
    if views.reason is not None:
        return None
    return {
        "reading": _reading(views, _),
        "gaps": list(gaps),
        "years": [_year(views, year, _) for year in _years(views)],
        "quadrants": list(quadrants),
        "acting": _acting(views, _),
        "no_acting": _("Not available: no study of organisations tells who acts here."),
        "order": _order(views, _),
        "priorities": [_priority(row, _) for row in views.by_priority()[:_FIRST] if row.priority is not None],
        "studies": [_study(study, _) for study in views.studies.values()],
        "mention": mention([*study_sources(views.studies.values()), *sources], _),
    }


def crossing_words_of(_: Translator) -> dict[str, Any]:
    """The titles of that part."""
    return {
        "title": _("Crossed views"),
        "quadrants": _("Fragile, and seen so?"),
        "acting": _("Who acts"),
        "acting_table": [_("Domain"), _("Organisations that act in it")],
        "order": _("Order of the priorities"),
        "order_table": [_("Priority"), _("Domain"), _("Nine draws in ten"), _("Among the first three")],
        "priorities": _("First priorities"),
        "studies": _("Who was asked, and how"),
    }


def _reading(views: CrossedViews, _: Translator) -> str:
    if views.peers is None:
        return _(
            "Shares of those who judge each domain fragile. The whole is compared with nothing, so it has no rank."
        )
    return _(
        "What those who were asked see of each domain, set against its figures. Rank 1: the most fragile, or where "
        "most judge it fragile, {among}; in brackets, nine draws in ten. A gap above 0: seen as more fragile than its "
        "figures say. Those asked in different years are never compared.",
        among=wording.among(views.peers, _.language),
    )


def _years(views: CrossedViews) -> list[str]:
    return sorted({_year_of(view) for row in views.domains for view in row.views}, reverse=True)


def _year_of(view: ActorView) -> str:
    return view.period.rpartition("/")[2][:4]


def _year(views: CrossedViews, year: str, _: Translator) -> dict[str, Any]:
    """The table of those asked in one year: a row a domain, the widest gap first."""
    told = [view for row in views.domains for view in row.views if _year_of(view) == year]
    asked = [actor for actor in views.actors if any(view.actor == actor for view in told)]
    heads = [_head(actor, told, _) for actor in asked]
    ranked = views.peers is not None
    rows = []
    for row in views.by_gap():
        seen = {view.actor: view for view in row.views if _year_of(view) == year}
        cells = [_seen(seen.get(actor), _, ranked=ranked) for actor in asked]
        figures = [_by_figures(row, _)] if ranked else []
        rows.append([[row.domain.name.in_language(_.language)], *figures, *cells])
    columns = [_("Domain"), *([_("By figures")] if ranked else []), *heads]
    return {"name": _("Asked in {year}", year=year), "columns": columns, "rows": rows}


def _head(actor: str, told: Sequence[ActorView], _: Translator) -> str:
    period = next(view.period for view in told if view.actor == actor)
    return f"{crossing_words.actor_name(actor, _.language)}, {format.period(period, _.language)}"


def _by_figures(row: CrossedDomain, _: Translator) -> list[str]:
    if row.score.rank is None:
        return [_("no rank by the figures")]
    return [format.rank(row.score.rank, _.language)]


def _seen(view: ActorView | None, _: Translator, *, ranked: bool) -> list[str]:
    """What an actor sees, a line a fact: the share; where territories are ranked, the rank, its gap, the quadrant."""
    if view is None:
        return [_("not available")]
    lines = [share_in_full(view.share, _.language)]
    if not ranked:
        return lines
    if view.rank is None:
        why = crossing_words.short_reason(view.reason, _.language)
        return lines if why == lines[0] else [*lines, why]
    place = crossing_words.ordinal(view.rank.value, _.language)
    lines.append(f"{place} {crossing_words.bounds(view.rank, _.language)}")
    if view.gap is not None:
        lines.append(_("gap {gap}", gap=crossing_words.places_apart(view.gap, _.language)))
    quadrant = crossing_words.quadrant_in_short(view, _.language)
    if quadrant is not None:
        lines.append(quadrant)
    return lines


def _acting(views: CrossedViews, _: Translator) -> list[list[str]]:
    """A row a domain of which a study of organisations tells; a count of case studies is never a rate."""
    rows = []
    for row in views.domains:
        told = [
            _(
                "{who}, {period}: {figure}",
                who=crossing_words.actor_name(item.actor, _.language),
                period=format.period(item.period, _.language),
                figure=share_in_full(item.share, _.language),
            )
            for item in row.acting
        ]
        spot = priority_words.blind_spot_sentence(row, _.language)
        if told:
            rows.append([row.domain.name.in_language(_.language), "\n".join([*told, *([spot] if spot else [])])])
    return rows


def _order(views: CrossedViews, _: Translator) -> list[list[str]]:
    return [
        [
            format.number(row.priority.place.value, _.language, decimals=0),
            row.domain.name.in_language(_.language),
            crossing_words.bounds(row.priority.place, _.language),
            crossing_words.probability(row.priority.p_first, _.language),
        ]
        for row in views.by_priority()
        if row.priority is not None
    ]


def _priority(row: CrossedDomain, _: Translator) -> dict[str, Any]:
    if row.priority is None:
        raise ValueError(row.domain.id)
    reasons = [priority_words.why_sentence(why, _.language) for why in row.priority.reasons]
    return {
        "name": row.domain.name.in_language(_.language),
        "text": priority_words.priority_sentence(row.priority, _.language),
        "reasons": reasons,
        "turns": list(priority_words.turns_sentences(row.priority, _.language)),
    }


def _study(study: StudyDescription, _: Translator) -> dict[str, Any]:
    """The method of a study: who was asked what, how many, when, how, and what its weights cost."""
    asked = dict.fromkeys(
        question.wording.in_language(_.language)
        for question in study.questions
        if question.measure in (Measure.FRAGILE, Measure.ACTS)
    )
    return {
        "citation": study.mention,
        "text": [
            asked_sentence(study, _.language),
            design_sentence(study, _.language),
            *(_("Question asked: “{wording}”", wording=wording) for wording in asked),
        ],
    }
