"""Words of alliances."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from odd17.core.alliances.counted import CountedView
from odd17.core.alliances.discussion import Prompt
from odd17.core.alliances.engagements import Fate
from odd17.core.alliances.evaluation import ImpactView
from odd17.core.alliances.path import Stage, path
from odd17.core.kernel import partner_kinds, proofs, stages
from odd17.publishing import alliance_words
from odd17.publishing import format as written
from odd17.web.pages.language import language

register = template.Library()


@register.filter
def stage_called(id: str) -> str:
    """The name of a stage."""
    return next((word.name.in_language(language()) for word in stages() if word.id == id), id)


@register.filter
def stage_name(stage: Stage) -> str:
    """The name of a stage."""
    return stage_called(stage.id)


@register.filter
def recogniser(kind: str) -> str:
    """Who recognises that a stage is passed."""
    return {
        "practitioners": _("practitioners"),
        "academics": _("academics"),
        "institutions": _("institutions"),
    }[kind]


@register.filter
def fate_name(fate: Fate) -> str:
    """What became of an engagement."""
    return {
        Fate.AWAITED: _("awaited"),
        Fate.LATE: _("late"),
        Fate.KEPT: _("kept"),
        Fate.CHANGED: _("changed by agreement"),
        Fate.ENDED: _("given up"),
    }[fate]


@register.filter
def fate_called(id: str) -> str:
    """What happened to an engagement, of an event that is kept."""
    return fate_name(Fate(id))


@register.filter
def impact_called(id: str) -> str:
    """The name of an impact."""
    return alliance_words.impact_name(id, language())


@register.filter
def kind_called(id: str) -> str:
    """The name of a kind of actor."""
    return next((word.name.in_language(language()) for word in partner_kinds() if word.id == id), id)


@register.filter
def shown_proof(id: str) -> str:
    """The name of what a stage asks as proof."""
    names = {proof.id: proof.name for stage in path() for proof in stage.proofs}
    return names[id].in_language(language()) if id in names else id


@register.filter
def said_of(view: ImpactView | CountedView | Prompt) -> str:
    """What partners agree on or not, or what to discuss, in words."""
    if isinstance(view, ImpactView):
        return alliance_words.impact_sentence(view, language())
    if isinstance(view, CountedView):
        return alliance_words.count_sentence(view, language())
    return alliance_words.prompt_sentence(view, language())


@register.filter
def item_called(view: CountedView) -> str:
    """What is counted."""
    return alliance_words.item_name(view, language())


@register.filter
def plain(value: float) -> str:
    """A number as somebody told it."""
    return alliance_words.plain_number(value, language())


@register.simple_tag
def closing_words() -> tuple[str, ...]:
    """What ends every discussion."""
    return alliance_words.closing_sentences(language())


@register.filter
def proof_called(id: str) -> str:
    """The name of a kind of proof."""
    return next(word.name.in_language(language()) for word in proofs() if word.id == id)


@register.filter
def somebody(account: object) -> str:
    """Who recorded something; nobody's name once they left the platform."""
    return str(account) if account is not None else _("somebody who left")


@register.filter
def at(people: Mapping[str, str], key: str) -> str:
    """The name of a partner."""
    return people.get(key, key)


@register.filter
def dated(at: date) -> str:
    """A day in words; of a moment, the day on which it was where the site is."""
    here = timezone.localtime(at).date() if isinstance(at, datetime) else at
    return written.day(here, language())


@register.filter
def iso(day: object) -> str:
    """A day as a field of dates takes it."""
    return day.isoformat() if isinstance(day, date) else str(day)


@register.filter
def typed_proof(typed: Mapping[str, str], id: str) -> str:
    """What was typed for a proof."""
    return typed.get(f"proof_{id}", "")
